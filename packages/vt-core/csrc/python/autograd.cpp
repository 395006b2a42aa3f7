// SPDX-License-Identifier: Apache-2.0
// Gradients as properties and methods of Tensor, through whichever plugin provides vt.autograd.
#include "autograd.hpp"

#include <vt/cpp/tensor.hpp>

#include "errors.hpp"
#include "hooks.hpp"
#include "tensor_type.hpp"

namespace vt::python {
namespace {

const VtAutogradApi* loaded = nullptr;
NodeWrapper node_wrapper = nullptr;

constexpr uint32_t kAutogradBit = 1u << VT_LAYER_AUTOGRAD;

bool fetch_autograd() {
  const void* table = nullptr;
  if (tables().get_interface(VT_AUTOGRAD_API_NAME, VT_AUTOGRAD_API_MAJOR, VT_AUTOGRAD_API_MINOR, &table) != 0)
    return false;
  loaded = static_cast<const VtAutogradApi*>(table);
  return true;
}

bool has_graph(const VtTensor* t) { return t->flags & (VT_TENSOR_REQUIRES_GRAD | kAutogradBit) && find_autograd(); }

PyObject* get_requires_grad(PyObject* self, void*) {
  const VtTensor* t = tensor_of(self);
  return PyBool_FromLong(t->flags & VT_TENSOR_REQUIRES_GRAD || (has_graph(t) && loaded->requires_grad(t)));
}

int set_requires_grad_property(PyObject* self, PyObject* value, void*) {
  const VtTensor* t = tensor_of(self);
  if (!value) {
    PyErr_SetString(PyExc_AttributeError, "requires_grad cannot be deleted");
  } else if (!PyBool_Check(value)) {
    PyErr_Format(PyExc_RuntimeError, "requires_grad must be a bool, got %U", type_name(value).get());
  } else if (has_graph(t) && !loaded->is_leaf(t)) {
    PyErr_SetString(PyExc_RuntimeError,
                    "requires_grad: you can only change requires_grad flags of leaf variables; detach() gives a tensor "
                    "without a history");
  } else if (set_requires_grad(self, value == Py_True)) {
    return 0;
  }
  return -1;
}

PyObject* is_leaf(PyObject* self, void*) {
  const VtTensor* t = tensor_of(self);
  return PyBool_FromLong(!has_graph(t) || loaded->is_leaf(t));
}

PyObject* output_nr(PyObject* self, void*) {
  VtTensor* t = tensor_of(self);
  uint32_t number = 0;
  if (has_graph(t) && VT_HAS_FIELD(loaded, VtAutogradApi, gradient_node))
    if (VtNode* node = loaded->gradient_node(t, &number)) loaded->release_node(node);
  return PyLong_FromUnsignedLong(number);
}

PyObject* retains_grad(PyObject* self, void*) {
  const VtTensor* t = tensor_of(self);
  return PyBool_FromLong(has_graph(t) && VT_HAS_FIELD(loaded, VtAutogradApi, retains_grad) && loaded->retains_grad(t));
}

PyObject* get_grad(PyObject* self, void*) {
  VtTensor* t = tensor_of(self);
  VtTensor* grad = nullptr;
  if (!tables().tensor->autograd_slot(t, nullptr) || !find_autograd()) Py_RETURN_NONE;
  if (loaded->grad(t, &grad) != 0) return raise_error();
  if (!grad) Py_RETURN_NONE;
  return wrap(grad);
}

int set_grad(PyObject* self, PyObject* value, void*) {
  const VtAutogradApi* autograd = need_autograd("grad");
  if (!autograd) return -1;
  if (value && value != Py_None && !is_tensor(value)) {
    PyErr_Format(PyExc_TypeError, "grad: expected Tensor or None, got %U", type_name(value).get());
    return -1;
  }
  VtTensor* grad = value && value != Py_None ? tensor_of(value) : nullptr;
  if (autograd->set_grad(tensor_of(self), grad) != 0) return raise_status();
  make_rich(self);
  return 0;
}

PyObject* grad_fn(PyObject* self, void*) {
  const VtTensor* t = tensor_of(self);
  VtNode* node = has_graph(t) ? loaded->grad_fn(t) : nullptr;
  if (!node) Py_RETURN_NONE;
  if (node_wrapper) return static_cast<PyObject*>(node_wrapper(node));
  loaded->release_node(node);
  return PyErr_Format(PyExc_RuntimeError, "grad_fn: import vt_autograd to look at the nodes of a graph");
}

PyObject* requires_grad_(PyObject* self, PyObject* const* args, Py_ssize_t nargs, PyObject* kwnames) {
  PyObject* out[1];
  if (!unpack("requires_grad_", {"requires_grad"}, 0, 1, args, nargs, kwnames, out)) return nullptr;
  if (out[0] && !PyBool_Check(out[0]))
    return PyErr_Format(PyExc_TypeError, "requires_grad_(): argument 'requires_grad' must be bool, got %U",
                        type_name(out[0]).get());
  return set_requires_grad(self, out[0] != Py_False) ? Py_NewRef(self) : nullptr;
}

PyObject* retain_grad(PyObject* self, PyObject*) {
  const VtAutogradApi* autograd = need_autograd("retain_grad()");
  if (!autograd) return nullptr;
  if (autograd->retain_grad(tensor_of(self)) != 0) return raise_error();
  make_rich(self);
  Py_RETURN_NONE;
}

// Replaced by the op of this name where one is registered.
PyObject* detach(PyObject* self, PyObject*) {
  VtTensor* alias = nullptr;
  if (tables().tensor->alias(tensor_of(self), 1, &alias) != 0) return raise_error();
  return wrap(alias);
}

PyObject* detach_(PyObject* self, PyObject*) {
  if (has_graph(tensor_of(self)) && loaded->detach_in_place(tensor_of(self)) != 0) return raise_error();
  return Py_NewRef(self);
}

// Tensors of one tensor, a sequence of them, or None; `keep` owns what they borrow from.
bool tensors_from(const char* what, PyObject* object, Ref& keep, std::vector<VtTensor*>& out) {
  if (!object || object == Py_None) return true;
  keep = is_tensor(object) ? Ref(PyTuple_Pack(1, object)) : Ref(PySequence_Tuple(object));
  for (Py_ssize_t i = 0; keep && i < PyTuple_Size(keep.get()); ++i) {
    PyObject* entry = PyTuple_GetItem(keep.get(), i);
    if (!is_tensor(entry)) {
      PyErr_Format(PyExc_TypeError, "%s must be Tensor or a sequence of Tensors, got %U", what, type_name(entry).get());
      return false;
    }
    out.push_back(tensor_of(entry));
  }
  return static_cast<bool>(keep);
}

// An edge of the graph among the inputs, or nullptr; borrowed. What autograd gives as an edge is a tuple that can run a
// backward to such inputs.
constexpr char kBackwardTo[] = "_backward_to";

PyObject* edge_among(PyObject* inputs) {
  auto is_edge = [](PyObject* object) { return PyTuple_Check(object) && PyObject_HasAttrString(object, kBackwardTo); };
  if (!inputs || is_tensor(inputs)) return nullptr;
  if (is_edge(inputs)) return inputs;
  const bool is_tuple = PyTuple_Check(inputs);
  if (!is_tuple && !PyList_Check(inputs)) return nullptr;
  for (Py_ssize_t i = 0; i < PySequence_Size(inputs); ++i) {
    PyObject* item = is_tuple ? PyTuple_GetItem(inputs, i) : PyList_GetItem(inputs, i);
    if (item && is_edge(item)) return item;
  }
  return nullptr;
}

PyObject* backward(PyObject* self, PyObject* const* args, Py_ssize_t nargs, PyObject* kwnames) {
  PyObject* out[4];
  if (!unpack("backward", {"gradient", "retain_graph", "create_graph", "inputs"}, 0, 3, args, nargs, kwnames, out))
    return nullptr;
  const VtAutogradApi* autograd = need_autograd("backward()");
  if (!autograd) return nullptr;
  if (out[0] && out[0] != Py_None && !is_tensor(out[0]))
    return PyErr_Format(PyExc_TypeError, "backward(): gradient must be Tensor or None, got %U",
                        type_name(out[0]).get());
  const int create_graph = out[2] ? PyObject_IsTrue(out[2]) : 0;
  const int retain_graph = out[1] && out[1] != Py_None ? PyObject_IsTrue(out[1]) : create_graph;
  if (create_graph < 0 || retain_graph < 0) return nullptr;
  if (PyObject* edge = edge_among(out[3])) {
    const Ref run(PyObject_GetAttrString(edge, kBackwardTo));
    return run ? PyObject_CallFunctionObjArgs(run.get(), self, out[0] ? out[0] : Py_None, out[1] ? out[1] : Py_None,
                                              create_graph ? Py_True : Py_False, out[3], nullptr)
               : nullptr;
  }
  Ref keep;
  std::vector<VtTensor*> inputs;
  if (!tensors_from("backward(): inputs", out[3], keep, inputs)) return nullptr;
  if (keep && inputs.empty()) return PyErr_Format(PyExc_RuntimeError, "backward(): inputs is empty");
  VtTensor* const root = tensor_of(self);
  VtTensor* const gradient = out[0] && out[0] != Py_None ? tensor_of(out[0]) : nullptr;
  const uint32_t flags = (retain_graph ? VT_BACKWARD_RETAIN_GRAPH : 0) | (create_graph ? VT_BACKWARD_CREATE_GRAPH : 0);
  const int status = without_lock([&] {
    return autograd->backward(&root, gradient ? &gradient : nullptr, 1, inputs.empty() ? nullptr : inputs.data(),
                              inputs.size(), flags);
  });
  if (status != 0) return raise_error();
  Py_RETURN_NONE;
}

}  // namespace

const VtAutogradApi* find_autograd() {
  if (loaded || fetch_autograd()) return loaded;
  VtError ignored{};
  ignored.struct_size = sizeof ignored;
  if (tables().object->take_error(&ignored) && ignored.cause) ignored.release_cause(ignored.cause);
  return nullptr;
}

const VtAutogradApi* need_autograd(const char* what) {
  if (loaded || fetch_autograd()) return loaded;
  VtError missing{};
  missing.struct_size = sizeof missing;
  tables().object->take_error(&missing);
  PyErr_Format(PyExc_RuntimeError, "%s needs automatic differentiation: install and import vt-autograd (%s)", what,
               missing.message ? missing.message : "vt.autograd is not published");
  return nullptr;
}

bool set_requires_grad(PyObject* self, bool requires_grad) {
  VtTensor* tensor = tensor_of(self);
  if (!requires_grad && !has_graph(tensor)) return true;
  const VtAutogradApi* autograd = need_autograd("requires_grad");
  if (!autograd) return false;
  if (autograd->set_requires_grad(tensor, requires_grad) != 0) return raise_error() != nullptr;
  if (requires_grad) make_rich(self);
  return true;
}

int set_node_wrapper(NodeWrapper wrap) {
  if (node_wrapper && node_wrapper != wrap) {
    PyErr_SetString(PyExc_RuntimeError, "set_node_wrapper: another one is set already");
    return -1;
  }
  node_wrapper = wrap;
  return 0;
}

void append_autograd_methods(std::vector<PyMethodDef>& methods) {
  methods.push_back(
      fast_method("backward", backward,
                  "backward(gradient=None, retain_graph=None, create_graph=False, *, inputs=None)\n--\n\n"
                  "Accumulates the gradients of this tensor into the `grad` of the leaves it was computed from.\n\n"
                  "`gradient` may be left out for a tensor of one element. With `inputs` only those accumulate, which "
                  "may be tensors and edges of the graph."));
  methods.push_back(fast_method("requires_grad_", requires_grad_,
                                "requires_grad_(requires_grad=True)\n--\n\nSets whether operations on the tensor are "
                                "recorded; returns the tensor."));
  methods.push_back({"retain_grad", retain_grad, METH_NOARGS,
                     "retain_grad()\n--\n\nMakes backward fill `grad` although the tensor is not a leaf."});
  methods.push_back({"detach", detach, METH_NOARGS,
                     "detach()\n--\n\nThe same elements without the graph; shares memory and version counter."});
  methods.push_back({"detach_", detach_, METH_NOARGS, "detach_()\n--\n\nCuts the tensor off its graph; returns it."});
  append_hook_methods(methods);
}

void append_autograd_properties(std::vector<PyGetSetDef>& properties) {
  properties.push_back({"requires_grad", get_requires_grad, set_requires_grad_property,
                        "Whether operations on the tensor are recorded. Setting it needs vt-autograd.", nullptr});
  properties.push_back({"grad", get_grad, set_grad, "Accumulated gradient, or None.", nullptr});
  properties.push_back({"grad_fn", grad_fn, nullptr, "Node that computed the tensor; None for a leaf.", nullptr});
  properties.push_back({"output_nr", output_nr, nullptr, "Which result of its grad_fn the tensor is.", nullptr});
  properties.push_back({"retains_grad", retains_grad, nullptr,
                        "True for a tensor that is no leaf and whose gradient backward keeps all the same.", nullptr});
  properties.push_back({"is_leaf", is_leaf, nullptr, "True when no recorded operation computed the tensor.", nullptr});
}

}  // namespace vt::python
