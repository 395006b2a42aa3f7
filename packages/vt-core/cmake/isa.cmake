# SPDX-License-Identifier: Apache-2.0
# vt_add_isa_objects(library namespace flags sources...): the sources compiled for one instruction set, added to the library.
function(vt_add_isa_objects library namespace flags)
  set(level_of_optimisation -O3)
  if(VT_SANITIZE)
    set(level_of_optimisation -O1)
  endif()
  set(objects ${library}_${namespace})
  add_library(${objects} OBJECT ${ARGN})
  target_include_directories(${objects} PRIVATE csrc)
  target_link_libraries(${objects} PRIVATE vt_core_headers)
  target_compile_definitions(${objects} PRIVATE VT_ISA=loops_${namespace})
  # Without straight-line vectorisation: GCC 12 makes fused instructions of complex products by it, contraction off or not.
  target_compile_options(${objects} PRIVATE ${level_of_optimisation} ${flags} -ffp-contract=off
    -fno-trapping-math -fno-math-errno -fno-tree-slp-vectorize)
  target_link_libraries(${library} INTERFACE ${objects} $<TARGET_OBJECTS:${objects}>)
endfunction()

set(VT_ISA_ONLY "" CACHE STRING "Compile the loops for this level alone, v3 say, and let it serve the others: for sanitizers")

# vt_add_isa_library(name sources...): the sources compiled for each x86-64 level, in namespaces loops_v2, loops_v3, loops_v4.
function(vt_add_isa_library name)
  add_library(${name} INTERFACE)
  foreach(level v2 v3 v4)
    if(VT_ISA_ONLY AND NOT level STREQUAL VT_ISA_ONLY)
      set(stand_in ${CMAKE_CURRENT_BINARY_DIR}/loops_${level}.cpp)
      file(CONFIGURE OUTPUT ${stand_in} CONTENT "namespace vt::core::loops_@VT_ISA_ONLY@ {
void fill_tables();
}
namespace vt::core::loops_@level@ {
void fill_tables();
void fill_tables() { loops_@VT_ISA_ONLY@::fill_tables(); }
}
" @ONLY)
      add_library(${name}_${level} OBJECT ${stand_in})
      target_link_libraries(${name} INTERFACE ${name}_${level} $<TARGET_OBJECTS:${name}_${level}>)
      continue()
    endif()
    vt_add_isa_objects(${name} ${level} -march=x86-64-${level} ${ARGN})
  endforeach()
endfunction()
