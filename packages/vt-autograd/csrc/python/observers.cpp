// SPDX-License-Identifier: Apache-2.0
// Python functions that see nodes as they are recorded and run, and where a thread is in its backward.
#include "python.hpp"

namespace vt::autograd::python {
namespace {

// The context is a tuple (recorded, ran, failed), None for what is not wanted.

void release(void* context) {
  if (!Py_IsInitialized()) return;
  const Lock lock;
  Py_DECREF(static_cast<PyObject*>(context));
}

PyObject* show(VtNode* node) {
  autograd_api->retain_node(node);
  return wrap_plainly(node);
}

PyObject* function_of(void* context, Py_ssize_t index) {
  PyObject* function = PyTuple_GetItem(static_cast<PyObject*>(context), index);
  return function == Py_None ? nullptr : function;
}

int status_of(const Ref& result) {
  if (result) return 0;
  python_api->stash_exception();
  return -1;
}

int recorded(void* context, VtNode* node) {
  const Lock lock;
  PyObject* function = function_of(context, 0);
  if (!function) return 0;
  const Ref shown(show(node));
  return status_of(Ref(shown ? PyObject_CallFunctionObjArgs(function, shown.get(), nullptr) : nullptr));
}

int ran(void* context, VtNode* node, VtTensor* const* grads, int32_t num_grads, uint64_t elapsed_ns) {
  const Lock lock;
  PyObject* function = function_of(context, 1);
  if (!function) return 0;
  const Ref shown(show(node));
  const Ref tuple(shown ? PyTuple_New(num_grads) : nullptr);
  for (int32_t i = 0; tuple && i < num_grads; ++i)
    PyTuple_SetItem(tuple.get(), i, grads[i] ? share(grads[i]) : Py_NewRef(Py_None));
  const Ref elapsed(tuple ? PyLong_FromUnsignedLongLong(elapsed_ns) : nullptr);
  return status_of(Ref(
      elapsed ? PyObject_CallFunctionObjArgs(function, shown.get(), tuple.get(), elapsed.get(), nullptr) : nullptr));
}

void failed(void* context, VtNode* node) {
  const Lock lock;
  PyObject* function = function_of(context, 2);
  if (!function) return;
  const Ref shown(show(node));
  const Ref result(shown ? PyObject_CallFunctionObjArgs(function, shown.get(), nullptr) : nullptr);
  if (!result) PyErr_WriteUnraisable(function);  // the error on its way is the one that counts
}

PyObject* add(PyObject*, PyObject* const* args, Py_ssize_t nargs, PyObject*) {
  if (nargs != 3) return PyErr_Format(PyExc_TypeError, "_add_observer: expected recorded, ran and failed");
  Ref context(PyTuple_Pack(3, args[0], args[1], args[2]));
  if (!context) return nullptr;
  const VtGraphObserver observer{sizeof(VtGraphObserver),
                                 0,
                                 context.get(),
                                 release,
                                 args[0] == Py_None ? nullptr : recorded,
                                 args[1] == Py_None ? nullptr : ran,
                                 args[2] == Py_None ? nullptr : failed};
  uint64_t handle = 0;
  if (autograd_api->add_observer(&observer, &handle) != 0) return raise_error();
  context.release();
  return PyLong_FromUnsignedLongLong(handle);
}

PyObject* remove(PyObject*, PyObject* handle) {
  const uint64_t number = PyLong_AsUnsignedLongLong(handle);
  if (PyErr_Occurred()) return nullptr;
  if (autograd_api->remove_observer(number) != 0) return raise_error();
  Py_RETURN_NONE;
}

PyObject* current_backward(PyObject*, PyObject*) {
  return PyLong_FromUnsignedLongLong(autograd_api->current_backward());
}

PyObject* is_checkpoint_valid(PyObject*, PyObject*) { return PyBool_FromLong(autograd_api->backward_is_full()); }

PyObject* current_node(PyObject*, PyObject*) {
  VtNode* node = autograd_api->current_node();
  return node ? show(node) : Py_NewRef(Py_None);
}

PyObject* will_run(PyObject*, PyObject* object) {
  VtNode* node = node_from(object);
  if (!node) return nullptr;
  if (!autograd_api->current_backward())
    return PyErr_Format(PyExc_RuntimeError, "_will_engine_execute_node: only available within a backward");
  const int32_t will = autograd_api->will_run(node);
  return will < 0 ? raise_error() : PyBool_FromLong(will);
}

PyObject* count_nodes(PyObject*, PyObject*) { return PyLong_FromLongLong(autograd_api->num_nodes()); }

PyMethodDef functions[] = {fast_method("_add_observer", add, nullptr),
                           {"_remove_observer", remove, METH_O, nullptr},
                           {"_count_nodes", count_nodes, METH_NOARGS, nullptr},
                           {"_current_backward", current_backward, METH_NOARGS, nullptr},
                           {"_is_checkpoint_valid", is_checkpoint_valid, METH_NOARGS, nullptr},
                           {"_current_autograd_node", current_node, METH_NOARGS, nullptr},
                           {"_will_engine_execute_node", will_run, METH_O, nullptr},
                           {nullptr, nullptr, 0, nullptr}};

}  // namespace

bool add_observers(PyObject* module) { return PyModule_AddFunctions(module, functions) == 0; }

}  // namespace vt::autograd::python
