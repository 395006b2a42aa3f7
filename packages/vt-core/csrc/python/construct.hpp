// SPDX-License-Identifier: Apache-2.0
// New tensors from Python numbers, nested sequences and foreign buffers.
#pragma once

#include "python.hpp"

namespace vt::python {

// A new CPU or device tensor with the contents of `object`; dtype and device may be nullptr or None. nullptr with an
// exception set.
VtTensor* tensor_from_object(PyObject* object, PyObject* dtype, PyObject* device);

// A row-major copy (owned) of `source`, without its graph; nullptr with an exception set.
VtTensor* copy_of(VtTensor* source, DLDataType dtype, DLDevice device);

bool add_construct_functions(PyObject* module);

}  // namespace vt::python
