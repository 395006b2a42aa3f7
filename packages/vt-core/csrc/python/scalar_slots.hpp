// SPDX-License-Identifier: Apache-2.0
// A tensor of one element as a Python number, and membership.
#pragma once

#include <vector>

#include "python.hpp"

namespace vt::python {

void append_scalar_slots(std::vector<PyType_Slot>& slots);
void append_scalar_methods(std::vector<PyMethodDef>& methods);

}  // namespace vt::python
