# No macro may leak from the headers, not even one called LOCKBOX_: there is none to document.
list(TRANSFORM INCLUDES PREPEND -I)

function(macros_after variable)
  execute_process(
    COMMAND ${COMPILER} -std=c++20 -x c++ -E -dM ${INCLUDES} ${ARGN} /dev/null
    OUTPUT_VARIABLE text COMMAND_ERROR_IS_FATAL ANY
  )
  string(REGEX MATCHALL "#define [A-Za-z0-9_]+" names "${text}")
  list(REMOVE_DUPLICATES names)
  set(${variable} ${names} PARENT_SCOPE)
endfunction()

macros_after(before -include outside.hpp)
macros_after(after -include outside.hpp -include inside.hpp)
list(LENGTH before count)
if(count LESS 1000)
  message(FATAL_ERROR "only ${count} macros in the standard headers: this looks at nothing")
endif()
list(REMOVE_ITEM after ${before})
if(after)
  list(JOIN after "\n  " after)
  message(FATAL_ERROR "the headers leak macros:\n  ${after}")
endif()
