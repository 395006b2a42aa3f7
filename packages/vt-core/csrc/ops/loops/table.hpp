// SPDX-License-Identifier: Apache-2.0
// How the loops of a family are found: one table per family, filled with those of the instruction set at hand.
#pragma once

#include <cstddef>

namespace vt::core {

// Note [Instruction sets]
// The sources here other than select.cpp are compiled once per instruction set, into namespace vt::core::VT_ISA, and only
// tables of pointers leave a copy: each family's header declares one, its source fills it, loops.cpp calls the fillers. They
// include no header with inline functions outside that namespace, save those marked always-inline: the linker could keep a copy
// with instructions the machine lacks. No loop contracts a*b+c, so results are the same on every set, but for products and
// convolutions: these fuse where the set can, and with vdpbf16ps add bfloat16 in pairs (Note [Pairs of bfloat16]).

// Tables are indexed by DtypeIndex; the last row stands for no dtype at all and stays NULL.
inline constexpr size_t kNumLoopDtypes = 18;

// Written while ops are registered, by the loops of the instruction set chosen; constant from then on.
template <class Table>
inline Table chosen_loops{};

template <class Table>
[[gnu::always_inline]] inline const Table& loops() noexcept {
  return chosen_loops<Table>;
}

// Fills all tables for this machine, or for the instruction set that the setting VT_CPU_ISA names.
void choose_loops();

}  // namespace vt::core
