// SPDX-License-Identifier: Apache-2.0
// The Tensor type: wrapping native tensors in Python objects and back.
#pragma once

#include "python.hpp"

namespace vt::python {

struct Wrapper {
  PyObject_HEAD VtTensor* tensor;  // one owned count; never changes after construction
  PyObject* dict;
  PyObject* weakrefs;
};

struct TensorTypes {
  PyTypeObject* base = nullptr;        // vt_core.Tensor
  PyTypeObject* registered = nullptr;  // the class in which new tensors are wrapped
};
extern TensorTypes tensor_types;

bool add_tensor_type(PyObject* module);

// The library's name as reprs show it: PyTorch's where an overlay stands for it.
inline const char* shown_library() noexcept {
  return tensor_types.registered == tensor_types.base ? "vt_core" : "torch";
}

inline bool is_exact_tensor(PyObject* object) noexcept { return Py_TYPE(object) == tensor_types.registered; }
inline bool is_tensor(PyObject* object) noexcept {
  return is_exact_tensor(object) || PyType_IsSubtype(Py_TYPE(object), tensor_types.base);
}
// The tensor of an object known to be one (borrowed).
inline VtTensor* tensor_of(PyObject* object) noexcept { return reinterpret_cast<Wrapper*>(object)->tensor; }

// The wrapper of a tensor (new reference); takes over the caller's count. nullptr with an exception set.
PyObject* wrap(VtTensor* tensor);

// A new wrapper of class `type` around a tensor that has none; takes over the caller's count.
PyObject* wrap_as(PyTypeObject* type, VtTensor* tensor);

// Makes a wrapper keep its identity for as long as the tensor lives. Idempotent.
void make_rich(PyObject* self);

}  // namespace vt::python
