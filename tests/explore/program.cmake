# lockbox_explorer(<name>): the program that explores the standard policy. It is optimised whatever
# the preset, for it tries millions of decisions, and stands at a fixed place, which saves 4 % of its
# time. With a sanitizer it keeps the general heap.
set(lockbox_explorer_dir ${CMAKE_CURRENT_LIST_DIR})
function(lockbox_explorer name)
  add_executable(${name} ${lockbox_explorer_dir}/explore_standard.cpp)
  target_link_libraries(${name} PRIVATE lockbox::lockbox lockbox_warnings)
  if(CMAKE_BUILD_TYPE STREQUAL "Release" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # Its decisions are one small unit: GCC stops inlining before it is done. Saves 5 % more.
    target_compile_options(${name} PRIVATE -O3 "SHELL:--param inline-unit-growth=100")
  else()
    target_compile_options(${name} PRIVATE -O2)
  endif()
  if(NOT CMAKE_CXX_FLAGS MATCHES "-fsanitize")
    target_sources(${name} PRIVATE ${lockbox_explorer_dir}/pool.cpp)
    target_compile_options(${name} PRIVATE -fno-pie)
    target_link_options(${name} PRIVATE -no-pie)
  endif()
endfunction()
