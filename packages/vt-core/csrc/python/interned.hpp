// SPDX-License-Identifier: Apache-2.0
// Interned names that the parser compares by pointer.
#pragma once

#include "python.hpp"

namespace vt::python {

struct Names {
  PyObject* out = nullptr;
  PyObject* self = nullptr;
  PyObject* input = nullptr;
  PyObject* dim = nullptr;
  PyObject* axis = nullptr;
  PyObject* keepdim = nullptr;
  PyObject* keepdims = nullptr;
  PyObject* requires_grad = nullptr;
  PyObject* pin_memory = nullptr;
};
inline Names names;

inline bool intern_names() {
  return (names.out = PyUnicode_InternFromString("out")) && (names.self = PyUnicode_InternFromString("self")) &&
         (names.input = PyUnicode_InternFromString("input")) && (names.dim = PyUnicode_InternFromString("dim")) &&
         (names.axis = PyUnicode_InternFromString("axis")) && (names.keepdim = PyUnicode_InternFromString("keepdim")) &&
         (names.keepdims = PyUnicode_InternFromString("keepdims")) &&
         (names.requires_grad = PyUnicode_InternFromString("requires_grad")) &&
         (names.pin_memory = PyUnicode_InternFromString("pin_memory"));
}

}  // namespace vt::python
