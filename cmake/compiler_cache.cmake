# Compile through ccache where it is installed. A precompiled header can be cached only if ccache is
# told not to look at macros and times in it.
find_program(LOCKBOX_CCACHE ccache)
mark_as_advanced(LOCKBOX_CCACHE)
if(LOCKBOX_CCACHE AND NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${LOCKBOX_CCACHE}
  )
endif()
