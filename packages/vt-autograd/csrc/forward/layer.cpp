// SPDX-License-Identifier: Apache-2.0
// What happens to a call on dual numbers: the call itself below this layer, then the tangents of what it returned.
#include "forward/layer.hpp"

#include <algorithm>
#include <string>

#include "engine/calls.hpp"
#include "engine/gradient.hpp"
#include "engine/memory.hpp"
#include "engine/record.hpp"
#include "engine/results.hpp"
#include "forward/dual.hpp"
#include "forward/jvp.hpp"
#include "variable/view.hpp"

namespace vt::autograd {

namespace {

// The tangents of a call's arguments, and their level.
struct Arguments {
  Tangents tangents;
  std::shared_ptr<DualLevel> level;
};

Arguments collect(const VtValue* args, int32_t num_args) {
  Arguments out;
  out.tangents.resize(static_cast<size_t>(num_args));
  for (int32_t i = 0; i < num_args; ++i) {
    uint32_t place = 0;
    auto& list = out.tangents[static_cast<size_t>(i)];
    const auto tensors = tensors_of(args[i]);
    for (VtTensor* t : tensors) {
      Dual dual = t ? dual_of(t) : Dual{};
      if (dual) {
        list.resize(tensors.size());
        list[place] = std::move(dual.tangent);
        out.level = std::move(dual.level);
      }
      ++place;
    }
  }
  return out;
}

bool is_destination_dual(const VtSchema& schema, const VtValue* result) {
  for (int32_t r = 0; r < schema.num_returns; ++r)
    if (result[r].tag == VT_TENSOR && dual_of(result[r].as.tensor)) return true;
  return false;
}

[[noreturn, gnu::cold]] void refuse(const VtSchema& schema, VtErrorKind kind, const std::string& why) {
  fail(kind,
       qualified_name(schema) + ": Trying to use forward AD with " + schema.name + " that does not support it" + why);
}

// The node behind a result of the call that has just been recorded; NULL where nothing was.
RowNode* recorded_node(VtTensor* t, const VtOp* op, uint64_t since) noexcept {
  SlotObject* slot = slot_of(t);
  auto* meta = slot && slot->kind == ObjectKind::kMeta ? static_cast<Meta*>(slot) : nullptr;
  Node* node = meta ? meta->node : static_cast<Node*>(slot);
  if (meta && meta->base) {  // a write through a view is in the history of its base
    SlotObject* base = slot_of(meta->base);
    Node* outer = !base                             ? nullptr
                  : base->kind == ObjectKind::kMeta ? static_cast<Meta*>(base)->node
                                                    : static_cast<Node*>(base);
    if (outer && outer->kind == ObjectKind::kHost && outer->num_edges == 2 && outer->sequence >= since)
      node = outer->edges()[1].node;
  }
  if (!node || node->kind != ObjectKind::kRow || node->sequence < since) return nullptr;
  auto* row = static_cast<RowNode*>(node);
  return row->op == op ? row : nullptr;
}

// Backward nodes compute with what they saved: those tensors become dual numbers as the originals are.
void share_with_saved(RowNode& node, const Arguments& arguments, const std::vector<Tensor>& results) {
  for_each_saved(node, [&](const Saved& saved) {
    Tensor tangent;
    if (saved.value < node.num_args) {
      const auto& list = arguments.tangents[saved.value];
      if (saved.item < list.size()) tangent = list[saved.item];
    } else if (const size_t r = size_t{saved.value} - node.num_args; r < results.size()) {
      tangent = results[r];
    }
    if (tangent) set_tangent(saved.tensor, tangent, arguments.level);
  });
}

class DualCall {
 public:
  DualCall(RecordedCall call, Arguments arguments, VtValue* result, VtTensor* self)
      : call_(call), arguments_(std::move(arguments)), result_(result), self_(self) {}

  int run() {
    note_needed();
    const uint64_t since = next_sequence();
    if (self_) {
      before_.emplace(prepare_write(call_, self_));
      own_ = dual_of(self_).tangent;
    }
    const int status =
        tables().dispatch->redispatch_boxed(call_.op, kForwardLayer, call_.args, call_.num_args, result_);
    if (status != 0) return status;
    const int attached = guard([&] { attach(since); });
    if (attached != 0)
      for (int32_t r = 0; r < call_.schema->num_returns; ++r) release_result(result_[r]);
    return attached;
  }

 private:
  void note_needed() {
    for (int32_t k = 0; k < call_.row->num_gradients; ++k) {
      const int32_t i = call_.row->gradients[k].argument;
      bool needed = !arguments_.tangents[static_cast<size_t>(i)].empty();
      for (VtTensor* t : tensors_of(call_.args[i])) needed |= t && requires_grad(t);
      if (needed) call_.needed |= uint64_t{1} << k;
    }
    collect_reads(call_);
  }

  void attach(uint64_t since) {
    bool any = false;
    for (int32_t r = 0; r < call_.schema->num_returns; ++r)
      for (VtTensor* t : tensors_of(result_[r])) any |= takes_tangent(t);
    if (!any) return;
    const NodeRef node = make_row_node(call_, result_, before_ ? &*before_ : nullptr);
    auto& row = static_cast<RowNode&>(*node.get());
    std::vector<Tensor> tangents = jvp(call_, row, result_, arguments_.tangents);
    tangents.resize(row.num_outputs);
    if (self_ && own_ && !is_view_op()) keep_former_tangent();
    uint32_t place = 0;
    for (int32_t r = 0; r < call_.schema->num_returns; ++r) {
      if (result_[r].tag != VT_TENSOR && result_[r].tag != VT_TENSOR_LIST) ++place;
      for (VtTensor* t : tensors_of(result_[r])) {
        if (takes_tangent(t)) give(t, tangents[place]);
        ++place;
      }
    }
    share(since, tangents);
  }

