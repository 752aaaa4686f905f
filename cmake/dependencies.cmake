# What the library needs: fmt and tl::expected for the core, SQLite for lockbox::sqlite, libpq for
# lockbox::postgres, nlohmann-json for lockbox::json. A host that has made these targets already,
# whatever way, is taken at its word. Nothing is downloaded unless LOCKBOX_FETCH_DEPS says so.

if(NOT TARGET fmt::fmt)
  find_package(fmt 9 QUIET)
endif()
if(NOT TARGET tl::expected)
  find_package(tl-expected QUIET) # of any version: Debian 13's file misstates its own
endif()

set(lockbox_missing)
if(NOT TARGET fmt::fmt)
  list(APPEND lockbox_missing fmt)
endif()
if(NOT TARGET tl::expected)
  list(APPEND lockbox_missing tl-expected)
endif()

list(JOIN lockbox_missing " and " lockbox_missing_names)

if(lockbox_missing AND NOT LOCKBOX_FETCH_DEPS)
  message(
    FATAL_ERROR
      "lockbox needs ${lockbox_missing_names}, not found here. Install it:\n"
      "  apt:   libfmt-dev libexpected-dev\n"
      "  vcpkg: fmt tl-expected\n"
      "  Conan: fmt tl-expected\n"
      "or let CMake download it with -DLOCKBOX_FETCH_DEPS=ON."
  )
elseif(lockbox_missing)
  include(FetchContent)
  set(EXPECTED_BUILD_TESTS OFF)
  set(EXPECTED_BUILD_PACKAGE OFF)
  set(FMT_INSTALL OFF)
  FetchContent_Declare(
    fmt
    GIT_REPOSITORY https://github.com/fmtlib/fmt.git
    GIT_TAG 10.2.1
    GIT_SHALLOW ON
    SYSTEM
  )
  FetchContent_Declare(
    tl-expected
    GIT_REPOSITORY https://github.com/TartanLlama/expected.git
    GIT_TAG v1.1.0
    GIT_SHALLOW ON
    SYSTEM
  )
  FetchContent_MakeAvailable(${lockbox_missing})
  if(LOCKBOX_INSTALL)
    message(STATUS "lockbox: no install rules, for ${lockbox_missing_names} came by download")
    set(LOCKBOX_INSTALL OFF)
  endif()
endif()

if(NOT TARGET SQLite::SQLite3)
  find_package(SQLite3 QUIET)
endif()
if(NOT TARGET PostgreSQL::PostgreSQL)
  find_package(PostgreSQL 14 QUIET) # libpq; its pipelines came with 14
endif()
if(NOT TARGET nlohmann_json::nlohmann_json)
  find_package(nlohmann_json 3.10 QUIET)
endif()
