// SPDX-License-Identifier: Apache-2.0
// The context of a Python Function: saved tensors, marks, and its life beside the node.
#include "function_context.hpp"

#include "node_methods.hpp"

#include <algorithm>
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
  for (PyObject** field : {&self->dict, &self->cls, &self->to_save, &self->dirty, &self->non_differentiable,
                           &self->needs_input_grad, &self->saved_for_forward})
    Py_CLEAR(*field);
  if (self->hooks.release) self->hooks.release(self->hooks.context);
  PyObject_GC_Del(object);
  Py_DECREF(type);
}

int ignore_tensor(VtTensor*, void*) { return 0; }

// Shows the collector what is packed, which only the hooks know how to look into.
int visit_packed(const FunctionContext* self, visitproc visit, void* arg) {
  struct Collector {
    visitproc visit;
    void* arg;
  } collector{visit, arg};
  VtPythonVisit python{[](void* object, void* data) {
                         const auto* to = static_cast<const Collector*>(data);
                         return to->visit(static_cast<PyObject*>(object), to->arg);
                       },
                       &collector};
  if (!self->hooks.visit_packed) return 0;
  if (const int status = self->hooks.visit_packed(self->hooks.context, ignore_tensor, &python)) return status;
  for (const SavedTensor& saved : *self->saved)
    if (saved.packed)
      if (const int status = self->hooks.visit_packed(saved.packed, ignore_tensor, &python)) return status;
  return 0;
}

int traverse(PyObject* object, visitproc visit, void* arg) {
  FunctionContext* self = context_of(object);
  Py_VISIT(Py_TYPE(object));
  for (PyObject* field : {self->dict, self->cls, self->to_save, self->dirty, self->non_differentiable,
                          self->needs_input_grad, self->saved_for_forward})
    Py_VISIT(field);
  for (const SavedTensor& saved : *self->saved) Py_VISIT(saved.object);
  return visit_packed(self, visit, arg);
}

int clear(PyObject* object) {
  FunctionContext* self = context_of(object);
  drop_saved(self);
  for (PyObject** field :
       {&self->dict, &self->to_save, &self->dirty, &self->non_differentiable, &self->saved_for_forward})
    Py_CLEAR(*field);
  return 0;
}

