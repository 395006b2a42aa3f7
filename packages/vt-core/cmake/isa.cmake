# SPDX-License-Identifier: Apache-2.0
# vt_add_isa_library(name sources...): the sources compiled for each x86-64 level, in namespaces loops_v2, loops_v3, loops_v4.
function(vt_add_isa_library name)
  add_library(${name} INTERFACE)
  foreach(level v2 v3 v4)
    add_library(${name}_${level} OBJECT ${ARGN})
    target_include_directories(${name}_${level} PRIVATE csrc)
    target_link_libraries(${name}_${level} PRIVATE vt_core_headers)
    target_compile_definitions(${name}_${level} PRIVATE VT_ISA=loops_${level})
    # Without straight-line vectorisation: GCC 12 makes fused instructions of complex products by it, contraction off or not.
    target_compile_options(${name}_${level} PRIVATE -O3 -march=x86-64-${level} -ffp-contract=off
      -fno-trapping-math -fno-math-errno -fno-tree-slp-vectorize)
    target_link_libraries(${name} INTERFACE ${name}_${level} $<TARGET_OBJECTS:${name}_${level}>)
  endforeach()
endfunction()
