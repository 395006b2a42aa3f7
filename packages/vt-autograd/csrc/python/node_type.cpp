// SPDX-License-Identifier: Apache-2.0
// Node: how `grad_fn` shows a node that no Python Function wrote.
#include "function_context.hpp"
#include "node_methods.hpp"

#include <cstring>

namespace vt::autograd::python {
namespace {

struct NodeObject {
  PyObject_HEAD VtNode* node;  // one owned count
};

PyTypeObject* node_type = nullptr;

VtNode* node_of(PyObject* self) { return reinterpret_cast<NodeObject*>(self)->node; }

void dealloc(PyObject* self) {
  PyTypeObject* type = Py_TYPE(self);
  PyObject_GC_UnTrack(self);
  if (VtNode* node = std::exchange(reinterpret_cast<NodeObject*>(self)->node, nullptr))
    autograd_api->release_node(node);
  PyObject_GC_Del(self);
  Py_DECREF(type);
}

int ignore_tensor(VtTensor*, void*) { return 0; }

struct Collector {
  VtPythonVisit python;  // first: contexts read it through this address
  visitproc visit;
  void* arg;
};

int visit_object(void* object, void* arg) {
  const auto* collector = static_cast<const Collector*>(arg);
  return collector->visit(static_cast<PyObject*>(object), collector->arg);
}

int traverse(PyObject* self, visitproc visit, void* arg) {
  Py_VISIT(Py_TYPE(self));
  if (!node_of(self)) return 0;
  Collector collector{{visit_object, nullptr}, visit, arg};
  collector.python.arg = &collector;
  return autograd_api->visit_node(node_of(self), ignore_tensor, &collector);
}

int clear(PyObject* self) {
  if (VtNode* node = std::exchange(reinterpret_cast<NodeObject*>(self)->node, nullptr))
    autograd_api->release_node(node);
  return 0;
}

PyObject* name(PyObject* self, PyObject*) { return PyUnicode_FromString(autograd_api->node_name(node_of(self))); }

PyObject* repr(PyObject* self) {
  return PyUnicode_FromFormat("<%s object at %p>", autograd_api->node_name(node_of(self)),
                              static_cast<void*>(node_of(self)));
}

PyObject* get_next_functions(PyObject* self, void*) { return next_functions(node_of(self)); }

PyObject* register_hook(PyObject* self, PyObject* function) {
  return register_node_hook(node_of(self), VT_NODE_HOOK_AFTER, function);
}
PyObject* register_prehook(PyObject* self, PyObject* function) {
  return register_node_hook(node_of(self), VT_NODE_HOOK_BEFORE, function);
}
PyObject* get_metadata(PyObject* self, void*) { return node_metadata(node_of(self)); }
PyObject* get_results(PyObject* self, void*) { return node_results(node_of(self)); }
PyObject* get_saved(PyObject* self, void*) { return node_saved(node_of(self)); }
PyObject* get_saved_bytes(PyObject* self, void*) {
  return PyLong_FromUnsignedLongLong(autograd_api->saved_bytes(node_of(self)));
}
PyObject* sequence_number(PyObject* self, PyObject*) {
  return PyLong_FromUnsignedLongLong(autograd_api->node_sequence(node_of(self)));
}

// `_saved_NAME`: what the node keeps of its call under that name.
PyObject* get_attribute(PyObject* self, PyObject* name) {
  PyObject* found = PyObject_GenericGetAttr(self, name);
  if (found || !PyErr_ExceptionMatches(PyExc_AttributeError)) return found;
  constexpr const char kPrefix[] = "_saved_";
  constexpr size_t kLength = sizeof kPrefix - 1;
  const char* text = PyUnicode_AsUTF8AndSize(name, nullptr);
  if (!text || std::strncmp(text, kPrefix, kLength) != 0) return nullptr;
  PyErr_Clear();
  return node_saved_value(node_of(self), text + kLength);
}

PyObject* compare(PyObject* self, PyObject* other, int op) {
  if ((op != Py_EQ && op != Py_NE) || Py_TYPE(other) != node_type) Py_RETURN_NOTIMPLEMENTED;
  return PyBool_FromLong((node_of(self) == node_of(other)) == (op == Py_EQ));
}

Py_hash_t hash(PyObject* self) {
  const auto address = reinterpret_cast<uintptr_t>(node_of(self));
  return static_cast<Py_hash_t>(address >> 6);
}

PyMethodDef methods[] = {
    {"name", name, METH_NOARGS, "name()\n--\n\nName of the operation's derivative, as AddBackward0."},
    {"register_hook", register_hook, METH_O,
     "register_hook(hook, /)\n--\n\n"
     "Calls hook(grad_inputs, grad_outputs) after each run of the node, with tuples of Tensor or None: the gradients it "
     "returns\nand those it got. A returned tuple replaces grad_inputs. Returns a handle with remove()."},
    {"register_prehook", register_prehook, METH_O,
     "register_prehook(hook, /)\n--\n\n"
     "Calls hook(grad_outputs) before each run of the node. A returned tuple replaces them. Returns a handle with remove()."},
    {"_sequence_nr", sequence_number, METH_NOARGS,
     "_sequence_nr()\n--\n\nPlace of the node among those its thread recorded."},
    {nullptr, nullptr, 0, nullptr}};
// The node of a tensor's gradient as a Node, whoever wrote it, and which of its results; None without one.
PyObject* gradient_edge(PyObject*, PyObject* tensor) {
  if (!is_tensor(tensor)) return PyErr_Format(PyExc_TypeError, "expected a Tensor, got %R", Py_TYPE(tensor));
  uint32_t output_nr = 0;
  VtNode* node = autograd_api->gradient_node(tensor_of(tensor), &output_nr);
  if (!node) Py_RETURN_NONE;
  autograd_api->retain_node(node);
  const Ref face(static_cast<PyObject*>(wrap_node(node)));
  const Ref owner(wrap_plainly(node));
  return face && owner ? Py_BuildValue("(OkO)", face.get(), static_cast<unsigned long>(output_nr), owner.get())
                       : nullptr;
}

PyObject* increment_version(PyObject*, PyObject* tensor) {
  if (!is_tensor(tensor)) return PyErr_Format(PyExc_TypeError, "expected a Tensor, got %R", Py_TYPE(tensor));
  tables().tensor->bump_version(tensor_of(tensor));
  Py_RETURN_NONE;
}

PyMethodDef functions[] = {{"_gradient_edge", gradient_edge, METH_O, nullptr},
                           {"_increment_version", increment_version, METH_O, nullptr},
                           {nullptr, nullptr, 0, nullptr}};

PyGetSetDef properties[] = {
    {"next_functions", get_next_functions, nullptr,
     "Where gradients flow on to: pairs of a node, or None, and the number of its result.", nullptr},
    {"metadata", get_metadata, nullptr, "A dictionary for users, anomaly mode among them.", nullptr},
    {"_results", get_results, nullptr, "(shape, dtype, device) of each result, None for one without a gradient.",
     nullptr},
    {"_saved", get_saved, nullptr,
     "What the node keeps of its call, by name; each is an attribute `_saved_NAME` as well.", nullptr},
    {"_saved_bytes", get_saved_bytes, nullptr, "Bytes of the tensors it saves, packed ones not counted.", nullptr},
    {nullptr, nullptr, nullptr, nullptr, nullptr}};
char doc[] = "A node of the recorded graph. Nodes are equal when they are the same recorded call.";

}  // namespace

void* wrap_node(VtNode* node) {
  if (auto* context = static_cast<PyObject*>(autograd_api->node_context(node, release_context))) {
    Py_INCREF(context);
    autograd_api->release_node(node);
    return context;
  }
  return wrap_plainly(node);
}

bool is_node(PyObject* object) { return Py_TYPE(object) == node_type || is_context(object); }

VtNode* node_from(PyObject* object) {
  if (Py_TYPE(object) == node_type) return node_of(object);
  if (!is_context(object)) {
    PyErr_Format(PyExc_TypeError, "expected a node of a graph, got %R", Py_TYPE(object));
    return nullptr;
  }
  VtNode* node = context_of(object)->node;
  if (!node) PyErr_Format(PyExc_RuntimeError, "the node of this Function is gone, or not recorded yet");
  return node;
}

PyObject* wrap_plainly(VtNode* node) {
  auto* self = PyObject_GC_New(NodeObject, node_type);
  if (!self) {
    autograd_api->release_node(node);
    return nullptr;
  }
  self->node = node;
  PyObject_GC_Track(reinterpret_cast<PyObject*>(self));
  return reinterpret_cast<PyObject*>(self);
}

PyObject* next_functions(const VtNode* node) {
  const int32_t count = autograd_api->num_next(node);
  Ref out(PyTuple_New(count));
  for (int32_t i = 0; out && i < count; ++i) {
    uint32_t output_nr = 0;
    VtNode* next = autograd_api->next(node, i, &output_nr);
    if (next) autograd_api->retain_node(next);
    Ref shown(next ? static_cast<PyObject*>(wrap_node(next)) : Py_NewRef(Py_None));
    PyObject* pair = shown ? Py_BuildValue("(Ok)", shown.get(), static_cast<unsigned long>(output_nr)) : nullptr;
    if (!pair) return nullptr;
    PyTuple_SetItem(out.get(), i, pair);
  }
  return out.release();
}

bool add_node_type(PyObject* module) {
  if (!add_handle_type(module) || PyModule_AddFunctions(module, functions) != 0) return false;
  PyType_Slot slots[] = {slot(Py_tp_dealloc, dealloc),
                         slot(Py_tp_traverse, traverse),
                         slot(Py_tp_clear, clear),
                         slot(Py_tp_repr, repr),
                         slot(Py_tp_getattro, get_attribute),
                         slot(Py_tp_methods, methods),
                         slot(Py_tp_getset, properties),
                         slot(Py_tp_richcompare, compare),
                         slot(Py_tp_hash, hash),
                         slot(Py_tp_doc, doc),
                         {0, nullptr}};
  PyType_Spec spec = {"vt_autograd.Node", sizeof(NodeObject), 0,
                      Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION, slots};
  PyObject* type = PyType_FromSpec(&spec);
  if (!type) return false;
  node_type = reinterpret_cast<PyTypeObject*>(type);
  return PyModule_AddObjectRef(module, "Node", type) == 0;
}

}  // namespace vt::autograd::python