  // Whether results share memory with arguments: so do their tangents. An operator that is in place alone and linear changes
  // how `self` is seen, as squeeze_.
  bool is_view_op() const noexcept {
    if (self_) return (call_.schema->flags & VT_OP_INPLACE_ONLY) && jvp_of(call_.op).rule == JvpRule::kLinear;
    return call_.schema->flags & VT_OP_VIEW;
  }

  // An argument handed back keeps the tangent it has.
  bool takes_tangent(const VtTensor* t) const noexcept {
    if (!t || !is_differentiable(t->dl.dtype)) return false;
    if (t == self_) return true;
    for (int32_t i = 0; i < call_.num_args; ++i)
      if (call_.args[i].tag == VT_TENSOR && call_.args[i].as.tensor == t) return false;
    return true;
  }

  // The tangent of `self` is written as `self` was; what the call saved of it goes with the former one.
  void keep_former_tangent() {
    for (int32_t i = 0; i < call_.num_args; ++i)
      for (Tensor& tangent : arguments_.tangents[static_cast<size_t>(i)])
        if (tangent && has_bit(call_.reads_arguments, i) && tables().tensor->is_alias_of(tangent.get(), own_.get()))
          tangent = ops().clone(tangent);
  }

  void give(VtTensor* t, Tensor& tangent) {
    if (!tangent) {
      tangent = Tensor::empty(vt::sizes_of(t), t->dl.dtype, t->dl.device);
      ops().fill.into(tangent, tangent, 0.0);
    }
    if (!fits(tangent.get(), meta_of(t)))
      fail(VT_ERROR_RUNTIME, qualified_name(*call_.schema) + ": the tangent of a result is " + describe(tangent.get()) +
                                 ", expected " + describe(t));
    const bool shares_memory = is_view_op() && (t == self_ || (t->flags & VT_TENSOR_IS_VIEW));
    if (!shares_memory && is_argument_tangent(tangent)) tangent = ops().clone(tangent);
    if (t == self_ && !is_view_op()) {
      if (!own_) own_ = tangent_of_written(t, arguments_.level);
      if (own_) tangent = ops().copy.into(own_, own_, tangent);
    }
    set_tangent(t, tangent, arguments_.level);
  }

  bool is_argument_tangent(const Tensor& tangent) const noexcept {
    for (const auto& list : arguments_.tangents)
      for (const Tensor& t : list)
        if (t && tables().tensor->is_alias_of(t.get(), tangent.get())) return true;
    return false;
  }

  void share(uint64_t since, const std::vector<Tensor>& tangents) {
    for (int32_t r = 0; r < call_.schema->num_returns; ++r)
      for (VtTensor* t : tensors_of(result_[r]))
        if (RowNode* node = t ? recorded_node(t, call_.op, since) : nullptr)
          return share_with_saved(*node, arguments_, tangents);
  }

  RecordedCall call_;
  Arguments arguments_;
  VtValue* result_;
  VtTensor* self_;  // what is written in place
  Tensor own_;      // its tangent
  std::optional<BeforeWrite> before_;
};

int layer(const VtOp* op, const VtValue* args, int32_t num_args, VtValue* result) {
  const VtDispatchApi& dispatch = *tables().dispatch;
  const VtSchema& schema = *dispatch.schema(op);
  auto below = [&] { return dispatch.redispatch_boxed(op, kForwardLayer, args, num_args, result); };
  if (schema.flags & VT_OP_COMPOSITE) return below();
  Arguments arguments = collect(args, num_args);
  if (!arguments.level && !is_destination_dual(schema, result)) return below();
  const ForwardOff off;
  const Writes writes = writes_of(schema, args, result);
  if (writes.out) refuse(schema, VT_ERROR_NOT_IMPLEMENTED, " because it is an out= function");
  const bool differentiable = !(schema.flags & VT_OP_NOT_DIFFERENTIABLE);
  if (!differentiable || (writes.self && !is_differentiable(writes.self->dl.dtype))) {
    if (writes.self && dual_of(writes.self)) refuse(schema, VT_ERROR_NOT_IMPLEMENTED, ": it overwrites a dual number");
    return below();
  }
  RecordedCall call{op, &schema, dispatch.derivative(op), args, num_args};
  if (!call.row) refuse(schema, VT_ERROR_NOT_IMPLEMENTED, " because it has not been implemented yet");
  bool covers_self = !writes.self;
  for (int32_t k = 0; k < call.row->num_gradients; ++k) covers_self |= call.row->gradients[k].argument == 0;
  if (!covers_self) refuse(schema, VT_ERROR_NOT_IMPLEMENTED, " in its in-place form");
  return DualCall(call, std::move(arguments), result, writes.self).run();
}

}  // namespace

int forward_layer(void* context, const VtValue* args, int32_t num_args, VtValue* result) noexcept {
  int status = 0;
  const int caught = guard([&] { status = layer(static_cast<const VtOp*>(context), args, num_args, result); });
  return caught != 0 ? caught : status;
}

}  // namespace vt::autograd
