# Compiles every C++ block of README.md and docs/*.md; see blocks.awk.
file(GLOB pages RELATIVE ${ROOT} ${ROOT}/README.md ${ROOT}/docs/*.md)
execute_process(
  COMMAND awk -f ${CMAKE_CURRENT_LIST_DIR}/blocks.awk ${pages}
  WORKING_DIRECTORY ${ROOT}
  OUTPUT_FILE ${SOURCE}
  COMMAND_ERROR_IS_FATAL ANY
)
list(TRANSFORM INCLUDES PREPEND -I)
execute_process(
  COMMAND ${COMPILER} -std=c++20 -fsyntax-only ${INCLUDES} -I${CMAKE_CURRENT_LIST_DIR} ${SOURCE}
  WORKING_DIRECTORY ${ROOT}
  COMMAND_ERROR_IS_FATAL ANY
)
