// SPDX-License-Identifier: Apache-2.0
// Tensor's properties and the methods that are no ops.
#pragma once

#include <vector>

#include "python.hpp"

namespace vt::python {

// Filled once, before the type is made; they live as long as the type. Ended by a null entry.
std::vector<PyMethodDef>& tensor_methods();
std::vector<PyGetSetDef>& tensor_properties();

// One element as a Python number; nullptr with an exception set. Waits for the device.
PyObject* item(VtTensor* tensor);

}  // namespace vt::python
