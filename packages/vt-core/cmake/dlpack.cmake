# SPDX-License-Identifier: Apache-2.0
# Finds dlpack/dlpack.h in the apache-tvm-ffi wheel of the building Python: sets VT_DLPACK_INCLUDE_DIR.
if(NOT VT_DLPACK_INCLUDE_DIR)
  execute_process(
    COMMAND ${Python_EXECUTABLE} -c
      "import importlib.util, pathlib; print(pathlib.Path(importlib.util.find_spec('tvm_ffi').origin).parent / 'include', end='')"
    OUTPUT_VARIABLE _vt_dlpack_dir RESULT_VARIABLE _vt_dlpack_status ERROR_QUIET)
  if(NOT _vt_dlpack_status EQUAL 0 OR NOT EXISTS ${_vt_dlpack_dir}/dlpack/dlpack.h)
    message(FATAL_ERROR "dlpack/dlpack.h was not found; install apache-tvm-ffi for ${Python_EXECUTABLE} "
      "or set VT_DLPACK_INCLUDE_DIR")
  endif()
  set(VT_DLPACK_INCLUDE_DIR ${_vt_dlpack_dir} CACHE PATH "Folder that holds dlpack/dlpack.h")
endif()
