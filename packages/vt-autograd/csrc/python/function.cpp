// SPDX-License-Identifier: Apache-2.0
// Function: operations with a forward and a backward written in Python.
#include <algorithm>
#include <string>

#include "function_context.hpp"
#include "function_jvp.hpp"

namespace vt::autograd::python {
namespace {

bool contains(PyObject* tuple, const VtTensor* t) {
  for (Py_ssize_t i = 0; tuple && i < PyTuple_Size(tuple); ++i)
    if (tensor_of(PyTuple_GetItem(tuple, i)) == t) return true;
  return false;
}

bool is_differentiable(const VtTensor* t) {
  switch (t->dl.dtype.code) {
    case kDLInt:
    case kDLUInt:
    case kDLBool: return false;
    default: return true;
  }
}

// Zeros of the meta of a node's result.
PyObject* zeros(const VtNode* node, int32_t index) {
  static const VtOp* const fill = tables().dispatch->find_op("fill_");
  VtTensorMeta meta{};
  VtTensor* t = nullptr;
  if (autograd_api->node_output(node, index, &meta) != 0) return raise_error();
  if (!meta.sizes) Py_RETURN_NONE;  // a result without a gradient
  if (tables().tensor->empty(meta.sizes, meta.ndim, meta.dtype, meta.device, &t) != 0) return raise_error();
  const VtValue args[] = {value_of(t), value_of(0.0)};
  VtValue result = value_of(t);
  if (tables().dispatch->call_boxed(fill, args, 2, &result) != 0) {
    tables().tensor->release(t);
    return raise_error();
  }
  tables().tensor->release(t);
  return wrap(result.as.tensor);
}

// Arguments of the backward: the context, then a gradient per result.
Ref backward_arguments(FunctionContext* self, VtTensor* const* grads) {
  const int32_t num_outputs = self->num_outputs;
  Ref args(PyTuple_New(1 + num_outputs));
  if (!args) return {};
  PyTuple_SetItem(args.get(), 0, Py_NewRef(reinterpret_cast<PyObject*>(self)));
  for (int32_t i = 0; i < num_outputs; ++i) {
    PyObject* grad = grads[i] ? share(grads[i]) : self->materialize_grads ? zeros(self->node, i) : Py_NewRef(Py_None);
    if (!grad) return {};
    PyTuple_SetItem(args.get(), 1 + i, grad);
  }
  return args;
}

// Hands the backward's results to the engine.
bool take_results(FunctionContext* self, PyObject* results, VtTensor** out) {
  const Ref tuple(PyTuple_Check(results)  ? Py_NewRef(results)
                  : PyList_Check(results) ? PySequence_Tuple(results)
                                          : PyTuple_Pack(1, results));
  if (!tuple) return false;
  const Py_ssize_t expected = PyTuple_Size(self->needs_input_grad);
  Py_ssize_t given = PyTuple_Size(tuple.get());
  while (given > expected && PyTuple_GetItem(tuple.get(), given - 1) == Py_None) --given;
  const Ref name(context_name(reinterpret_cast<PyObject*>(self), nullptr));
  if (given != expected) {
    PyErr_Format(PyExc_RuntimeError, "function %U returned an incorrect number of gradients (expected %zd, got %zd)",
                 name.get(), expected, given);
    return false;
  }
  for (Py_ssize_t i = 0; i < expected; ++i) {
    PyObject* grad = PyTuple_GetItem(tuple.get(), i);
    if (grad == Py_None) continue;
    if (!is_tensor(grad)) {
      PyErr_Format(PyExc_TypeError, "function %U must return Tensor or None as gradient, got %R at position %zd",
                   name.get(), Py_TYPE(grad), i);
      return false;
    }
    out[i] = tensor_of(grad);
    tables().tensor->retain(out[i]);
  }
  return true;
}

// The static method that a Function inherits where it has none of its own; compared by identity.
PyObject* function_type = nullptr;

bool overrides(PyObject* cls, const char* name) {
  const Ref own(PyObject_GetAttrString(cls, name));
  const Ref inherited(own ? PyObject_GetAttrString(function_type, name) : nullptr);
  if (!inherited) PyErr_Clear();
  return own && own.get() != inherited.get();
}

// The backward, which may go by the name of vjp.
PyObject* backward_of(PyObject* cls) {
  if (!overrides(cls, "vjp")) return PyObject_GetAttrString(cls, "backward");
  if (!overrides(cls, "backward")) return PyObject_GetAttrString(cls, "vjp");
  return PyErr_Format(PyExc_RuntimeError,
                      "Implementing both 'backward' and 'vjp' for a custom Function is not allowed. You should only "
                      "implement one of them.");
}

// The node's apply: without the interpreter's lock.
int apply_backward(void* context, VtTensor* const* grads, VtTensor** out) {
  const Lock lock;
  auto* self = static_cast<FunctionContext*>(context);
  const Ref keep = Ref::share(reinterpret_cast<PyObject*>(self));
  const Ref function(backward_of(self->cls));
  const Ref args = function ? backward_arguments(self, grads) : Ref();
  const Ref results(args ? PyObject_CallObject(function.get(), args.get()) : nullptr);
  if (results && take_results(self, results.get(), out)) return 0;
  python_api->stash_exception();
  return -1;
}

int visit_context(void* context, VtVisitFn, void* arg) {
  const auto* python = static_cast<const VtPythonVisit*>(arg);
  return python->visit(context, python->arg);
}

void free_saved(void* context) {
  const Lock lock;
  auto* self = static_cast<FunctionContext*>(context);
  self->freed = true;
  drop_saved(self);
}

// A call in the making: inputs by position, NULL where an argument is no tensor.
struct Call {
  std::vector<VtTensor*> inputs;
  bool requires_grad = false;
  Ref needs_input_grad;
};

bool collect(PyObject* const* args, Py_ssize_t nargs, Call& call) {
  call.needs_input_grad = Ref(PyTuple_New(nargs));
  if (!call.needs_input_grad) return false;
  for (Py_ssize_t i = 0; i < nargs; ++i) {
    VtTensor* t = is_tensor(args[i]) ? tensor_of(args[i]) : nullptr;
    const bool needs = t && autograd_api->requires_grad(t);
    call.inputs.push_back(t);
    call.requires_grad |= needs;
    PyTuple_SetItem(call.needs_input_grad.get(), i, PyBool_FromLong(needs));
  }
  return true;
}

// Keyword arguments as they were given; empty where there are none.
Ref keywords(PyObject* const* values, PyObject* kwnames) {
  Ref out(PyDict_New());
  for (Py_ssize_t k = 0; out && kwnames && k < PyTuple_Size(kwnames); ++k)
    if (PyDict_SetItem(out.get(), PyTuple_GetItem(kwnames, k), values[k]) != 0) return {};
  return out;
}

Ref tuple_of(PyObject* first, PyObject* const* args, Py_ssize_t nargs) {
  const Py_ssize_t offset = first ? 1 : 0;
  Ref out(PyTuple_New(offset + nargs));
  if (out && first) PyTuple_SetItem(out.get(), 0, Py_NewRef(first));
  for (Py_ssize_t i = 0; out && i < nargs; ++i) PyTuple_SetItem(out.get(), offset + i, Py_NewRef(args[i]));
  return out;
}

// The arguments of a forward without context by position, those that were left out among them: setup_context sees all.
Ref bound_arguments(PyObject* cls, PyObject* const* args, Py_ssize_t nargs, PyObject* kwnames) {
  const Ref module(PyImport_ImportModule("vt_autograd._bind"));
  const Ref forward(module ? PyObject_GetAttrString(cls, "forward") : nullptr);
  const Ref positional = forward ? tuple_of(nullptr, args, nargs) : Ref();
  const Ref named = positional ? keywords(args + nargs, kwnames) : Ref();
  return Ref(named ? PyObject_CallMethod(module.get(), "bind", "OOO", forward.get(), positional.get(), named.get())
                   : nullptr);
}

// forward(ctx, *args); or forward(*args) and then setup_context(ctx, args, output), for a Function that has the latter.
// The values of keyword arguments lie behind the others, as collect() has counted them.
PyObject* run_forward(PyObject* cls, PyObject* context, bool apart, PyObject* const* args, Py_ssize_t nargs,
                      PyObject* kwnames) {
  const Ref forward(PyObject_GetAttrString(cls, "forward"));
  const Ref tuple = tuple_of(apart ? nullptr : context, args, nargs);
  const Ref named = kwnames ? keywords(args + nargs, kwnames) : Ref();
  if (!forward || !tuple || (kwnames && !named)) return nullptr;
  const int32_t before = autograd_api->set_grad_mode(0);
  Ref out(PyObject_Call(forward.get(), tuple.get(), named.get()));
  if (out && apart) {
    const Ref setup(PyObject_GetAttrString(cls, "setup_context"));
    const Ref done(setup ? PyObject_CallFunctionObjArgs(setup.get(), context, tuple.get(), out.get(), nullptr)
                         : nullptr);
    if (!done) out = Ref();
  }
  autograd_api->set_grad_mode(before);
  return out.release();
}

// Counts the writes to the tensors that were marked dirty, also those that no operator made; each must be a result.
bool note_writes(FunctionContext* context, PyObject* returned) {
  if (!context->dirty) return true;
  for (Py_ssize_t i = 0; i < PyTuple_Size(context->dirty); ++i) {
    PyObject* dirty = PyTuple_GetItem(context->dirty, i);
    bool found = returned == dirty;
    if (PyTuple_Check(returned) || PyList_Check(returned))
      for (Py_ssize_t r = 0; !found && r < PySequence_Size(returned); ++r)
        found = Ref(PySequence_GetItem(returned, r)).get() == dirty;
    if (!found) {
      PyErr_Format(
          PyExc_RuntimeError,
          "Some elements marked as dirty during the forward method were not returned as output. The inputs that "
          "are modified inplace must all be outputs of the Function.");
      return false;
    }
    tables().tensor->bump_version(tensor_of(dirty));
  }
  return true;
}

// A result that takes the node's history: itself, or an alias when it must not lose its own.
PyObject* own_result(FunctionContext* context, const Call& call, PyObject* object) {
  VtTensor* t = tensor_of(object);
  const bool is_input = std::ranges::find(call.inputs, t) != call.inputs.end();
  if (contains(context->dirty, t)) {
    if (is_input) return Py_NewRef(object);
    return PyErr_Format(PyExc_RuntimeError, "mark_dirty(): a tensor that is no input was marked");
  }
  if (!is_input && !tables().tensor->autograd_slot(t, nullptr)) return Py_NewRef(object);
  VtTensor* alias = nullptr;
  if (tables().tensor->alias(t, 1, &alias) != 0) return raise_error();
  return wrap(alias);
}

PyObject* record(FunctionContext* context, const Call& call, PyObject* returned) {
  const bool single = !PyTuple_Check(returned) && !PyList_Check(returned);
  const Ref results(single ? PyTuple_Pack(1, returned) : PySequence_List(returned));
  if (!results) return nullptr;
  const Py_ssize_t count = PySequence_Size(results.get());
  const Ref out(PyTuple_New(count));
  std::vector<VtTensor*> outputs;
  for (Py_ssize_t i = 0; out && i < count; ++i) {
    const Ref object(PySequence_GetItem(results.get(), i));
    VtTensor* t = is_tensor(object.get()) ? tensor_of(object.get()) : nullptr;
    if (!t || !is_differentiable(t) || contains(context->non_differentiable, t)) {
      PyTuple_SetItem(out.get(), i, Py_NewRef(object.get()));
      outputs.push_back(nullptr);
      continue;
    }
    PyObject* owned = own_result(context, call, object.get());
    if (!owned) return nullptr;
    PyTuple_SetItem(out.get(), i, owned);
    outputs.push_back(tensor_of(owned));
  }
  if (!out) return nullptr;
  const Ref name(context_name(reinterpret_cast<PyObject*>(context), nullptr));
  const char* text = name ? PyUnicode_AsUTF8AndSize(name.get(), nullptr) : nullptr;
  if (!text) return nullptr;
  const VtNodeDef def{sizeof(VtNodeDef),
                      static_cast<int32_t>(call.inputs.size()),
                      static_cast<int32_t>(outputs.size()),
                      text,
                      context,
                      apply_backward,
                      release_context,
                      visit_context,
                      free_saved};
  VtNode* node = nullptr;
  if (autograd_api->record(&def, call.inputs.data(), outputs.data(), &node) != 0) return raise_error();
  Py_INCREF(reinterpret_cast<PyObject*>(context));  // the node's
  context->node = node;
  context->num_outputs = def.num_outputs;
  const bool saved = save_tensors(context, call.inputs, outputs);
  // Wrapping again lets vt_core see that the tensors have joined a graph: the collector must know their wrappers.
  for (VtTensor* t : outputs)
    if (t) Py_XDECREF(share(t));
  autograd_api->release_node(node);
  if (!saved) return nullptr;
  return single ? Py_NewRef(PyTuple_GetItem(out.get(), 0)) : Py_NewRef(out.get());
}

PyObject* apply(PyObject* cls, PyObject* const* args, Py_ssize_t nargs, PyObject* kwnames) {
  const bool apart = overrides(cls, "setup_context");
  Ref bound;  // what the values below are borrowed from
  std::vector<PyObject*> values;
  if (apart) {
    bound = bound_arguments(cls, args, nargs, kwnames);
    if (!bound) return nullptr;
    nargs = PyTuple_Size(bound.get());
    kwnames = nullptr;
    for (Py_ssize_t i = 0; i < nargs; ++i) values.push_back(PyTuple_GetItem(bound.get(), i));
    args = values.data();
  }
  Call call;
  const Py_ssize_t num_values = nargs + (kwnames ? PyTuple_Size(kwnames) : 0);
  if (!collect(args, num_values, call)) return nullptr;
  const Ref context(make_context(cls, call.needs_input_grad.get()));
  if (!context) return nullptr;
  Ref tangents;
  if (!find_tangents(args, num_values, tangents)) return nullptr;
  // With a jvp of its own, what the forward computes with needs no tangents.
  VtThreadLayers* layers = tables().dispatch->thread_layers();
  const uint32_t exclude = layers->exclude;
  if (tangents) layers->exclude |= 1u << VT_LAYER_FORWARD;
  Ref returned(run_forward(cls, context.get(), apart, args, nargs, kwnames));
  if (tangents) layers->exclude = exclude;
  if (!returned || !note_writes(context_of(context.get()), returned.get())) return nullptr;
  const bool recorded = call.requires_grad && autograd_api->grad_mode() && !autograd_api->inference_mode();
  if (!recorded) Py_CLEAR(context_of(context.get())->to_save);
  Ref results = recorded ? Ref(record(context_of(context.get()), call, returned.get())) : std::move(returned);
  // What was marked has been read. Kept, a view that was written would keep itself alive by its base's history.
  Py_CLEAR(context_of(context.get())->dirty);
  Py_CLEAR(context_of(context.get())->non_differentiable);
  if (results && tangents && !apply_jvp(context_of(context.get()), args, tangents.get(), results.get())) return nullptr;
  return results.release();
}

PyObject* unimplemented(PyObject*, PyObject* const*, Py_ssize_t, PyObject*) {
  return PyErr_Format(PyExc_NotImplementedError,
                      "a Function needs static methods forward(ctx, *args) and backward(ctx, *grads)");
}

PyObject* no_setup(PyObject*, PyObject* const*, Py_ssize_t, PyObject*) {
  return PyErr_Format(PyExc_NotImplementedError, "setup_context is not implemented.");
}

PyObject* no_vmap(PyObject*, PyObject* const*, Py_ssize_t, PyObject*) {
  return PyErr_Format(PyExc_NotImplementedError,
                      "vmap of a Function is not supported: there is no batching over Functions; call it on the batch");
}

PyMethodDef methods[] = {
    fast_method("apply", apply,
                "apply(*args, **kwargs)\n--\n\nRuns the forward and records it when an argument requires grad.",
                METH_CLASS),
    fast_method("forward", unimplemented,
                "forward(ctx, *args)\n--\n\nComputes the results. To be defined by the subclass.", METH_STATIC),
    fast_method(
        "backward", unimplemented,
        "backward(ctx, *grads)\n--\n\nReturns a gradient, or None, for each argument of the forward. To be defined by "
        "the subclass.",
        METH_STATIC),
    fast_method("vjp", unimplemented, "vjp(ctx, *grads)\n--\n\nAnother name for backward; define one of the two.",
                METH_STATIC),
    fast_method(
        "jvp", no_jvp,
        "jvp(ctx, *tangents)\n--\n\nReturns a tangent, or None, for each result, of the arguments' tangents. What "
        "save_for_forward was given is in ctx.saved_tensors. To be defined for forward mode.",
        METH_STATIC),
    fast_method(
        "setup_context", no_setup,
        "setup_context(ctx, inputs, output)\n--\n\n"
        "Fills the context after the forward, which then takes no context: forward(*args). To be defined by the "
        "subclass, or left out.",
        METH_STATIC),
    fast_method("vmap", no_vmap, "vmap(info, in_dims, *args)\n--\n\nRefuses: Functions are not batched.", METH_STATIC),
    {nullptr, nullptr, 0, nullptr}};

char doc[] =
    "An operation with its own derivative, written in Python.\n\n"
    "Subclass it with static methods `forward(ctx, *args)` and `backward(ctx, *grads)` and call `apply`. The forward runs\n"
    "without recording; what it keeps goes through `ctx.save_for_backward` or attributes of `ctx`.\n\n"
    "Examples\n--------\n"
    ">>> import vt_core as vt\n"
    ">>> import vt_autograd as ag\n"
    ">>> class Double(ag.Function):\n"
    "...     @staticmethod\n"
    "...     def forward(ctx, x):\n"
    "...         return x * 2\n"
    "...     @staticmethod\n"
    "...     def backward(ctx, grad):\n"
    "...         return grad * 2\n"
    ">>> x = vt.tensor([1.0, 2.0]).requires_grad_()\n"
    ">>> Double.apply(x).sum().backward()\n"
    ">>> x.grad\n"
    "tensor([2., 2.])\n";

}  // namespace

bool add_function_types(PyObject* module) {
  if (!add_context_type(module)) return false;
  PyType_Slot slots[] = {slot(Py_tp_methods, methods), slot(Py_tp_doc, doc), {0, nullptr}};
  PyType_Spec spec = {"vt_autograd.Function", sizeof(PyObject), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, slots};
  const Ref type(PyType_FromSpec(&spec));
  function_type = type ? Py_NewRef(type.get()) : nullptr;
  return type && PyModule_AddObjectRef(module, "Function", type.get()) == 0;
}

}  // namespace vt::autograd::python
