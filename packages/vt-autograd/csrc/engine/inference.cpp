// SPDX-License-Identifier: Apache-2.0
// The inference layer.
#include "engine/inference.hpp"

#include <algorithm>
#include <string>

#include "engine/grad_mode.hpp"
#include "engine/record.hpp"
#include "engine/results.hpp"
#include "engine/row_node.hpp"
#include "forward/level.hpp"
#include "variable/view.hpp"

namespace vt::autograd {

namespace {

bool is_inference(const VtTensor* t) noexcept { return t && t->flags & VT_TENSOR_INFERENCE; }

bool any_of(const VtValue& value, auto&& holds) {
  for (VtTensor* t : tensors_of(value))
    if (t && holds(t)) return true;
  return false;
}

// Calls below forward mode, autograd and tracking, also where they would run for what a composite kernel calls.
int call_unrecorded(const VtOp* op, const VtValue* args, int32_t num_args, VtValue* result) noexcept {
  const VtDispatchApi& dispatch = *tables().dispatch;
  VtThreadLayers* layers = dispatch.thread_layers();
  const uint32_t exclude = layers->exclude;
  layers->exclude = exclude | kLayerBit | 1u << kForwardLayer | 1u << VT_LAYER_TRACKING;
  const int status = dispatch.redispatch_boxed(op, VT_LAYER_INFERENCE, args, num_args, result);
  layers->exclude = exclude;
  return status;
}

bool is_argument(const VtTensor* t, const VtValue* args, int32_t num_args) {
  for (int32_t i = 0; i < num_args; ++i)
    if (any_of(args[i], [&](const VtTensor* argument) { return argument == t; })) return true;
  return false;
}

// What detach gives has no base and is a view all the same: of a normal tensor a normal one.
bool is_alias(const VtTensor* t, const VtSchema& schema, const VtValue* args) {
  return schema.num_args && schema.args[0].flags & VT_ARG_ALIASED && args[0].tag == VT_TENSOR &&
         tables().tensor->is_alias_of(t, args[0].as.tensor);
}

int call_in_mode(const VtOp* op, const VtSchema& schema, const VtValue* args, int32_t num_args, VtValue* result) {
  bool given[64] = {};  // destinations are the caller's: they stay what they are
  for (int32_t r = 0; r < schema.num_returns; ++r) given[r] = result[r].tag != VT_NONE;
  if (const int status = call_unrecorded(op, args, num_args, result)) return status;
  if (schema.flags & VT_OP_VIEW && !(schema.flags & VT_OP_NOT_DIFFERENTIABLE))
    note_unrecorded_views(schema, args, result);
  for (int32_t r = 0; r < schema.num_returns; ++r) {
    if (given[r]) continue;
    for (VtTensor* t : tensors_of(result[r]))
      if (t && !(t->flags & VT_TENSOR_IS_VIEW) && !is_argument(t, args, num_args) && !is_alias(t, schema, args))
        tables().tensor->update_flags(t, VT_TENSOR_INFERENCE | kInferenceBit, 0);
  }
  return 0;
}

void refuse_write(const VtSchema& schema, const VtValue* args, const VtValue* result) {
  bool writes = false;
  for (int32_t r = 0; r < schema.num_returns; ++r) writes |= any_of(result[r], is_inference);
  for (int32_t i = 0; i < schema.num_args; ++i)
    writes |= (schema.args[i].flags & VT_ARG_MUTATED) && any_of(args[i], is_inference);
  if (writes)
    fail(VT_ERROR_RUNTIME,
         qualified_name(schema) +
             ": Inplace update to inference tensor outside InferenceMode is not allowed. You can make a "
             "clone to get a normal tensor before doing inplace update.");
}

// What the derivative's needed gradients would read, found before anything is computed.
void refuse_saving(const VtOp* op, const VtSchema& schema, const VtValue* args, int32_t num_args) {
  const VtDerivative* row = tables().dispatch->derivative(op);
  if (!row || !grad_mode() || schema.flags & VT_OP_NOT_DIFFERENTIABLE) return;
  uint64_t reads = 0;
  for (int32_t k = 0; k < row->num_gradients; ++k)
    if (any_of(args[row->gradients[k].argument], [](VtTensor* t) { return requires_grad(t); }))
      reads |= row->gradients[k].reads_arguments;
  for (int32_t i = 0; i < num_args; ++i)
    if (has_bit(reads, i) && any_of(args[i], is_inference))
      fail(
          VT_ERROR_RUNTIME,
          qualified_name(schema) +
              ": Inference tensors cannot be saved for backward. Please do not use Tensors created in inference mode in "
              "computation tracked by autograd. To work around this, you can make a clone to get a normal tensor and use it "
              "in autograd, or use `no_grad()` instead of `inference_mode()`.");
}

int layer(const VtOp* op, const VtValue* args, int32_t num_args, VtValue* result) {
  const VtDispatchApi& dispatch = *tables().dispatch;
  const VtSchema& schema = *dispatch.schema(op);
  if (inference_mode()) return call_in_mode(op, schema, args, num_args, result);
  refuse_write(schema, args, result);
  refuse_saving(op, schema, args, num_args);
  return dispatch.redispatch_boxed(op, VT_LAYER_INFERENCE, args, num_args, result);
}

}  // namespace

bool set_inference_mode(bool enabled) noexcept {
  VtThreadLayers* layers = tables().dispatch->thread_layers();
  const bool before = layers->include & kInferenceBit;
  layers->include = enabled ? layers->include | kInferenceBit : layers->include & ~kInferenceBit;
  set_grad_mode(!enabled);
  return before;
}

int inference_layer(void* context, const VtValue* args, int32_t num_args, VtValue* result) noexcept {
  int status = 0;
  const int caught = guard([&] { status = layer(static_cast<const VtOp*>(context), args, num_args, result); });
  return caught != 0 ? caught : status;
}

}  // namespace vt::autograd
