// SPDX-License-Identifier: Apache-2.0
// Basic indexing through view ops, for reading and writing.
#pragma once

#include <vector>

#include "python.hpp"

namespace vt::python {

void append_indexing_slots(std::vector<PyType_Slot>& slots);
// Looks the view ops up again after a plugin registered or withdrew some.
void refresh_indexing();

}  // namespace vt::python
