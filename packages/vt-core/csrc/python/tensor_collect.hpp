// SPDX-License-Identifier: Apache-2.0
// What the cycle collector sees of a tensor.
#pragma once

#include "python.hpp"

namespace vt::python {

int traverse_tensor(PyObject* self, visitproc visit, void* arg);
int clear_tensor(PyObject* self);

}  // namespace vt::python
