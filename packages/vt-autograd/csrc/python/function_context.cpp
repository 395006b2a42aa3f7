// SPDX-License-Identifier: Apache-2.0
// The context of a Python Function: saved tensors, marks, and its life beside the node.
#include "function_context.hpp"

#include <string>

namespace vt::autograd::python {
namespace {

PyTypeObject* context_type = nullptr;

void dealloc(PyObject* object) {
  FunctionContext* self = context_of(object);
  PyTypeObject* type = Py_TYPE(object);
  PyObject_GC_UnTrack(object);
  if (self->weakrefs) PyObject_ClearWeakRefs(object);
  drop_saved(self);
  delete self->saved;
  for (PyObject** field :
       {&self->dict, &self->cls, &self->to_save, &self->dirty, &self->non_differentiable, &self->needs_input_grad})
    Py_CLEAR(*field);
  PyObject_GC_Del(object);
  Py_DECREF(type);
}

int traverse(PyObject* object, visitproc visit, void* arg) {
  FunctionContext* self = context_of(object);
  Py_VISIT(Py_TYPE(object));
  for (PyObject* field :
       {self->dict, self->cls, self->to_save, self->dirty, self->non_differentiable, self->needs_input_grad})
    Py_VISIT(field);
  for (const SavedTensor& saved : *self->saved) Py_VISIT(saved.object);
  return 0;
}

int clear(PyObject* object) {
  FunctionContext* self = context_of(object);
  drop_saved(self);
  for (PyObject** field : {&self->dict, &self->to_save, &self->dirty, &self->non_differentiable}) Py_CLEAR(*field);
  return 0;
}

PyObject* as_tuple(PyObject* const* args, Py_ssize_t nargs) {
  PyObject* out = PyTuple_New(nargs);
  for (Py_ssize_t i = 0; out && i < nargs; ++i) PyTuple_SetItem(out, i, Py_NewRef(args[i]));
  return out;
}

// Stores a tuple of the arguments, which must be tensors (or None where allowed).
PyObject* store(const char* function, PyObject** field, PyObject* const* args, Py_ssize_t nargs, bool allow_none) {
  for (Py_ssize_t i = 0; i < nargs; ++i)
    if (!is_tensor(args[i]) && !(allow_none && args[i] == Py_None))
      return PyErr_Format(PyExc_TypeError, "%s() takes only Tensors%s, got %R at index %zd", function,
                          allow_none ? " and None" : "", Py_TYPE(args[i]), i);
  PyObject* tuple = as_tuple(args, nargs);
  if (!tuple) return nullptr;
  Py_XDECREF(std::exchange(*field, tuple));
  Py_RETURN_NONE;
}

PyObject* save_for_backward(PyObject* self, PyObject* const* args, Py_ssize_t nargs) {
  return store("save_for_backward", &context_of(self)->to_save, args, nargs, true);
}
PyObject* mark_dirty(PyObject* self, PyObject* const* args, Py_ssize_t nargs) {
  return store("mark_dirty", &context_of(self)->dirty, args, nargs, false);
}
PyObject* mark_non_differentiable(PyObject* self, PyObject* const* args, Py_ssize_t nargs) {
  return store("mark_non_differentiable", &context_of(self)->non_differentiable, args, nargs, false);
}
PyObject* set_materialize_grads(PyObject* self, PyObject* value) {
  const int truth = PyObject_IsTrue(value);
  if (truth < 0) return nullptr;
  context_of(self)->materialize_grads = truth;
  Py_RETURN_NONE;
}

PyObject* unpack_output(FunctionContext* self, const SavedTensor& saved) {
  VtTensor* alias = nullptr;
  if (tables().tensor->alias(saved.output, 1, &alias) != 0) return raise_error();
  if (self->node && autograd_api->set_grad_fn(alias, self->node, saved.output_nr) != 0) {
    tables().tensor->release(alias);
    return raise_error();
  }
  return wrap(alias);
}

PyObject* unpack_saved(FunctionContext* self, const SavedTensor& saved) {
  if (!saved.object && !saved.output) Py_RETURN_NONE;
  const VtTensor* t = saved.output ? saved.output : tensor_of(saved.object);
  const uint32_t version = tables().tensor->version(t);
  if (version != saved.version) {
    Ref name(context_name(reinterpret_cast<PyObject*>(self), nullptr));
    return PyErr_Format(
        PyExc_RuntimeError,
        "%U: one of the variables needed for gradient computation has been modified by an inplace "
        "operation: it is at version %lu; expected version %lu instead. Hint: clone it before the write, or "
        "write out of place.",
        name.get(), static_cast<unsigned long>(version), static_cast<unsigned long>(saved.version));
  }
  return saved.output ? unpack_output(self, saved) : Py_NewRef(saved.object);
}

PyObject* get_saved_tensors(PyObject* object, void*) {
  FunctionContext* self = context_of(object);
  if (self->to_save) return Py_NewRef(self->to_save);  // still in the forward
  if (self->freed && self->has_saved) {
    Ref name(context_name(object, nullptr));
    return PyErr_Format(
        PyExc_RuntimeError,
        "%U: Trying to backward through the graph a second time (or directly access saved tensors after they "
        "have already been freed). Saved intermediate values of the graph are freed when you call "
        ".backward() or autograd.grad(). Specify retain_graph=True if you need to backward through the graph "
        "a second time or if you need to access saved tensors after calling backward.",
        name.get());
  }
  const auto count = static_cast<Py_ssize_t>(self->saved->size());
  Ref out(PyTuple_New(count));
  for (Py_ssize_t i = 0; out && i < count; ++i) {
    PyObject* tensor = unpack_saved(self, (*self->saved)[static_cast<size_t>(i)]);
    if (!tensor) return nullptr;
    PyTuple_SetItem(out.get(), i, tensor);
  }
  return out.release();
}

PyObject* get_needs_input_grad(PyObject* object, void*) {
  PyObject* value = context_of(object)->needs_input_grad;
  return value ? Py_NewRef(value) : Py_NewRef(Py_None);
}

PyObject* get_next_functions(PyObject* object, void*) {
  FunctionContext* self = context_of(object);
  if (!self->node) return PyTuple_New(0);
  return next_functions(self->node);
}

PyObject* repr(PyObject* object) {
  Ref name(context_name(object, nullptr));
  return name ? PyUnicode_FromFormat("<%U object at %p>", name.get(), static_cast<void*>(object)) : nullptr;
}

template <class Method>
PyMethodDef collecting(const char* name, Method method, const char* doc) {
  return {name, reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(method)), METH_FASTCALL, doc};
}

PyMethodDef methods[] = {
    collecting(
        "save_for_backward", save_for_backward,
        "save_for_backward(*tensors)\n--\n\nKeeps tensors (or None) for the backward, once, from within the forward."),
    collecting("mark_dirty", mark_dirty,
               "mark_dirty(*tensors)\n--\n\nNames the inputs that the forward wrote in place."),
    collecting("mark_non_differentiable", mark_non_differentiable,
               "mark_non_differentiable(*tensors)\n--\n\nNames the results that never require grad."),
    {"set_materialize_grads", set_materialize_grads, METH_O,
     "set_materialize_grads(value, /)\n--\n\nWhether a gradient that is zero reaches the backward as zeros or as None."},
    {"name", context_name, METH_NOARGS, "name()\n--\n\nName of the Function with 'Backward' added."},
    {nullptr, nullptr, 0, nullptr}};

PyGetSetDef properties[] = {
    {"saved_tensors", get_saved_tensors, nullptr, "The tensors given to save_for_backward.", nullptr},
    {"needs_input_grad", get_needs_input_grad, nullptr, "For each input of the forward, whether it requires grad.",
     nullptr},
    {"next_functions", get_next_functions, nullptr,
     "Where gradients flow on to: pairs of a node, or None, and the number of its result.", nullptr},
    {"__dict__", PyObject_GenericGetDict, PyObject_GenericSetDict, nullptr, nullptr},
    {nullptr, nullptr, nullptr, nullptr, nullptr}};

PyMemberDef members[] = {{"__dictoffset__", T_PYSSIZET, offsetof(FunctionContext, dict), READONLY, nullptr},
                         {"__weaklistoffset__", T_PYSSIZET, offsetof(FunctionContext, weakrefs), READONLY, nullptr},
                         {"materialize_grads", T_BOOL, offsetof(FunctionContext, materialize_grads), READONLY, nullptr},
                         {nullptr, 0, 0, 0, nullptr}};

char doc[] = "What a Function's forward leaves for its backward. Any attribute may be set on it.";

}  // namespace

