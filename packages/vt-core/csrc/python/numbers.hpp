// SPDX-License-Identifier: Apache-2.0
// Elements in memory and values as Python numbers, and back.
#pragma once

#include <vt/cpp/dtype.hpp>

#include "python.hpp"

namespace vt::python {

// A Python number from the element at `data`.
PyObject* number_from_memory(const void* data, DLDataType dtype);

// A host tensor with the contents of `tensor` (new reference): itself when it lies on the CPU, else a copy. Waits; errors of a
// copy in a capture name `caller`.
VtTensor* on_host(VtTensor* tensor, const char* caller);

// A Python object from a value; takes over owned tensors. nullptr with an exception set.
PyObject* object_from_value(const VtValue& value);

enum class NumberKind { kNone, kBool, kInt, kFloat, kComplex };

// What number `object` is: a Python number or a foreign scalar that converts without loss of kind; kNone for the rest.
NumberKind number_kind(PyObject* object);

// Fills `out` from a number of the given kind. An integer too large for int64 becomes VT_UINT64. `complex_storage` holds
// the two doubles of a complex value. False with an exception set.
bool value_from_number(PyObject* object, NumberKind kind, VtValue& out, double* complex_storage);

// An integer, through __index__. False with an exception set.
bool int_from(PyObject* object, int64_t& out);

// Real and imaginary part, through __complex__ where the object is no complex itself. False with an exception set.
bool complex_from(PyObject* object, double out[2]);

}  // namespace vt::python