// Replaces what a saved tensor keeps by its packed form; drops it either way. Nothing is recorded meanwhile.
bool pack(FunctionContext* self, SavedTensor& saved) {
  const Ref object(std::exchange(saved.object, nullptr));
  VtTensor* output = std::exchange(saved.output, nullptr);
  const int32_t before = autograd_api->set_grad_mode(0);
  const int status = self->hooks.pack(self->hooks.context, output ? output : tensor_of(object.get()), &saved.packed);
  autograd_api->set_grad_mode(before);
  if (output) tables().tensor->release(output);
  return status == 0 || raise_error() != nullptr;
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
PyObject* save_for_forward(PyObject* self, PyObject* const* args, Py_ssize_t nargs) {
  return store("save_for_forward", &context_of(self)->saved_for_forward, args, nargs, true);
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

// An alias with the history of the input or output that was saved.
PyObject* with_history(FunctionContext* self, const SavedTensor& saved, VtTensor* t) {
  VtTensor* alias = nullptr;
  if (tables().tensor->alias(t, 1, &alias) != 0) return raise_error();
  uint32_t output_nr = static_cast<uint32_t>(saved.output_nr);
  VtNode* node = saved.output_nr >= 0 ? self->node : nullptr;
  if (saved.input_nr >= 0 && self->node) node = autograd_api->next(self->node, saved.input_nr, &output_nr);
  if (node && autograd_api->set_grad_fn(alias, node, output_nr) != 0) {
    tables().tensor->release(alias);
    return raise_error();
  }
  return wrap(alias);
}

PyObject* unpack_packed(FunctionContext* self, const SavedTensor& saved) {
  VtTensor* t = nullptr;
  if (self->hooks.unpack(self->hooks.context, saved.packed, &t) != 0) return raise_error();
  PyObject* out = with_history(self, saved, t);
  tables().tensor->release(t);
  return out;
}

PyObject* unpack_saved(FunctionContext* self, const SavedTensor& saved) {
  if (saved.packed) return unpack_packed(self, saved);
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
  return saved.output ? with_history(self, saved, saved.output) : Py_NewRef(saved.object);
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

PyObject* register_hook(PyObject* self, PyObject* function) {
  return register_node_hook(context_of(self)->node, VT_NODE_HOOK_AFTER, function);
}
PyObject* register_prehook(PyObject* self, PyObject* function) {
  return register_node_hook(context_of(self)->node, VT_NODE_HOOK_BEFORE, function);
}
PyObject* get_metadata(PyObject* self, void*) { return node_metadata(context_of(self)->node); }
PyObject* get_results(PyObject* self, void*) {
  const VtNode* node = context_of(self)->node;
  return node ? node_results(node) : PyTuple_New(0);
}
PyObject* sequence_number(PyObject* self, PyObject*) {
  const VtNode* node = context_of(self)->node;
  return PyLong_FromUnsignedLongLong(node ? autograd_api->node_sequence(node) : 0);
}
PyObject* get_saved_for_forward(PyObject* self, void*) {
  PyObject* saved = context_of(self)->saved_for_forward;
  return saved ? Py_NewRef(saved) : Py_NewRef(Py_None);
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
    collecting("save_for_forward", save_for_forward,
               "save_for_forward(*tensors)\n--\n\nKeeps tensors (or None) for the Function's jvp."),
    {"register_hook", register_hook, METH_O,
     "register_hook(hook, /)\n--\n\n"
     "Calls hook(grad_inputs, grad_outputs) after each run of the backward; a returned tuple replaces grad_inputs."},
    {"register_prehook", register_prehook, METH_O,
     "register_prehook(hook, /)\n--\n\n"
     "Calls hook(grad_outputs) before each run of the backward; a returned tuple replaces them."},
    {"_sequence_nr", sequence_number, METH_NOARGS,
     "_sequence_nr()\n--\n\nPlace of the node among those its thread recorded."},
    {"name", context_name, METH_NOARGS, "name()\n--\n\nName of the Function with 'Backward' added."},
    {nullptr, nullptr, 0, nullptr}};

PyGetSetDef properties[] = {
    {"saved_tensors", get_saved_tensors, nullptr, "The tensors given to save_for_backward.", nullptr},
    {"needs_input_grad", get_needs_input_grad, nullptr, "For each input of the forward, whether it requires grad.",
     nullptr},
    {"metadata", get_metadata, nullptr, "A dictionary for users, anomaly mode among them.", nullptr},
    {"saved_for_forward", get_saved_for_forward, nullptr, "The tensors given to save_for_forward.", nullptr},
    {"_results", get_results, nullptr, "(shape, dtype, device) of each result, None for one without a gradient.",
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

bool is_context(PyObject* object) noexcept { return Py_TYPE(object) == context_type; }

PyObject* make_context(PyObject* cls, PyObject* needs_input_grad) {
  auto* self = PyObject_GC_New(FunctionContext, context_type);
  if (!self) return nullptr;
  self->dict = self->weakrefs = self->to_save = self->dirty = self->non_differentiable = nullptr;
  self->saved_for_forward = nullptr;
  self->hooks = VtSavedHooks{};
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

bool save_tensors(FunctionContext* self, const std::vector<VtTensor*>& inputs, const std::vector<VtTensor*>& outputs) {
  const Ref tensors(std::exchange(self->to_save, nullptr));
  if (!tensors) return true;
  const bool packs = autograd_api->current_saved_hooks(&self->hooks);
  auto place_in = [](const std::vector<VtTensor*>& all, const VtTensor* t) {
    const auto found = std::ranges::find(all, t);
    return found == all.end() ? -1 : static_cast<int32_t>(found - all.begin());
  };
  for (Py_ssize_t i = 0; i < PyTuple_Size(tensors.get()); ++i) {
    PyObject* object = PyTuple_GetItem(tensors.get(), i);
    SavedTensor saved;
    if (object != Py_None) {
      self->has_saved = true;
      VtTensor* t = tensor_of(object);
      saved.output_nr = place_in(outputs, t);
      if (saved.output_nr < 0) saved.input_nr = place_in(inputs, t);
      saved.version = tables().tensor->version(t);
      if (saved.output_nr >= 0 && tables().tensor->alias(t, 1, &saved.output) != 0) return raise_error() != nullptr;
      if (!saved.output) saved.object = Py_NewRef(object);
      if (packs && !pack(self, saved)) return false;
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
    if (s.packed) self->hooks.release_packed(s.packed);
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
