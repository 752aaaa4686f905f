# COURSES makes COUNT courses, and PYTHON compares what the reference says of each step. So many that
# all is met which can be are the default.
set(complete)
if(COUNT GREATER_EQUAL 20000)
  set(complete --complete)
endif()
execute_process(
  COMMAND ${COURSES} ${COUNT} 1
  COMMAND ${PYTHON} -B ${CMAKE_CURRENT_LIST_DIR}/compare.py --jobs 2 ${complete}
  RESULTS_VARIABLE results
)
foreach(result IN LISTS results)
  if(NOT result STREQUAL "0")
    message(FATAL_ERROR "the rules and their reference differ, or one of them failed: ${results}")
  endif()
endforeach()
