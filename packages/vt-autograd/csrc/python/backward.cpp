// SPDX-License-Identifier: Apache-2.0
// backward and grad, between tensors or edges.
#include "python.hpp"

namespace vt::autograd::python {
namespace {

bool is_given(PyObject* object) { return object && object != Py_None; }

PyObject* zeros_like(VtTensor* t) {
  static const VtOp* const op = tables().dispatch->find_op("zeros_like");
  const VtValue args[] = {value_of(t)};
  VtValue result = none();
  if (tables().dispatch->call_boxed(op, args, 1, &result) != 0) return raise_error();
  return wrap(result.as.tensor);
}

// Zeros for the result that an edge points at.
PyObject* zeros_at(const VtGradientEdge& edge) {
  if (edge.tensor) return zeros_like(edge.tensor);
  VtTensorMeta meta{};
  VtTensor* t = nullptr;
  if (autograd_api->node_output(edge.node, static_cast<int32_t>(edge.output_nr), &meta) != 0 ||
      tables().tensor->empty(meta.sizes, meta.ndim, meta.dtype, meta.device, &t) != 0)
    return raise_error();
  PyObject* out = zeros_like(t);
  tables().tensor->release(t);
  return out;
}

// A graph.GradientEdge: a tuple of a node, the number of its result, and what keeps the graph alive.
bool is_edge(PyObject* object) {
  return PyTuple_Check(object) && PyTuple_Size(object) >= 2 && is_node(PyTuple_GetItem(object, 0)) &&
         PyLong_Check(PyTuple_GetItem(object, 1));
}

bool has_edges(PyObject* object) {
  if (is_edge(object)) return true;
  if (!PyTuple_Check(object) && !PyList_Check(object)) return false;
  for (Py_ssize_t i = 0; i < PySequence_Size(object); ++i) {
    const Ref item(PySequence_GetItem(object, i));
    if (item && is_edge(item.get())) return true;
  }
  return false;
}

// Edges of one tensor or GradientEdge, or a sequence of them. `keep` owns what they borrow from.
bool edges_from(const char* what, PyObject* object, Ref& keep, std::vector<VtGradientEdge>& out) {
  keep = is_tensor(object) || is_edge(object) ? Ref(PyTuple_Pack(1, object)) : Ref(PySequence_Tuple(object));
  if (!keep) return false;
  for (Py_ssize_t i = 0; i < PyTuple_Size(keep.get()); ++i) {
    PyObject* entry = PyTuple_GetItem(keep.get(), i);
    VtGradientEdge edge{};
    if (is_tensor(entry)) {
      edge.tensor = tensor_of(entry);
    } else if (is_edge(entry)) {
      edge.node = node_from(PyTuple_GetItem(entry, 0));
      edge.output_nr = static_cast<uint32_t>(PyLong_AsUnsignedLong(PyTuple_GetItem(entry, 1)));
      if (!edge.node || PyErr_Occurred()) return false;
    } else {
      PyErr_Format(PyExc_TypeError, "%s must be Tensors or GradientEdges, got %R at index %zd", what, Py_TYPE(entry),
                   i);
      return false;
    }
    out.push_back(edge);
  }
  return true;
}

// What both functions take, read from Python.
struct Request {
  Ref keep_roots, keep_grads, keep_inputs;
  std::vector<VtTensor*> roots, grads, inputs;
  std::vector<VtGradientEdge> root_edges, input_edges;  // in their stead, where a GradientEdge is among them
  uint32_t flags = 0;

