# find_package(lockbox)                     gives lockbox::lockbox
# find_package(lockbox COMPONENTS sqlite)   gives lockbox::sqlite as well
# find_package(lockbox COMPONENTS postgres) gives lockbox::postgres as well
# find_package(lockbox COMPONENTS json)     gives lockbox::json as well
#
# A component's dependency is looked up only when the component is asked for.

macro(lockbox_fail reason)
  set(lockbox_FOUND FALSE)
  set(lockbox_NOT_FOUND_MESSAGE "${reason}")
  return()
endmacro()

if(NOT TARGET fmt::fmt)
  find_package(fmt 9 QUIET)
endif()
if(NOT TARGET fmt::fmt)
  lockbox_fail("lockbox needs fmt, version 9 or later (apt: libfmt-dev, vcpkg: fmt, Conan: fmt).")
endif()
if(NOT TARGET tl::expected)
  find_package(tl-expected QUIET)
endif()
if(NOT TARGET tl::expected)
  lockbox_fail("lockbox needs tl-expected (apt: libexpected-dev, vcpkg and Conan: tl-expected).")
endif()
include(${CMAKE_CURRENT_LIST_DIR}/lockbox-lockbox-targets.cmake)
set(lockbox_lockbox_FOUND TRUE)

foreach(component IN LISTS lockbox_FIND_COMPONENTS)
  set(lockbox_${component}_missing)
  if(component STREQUAL "sqlite")
    if(NOT TARGET SQLite::SQLite3)
      find_package(SQLite3 QUIET)
    endif()
    if(NOT TARGET SQLite::SQLite3)
      set(lockbox_sqlite_missing
          "lockbox's component sqlite needs SQLite 3 (apt: libsqlite3-dev, vcpkg and Conan: sqlite3)."
      )
    endif()
  elseif(component STREQUAL "postgres")
    if(NOT TARGET PostgreSQL::PostgreSQL)
      find_package(PostgreSQL 14 QUIET)
    endif()
    if(NOT TARGET PostgreSQL::PostgreSQL)
      set(lockbox_postgres_missing
          "lockbox's component postgres needs libpq 14 or later (apt: libpq-dev, vcpkg and Conan: libpq)."
      )
    endif()
  elseif(component STREQUAL "json")
    if(NOT TARGET nlohmann_json::nlohmann_json)
      find_package(nlohmann_json 3.10 QUIET)
    endif()
    if(NOT TARGET nlohmann_json::nlohmann_json)
      set(lockbox_json_missing
          "lockbox's component json needs nlohmann-json (apt: nlohmann-json3-dev, vcpkg: nlohmann-json, Conan: nlohmann_json)."
      )
    endif()
  elseif(NOT component STREQUAL "lockbox")
    set(lockbox_${component}_missing "lockbox has no component ${component}.")
  endif()

  if(NOT lockbox_${component}_missing)
    include(${CMAKE_CURRENT_LIST_DIR}/lockbox-${component}-targets.cmake)
    set(lockbox_${component}_FOUND TRUE)
  elseif(lockbox_FIND_REQUIRED_${component})
    lockbox_fail("${lockbox_${component}_missing}")
  else()
    set(lockbox_${component}_FOUND FALSE)
  endif()
endforeach()
