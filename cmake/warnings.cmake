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