  bool read(const char* function, PyObject* tensors, PyObject* grad_tensors, PyObject* wanted, PyObject* retain,
            PyObject* create) {
    const int create_graph = create ? PyObject_IsTrue(create) : 0;
    const int retain_graph = is_given(retain) ? PyObject_IsTrue(retain) : create_graph;
    if (create_graph < 0 || retain_graph < 0) return false;
    if (create_graph) flags |= VT_BACKWARD_CREATE_GRAPH;
    if (retain_graph) flags |= VT_BACKWARD_RETAIN_GRAPH;
    const bool edges = has_edges(tensors) || (is_given(wanted) && has_edges(wanted));
    if (!(edges ? edges_from("tensors", tensors, keep_roots, root_edges)
                : tensors_from("tensors", tensors, false, keep_roots, roots)))
      return false;
    if (is_given(grad_tensors)) {
      if (!tensors_from("grad_tensors", grad_tensors, true, keep_grads, grads)) return false;
      if (grads.size() != num_roots()) {
        PyErr_Format(PyExc_RuntimeError, "%s(): got %zu tensors and %zu gradients", function, num_roots(),
                     grads.size());
        return false;
      }
    }
    if (is_given(wanted)) {
      if (!(edges ? edges_from("inputs", wanted, keep_inputs, input_edges)
                  : tensors_from("inputs", wanted, false, keep_inputs, inputs)))
        return false;
      if (num_inputs() == 0) {
        PyErr_Format(PyExc_RuntimeError, "%s(): inputs is empty", function);
        return false;
      }
    }
    return true;
  }

  size_t num_roots() const noexcept { return roots.size() + root_edges.size(); }
  size_t num_inputs() const noexcept { return inputs.size() + input_edges.size(); }
  VtTensor* const* grad_data() const noexcept { return grads.empty() ? nullptr : grads.data(); }

  PyObject* zeros(size_t i) const { return inputs.empty() ? zeros_at(input_edges[i]) : zeros_like(inputs[i]); }

