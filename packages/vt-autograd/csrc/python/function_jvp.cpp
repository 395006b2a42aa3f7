// SPDX-License-Identifier: Apache-2.0
// Forward mode of a Function: tangents of its results from its jvp.
#include "function_jvp.hpp"

namespace vt::autograd::python {
namespace {

PyObject* zeros_like(VtTensor* t) {
  static const VtOp* const op = tables().dispatch->find_op("zeros_like");
  const VtValue args[] = {value_of(t)};
  VtValue result = none();
  if (tables().dispatch->call_boxed(op, args, 1, &result) != 0) return raise_error();
  return wrap(result.as.tensor);
}

// The tangent of one argument; None where it has none.
PyObject* tangent_of(PyObject* argument) {
  if (!is_tensor(argument)) return Py_NewRef(Py_None);
  VtTensor* primal = nullptr;
  VtTensor* tangent = nullptr;
  if (forward_api->unpack_dual(tensor_of(argument), &primal, &tangent) != 0) return raise_error();
  tables().tensor->release(primal);
  return tangent ? wrap(tangent) : Py_NewRef(Py_None);
}

// What the jvp is called with: the context, then the tangents, zeros for tensors without one where that is asked for.
Ref jvp_arguments(FunctionContext* context, PyObject* const* args, PyObject* tangents) {
  const Py_ssize_t count = PyTuple_Size(tangents);
  Ref out(PyTuple_New(1 + count));
  if (!out) return {};
  PyTuple_SetItem(out.get(), 0, Py_NewRef(reinterpret_cast<PyObject*>(context)));
  for (Py_ssize_t i = 0; i < count; ++i) {
    PyObject* given = PyTuple_GetItem(tangents, i);
    const bool zeros = given == Py_None && context->materialize_grads && is_tensor(args[i]);
    PyObject* tangent = zeros ? zeros_like(tensor_of(args[i])) : Py_NewRef(given);
    if (!tangent) return {};
    PyTuple_SetItem(out.get(), 1 + i, tangent);
  }
  return out;
}

Ref as_tuple(PyObject* object) {
  return Ref(PyTuple_Check(object)  ? Py_NewRef(object)
             : PyList_Check(object) ? PySequence_Tuple(object)
                                    : PyTuple_Pack(1, object));
}

bool set_tangents(PyObject* name, PyObject* results, PyObject* tangents) {
  const Ref outputs = as_tuple(results);
  const Ref given = as_tuple(tangents);
  if (!outputs || !given) return false;
  const Py_ssize_t count = PyTuple_Size(outputs.get());
  if (PyTuple_Size(given.get()) != count) {
    PyErr_Format(PyExc_RuntimeError,
                 "function %U: jvp returned an incorrect number of tangents (expected %zd, got %zd)", name, count,
                 PyTuple_Size(given.get()));
    return false;
  }
  for (Py_ssize_t i = 0; i < count; ++i) {
    PyObject* tangent = PyTuple_GetItem(given.get(), i);
    PyObject* output = PyTuple_GetItem(outputs.get(), i);
    if (tangent == Py_None) continue;
    if (!is_tensor(tangent) || !is_tensor(output)) {
      PyErr_Format(PyExc_TypeError,
                   "function %U: jvp must return Tensor or None, and None for what is no tensor, got %R at "
                   "position %zd",
                   name, Py_TYPE(tangent), i);
      return false;
    }
    if (forward_api->set_tangent(tensor_of(output), tensor_of(tangent)) != 0) return raise_error() != nullptr;
  }
  return true;
}

}  // namespace

bool find_tangents(PyObject* const* args, Py_ssize_t nargs, Ref& out) {
  if (!forward_api->has_level()) return true;
  Ref tangents(PyTuple_New(nargs));
  bool any = false;
  for (Py_ssize_t i = 0; tangents && i < nargs; ++i) {
    PyObject* tangent = tangent_of(args[i]);
    if (!tangent) return false;
    any |= tangent != Py_None;
    PyTuple_SetItem(tangents.get(), i, tangent);
  }
  if (any) out = std::move(tangents);
  return !PyErr_Occurred();
}

bool apply_jvp(FunctionContext* context, PyObject* const* args, PyObject* tangents, PyObject* results) {
  const Ref name(context_name(reinterpret_cast<PyObject*>(context), nullptr));
  const Ref function(PyObject_GetAttrString(context->cls, "jvp"));
  const Ref given = name && function ? jvp_arguments(context, args, tangents) : Ref();
  if (!given) return false;
  // What the jvp reads as saved is what save_for_forward was given.
  PyObject* const to_save = std::exchange(context->to_save, Py_XNewRef(context->saved_for_forward));
  const Ref made(PyObject_CallObject(function.get(), given.get()));
  Py_XDECREF(std::exchange(context->to_save, to_save));
  return made && set_tangents(name.get(), results, made.get());
}

PyObject* no_jvp(PyObject*, PyObject* const*, Py_ssize_t, PyObject*) {
  return PyErr_Format(
      PyExc_NotImplementedError,
      "You must implement the jvp function for custom autograd.Function to use it with forward mode AD.");
}

}  // namespace vt::autograd::python
