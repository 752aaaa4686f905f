# Every C++ file as clang-format writes it; and no comment over 100 columns, for clang-format is told
# to leave those alone.
set(files)
foreach(directory IN ITEMS include tests examples)
  file(GLOB_RECURSE found ${ROOT}/${directory}/*.hpp ${ROOT}/${directory}/*.cpp)
  list(APPEND files ${found})
endforeach()

execute_process(
  COMMAND ${CLANG_FORMAT} --dry-run -Werror ${files}
  WORKING_DIRECTORY ${ROOT}
  RESULT_VARIABLE failed
)
foreach(file IN LISTS files)
  file(STRINGS ${file} long LENGTH_MINIMUM 101 REGEX "(^| )//" ENCODING UTF-8)
  foreach(line IN LISTS long)
    message("${file}: a comment of over 100 columns: ${line}")
    set(failed TRUE)
  endforeach()
endforeach()
if(failed)
  message(FATAL_ERROR "clang-format -i mends all but the comments")
endif()
