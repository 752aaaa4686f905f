# Compiles SOURCE twice, without and with its fault; see CMakeLists.txt.
list(TRANSFORM INCLUDES PREPEND -I)

function(compile result output)
  execute_process(
    COMMAND ${COMPILER} -std=c++20 -fsyntax-only ${INCLUDES} ${ARGN} ${SOURCE}
    RESULT_VARIABLE status
    OUTPUT_VARIABLE text
    ERROR_VARIABLE text
  )
  set(${result} ${status} PARENT_SCOPE)
  set(${output} "${text}" PARENT_SCOPE)
endfunction()

file(STRINGS ${SOURCE} marks REGEX "^// must say( \\(${COMPILER_ID}\\))?: ")
if(NOT marks)
  message(FATAL_ERROR "${SOURCE} does not say what the compiler must say: `// must say: ...`")
endif()

compile(result output)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "does not compile without LOCKBOX_FAULT either:\n${output}")
endif()

compile(result output -DLOCKBOX_FAULT)
if(result EQUAL 0)
  message(FATAL_ERROR "compiles with LOCKBOX_FAULT, and must not")
endif()
foreach(mark IN LISTS marks)
  string(REGEX REPLACE "^// must say[^:]*: " "" wanted "${mark}")
  string(FIND "${output}" "${wanted}" at)
  if(at EQUAL -1)
    message(FATAL_ERROR "the compiler does not say `${wanted}`, but:\n${output}")
  endif()
endforeach()
