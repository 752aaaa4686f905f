# One export set per component; share/cmake/lockbox, for there is nothing of one machine in it.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_DATADIR}/cmake/lockbox)

foreach(component IN ITEMS lockbox sqlite postgres json)
  install(TARGETS lockbox_${component} EXPORT lockbox-${component} FILE_SET HEADERS)
  install(
    EXPORT lockbox-${component}
    NAMESPACE lockbox::
    DESTINATION ${package_dir}
    FILE lockbox-${component}-targets.cmake
  )
endforeach()

write_basic_package_version_file(
  ${PROJECT_BINARY_DIR}/lockbox-config-version.cmake
  COMPATIBILITY SameMinorVersion
  ARCH_INDEPENDENT
)
install(
  FILES ${PROJECT_SOURCE_DIR}/cmake/lockbox-config.cmake
        ${PROJECT_BINARY_DIR}/lockbox-config-version.cmake
  DESTINATION ${package_dir}
)