PyObject* make_context(PyObject* cls, PyObject* needs_input_grad) {
  auto* self = PyObject_GC_New(FunctionContext, context_type);
  if (!self) return nullptr;
  self->dict = self->weakrefs = self->to_save = self->dirty = self->non_differentiable = nullptr;
  self->cls = Py_NewRef(cls);
  self->needs_input_grad = Py_NewRef(needs_input_grad);
  self->saved = new std::vector<SavedTensor>;
  self->node = nullptr;
  self->num_outputs = 0;
  self->materialize_grads = true;
  self->freed = self->has_saved = false;
  PyObject_GC_Track(reinterpret_cast<PyObject*>(self));
  return reinterpret_cast<PyObject*>(self);
}

bool save_tensors(FunctionContext* self, const std::vector<VtTensor*>& outputs) {
  const Ref tensors(std::exchange(self->to_save, nullptr));
  if (!tensors) return true;
  for (Py_ssize_t i = 0; i < PyTuple_Size(tensors.get()); ++i) {
    PyObject* object = PyTuple_GetItem(tensors.get(), i);
    SavedTensor saved;
    if (object != Py_None) {
      self->has_saved = true;
      VtTensor* t = tensor_of(object);
      size_t output_nr = 0;
      while (output_nr < outputs.size() && outputs[output_nr] != t) ++output_nr;
      if (output_nr < outputs.size()) {
        if (tables().tensor->alias(t, 1, &saved.output) != 0) return raise_error() != nullptr;
        saved.output_nr = static_cast<uint32_t>(output_nr);
      } else {
        saved.object = Py_NewRef(object);
      }
      saved.version = tables().tensor->version(t);
    }
    self->saved->push_back(saved);
  }
  return true;
}

