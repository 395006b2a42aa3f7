// SPDX-License-Identifier: Apache-2.0
// How the loops of a family are found: one table per family, filled with those of the instruction set at hand.
#pragma once

#include <cstddef>

namespace vt::core {

// Note [Instruction sets]
// The sources in this folder other than select.cpp are compiled once per instruction set, into namespace
// vt::core::VT_ISA, and only tables of pointers leave a copy: each family's header declares one, its source fills it, and
// loops.cpp calls the fillers. The sources include no header that defines inline functions outside that namespace, save
// those marked always-inline: the linker could otherwise keep a copy with instructions the machine lacks.
// No loop contracts a*b+c into one rounding, so results are the same on every instruction set.

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
