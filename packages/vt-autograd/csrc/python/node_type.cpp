// SPDX-License-Identifier: Apache-2.0
// Node: how `grad_fn` shows a node that no Python Function wrote.
#include "function_context.hpp"

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
    {nullptr, nullptr, 0, nullptr}};
PyGetSetDef properties[] = {
    {"next_functions", get_next_functions, nullptr,
     "Where gradients flow on to: pairs of a node, or None, and the number of its result.", nullptr},
    {nullptr, nullptr, nullptr, nullptr, nullptr}};
char doc[] = "A node of the recorded graph. Nodes are equal when they are the same recorded call.";

}  // namespace

void* wrap_node(VtNode* node) {
  if (auto* context = static_cast<PyObject*>(autograd_api->node_context(node, release_context))) {
    Py_INCREF(context);
    autograd_api->release_node(node);
    return context;
  }
  auto* self = PyObject_GC_New(NodeObject, node_type);
  if (!self) {
    autograd_api->release_node(node);
    return nullptr;
  }
  self->node = node;
  PyObject_GC_Track(reinterpret_cast<PyObject*>(self));
  return self;
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
  PyType_Slot slots[] = {slot(Py_tp_dealloc, dealloc),
                         slot(Py_tp_traverse, traverse),
                         slot(Py_tp_clear, clear),
                         slot(Py_tp_repr, repr),
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
