# cmake -D SOURCE=... -D BINARY=... -D SAYS=... -P consume.cmake -- <configure argument>...
set(arguments)
set(after_dashes FALSE)
math(EXPR last "${CMAKE_ARGC} - 1")
foreach(n RANGE ${last})
  if(after_dashes)
    list(APPEND arguments ${CMAKE_ARGV${n}})
  elseif(CMAKE_ARGV${n} STREQUAL "--")
    set(after_dashes TRUE)
  endif()
endforeach()

file(REMOVE_RECURSE ${BINARY})
execute_process(
  COMMAND ${CMAKE_COMMAND} -S ${SOURCE} -B ${BINARY} ${arguments}
  RESULT_VARIABLE result
  OUTPUT_VARIABLE output
  ERROR_VARIABLE output
)
if(SAYS)
  string(REGEX REPLACE "[ \n]+" " " flowed "${output}") # CMake breaks lines where it likes
  string(FIND "${flowed}" "${SAYS}" at)
  if(result EQUAL 0)
    message(FATAL_ERROR "was configured, and should have failed with `${SAYS}`:\n${output}")
  elseif(at EQUAL -1)
    message(FATAL_ERROR "failed without saying `${SAYS}`:\n${output}")
  endif()
  return()
endif()
if(NOT result EQUAL 0)
  message(FATAL_ERROR "could not be configured:\n${output}")
endif()

execute_process(COMMAND ${CMAKE_COMMAND} --build ${BINARY} COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${BINARY}/consumer COMMAND_ERROR_IS_FATAL ANY)
