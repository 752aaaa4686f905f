# Installs into one folder and moves the result to PREFIX: what is installed must not know where.
file(REMOVE_RECURSE ${PREFIX} ${PREFIX}.staged)
execute_process(
  COMMAND ${CMAKE_COMMAND} --install ${BUILD} --prefix ${PREFIX}.staged
  OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY
)
file(RENAME ${PREFIX}.staged ${PREFIX})

file(GLOB_RECURSE package ${PREFIX}/share/cmake/lockbox/*.cmake)
if(NOT package)
  message(FATAL_ERROR "nothing was installed in share/cmake/lockbox")
endif()
foreach(file IN LISTS package)
  file(READ ${file} text)
  if(text MATCHES "${BUILD}|${PREFIX}")
    message(FATAL_ERROR "${file} names a folder of the machine that it was made on")
  endif()
endforeach()
