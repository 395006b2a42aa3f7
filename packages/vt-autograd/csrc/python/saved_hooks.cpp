// SPDX-License-Identifier: Apache-2.0
// Python functions as saved-tensor hooks of the calling thread.
#include "python.hpp"

namespace vt::autograd::python {
namespace {

// The context is a tuple of the two functions; what is packed is any object.

void retain(void* context) {
  const Lock lock;
  Py_INCREF(static_cast<PyObject*>(context));
}

void release(void* object) {
  if (!Py_IsInitialized()) return;
  const Lock lock;
  Py_DECREF(static_cast<PyObject*>(object));
}

int pack(void* context, VtTensor* tensor, void** packed) {
  const Lock lock;
  const Ref argument(share(tensor));
  PyObject* function = PyTuple_GetItem(static_cast<PyObject*>(context), 0);
  *packed = argument ? PyObject_CallFunctionObjArgs(function, argument.get(), nullptr) : nullptr;
  if (*packed) return 0;
  python_api->stash_exception();
  return -1;
}

int unpack(void* context, void* packed, VtTensor** tensor) {
  const Lock lock;
  PyObject* function = PyTuple_GetItem(static_cast<PyObject*>(context), 1);
  const Ref result(PyObject_CallFunctionObjArgs(function, static_cast<PyObject*>(packed), nullptr));
  if (result && is_tensor(result.get())) {
    *tensor = tensor_of(result.get());
    tables().tensor->retain(*tensor);
    return 0;
  }
  if (result)
    PyErr_Format(PyExc_TypeError,
                 "Output of saved tensor unpack_hook expected to be a Tensor but got result of type %R",
                 Py_TYPE(result.get()));
  python_api->stash_exception();
  return -1;
}

int visit_packed(void* packed, VtVisitFn, void* arg) {
  const auto* python = static_cast<const VtPythonVisit*>(arg);
  return python->visit(packed, python->arg);
}

PyObject* push(PyObject*, PyObject* const* args, Py_ssize_t nargs, PyObject*) {
  if (nargs != 2 || !PyCallable_Check(args[0]) || !PyCallable_Check(args[1]))
    return PyErr_Format(PyExc_TypeError, "saved_tensors_hooks: expected two functions, pack_hook and unpack_hook");
  Ref context(PyTuple_Pack(2, args[0], args[1]));
  if (!context) return nullptr;
  const VtSavedHooks hooks{sizeof(VtSavedHooks), 0, context.get(), retain, release, pack, unpack, release,
                           visit_packed};
  if (autograd_api->push_saved_hooks(&hooks) != 0) return raise_error();
  context.release();
  Py_RETURN_NONE;
}

PyObject* pop(PyObject*, PyObject*) {
  if (autograd_api->pop_saved_hooks() != 0) return raise_error();
  Py_RETURN_NONE;
}

PyObject* disable(PyObject*, PyObject* message) {
  const char* text = message == Py_None ? nullptr : PyUnicode_AsUTF8AndSize(message, nullptr);
  if (message != Py_None && !text) return nullptr;
  if (autograd_api->disable_saved_hooks(text) != 0) return raise_error();
  Py_RETURN_NONE;
}

PyObject* disabled(PyObject*, PyObject*) {
  const char* text = autograd_api->saved_hooks_disabled();
  return text ? PyUnicode_FromString(text) : Py_NewRef(Py_None);
}

// The (pack, unpack) functions of the calling thread, or None.
PyObject* current(PyObject*, PyObject*) {
  VtSavedHooks hooks{};
  if (!autograd_api->current_saved_hooks(&hooks)) Py_RETURN_NONE;
  if (hooks.pack != pack) {
    if (hooks.release) hooks.release(hooks.context);
    return PyErr_Format(PyExc_RuntimeError, "the thread's saved-tensor hooks were not set from Python");
  }
  return static_cast<PyObject*>(hooks.context);
}

// Where a tensor's storage begins: equal for tensors that share it.
PyObject* storage_address(PyObject*, PyObject* tensor) {
  if (!is_tensor(tensor)) return PyErr_Format(PyExc_TypeError, "expected a Tensor, got %R", Py_TYPE(tensor));
  return PyLong_FromVoidPtr(tables().tensor->storage_data(tensor_of(tensor)));
}

// A thread's hook borrows the function.
int before_write(void* context, VtTensor* tensor) {
  const Lock lock;
  const Ref argument(share(tensor));
  const Ref result(argument ? PyObject_CallFunctionObjArgs(static_cast<PyObject*>(context), argument.get(), nullptr)
                            : nullptr);
  if (result) return 0;
  python_api->stash_exception();
  return -1;
}

// The caller keeps the function until it sets None.
PyObject* set_write_hook(PyObject*, PyObject* function) {
  const bool ends = function == Py_None;
  autograd_api->set_write_hook(ends ? nullptr : before_write, ends ? nullptr : function);
  Py_RETURN_NONE;
}

PyMethodDef functions[] = {fast_method("_push_saved_tensors_hooks", push, nullptr),
                           {"_current_saved_tensors_hooks", current, METH_NOARGS, nullptr},
                           {"_storage_address", storage_address, METH_O, nullptr},
                           {"_set_write_hook", set_write_hook, METH_O, nullptr},
                           {"_pop_saved_tensors_hooks", pop, METH_NOARGS, nullptr},
                           {"_disable_saved_tensors_hooks", disable, METH_O, nullptr},
                           {"_saved_tensors_hooks_disabled", disabled, METH_NOARGS, nullptr},
                           {nullptr, nullptr, 0, nullptr}};

}  // namespace

bool add_saved_hooks(PyObject* module) { return PyModule_AddFunctions(module, functions) == 0; }

}  // namespace vt::autograd::python