  int run(VtTensor** out) const {
    if (!root_edges.empty()) {
      const VtBackwardRequest request{
          sizeof(VtBackwardRequest), flags, root_edges.data(), grad_data(), root_edges.size(), input_edges.data(),
          input_edges.size(),        out};
      return autograd_api->run_backward(&request);
    }
    return out ? autograd_api->compute_grad(roots.data(), grad_data(), roots.size(), inputs.data(), inputs.size(),
                                            flags, out)
               : autograd_api->backward(roots.data(), grad_data(), roots.size(), inputs.data(), inputs.size(), flags);
  }
};

PyObject* backward(PyObject*, PyObject* const* args, Py_ssize_t nargs, PyObject* kwnames) {
  PyObject* out[5];
  if (!unpack("backward", {"tensors", "grad_tensors", "retain_graph", "create_graph", "inputs"}, 1, 4, args, nargs,
              kwnames, out))
    return nullptr;
  Request request;
  if (!request.read("backward", out[0], out[1], out[4], out[2], out[3])) return nullptr;
  const int status = without_lock([&] { return request.run(nullptr); });
  if (status != 0) return raise_error();
  Py_RETURN_NONE;
}

// The gradients of a batch, which the package's Python computes one by one.
PyObject* grad_of_batch(PyObject* const* given) {
  const Ref module(PyImport_ImportModule("vt_autograd._batched"));
  const Ref function(module ? PyObject_GetAttrString(module.get(), "grad_of_batch") : nullptr);
  const Ref args(function ? PyTuple_New(7) : nullptr);
  if (!args) return nullptr;
  PyObject* const defaults[] = {Py_None, Py_None, Py_None, Py_None, Py_False, Py_None, Py_False};
  for (Py_ssize_t i = 0; i < 7; ++i) PyTuple_SetItem(args.get(), i, Py_NewRef(given[i] ? given[i] : defaults[i]));
  return PyObject_CallObject(function.get(), args.get());
}

PyObject* grad(PyObject*, PyObject* const* args, Py_ssize_t nargs, PyObject* kwnames) {
  PyObject* out[9];
  if (!unpack("grad",
              {"outputs", "inputs", "grad_outputs", "retain_graph", "create_graph", "allow_unused", "materialize_grads",
               "is_grads_batched", "only_inputs"},
              2, 5, args, nargs, kwnames, out))
    return nullptr;
  const int batched = out[7] ? PyObject_IsTrue(out[7]) : 0;
  if (batched) return batched < 0 ? nullptr : grad_of_batch(out);
  Request request;
  if (!request.read("grad", out[0], out[2], out[1], out[3], out[4])) return nullptr;
  const int materialize = out[6] ? PyObject_IsTrue(out[6]) : 0;
  const int allow_unused = is_given(out[5]) ? PyObject_IsTrue(out[5]) : materialize;
  if (materialize < 0 || allow_unused < 0) return nullptr;
  if (materialize && !allow_unused)
    return PyErr_Format(PyExc_ValueError,
                        "grad(): materialize_grads=True makes zeros of unused inputs; leave out "
                        "allow_unused=False");
  if (allow_unused) request.flags |= VT_BACKWARD_ALLOW_UNUSED;
  std::vector<VtTensor*> gradients(request.num_inputs());
  const int status = without_lock([&] { return request.run(gradients.data()); });
  if (status != 0) return raise_error();
  Ref result(PyTuple_New(static_cast<Py_ssize_t>(gradients.size())));
  for (size_t i = 0; i < gradients.size(); ++i) {
    PyObject* entry = gradients[i] ? wrap(gradients[i]) : materialize ? request.zeros(i) : Py_NewRef(Py_None);
    if (!entry) result = Ref();  // goes on, so that every gradient finds an owner
    if (result)
      PyTuple_SetItem(result.get(), static_cast<Py_ssize_t>(i), entry);
    else
      Py_XDECREF(entry);
  }
  return result.release();
}

PyMethodDef functions[] = {
    fast_method(
        "backward", backward,
        "backward(tensors, grad_tensors=None, retain_graph=None, create_graph=False, *, inputs=None)\n--\n\n"
        "Accumulates gradients into the `grad` of the leaves that `tensors` were computed from.\n\n"
        "Parameters\n----------\n"
        "tensors : Tensor or sequence of Tensor\n"
        "grad_tensors : Tensor or sequence of Tensor or None, optional\n"
        "    Gradients of `tensors`; may be left out, or None, for real tensors of one element.\n"
        "retain_graph : bool, optional\n"
        "    Keep what the graph saved, for another backward. Default: the value of `create_graph`.\n"
        "create_graph : bool\n"
        "    Record the backward itself, for derivatives of higher order.\n"
        "inputs : Tensor or sequence of Tensor, optional\n"
        "    Accumulate into these alone.\n\n"
        "Raises\n------\n"
        "RuntimeError\n"
        "    If a tensor does not require grad, a saved tensor was modified in place, or the graph was freed.\n\n"
        "Notes\n-----\n"
        "Runs on the calling thread, without the interpreter's lock; each operation on the stream of its forward. Does\n"
        "not synchronise."),
    fast_method(
        "grad", grad,
        "grad(outputs, inputs, grad_outputs=None, retain_graph=None, create_graph=False, *, allow_unused=None, "
        "materialize_grads=False, is_grads_batched=False, only_inputs=True)\n--\n\n"
        "Returns the gradients of the sum of `outputs` by each of `inputs`, as a tuple.\n\n"
        "Parameters\n----------\n"
        "outputs, inputs : Tensor or sequence of Tensor\n"
        "grad_outputs : Tensor or sequence of Tensor or None, optional\n"
        "retain_graph, create_graph : bool\n"
        "    As in `backward`.\n"
        "allow_unused : bool, optional\n"
        "    Return None for inputs that outputs do not depend on, instead of raising.\n"
        "materialize_grads : bool\n"
        "    Return zeros instead of None.\n"
        "is_grads_batched : bool\n"
        "    Take `grad_outputs` for a batch along a first dimension, which the gradients have too. Its entries are\n"
        "    computed one after the other.\n"
        "only_inputs : bool\n"
        "    Ignored, as PyTorch does: gradients are never accumulated in other leaves.\n\n"
        "Raises\n------\n"
        "RuntimeError\n"
        "    As `backward`, and if an input does not require grad or was not used."),
    {nullptr, nullptr, 0, nullptr}};

}  // namespace

bool add_backward(PyObject* module) { return PyModule_AddFunctions(module, functions) == 0; }

}  // namespace vt::autograd::python
