// SPDX-License-Identifier: Apache-2.0
// FunctionContext: the `ctx` of a Python Function, which is also its node's face as `grad_fn`.
#pragma once

#include "python.hpp"

namespace vt::autograd::python {

// One tensor of save_for_backward. Inputs and others are kept as they are; an output is kept as an alias without
// history, so that the context does not keep its own result alive. With saved-tensor hooks what they packed is kept instead.
struct SavedTensor {
  PyObject* object = nullptr;  // owned; NULL for an output, or for None
  VtTensor* output = nullptr;  // owned alias
  void* packed = nullptr;      // owned by the context's hooks
  int32_t input_nr = -1;       // which input or output of the call it is, for the history of what is unpacked
  int32_t output_nr = -1;
  uint32_t version = 0;
};

struct FunctionContext {
  PyObject_HEAD PyObject* dict;
  PyObject* weakrefs;
  PyObject* cls;      // the Function
  PyObject* to_save;  // tuple, until the forward has returned
  PyObject* dirty;    // tuples of tensors, or NULL
  PyObject* non_differentiable;
  PyObject* needs_input_grad;  // tuple of bool
  PyObject* saved_for_forward;
  std::vector<SavedTensor>* saved;
  VtSavedHooks hooks;  // those in force when the tensors were saved; no pack function where there were none
  VtNode* node;        // borrowed: the node owns this object; NULL once it is gone
  int32_t num_outputs;
  bool materialize_grads;
  bool freed;
  bool has_saved;
};

inline FunctionContext* context_of(PyObject* object) noexcept { return reinterpret_cast<FunctionContext*>(object); }

bool is_context(PyObject* object) noexcept;

// A new context for a call of `cls`.
PyObject* make_context(PyObject* cls, PyObject* needs_input_grad);
// Turns to_save into saved tensors; `outputs` are the forward's differentiable results, NULL entries allowed in both.
bool save_tensors(FunctionContext* self, const std::vector<VtTensor*>& inputs, const std::vector<VtTensor*>& outputs);
void drop_saved(FunctionContext* self) noexcept;
// "MulBackward" for a Function called Mul.
PyObject* context_name(PyObject* self, PyObject*);

// The node's release: from any thread, without the interpreter's lock.
void release_context(void* context);

bool add_context_type(PyObject* module);

}  // namespace vt::autograd::python
