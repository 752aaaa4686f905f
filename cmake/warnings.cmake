# lockbox_warnings: what our own translation units are compiled with, and what our headers therefore
# keep clean for a host that does the same. Presets turn warnings into errors.
add_library(lockbox_warnings INTERFACE)
target_compile_options(
  lockbox_warnings
  INTERFACE
    -Wall
    -Wextra
    -Wpedantic
    -Wconversion
    -Wsign-conversion
    -Wshadow
    -Wold-style-cast
    -Wundef
)

# Where nothing else is asked for, GCC compiles sooner: std::move and the like are no calls, and it does
# not look for memory to free before it holds a gigabyte.
if(CMAKE_BUILD_TYPE STREQUAL "None"
   AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU"
   AND CMAKE_CXX_COMPILER_VERSION VERSION_GREATER_EQUAL 12
)
  target_compile_options(
    lockbox_warnings INTERFACE -ffold-simple-inlines "SHELL:--param ggc-min-heapsize=1000000"
  )
endif()
