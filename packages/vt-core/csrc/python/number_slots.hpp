// SPDX-License-Identifier: Apache-2.0
// Python's operators on tensors.
#pragma once

#include <vector>

#include "python.hpp"

namespace vt::python {

void append_number_slots(std::vector<PyType_Slot>& slots);
// Looks the operators' ops up again after a plugin registered or withdrew some.
void refresh_number_slots();

}  // namespace vt::python
