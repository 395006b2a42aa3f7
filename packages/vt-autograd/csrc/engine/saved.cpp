// SPDX-License-Identifier: Apache-2.0
// Reading and releasing saved tensors.
#include "engine/saved.hpp"

#include <algorithm>

#include "engine/grad_mode.hpp"
#include "engine/gradient.hpp"
#include "engine/packed.hpp"
#include "forward/dual.hpp"
#include "variable/variable.hpp"

namespace vt::autograd {

namespace {

[[noreturn, gnu::cold]] void fail_freed(const char* name) {
  fail(
      VT_ERROR_RUNTIME,
      std::string(name) +
          ": Trying to backward through the graph a second time (or directly access saved tensors after they have already "
          "been freed). Saved intermediate values of the graph are freed when you call .backward() or autograd.grad(). "
          "Specify retain_graph=True if you need to backward through the graph a second time or if you need to access "
          "saved tensors after calling backward.");
}

}  // namespace

void fail_modified(const RowNode& node, const Saved& saved) {
  std::string source;
  if (saved.value >= node.num_args) {
    source = ", which is output " + std::to_string(saved.value - node.num_args) + " of " + node_name(&node) + ",";
  } else {
    uint32_t edge = 0;
    for (int32_t k = 0; k < node.row->num_gradients; edge += num_edges_of(node, k++)) {
      if (static_cast<uint32_t>(node.row->gradients[k].argument) != saved.value) continue;
      const Edge& e = node.edges()[edge + saved.item];
      if (e.node && e.node->kind != ObjectKind::kAccumulate)
        source = ", which is output " + std::to_string(e.output_nr) + " of " + node_name(e.node) + ",";
      break;
    }
  }
  fail(VT_ERROR_RUNTIME,
       std::string(node_name(&node)) +
           ": one of the variables needed for gradient computation has been modified by an inplace operation: [" +
           describe(saved.tensor) + "]" + source + " is at version " +
           std::to_string(tables().tensor->version(saved.tensor)) + "; expected version " +
           std::to_string(saved.version) + " instead. Hint: clone it before the write, or write out of place.");
}

namespace {

// The edge through which a saved argument's gradient flows; NULL node when none does.
Edge edge_of_argument(const RowNode& node, uint32_t value, uint32_t item) noexcept {
  uint32_t edge = 0;
  for (int32_t k = 0; k < node.row->num_gradients; edge += num_edges_of(node, k++))
    if (static_cast<uint32_t>(node.row->gradients[k].argument) == value) return node.edges()[edge + item];
  return {};
}

// An alias of a saved tensor that carries its history, for create_graph.
Tensor with_history(RowNode& node, uint32_t value, uint32_t item, VtTensor* t) {
  const Edge edge = value >= node.num_args ? Edge{&node, value - node.num_args} : edge_of_argument(node, value, item);
  if (!edge.node) return Tensor::share(t);
  VtTensor* out = nullptr;
  check(tables().tensor->alias(t, 1, &out));
  Tensor alias = Tensor::steal(out);
  set_history(alias.get(), NodeRef::share(edge.node), edge.output_nr);
  if (const Dual dual = dual_of(t)) set_tangent(alias.get(), dual.tangent, dual.level);
  return alias;
}

Tensor without_history(const Tensor& t) {
  VtTensor* alias = nullptr;
  check(tables().tensor->alias(t.get(), 1, &alias));
  return Tensor::steal(alias);
}

PackedTensors* packed_of(const RowNode& node) noexcept {
  return node.hooks.load(std::memory_order_acquire)->packed.get();
}

// Puts a tensor where the callback looks for that saved one. A list is copied when its first tensor is put in.
void place(const RowNode& node, uint32_t index, uint32_t item, VtTensor* t, VtValue* args,
           std::vector<std::vector<VtTensor*>>& lists) {
  VtValue& value = args[index];
  if (value.tag != VT_TENSOR_LIST) {
    value = value_of(t);
    return;
  }
  if (value.as.tensors == node.value(index).as.tensors) {
    lists.emplace_back(value.as.tensors, value.as.tensors + value.count);
    value.as.tensors = lists.back().data();
  }
  lists.back()[item] = t;
}

// What the hooks hand back has no version to compare: it is theirs to keep as it was.
void unpack_packed(RowNode& node, VtValue* args, std::vector<Tensor>& owned,
                   std::vector<std::vector<VtTensor*>>& lists) {
  const bool history = grad_mode();
  for (uint32_t i = 0; i < node.num_saved; ++i) {
    const auto [value, item] = packed_of(node)->place(i);
    Tensor t = packed_of(node)->unpack(i);
    if (t->flags & kLayerBit) t = without_history(t);  // what it was to the hook is not what was saved
    if (history) t = with_history(node, value, item, t.get());
    owned.push_back(std::move(t));
    place(node, value, item, owned.back().get(), args, lists);
  }
}

[[gnu::cold, gnu::noinline]] void release_packed(RowNode& node) noexcept {
  node.num_saved = 0;
  packed_of(node)->clear();
}

void leave(RowNode& node) noexcept {
  if (node.saved_state.fetch_sub(1, std::memory_order_acq_rel) != (kFreed | 1)) return;
  if (!(node.saved_state.fetch_or(kReleased, std::memory_order_acq_rel) & kReleased)) release_saved(node);
}

}  // namespace

SavedReader::SavedReader(RowNode& node) : node_(node) {
  if (!node.saves) return;
  if (node.saved_state.fetch_add(1, std::memory_order_acquire) & kFreed) [[unlikely]] {
    leave(node);
    fail_freed(node_name(&node));
  }
}

SavedReader::~SavedReader() {
  if (!node_.saves) return;
  if (free_) {
    uint32_t alone = 1;
    if (node_.saved_state.compare_exchange_strong(alone, kFreed | kReleased, std::memory_order_acq_rel)) {
      release_saved(node_);
      return;
    }
    node_.saved_state.fetch_or(kFreed, std::memory_order_relaxed);
  }
  leave(node_);
}

void release_saved_tensor(const RowNode& node, VtTensor* t) noexcept {
  if (node.shares)
    for (const Edge& edge : node.edge_span())
      if (edge.node && edge.node->kind == ObjectKind::kAccumulate &&
          static_cast<Accumulator*>(edge.node)->give_alias_back(t))
        return;
  tables().tensor->release(t);
}

void release_saved(RowNode& node) noexcept {
  if (node.packed) [[unlikely]]
    return release_packed(node);
  for_each_saved(node, [&](const Saved& saved) { release_saved_tensor(node, saved.tensor); });
  node.num_saved = 0;
}

std::vector<Tensor> saved_tensors(RowNode& node, uint32_t value) {
  const SavedReader reader(node);
  std::vector<Tensor> out;
  if (node.packed) {
    for (uint32_t i = 0; i < node.num_saved; ++i) {
      const auto [packed_value, item] = packed_of(node)->place(i);
      if (packed_value != value) continue;
      const Tensor unpacked = packed_of(node)->unpack(i);
      out.push_back(with_history(node, value, item, without_history(unpacked).get()));
    }
    return out;
  }
  for_each_saved(node, [&](const Saved& saved) {
    if (saved.value != value) return;
    check_version(node, saved);
    out.push_back(with_history(node, value, saved.item, saved.tensor));
  });
  return out;
}

uint64_t saved_bytes(RowNode& node) noexcept {
  if (!node.saves || node.packed) return 0;
  uint64_t bytes = 0;
  if (!(node.saved_state.fetch_add(1, std::memory_order_acquire) & kFreed))
    for_each_saved(node, [&](const Saved& saved) {
      bytes += static_cast<uint64_t>(saved.tensor->numel * itemsize_of(saved.tensor->dl.dtype));
    });
  leave(node);
  return bytes;
}

void unpack(RowNode& node, VtValue* args, std::vector<Tensor>& owned, std::vector<std::vector<VtTensor*>>& lists) {
  std::fill_n(args, node.num_values(), none());
  if (node.packed) [[unlikely]] {
    for (uint32_t k = 0; k < node.num_kept; ++k) args[node.kept_index()[k]] = node.kept()[k];
    return unpack_packed(node, args, owned, lists);
  }
  unpack_kept(node, args);
  if (!grad_mode()) return;
  for_each_saved(node, [&](const Saved& saved) {
    owned.push_back(with_history(node, saved.value, saved.item, saved.tensor));
    place(node, saved.value, saved.item, owned.back().get(), args, lists);
  });
}

}  // namespace vt::autograd
