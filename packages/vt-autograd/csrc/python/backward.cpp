// SPDX-License-Identifier: Apache-2.0
// backward and grad.
#include "python.hpp"

namespace vt::autograd::python {
namespace {

bool is_given(PyObject* object) { return object && object != Py_None; }

// What both functions take, read from Python.
struct Request {
  Ref keep_roots, keep_grads, keep_inputs;
  std::vector<VtTensor*> roots, grads, inputs;
  uint32_t flags = 0;

  bool read(const char* function, PyObject* tensors, PyObject* grad_tensors, PyObject* wanted, PyObject* retain,
            PyObject* create) {
    const int create_graph = create ? PyObject_IsTrue(create) : 0;
    const int retain_graph = is_given(retain) ? PyObject_IsTrue(retain) : create_graph;
    if (create_graph < 0 || retain_graph < 0) return false;
    if (create_graph) flags |= VT_BACKWARD_CREATE_GRAPH;
    if (retain_graph) flags |= VT_BACKWARD_RETAIN_GRAPH;
    if (!tensors_from("tensors", tensors, false, keep_roots, roots)) return false;
    if (is_given(grad_tensors)) {
      if (!tensors_from("grad_tensors", grad_tensors, true, keep_grads, grads)) return false;
      if (grads.size() != roots.size()) {
        PyErr_Format(PyExc_RuntimeError, "%s(): got %zu tensors and %zu gradients", function, roots.size(),
                     grads.size());
        return false;
      }
    }
    if (is_given(wanted)) {
      if (!tensors_from("inputs", wanted, false, keep_inputs, inputs)) return false;
      if (inputs.empty()) {
        PyErr_Format(PyExc_RuntimeError, "%s(): inputs is empty", function);
        return false;
      }
    }
    return true;
  }

  VtTensor* const* grad_data() const noexcept { return grads.empty() ? nullptr : grads.data(); }
};

PyObject* backward(PyObject*, PyObject* const* args, Py_ssize_t nargs, PyObject* kwnames) {
  PyObject* out[5];
  if (!unpack("backward", {"tensors", "grad_tensors", "retain_graph", "create_graph", "inputs"}, 1, 4, args, nargs,
              kwnames, out))
    return nullptr;
  Request request;
  if (!request.read("backward", out[0], out[1], out[4], out[2], out[3])) return nullptr;
  const int status = without_lock([&] {
    return autograd_api->backward(request.roots.data(), request.grad_data(), request.roots.size(),
                                  request.inputs.data(), request.inputs.size(), request.flags);
  });
  if (status != 0) return raise_error();
  Py_RETURN_NONE;
}

PyObject* zeros_like(VtTensor* t) {
  static const VtOp* const op = tables().dispatch->find_op("zeros_like");
  const VtValue args[] = {value_of(t)};
  VtValue result = none();
  if (tables().dispatch->call_boxed(op, args, 1, &result) != 0) return raise_error();
  return wrap(result.as.tensor);
}

PyObject* grad(PyObject*, PyObject* const* args, Py_ssize_t nargs, PyObject* kwnames) {
  PyObject* out[7];
  if (!unpack(
          "grad",
          {"outputs", "inputs", "grad_outputs", "retain_graph", "create_graph", "allow_unused", "materialize_grads"}, 2,
          5, args, nargs, kwnames, out))
    return nullptr;
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
  std::vector<VtTensor*> gradients(request.inputs.size());
  const int status = without_lock([&] {
    return autograd_api->compute_grad(request.roots.data(), request.grad_data(), request.roots.size(),
                                      request.inputs.data(), request.inputs.size(), request.flags, gradients.data());
  });
  if (status != 0) return raise_error();
  Ref result(PyTuple_New(static_cast<Py_ssize_t>(gradients.size())));
  for (size_t i = 0; i < gradients.size(); ++i) {
    PyObject* entry = gradients[i]  ? wrap(gradients[i])
                      : materialize ? zeros_like(request.inputs[i])
                                    : Py_NewRef(Py_None);
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
    fast_method("grad", grad,
                "grad(outputs, inputs, grad_outputs=None, retain_graph=None, create_graph=False, *, allow_unused=None, "
                "materialize_grads=False)\n--\n\n"
                "Returns the gradients of the sum of `outputs` by each of `inputs`, as a tuple.\n\n"
                "Parameters\n----------\n"
                "outputs, inputs : Tensor or sequence of Tensor\n"
                "grad_outputs : Tensor or sequence of Tensor or None, optional\n"
                "retain_graph, create_graph : bool\n"
                "    As in `backward`.\n"
                "allow_unused : bool, optional\n"
                "    Return None for inputs that outputs do not depend on, instead of raising.\n"
                "materialize_grads : bool\n"
                "    Return zeros instead of None.\n\n"
                "Raises\n------\n"
                "RuntimeError\n"
                "    As `backward`, and if an input does not require grad or was not used."),
    {nullptr, nullptr, 0, nullptr}};

}  // namespace

bool add_backward(PyObject* module) { return PyModule_AddFunctions(module, functions) == 0; }

}  // namespace vt::autograd::python
