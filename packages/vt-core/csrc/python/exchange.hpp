// SPDX-License-Identifier: Apache-2.0
// Exchange with other array libraries: DLPack, the buffer protocol and __array_interface__.
#pragma once

#include <vector>

#include "python.hpp"

namespace vt::python {

void append_buffer_slots(std::vector<PyType_Slot>& slots);
void append_dlpack_methods(std::vector<PyMethodDef>& methods);
// Functions of the module and the C exchange table on the Tensor type.
bool add_dlpack(PyObject* module);
bool add_buffer_functions(PyObject* module);

// A view of the memory of an object with __dlpack__ (owned), nullptr with an exception set.
VtTensor* tensor_from_dlpack(PyObject* object);

// A view of the memory behind a buffer (owned): shares, holds the buffer until released. nullptr with an exception set.
VtTensor* tensor_from_buffer(PyObject* object);

// A view of the memory described by __array_interface__ (owned), holding the object. nullptr with an exception set.
VtTensor* tensor_from_array_interface(PyObject* object);

}  // namespace vt::python