void drop_saved(FunctionContext* self) noexcept {
  std::vector<SavedTensor> saved;
  saved.swap(*self->saved);  // releasing may run Python, which may look here
  for (const SavedTensor& s : saved) {
    Py_XDECREF(s.object);
    if (s.output) tables().tensor->release(s.output);
  }
}

PyObject* context_name(PyObject* self, PyObject*) {
  Ref name(PyType_GetName(reinterpret_cast<PyTypeObject*>(context_of(self)->cls)));
  return name ? PyUnicode_FromFormat("%UBackward", name.get()) : nullptr;
}

void release_context(void* context) {
  if (!Py_IsInitialized()) return;
  const Lock lock;
  auto* self = static_cast<FunctionContext*>(context);
  self->node = nullptr;
  Py_DECREF(reinterpret_cast<PyObject*>(self));
}

bool add_context_type(PyObject* module) {
  PyType_Slot slots[] = {slot(Py_tp_dealloc, dealloc), slot(Py_tp_traverse, traverse), slot(Py_tp_clear, clear),
                         slot(Py_tp_repr, repr),       slot(Py_tp_methods, methods),   slot(Py_tp_getset, properties),
                         slot(Py_tp_members, members), slot(Py_tp_doc, doc),           {0, nullptr}};
  PyType_Spec spec = {"vt_autograd.FunctionContext", sizeof(FunctionContext), 0,
                      Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION, slots};
  PyObject* type = PyType_FromSpec(&spec);
  if (!type) return false;
  context_type = reinterpret_cast<PyTypeObject*>(type);
  return PyModule_AddObjectRef(module, "FunctionContext", type) == 0;
}

}  // namespace vt::autograd::python
