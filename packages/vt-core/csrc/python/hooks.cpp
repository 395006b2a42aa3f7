// SPDX-License-Identifier: Apache-2.0
// Python functions as gradient hooks, and the handles that remove them.
#include "hooks.hpp"

#include "autograd.hpp"
#include "errors.hpp"
#include "tensor_type.hpp"

namespace vt::python {
namespace {

struct HandleObject {
  PyObject_HEAD PyObject* tensor;  // weak reference
  uint64_t id;
};

PyTypeObject* handle_type = nullptr;

HandleObject* cast(PyObject* self) { return reinterpret_cast<HandleObject*>(self); }

// Calls the function with the gradient, from the thread that runs backward.
int run_hook(void* context, VtTensor** grad) {
  const PyGILState_STATE state = PyGILState_Ensure();
  int status = -1;
  {
    tables().tensor->retain(*grad);
    Ref argument(wrap(*grad));
    Ref result(argument ? PyObject_CallFunctionObjArgs(static_cast<PyObject*>(context), argument.get(), nullptr)
                        : nullptr);
    if (result && result.get() == Py_None) {
      status = 0;
    } else if (result && is_tensor(result.get())) {
      VtTensor* replacement = tensor_of(result.get());
      tables().tensor->retain(replacement);
      tables().tensor->release(std::exchange(*grad, replacement));
      status = 0;
    } else if (result) {
      PyErr_Format(PyExc_TypeError, "register_hook: a hook must return Tensor or None, got %U",
                   type_name(result.get()).get());
    }
    if (status != 0) stash_exception();
  }
  PyGILState_Release(state);
  return status;
}

void release_hook(void* context) {
  if (!Py_IsInitialized()) return;
  const PyGILState_STATE state = PyGILState_Ensure();
  Py_DECREF(static_cast<PyObject*>(context));
  PyGILState_Release(state);
}

// Calls a post-accumulate hook, a tuple of the function and a weak reference on the leaf. A leaf that has died has no gradient
// that anyone could look at.
int run_accumulated_hook(void* context, VtTensor**, int32_t, VtTensor* const*, int32_t) {
  const PyGILState_STATE state = PyGILState_Ensure();
  int status = 0;
  {
    auto* pair = static_cast<PyObject*>(context);
    const Ref leaf = Ref::share(PyWeakref_GetObject(PyTuple_GetItem(pair, 1)));
    if (leaf.get() != Py_None) {
      const Ref ignored(PyObject_CallFunctionObjArgs(PyTuple_GetItem(pair, 0), leaf.get(), nullptr));
      if (!ignored) {
        stash_exception();
        status = -1;
      }
    }
  }
  PyGILState_Release(state);
  return status;
}

// The graph's reference on the function, for the cycle collector.
int visit_hook(void* context, VtVisitFn, void* arg) {
  const auto* python = static_cast<const VtPythonVisit*>(arg);
  return python->visit(context, python->arg);
}

PyObject* register_hook(PyObject* self, PyObject* function) {
  const VtAutogradApi* autograd = need_autograd("register_hook()");
  if (!autograd) return nullptr;
  if (!PyCallable_Check(function))
    return PyErr_Format(PyExc_TypeError, "register_hook(): expected a callable, got %U", type_name(function).get());
  Ref reference(PyWeakref_NewRef(self, nullptr));
  Ref handle(reference ? PyType_GenericAlloc(handle_type, 0) : nullptr);
  if (!handle) return nullptr;
  uint64_t id = 0;
  if (autograd->add_hook(tensor_of(self), run_hook, Py_NewRef(function), release_hook, &id) != 0) {
    Py_DECREF(function);
    return raise_error();
  }
  if (VT_HAS_FIELD(autograd, VtAutogradApi, set_hook_visit) &&
      autograd->set_hook_visit(tensor_of(self), id, visit_hook) != 0)
    return raise_error();
  make_rich(self);
  cast(handle.get())->tensor = reference.release();
  cast(handle.get())->id = id;
  return handle.release();
}

PyObject* register_post_accumulate_grad_hook(PyObject* self, PyObject* function) {
  constexpr const char* kName = "register_post_accumulate_grad_hook()";
  const VtAutogradApi* autograd = need_autograd(kName);
  if (!autograd) return nullptr;
  if (!VT_HAS_FIELD(autograd, VtAutogradApi, gradient_node))
    return PyErr_Format(PyExc_RuntimeError, "%s needs a vt-autograd that offers vt.autograd 1.1", kName);
  if (!PyCallable_Check(function))
    return PyErr_Format(PyExc_TypeError, "%s: expected a callable, got %U", kName, type_name(function).get());
  VtTensor* tensor = tensor_of(self);
  if (!autograd->requires_grad(tensor))
    return PyErr_Format(PyExc_RuntimeError, "cannot register a hook on a tensor that doesn't require gradient");
  if (!autograd->is_leaf(tensor))
    return PyErr_Format(PyExc_RuntimeError, "post accumulate grad hooks cannot be registered on non-leaf tensors");
  Ref reference(PyWeakref_NewRef(self, nullptr));
  Ref handle(reference ? PyType_GenericAlloc(handle_type, 0) : nullptr);
  Ref context(handle ? PyTuple_Pack(2, function, reference.get()) : nullptr);
  if (!context) return nullptr;
  uint32_t output_nr = 0;
  VtNode* node = autograd->gradient_node(tensor, &output_nr);
  if (!node) return raise_error();
  const VtNodeHookDef def{
      sizeof(VtNodeHookDef), VT_NODE_HOOK_ACCUMULATED, run_accumulated_hook, context.get(), release_hook, visit_hook};
  uint64_t id = 0;
  const int status = autograd->add_node_hook(node, &def, &id);
  autograd->release_node(node);
  if (status != 0) return raise_error();
  context.release();
  make_rich(self);
  cast(handle.get())->tensor = reference.release();
  cast(handle.get())->id = id;
  return handle.release();
}

PyObject* remove(PyObject* self, PyObject*) {
  PyObject* tensor = cast(self)->tensor ? PyWeakref_GetObject(cast(self)->tensor) : Py_None;
  if (tensor && tensor != Py_None) {
    const Ref keep = Ref::share(tensor);
    const VtAutogradApi* autograd = find_autograd();
    if (autograd && autograd->remove_hook(tensor_of(tensor), cast(self)->id) != 0) return raise_error();
  }
  Py_CLEAR(cast(self)->tensor);
  Py_RETURN_NONE;
}

PyObject* enter(PyObject* self, PyObject*) { return Py_NewRef(self); }

PyObject* leave(PyObject* self, PyObject* const*, Py_ssize_t, PyObject*) { return remove(self, nullptr); }

PyObject* get_id(PyObject* self, void*) { return PyLong_FromUnsignedLongLong(cast(self)->id); }

void dealloc(PyObject* self) {
  PyTypeObject* type = Py_TYPE(self);
  Py_CLEAR(cast(self)->tensor);
  PyObject_Free(self);
  Py_DECREF(type);
}

PyMethodDef methods[] = {
    {"remove", remove, METH_NOARGS, "remove()\n--\n\nTakes the hook off its tensor. Does nothing the second time."},
    {"__enter__", enter, METH_NOARGS, nullptr},
    fast_method("__exit__", leave, nullptr),
    {nullptr, nullptr, 0, nullptr}};

PyGetSetDef properties[] = {{"id", get_id, nullptr, "Number of the hook on its tensor.", nullptr},
                            {nullptr, nullptr, nullptr, nullptr, nullptr}};

char doc[] = "Removes a hook: by remove(), or at the end of a with block.";

}  // namespace

bool add_hook_types(PyObject* module) {
  PyType_Slot slots[] = {slot(Py_tp_dealloc, dealloc),
                         slot(Py_tp_methods, methods),
                         slot(Py_tp_getset, properties),
                         slot(Py_tp_doc, doc),
                         {0, nullptr}};
  PyType_Spec spec = {"vt_core.RemovableHandle", sizeof(HandleObject), 0,
                      Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION | Py_TPFLAGS_IMMUTABLETYPE, slots};
  handle_type = reinterpret_cast<PyTypeObject*>(PyType_FromSpec(&spec));
  return handle_type && PyModule_AddObjectRef(module, "RemovableHandle", reinterpret_cast<PyObject*>(handle_type)) == 0;
}

void append_hook_methods(std::vector<PyMethodDef>& methods_of_tensor) {
  methods_of_tensor.push_back(
      {"register_hook", register_hook, METH_O,
       "register_hook(hook, /)\n--\n\n"
       "Calls hook(grad) when the tensor's gradient is known; a returned Tensor replaces it. Returns a handle with remove()."});
  methods_of_tensor.push_back(
      {"register_post_accumulate_grad_hook", register_post_accumulate_grad_hook, METH_O,
       "register_post_accumulate_grad_hook(hook, /)\n--\n\n"
       "Calls hook(tensor) each time a backward has added to the `grad` of this leaf. What it returns is "
       "ignored. Returns a handle with remove()."});
}

}  // namespace vt::python
