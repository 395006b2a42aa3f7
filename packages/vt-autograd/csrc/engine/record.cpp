// SPDX-License-Identifier: Apache-2.0
// What happens to a call on tensors that require grad: checks, the call itself below this layer, its node.
#include "engine/record.hpp"

#include "engine/calls.hpp"
#include "engine/gradient.hpp"
#include "engine/results.hpp"
#include "engine/row_node.hpp"
#include "variable/view.hpp"

namespace vt::autograd {

namespace {

bool any_requires_grad(const VtValue& value) {
  if (value.tag == VT_TENSOR) return requires_grad(value.as.tensor);
  if (value.tag == VT_TENSOR_LIST)
    for (uint32_t k = 0; k < value.count; ++k)
      if (value.as.tensors[k] && requires_grad(value.as.tensors[k])) return true;
  return false;
}

}  // namespace

std::string qualified_name(const VtSchema& schema) {
  return std::string(schema.name) + (*schema.overload ? "." : "") + schema.overload;
}

Writes writes_of(const VtSchema& schema, const VtValue* args, const VtValue* result) {
  Writes writes;
  VtTensor* first = schema.num_args && args[0].tag == VT_TENSOR ? args[0].as.tensor : nullptr;
  for (int32_t r = 0; r < schema.num_returns; ++r) {
    if (result[r].tag != VT_TENSOR) continue;
    if (result[r].as.tensor == first)
      writes.self = first;
    else
      writes.out = true;
    writes.requires_grad |= requires_grad(result[r].as.tensor);
  }
  for (int32_t i = 0; i < schema.num_args; ++i) {
    if (!(schema.args[i].flags & VT_ARG_MUTATED)) continue;
    if (i == 0) writes.self = first;
    writes.requires_grad |= any_requires_grad(args[i]);
  }
  return writes;
}

void collect_reads(RecordedCall& call) noexcept {
  for (int32_t k = 0; k < call.row->num_gradients; ++k) {
    if (!has_bit(call.needed, k)) continue;
    call.reads_arguments |= call.row->gradients[k].reads_arguments;
    call.reads_sizes |= call.row->gradients[k].reads_sizes;
    call.reads_results |= call.row->gradients[k].reads_results;
  }
}

BeforeWrite prepare_write(const RecordedCall& call, VtTensor* self) {
  if (Meta* meta = meta_slot(self); meta && meta->base) settle_history(self, meta);
  BeforeWrite before{edges_of(call), {}, {}};
  if (has_bit(call.reads_sizes, 0)) before.geometry.emplace(self);
  const GradModeGuard not_recorded(false);
  for (int32_t i = 0; i < call.num_args; ++i)
    if (has_bit(call.reads_arguments, i) && call.args[i].tag == VT_TENSOR &&
        tables().tensor->is_alias_of(call.args[i].as.tensor, self))
      before.clones.emplace_back(static_cast<uint32_t>(i), ops().clone(Tensor::share(call.args[i].as.tensor)));
  return before;
}

namespace {

constexpr uint32_t kBelow = kLayerBit | 1u << VT_LAYER_TRACKING;

// Calls below this layer; what the kernel itself dispatches is not recorded.
int call_below(const VtOp* op, const VtValue* args, int32_t num_args, VtValue* result) noexcept {
  const VtDispatchApi& dispatch = *tables().dispatch;
  VtThreadLayers* layers = dispatch.thread_layers();
  const uint32_t exclude = layers->exclude;
  layers->exclude = exclude | kBelow;
  const int status = dispatch.redispatch_boxed(op, VT_LAYER_AUTOGRAD, args, num_args, result);
  layers->exclude = exclude;
  return status;
}

[[gnu::cold]] int refuse(VtErrorKind kind, const VtSchema& schema, const char* why) {
  return guard([&] { fail(kind, qualified_name(schema) + ": " + why); });
}

// Whether a result became part of the graph: differentiable and not simply an argument handed back.
bool is_recorded(const RecordedCall& call, const VtTensor* result, const VtTensor* self) noexcept {
  if (!is_differentiable(result->dl.dtype)) return false;
  if (result == self) return true;
  for (int32_t i = 0; i < call.num_args; ++i)
    if (call.args[i].tag == VT_TENSOR && call.args[i].as.tensor == result) return false;
  return true;
}

// Gives one result its history.
[[gnu::hot]] void attach_result(const RecordedCall& call, VtTensor* t, bool in_place, NodeRef node,
                                uint32_t output_nr) {
  if (in_place) {
    if (Meta* meta = meta_slot(t); meta && meta->base) return rebase_base(t, meta, std::move(node), output_nr);
  } else if ((t->flags & VT_TENSOR_IS_VIEW) && (call.schema->flags & VT_OP_VIEW) && !slot_of(t)) {
    track_view(t, call.args[call.row->gradients[0].argument].as.tensor);
  }
  set_history(t, std::move(node), output_nr);
}

void attach(const RecordedCall& call, VtValue* result, VtTensor* self, BeforeWrite* before) {
  uint32_t num_recorded = 0;
  for (int32_t r = 0; r < call.schema->num_returns; ++r)
    for (const VtTensor* t : tensors_of(result[r])) num_recorded += is_recorded(call, t, self);
  if (num_recorded == 0) return;
  NodeRef node = make_row_node(call, result, before);
  uint32_t output_nr = 0;
  for (int32_t r = 0; num_recorded; ++r) {
    if (result[r].tag != VT_TENSOR && result[r].tag != VT_TENSOR_LIST) ++output_nr;
    for (VtTensor* t : tensors_of(result[r])) {
      if (is_recorded(call, t, self)) {
        NodeRef own = --num_recorded == 0 ? std::move(node) : NodeRef::share(node.get());
        attach_result(call, t, t == self, std::move(own), output_nr);
      }
      ++output_nr;
    }
  }
}

void release_results(const VtSchema& schema, VtValue* result) noexcept {
  for (int32_t r = 0; r < schema.num_returns; ++r) release_result(result[r]);
}

int record_write(const RecordedCall& call, VtValue* result, VtTensor* self) {
  BeforeWrite before = prepare_write(call, self);
  if (const int status = call_below(call.op, call.args, call.num_args, result)) return status;
  const int status = guard([&] { attach(call, result, self, &before); });
  if (status != 0) release_results(*call.schema, result);
  return status;
}

int record_call(RecordedCall& call, VtValue* result, VtTensor* self) {
  collect_reads(call);
  if (self) return record_write(call, result, self);
  if (const int status = call_below(call.op, call.args, call.num_args, result)) return status;
  const int status = guard([&] { attach(call, result, nullptr, nullptr); });
  if (status != 0) release_results(*call.schema, result);
  return status;
}

int layer(const VtOp* op, const VtValue* args, int32_t num_args, VtValue* result) {
  const VtDispatchApi& dispatch = *tables().dispatch;
  const VtSchema& schema = *dispatch.schema(op);
  uint64_t requiring = 0;  // arguments that require grad
  for (int32_t i = 0; i < num_args; ++i)
    if (any_requires_grad(args[i])) requiring |= uint64_t{1} << i;
  Writes writes;
  if ((schema.num_returns && result[0].tag != VT_NONE) || (num_args && schema.args[0].flags & VT_ARG_MUTATED))
      [[unlikely]]
    writes = writes_of(schema, args, result);
  const bool differentiable = !(schema.flags & VT_OP_NOT_DIFFERENTIABLE);
  if (!requiring && !writes.requires_grad) {
    if (writes.self && differentiable && is_differentiable(writes.self->dl.dtype) && hides_history(writes.self))
      return refuse(VT_ERROR_RUNTIME, schema, refusal_to_write(writes.self));
    return dispatch.redispatch_boxed(op, VT_LAYER_AUTOGRAD, args, num_args, result);
  }

  if (writes.out && (differentiable || writes.requires_grad))
    return refuse(VT_ERROR_RUNTIME, schema,
                  "functions with out=... arguments don't support automatic differentiation, but one of the arguments "
                  "requires grad.");
  if (writes.self && is_differentiable(writes.self->dl.dtype) && (differentiable || writes.requires_grad))
    if (const char* why = refusal_to_write(writes.self)) return refuse(VT_ERROR_RUNTIME, schema, why);
  if (!differentiable) {
    if (writes.requires_grad)
      return refuse(
          VT_ERROR_RUNTIME, schema,
          "a tensor that requires grad is being overwritten by an operator without a derivative; detach it first");
    return call_below(op, args, num_args, result);
  }
  RecordedCall call{op, &schema, dispatch.derivative(op), args, num_args};
  if (!call.row)
    return refuse(VT_ERROR_NOT_IMPLEMENTED, schema,
                  "the derivative is not implemented; call it under no_grad or on detached tensors");
  bool covers_self = !writes.self;
  for (int32_t k = 0; k < call.row->num_gradients; ++k) {
    const int32_t argument = call.row->gradients[k].argument;
    covers_self |= argument == 0;
    if (has_bit(requiring, argument)) call.needed |= uint64_t{1} << k;
  }
  if (!covers_self && writes.requires_grad)
    return refuse(VT_ERROR_NOT_IMPLEMENTED, schema, "the derivative of the in-place form is not implemented");
  if (!call.needed || (writes.self && !is_differentiable(writes.self->dl.dtype)))
    return call_below(op, args, num_args, result);
  return record_call(call, result, writes.self);
}

}  // namespace

[[gnu::hot]] int autograd_layer(void* context, const VtValue* args, int32_t num_args, VtValue* result) noexcept {
  int status = 0;
  const int caught = guard([&] { status = layer(static_cast<const VtOp*>(context), args, num_args, result); });
  return caught != 0 ? caught : status;
}

}  // namespace vt::autograd
