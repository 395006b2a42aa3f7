# SPDX-License-Identifier: Apache-2.0
# find_package(vt_core): vt_core::headers for plugins, which get every function at run time, and vt_core::vt_core for
# programs that embed the library.
get_filename_component(_vt_core_root "${CMAKE_CURRENT_LIST_DIR}/.." ABSOLUTE)

if(NOT TARGET vt_core::headers)
  add_library(vt_core::headers INTERFACE IMPORTED)
  set_target_properties(vt_core::headers PROPERTIES INTERFACE_INCLUDE_DIRECTORIES "${_vt_core_root}/include")

  add_library(vt_core::vt_core SHARED IMPORTED)
  set_target_properties(vt_core::vt_core PROPERTIES
    IMPORTED_LOCATION "${_vt_core_root}/lib/libvt_core.so.1"
    IMPORTED_SONAME "libvt_core.so.1"
    INTERFACE_LINK_LIBRARIES vt_core::headers)
endif()

set(vt_core_LIBRARY_DIR "${_vt_core_root}/lib")
set(vt_core_FOUND TRUE)
