// SPDX-License-Identifier: Apache-2.0
// Python functions as hooks of nodes, and looking at what nodes keep.
#include "node_methods.hpp"

#include <cstring>

namespace vt::autograd::python {
namespace {

// Drops a reference from any thread, also while the interpreter ends.
void release_object(void* object) {
  if (!Py_IsInitialized()) return;
  const Lock lock;
  Py_DECREF(static_cast<PyObject*>(object));
}

int visit_object(void* object, VtVisitFn, void* arg) {
  const auto* python = static_cast<const VtPythonVisit*>(arg);
  return python->visit(object, python->arg);
}

PyObject* tuple_of(VtTensor* const* tensors, int32_t count) {
  Ref out(PyTuple_New(count));
  for (int32_t i = 0; out && i < count; ++i) {
    PyObject* item = tensors[i] ? share(tensors[i]) : Py_NewRef(Py_None);
    if (!item) return nullptr;
    PyTuple_SetItem(out.get(), i, item);
  }
  return out.release();
}

// Puts what a hook returned in the place of the gradients.
bool replace(PyObject* returned, VtTensor** grads, int32_t count) {
  if (returned == Py_None) return true;
  const Ref tuple(PyTuple_Check(returned) ? Py_NewRef(returned) : PyTuple_Pack(1, returned));
  if (!tuple) return false;
  if (PyTuple_Size(tuple.get()) != count) {
    PyErr_Format(PyExc_RuntimeError, "hook: has returned an incorrect number of values (got %zd, but expected %d)",
                 PyTuple_Size(tuple.get()), static_cast<int>(count));
    return false;
  }
  for (int32_t i = 0; i < count; ++i) {
    PyObject* item = PyTuple_GetItem(tuple.get(), i);
    if (item != Py_None && !is_tensor(item)) {
      PyErr_Format(PyExc_TypeError, "hook: expected Tensor or None as gradient %d, got %R", static_cast<int>(i),
                   Py_TYPE(item));
      return false;
    }
    VtTensor* replacement = item == Py_None ? nullptr : tensor_of(item);
    if (replacement == grads[i]) continue;
    tables().tensor->retain(replacement);
    tables().tensor->release(std::exchange(grads[i], replacement));
  }
  return true;
}

int call_before(void* context, VtTensor** grads, int32_t num_grads, VtTensor* const*, int32_t) {
  const Lock lock;
  const Ref argument(tuple_of(grads, num_grads));
  const Ref returned(argument ? PyObject_CallFunctionObjArgs(static_cast<PyObject*>(context), argument.get(), nullptr)
                              : nullptr);
  if (returned && replace(returned.get(), grads, num_grads)) return 0;
  python_api->stash_exception();
  return -1;
}

int call_after(void* context, VtTensor** grads, int32_t num_grads, VtTensor* const* outputs, int32_t num_outputs) {
  const Lock lock;
  const Ref inputs(tuple_of(grads, num_grads));
  const Ref results(inputs ? tuple_of(outputs, num_outputs) : nullptr);
  const Ref returned(
      results ? PyObject_CallFunctionObjArgs(static_cast<PyObject*>(context), inputs.get(), results.get(), nullptr)
              : nullptr);
  if (returned && replace(returned.get(), grads, num_grads)) return 0;
  python_api->stash_exception();
  return -1;
}

struct HandleObject {
  PyObject_HEAD uint64_t id;
};

PyTypeObject* handle_type = nullptr;

HandleObject* cast(PyObject* self) { return reinterpret_cast<HandleObject*>(self); }

void dealloc(PyObject* self) {
  PyTypeObject* type = Py_TYPE(self);
  reinterpret_cast<freefunc>(PyType_GetSlot(type, Py_tp_free))(self);
  Py_DECREF(type);
}

PyObject* remove(PyObject* self, PyObject*) {
  if (autograd_api->remove_node_hook(cast(self)->id) != 0) return raise_error();
  Py_RETURN_NONE;
}

PyObject* enter(PyObject* self, PyObject*) { return Py_NewRef(self); }

PyObject* leave(PyObject* self, PyObject* const*, Py_ssize_t, PyObject*) { return remove(self, nullptr); }

PyObject* get_id(PyObject* self, void*) { return PyLong_FromUnsignedLongLong(cast(self)->id); }

PyMethodDef methods[] = {
    {"remove", remove, METH_NOARGS, "remove()\n--\n\nTakes the hook off its node. Does nothing the second time."},
    {"__enter__", enter, METH_NOARGS, nullptr},
    fast_method("__exit__", leave, nullptr),
    {nullptr, nullptr, 0, nullptr}};
PyGetSetDef properties[] = {{"id", get_id, nullptr, "Number of the hook.", nullptr},
                            {nullptr, nullptr, nullptr, nullptr, nullptr}};
char handle_doc[] = "Removes a hook of a node: by remove(), or at the end of a with block.";

// A saved value as a Python object; takes over its tensors.
PyObject* object_of(VtValue& value) {
  if (value.tag == VT_TENSOR_LIST) {
    Ref out(PyTuple_New(value.count));
    for (uint32_t i = 0; i < value.count; ++i) {
      PyObject* item = wrap(value.as.tensors[i]);
      if (!item) out = Ref();
      if (out)
        PyTuple_SetItem(out.get(), i, item);
      else
        Py_XDECREF(item);
    }
    tables().alloc->free(const_cast<VtTensor**>(value.as.tensors), value.count * sizeof(VtTensor*));
    return out.release();
  }
  auto list = [&](auto&& item) -> PyObject* {
    Ref out(PyTuple_New(value.count));
    for (uint32_t i = 0; out && i < value.count; ++i) PyTuple_SetItem(out.get(), i, item(i));
    return out.release();
  };
  switch (value.tag) {
    case VT_INT_LIST: return list([&](uint32_t i) { return PyLong_FromLongLong(value.as.ints[i]); });
    case VT_FLOAT_LIST: return list([&](uint32_t i) { return PyFloat_FromDouble(value.as.floats[i]); });
    case VT_BOOL_LIST: return list([&](uint32_t i) { return PyBool_FromLong(value.as.bools[i]); });
    default: return static_cast<PyObject*>(python_api->value_to_pyobject(&value));
  }
}

}  // namespace

PyObject* register_node_hook(VtNode* node, VtNodeHookKind kind, PyObject* function) {
  if (!PyCallable_Check(function))
    return PyErr_Format(PyExc_TypeError, "expected a callable as hook, got %R", Py_TYPE(function));
  if (!node) return PyErr_Format(PyExc_RuntimeError, "cannot register a hook: the node is gone, or not recorded yet");
  const auto allocate = reinterpret_cast<allocfunc>(PyType_GetSlot(handle_type, Py_tp_alloc));
  Ref handle(allocate(handle_type, 0));
  if (!handle) return nullptr;
  const VtNodeHookDef def{
      sizeof(VtNodeHookDef), kind,        kind == VT_NODE_HOOK_BEFORE ? call_before : call_after, function,
      release_object,        visit_object};
  if (autograd_api->add_node_hook(node, &def, &cast(handle.get())->id) != 0) return raise_error();
  Py_INCREF(function);  // the hook's
  return handle.release();
}

PyObject* node_metadata(VtNode* node) {
  if (!node) return PyErr_Format(PyExc_RuntimeError, "metadata: the node is gone, or not recorded yet");
  void* object = nullptr;
  if (autograd_api->node_object(node, &object, nullptr, nullptr) != 0) return raise_error();
  if (object) return Py_NewRef(static_cast<PyObject*>(object));
  PyObject* fresh = PyDict_New();
  if (!fresh) return nullptr;
  object = fresh;
  if (autograd_api->node_object(node, &object, release_object, visit_object) != 0) {
    Py_DECREF(fresh);
    return raise_error();
  }
  if (object != fresh) Py_DECREF(fresh);
  return Py_NewRef(static_cast<PyObject*>(object));
}

PyObject* node_results(const VtNode* node) {
  Ref out(PyList_New(0));
  VtTensorMeta meta{};
  for (int32_t i = 0; out && autograd_api->node_output(node, i, &meta) == 0; ++i) {
    Ref shape(meta.sizes || meta.ndim == 0 ? PyTuple_New(meta.ndim) : nullptr);
    for (int32_t d = 0; shape && d < meta.ndim; ++d)
      PyTuple_SetItem(shape.get(), d, PyLong_FromLongLong(meta.sizes[d]));
    VtValue dtype = value_of(meta.dtype);
    VtValue device = value_of(meta.device);
    const bool given = meta.dtype.bits != 0;
    const Ref kind(given ? static_cast<PyObject*>(python_api->value_to_pyobject(&dtype)) : nullptr);
    const Ref place(given ? static_cast<PyObject*>(python_api->value_to_pyobject(&device)) : nullptr);
    const Ref item(given && shape && kind && place ? PyTuple_Pack(3, shape.get(), kind.get(), place.get())
                   : given                         ? nullptr
                                                   : Py_NewRef(Py_None));
    if (!item || PyList_Append(out.get(), item.get()) != 0) return nullptr;
  }
  VtError past_the_last{};  // how node_output tells the end
  past_the_last.struct_size = sizeof past_the_last;
  tables().object->take_error(&past_the_last);
  return out ? PySequence_Tuple(out.get()) : nullptr;
}

PyObject* node_saved(VtNode* node) {
  Ref out(PyDict_New());
  for (int32_t i = 0; out && i < autograd_api->num_saved(node); ++i) {
    const char* name = nullptr;
    VtValue value = none();
    if (autograd_api->saved(node, i, &name, &value) != 0) return raise_error();
    if (value.tag == VT_NONE) continue;
    const Ref object(object_of(value));
    if (!object || PyDict_SetItemString(out.get(), name, object.get()) != 0) return nullptr;
  }
  return out.release();
}

PyObject* node_saved_value(VtNode* node, const char* wanted) {
  for (int32_t i = 0; i < autograd_api->num_saved(node); ++i) {
    const char* name = nullptr;
    if (autograd_api->saved(node, i, &name, nullptr) != 0) return raise_error();
    if (std::strcmp(name, wanted) != 0) continue;
    VtValue value = none();
    if (autograd_api->saved(node, i, &name, &value) != 0) return raise_error();
    if (value.tag != VT_NONE) return object_of(value);
  }
  return PyErr_Format(PyExc_AttributeError, "%s: saved no '%s'", autograd_api->node_name(node), wanted);
}

bool add_handle_type(PyObject* module) {
  PyType_Slot slots[] = {slot(Py_tp_dealloc, dealloc),
                         slot(Py_tp_methods, methods),
                         slot(Py_tp_getset, properties),
                         slot(Py_tp_doc, handle_doc),
                         {0, nullptr}};
  PyType_Spec spec = {"vt_autograd.NodeHookHandle", sizeof(HandleObject), 0,
                      Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION, slots};
  PyObject* type = PyType_FromSpec(&spec);
  handle_type = reinterpret_cast<PyTypeObject*>(type);
  return type && PyModule_AddObjectRef(module, "NodeHookHandle", type) == 0;
}

}  // namespace vt::autograd::python
