// SPDX-License-Identifier: Apache-2.0
// Dual levels and dual numbers, as vt_autograd.forward_ad offers them.
#include "python.hpp"

namespace vt::autograd::python {
namespace {

PyObject* enter_dual_level(PyObject*, PyObject*) {
  if (forward_api->enter_level() != 0) return raise_error();
  Py_RETURN_NONE;
}

PyObject* exit_dual_level(PyObject*, PyObject*) {
  if (forward_api->exit_level() != 0) return raise_error();
  Py_RETURN_NONE;
}

PyObject* has_dual_level(PyObject*, PyObject*) { return PyBool_FromLong(forward_api->has_level()); }

// Borrowed; NULL with a TypeError set.
VtTensor* tensor_argument(const char* function, PyObject* object) {
  if (is_tensor(object)) return tensor_of(object);
  PyErr_Format(PyExc_TypeError, "%s() takes Tensors, got %R", function, Py_TYPE(object));
  return nullptr;
}

PyObject* make_dual(PyObject*, PyObject* const* args, Py_ssize_t nargs, PyObject* kwnames) {
  PyObject* out[2];
  if (!unpack("make_dual", {"tensor", "tangent"}, 2, 2, args, nargs, kwnames, out)) return nullptr;
  VtTensor* primal = tensor_argument("make_dual", out[0]);
  VtTensor* tangent = primal ? tensor_argument("make_dual", out[1]) : nullptr;
  VtTensor* dual = nullptr;
  if (!tangent) return nullptr;
  if (forward_api->make_dual(primal, tangent, &dual) != 0) return raise_error();
  return wrap(dual);
}

PyObject* unpack_dual(PyObject*, PyObject* object) {
  VtTensor* dual = tensor_argument("unpack_dual", object);
  VtTensor* primal = nullptr;
  VtTensor* tangent = nullptr;
  if (!dual) return nullptr;
  if (forward_api->unpack_dual(dual, &primal, &tangent) != 0) return raise_error();
  const Ref first(wrap(primal));
  const Ref second(tangent ? wrap(tangent) : Py_NewRef(Py_None));
  return first && second ? PyTuple_Pack(2, first.get(), second.get()) : nullptr;
}

PyMethodDef functions[] = {{"_enter_dual_level", enter_dual_level, METH_NOARGS, nullptr},
                           {"_exit_dual_level", exit_dual_level, METH_NOARGS, nullptr},
                           {"_has_dual_level", has_dual_level, METH_NOARGS, nullptr},
                           fast_method("_make_dual", make_dual, nullptr),
                           {"_unpack_dual", unpack_dual, METH_O, nullptr},
                           {nullptr, nullptr, 0, nullptr}};

}  // namespace

bool add_forward_ad(PyObject* module) { return PyModule_AddFunctions(module, functions) == 0; }

}  // namespace vt::autograd::python
