// SPDX-License-Identifier: Apache-2.0
// The driver table of a simulated driver.
#pragma once

#include "driver.hpp"

namespace vt::cuda {

class SimDriver;

// Its `self` is the driver, which must outlive the table.
Driver sim_table(SimDriver& driver) noexcept;

// Each fills in a group of entries.
void add_memory_entries(Driver& table) noexcept;
void add_stream_entries(Driver& table) noexcept;
void add_module_entries(Driver& table) noexcept;
void add_graph_entries(Driver& table) noexcept;
void add_virtual_entries(Driver& table) noexcept;

}  // namespace vt::cuda
