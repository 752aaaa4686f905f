# Compares README.md, CHANGELOG.md and docs/*.md with what they show; see check.awk.
file(STRINGS ${ROOT}/CHANGELOG.md newest REGEX "^## " LIMIT_COUNT 1)
if(NOT newest MATCHES "^## ${VERSION}(,|$)")
  message(FATAL_ERROR "CHANGELOG.md begins with `${newest}`, and this is ${VERSION}")
endif()

file(GLOB pages RELATIVE ${ROOT} ${ROOT}/README.md ${ROOT}/CHANGELOG.md ${ROOT}/docs/*.md)
execute_process(
  COMMAND awk -f ${CMAKE_CURRENT_LIST_DIR}/check.awk ${pages}
  WORKING_DIRECTORY ${ROOT}
  RESULT_VARIABLE failed
)
if(failed)
  message(FATAL_ERROR "the pages named above say what is not so")
endif()
