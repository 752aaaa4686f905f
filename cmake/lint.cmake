# lint/format and lint/tidy/<file>: clang-format and clang-tidy as tests, one for each translation
# unit, so that CTest runs them side by side and counts them: the examples, and of the tests the one that
# includes every header and puts it to work. The rest would take longer than all other checks together.
# The analyzer that follows paths looks at that one and at the desk's large units; in the small examples it
# would spend most of the time on the same headers again.
find_program(LOCKBOX_CLANG_TIDY NAMES clang-tidy-14 clang-tidy REQUIRED)
find_program(LOCKBOX_CLANG_FORMAT NAMES clang-format-14 clang-format REQUIRED)

add_test(
  NAME lint/format
  COMMAND ${CMAKE_COMMAND} -D CLANG_FORMAT=${LOCKBOX_CLANG_FORMAT} -D ROOT=${PROJECT_SOURCE_DIR} -P
          ${CMAKE_CURRENT_LIST_DIR}/check_format.cmake
)
set_tests_properties(lint/format PROPERTIES LABELS lint TIMEOUT 120)

# lockbox_lint_large_units(<target> <variable>): one test for each large unit that CMake makes of a
# target's sources; those are taken out of the variable. Such a unit includes sources on purpose.
function(lockbox_lint_large_units target variable)
  get_target_property(is_unity ${target} UNITY_BUILD)
  get_target_property(mode ${target} UNITY_BUILD_MODE)
  if(NOT is_unity OR mode STREQUAL "GROUP")
    return()
  endif()
  get_target_property(size ${target} UNITY_BUILD_BATCH_SIZE)
  get_target_property(directory ${target} SOURCE_DIR)
  set(alone)
  set(count 0)
  foreach(source IN LISTS ${variable})
    get_source_file_property(is_alone ${source} DIRECTORY ${directory} SKIP_UNITY_BUILD_INCLUSION)
    if(is_alone)
      list(APPEND alone ${source})
    else()
      math(EXPR count "${count} + 1")
    endif()
  endforeach()
  get_target_property(binary_dir ${target} BINARY_DIR)
  math(EXPR last "(${count} - 1) / ${size}")
  foreach(unit RANGE ${last})
    add_test(
      NAME lint/tidy/${target}_${unit}
      COMMAND
        ${LOCKBOX_CLANG_TIDY} --quiet --config-file=${PROJECT_SOURCE_DIR}/.clang-tidy
        --checks=-bugprone-suspicious-include -p ${PROJECT_BINARY_DIR}
        ${binary_dir}/CMakeFiles/${target}.dir/Unity/unity_${unit}_cxx.cxx
    )
    set_tests_properties(lint/tidy/${target}_${unit} PROPERTIES LABELS lint TIMEOUT 600)
  endforeach()
  set(${variable} ${alone} PARENT_SCOPE)
endfunction()

# lockbox_lint(<directory>): one test for each source of the targets of a directory and below.
function(lockbox_lint directory)
  get_property(subdirectories DIRECTORY ${directory} PROPERTY SUBDIRECTORIES)
  foreach(subdirectory IN LISTS subdirectories)
    lockbox_lint(${subdirectory})
  endforeach()

  get_property(targets DIRECTORY ${directory} PROPERTY BUILDSYSTEM_TARGETS)
  foreach(target IN LISTS targets)
    get_target_property(type ${target} TYPE)
    if(NOT type STREQUAL "EXECUTABLE")
      continue()
    endif()
    get_target_property(sources ${target} SOURCES)
    lockbox_lint_large_units(${target} sources)
    foreach(source IN LISTS sources)
      cmake_path(ABSOLUTE_PATH source BASE_DIRECTORY ${directory})
      cmake_path(RELATIVE_PATH source BASE_DIRECTORY ${PROJECT_SOURCE_DIR} OUTPUT_VARIABLE name)
      set(less)
      if(name MATCHES "^examples/")
        set(less --checks=-clang-analyzer-*)
      elseif(NOT name STREQUAL "tests/hostile/other_unit.cpp")
        continue()
      endif()
      add_test(
        NAME lint/tidy/${name}
        COMMAND ${LOCKBOX_CLANG_TIDY} --quiet ${less} -p ${PROJECT_BINARY_DIR} ${source}
      )
      set_tests_properties(lint/tidy/${name} PROPERTIES LABELS lint TIMEOUT 300)
    endforeach()
  endforeach()
endfunction()
lockbox_lint(${PROJECT_SOURCE_DIR})
