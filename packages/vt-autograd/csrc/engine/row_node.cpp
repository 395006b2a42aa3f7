// SPDX-License-Identifier: Apache-2.0
// Measuring and filling the block of a row node.
#include "engine/row_node.hpp"

#include <algorithm>
#include <cstring>
#include <new>

#include "engine/gradient.hpp"
#include "engine/layout.hpp"
#include "engine/memory.hpp"
#include "engine/observers.hpp"
#include "engine/packed.hpp"
#include "engine/plain_call.hpp"
#include "engine/results.hpp"
#include "variable/variable.hpp"

namespace vt::autograd {

namespace {

size_t element_bytes(int32_t tag) noexcept {
  switch (tag) {
    case VT_INT_LIST: return sizeof(int64_t);
    case VT_FLOAT_LIST: return sizeof(double);
    case VT_BOOL_LIST: return sizeof(uint8_t);
    default: return 0;
  }
}

uint32_t num_edges_of(const RecordedCall& call) noexcept {
  uint32_t count = 0;
  for (int32_t k = 0; k < call.row->num_gradients; ++k) {
    const VtValue& value = call.args[call.row->gradients[k].argument];
    count += value.tag == VT_TENSOR_LIST && value.count ? value.count : 1;
  }
  return count;
}

void measure_geometry(const VtTensor* t, size_t num_arrays, Layout& layout) noexcept {
  if (t) layout.add<int64_t>(num_arrays * static_cast<size_t>(t->dl.ndim));
}

// The geometry that argument `i` had before the write, if it has been kept.
const FormerGeometry* former_geometry(const BeforeWrite* before, int32_t i) noexcept {
  return before && before->geometry && i == 0 ? &*before->geometry : nullptr;
}

// Whether a derivative can read anything of argument `i`. Of a generator the state has moved on.
bool is_kept(const RecordedCall& call, int32_t i) noexcept {
  const VtValue& value = call.args[i];
  switch (value.tag) {
    case VT_NONE:
    case VT_GENERATOR: return false;
    case VT_TENSOR: return has_bit(call.reads_arguments | call.reads_sizes, i);
    case VT_TENSOR_LIST: return value.count != 0;
    default: return true;
  }
}

bool is_kept_result(const RecordedCall& call, int32_t r, const VtValue& value) noexcept {
  switch (value.tag) {
    case VT_INT:
    case VT_BOOL:
    case VT_FLOAT: return true;
    case VT_TENSOR: return has_bit(call.reads_results, r);
    case VT_TENSOR_LIST: return value.count != 0;
    default: return false;
  }
}

// Adds what argument `i` needs behind the node; returns how many tensors it saves.
uint32_t measure(const RecordedCall& call, int32_t i, const BeforeWrite* before, Layout& layout) noexcept {
  const VtValue& value = call.args[i];
  const bool contents = has_bit(call.reads_arguments, i);
  const bool sizes = !contents && has_bit(call.reads_sizes, i);
  switch (value.tag) {
    case VT_TENSOR:
      if (sizes) {
        layout.add<VtTensorMeta>(1);
        if (const FormerGeometry* former = former_geometry(before, i))
          layout.add<int64_t>(2 * former->sizes.size());
        else
          measure_geometry(value.as.tensor, 2, layout);
      }
      return contents;
    case VT_TENSOR_LIST: {
      if (contents) {
        layout.add<VtTensor*>(value.count);
        layout.add<uint32_t>(value.count);  // versions
      }
      if (sizes) layout.add<VtTensorMeta>(value.count);
      uint32_t num_saved = 0;
      for (uint32_t k = 0; k < value.count; ++k) {
        if (sizes) measure_geometry(value.as.tensors[k], 2, layout);
        num_saved += contents && value.as.tensors[k];
      }
      return num_saved;
    }
    case VT_STRING: layout.add<char>(std::strlen(value.as.string) + 1); return 0;
    case VT_COMPLEX: layout.add<double>(2); return 0;
    default: layout.add<char>(value.count * element_bytes(value.tag)); return 0;
  }
}

// Fills one node, before its edges are taken: counting these waits until the node's memory has been written to. After a failure
// abandon() leaves what release_saved can release.
class Filler {
 public:
  Filler(RowNode* node, Placer placer, const RecordedCall& call) noexcept
      : node_(node), placer_(placer), call_(call), kept_index_(const_cast<uint8_t*>(node->kept_index())) {}

  void argument(int32_t i, const BeforeWrite* before) {
    const VtValue& value = call_.args[i];
    if (!is_kept(call_, i)) return;
    VtValue& kept = keep(i);
    kept = VtValue{VT_NONE, value.count, {0}};
    const bool contents = has_bit(call_.reads_arguments, i);
    const bool sizes = !contents && has_bit(call_.reads_sizes, i);
    switch (value.tag) {
      case VT_TENSOR:
        if (contents) {
          save_plain(kept, alias_of(value.as.tensor, i, before));
        } else if (sizes) {
          kept.tag = VT_META;
          kept.as.meta = metas(&value.as.tensor, 1, former_geometry(before, i));
        }
        return;
      case VT_TENSOR_LIST:
        if (contents) {
          auto** items = placer_.take<VtTensor*>(value.count);
          std::fill_n(items, value.count, nullptr);
          kept.tag = VT_TENSOR_LIST;
          kept.as.tensors = items;
          auto* versions = placer_.take<uint32_t>(value.count);
          for (uint32_t k = 0; k < value.count; ++k) {
            if (!value.as.tensors[k]) continue;
            items[k] = new_alias(value.as.tensors[k]);
            versions[k] = tables().tensor->version(items[k]);
            ++node_->num_saved;
          }
        } else if (sizes) {
          kept.tag = VT_META;
          kept.as.meta = metas(value.as.tensors, value.count, nullptr);
        }
        return;
      case VT_STRING:
        kept = value;
        kept.as.string = placer_.copy(value.as.string, std::strlen(value.as.string) + 1);
        return;
      case VT_COMPLEX:
        kept = value;
        kept.as.floats = placer_.copy(value.as.floats, 2);
        return;
      default:
        kept = value;
        if (const size_t bytes = element_bytes(value.tag))
          kept.as.pointer = placer_.copy(static_cast<const char*>(value.as.pointer), value.count * bytes);
    }
  }

  void abandon() noexcept {
    std::fill(node_->kept() + num_kept_, node_->kept() + node_->num_kept, none());
    for (uint32_t k = 0; node_->shares && k < num_kept_; ++k) {
      VtValue& kept = node_->kept()[k];
      if (kept.tag != VT_TENSOR || kept_index_[k] >= node_->num_args) continue;
      const VtTensor* t = call_.args[kept_index_[k]].as.tensor;
      if (t->flags & VT_TENSOR_REQUIRES_GRAD && accumulator_of(t)->give_alias_back(kept.as.tensor)) kept = none();
    }
  }

  void result(int32_t r, const VtValue& value) {
    const int32_t index = call_.num_args + r;
    if (value.tag == VT_TENSOR_LIST) {
      if (value.count) keep(index) = VtValue{VT_NONE, value.count, {0}};
      for (uint32_t k = 0; k < value.count; ++k) output(value.as.tensors[k]);
      return;
    }
    output(value.tag == VT_TENSOR ? value.as.tensor : nullptr);
    if (!is_kept_result(call_, r, value)) return;
    VtValue& kept = keep(index);
    kept = value.tag == VT_TENSOR ? none() : value;
    if (value.tag == VT_TENSOR) save_plain(kept, new_alias(value.as.tensor));
  }

 private:
  VtValue& keep(int32_t index) noexcept {
    kept_index_[num_kept_] = static_cast<uint8_t>(index);
    return node_->kept()[num_kept_++];
  }

  void output(const VtTensor* t) noexcept {
    OutputMeta& meta = node_->outputs()[num_outputs_++];
    meta = {};
    if (!t) return;
    meta = {placer_.copy(t->dl.shape, static_cast<size_t>(t->dl.ndim)), t->dl.ndim, t->dl.dtype, t->dl.device};
  }

  static VtTensor* new_alias(VtTensor* t) {
    VtTensor* alias = nullptr;
    check(tables().tensor->alias(t, 1, &alias));
    return alias;
  }

  // Of argument `i`, or of what it was before the write.
  VtTensor* alias_of(VtTensor* t, int32_t i, const BeforeWrite* before) {
    if (before)
      for (const auto& [argument, clone] : before->clones)
        if (argument == static_cast<uint32_t>(i)) return Tensor(clone).release();
    if (t->flags & VT_TENSOR_REQUIRES_GRAD && !node_->has_lists)
      for (int32_t k = 0; k < call_.row->num_gradients; ++k)
        if (call_.row->gradients[k].argument == i && has_bit(call_.needed, k)) {  // an edge will lead to the leaf
          node_->shares = true;
          return accumulator_of(t)->share_alias(t);
        }
    return new_alias(t);
  }

  static Accumulator* accumulator_of(const VtTensor* leaf) noexcept { return static_cast<Accumulator*>(slot_of(leaf)); }

  void save_plain(VtValue& kept, VtTensor* alias) noexcept {
    kept = vt::value_of(alias);
    kept.count = tables().tensor->version(alias);
    ++node_->num_saved;
  }

  const VtTensorMeta* metas(VtTensor* const* tensors, uint32_t count, const FormerGeometry* former) noexcept {
    auto* out = placer_.take<VtTensorMeta>(count);
    for (uint32_t k = 0; k < count; ++k) {
      out[k] = {};
      if (!tensors[k]) continue;
      out[k] = meta_of(tensors[k]);
      out[k].storage_offset = former ? former->storage_offset : tables().tensor->storage_offset(tensors[k]);
      if (former) {
        out[k].ndim = static_cast<int32_t>(former->sizes.size());
        out[k].sizes = former->sizes.data();
        out[k].strides = former->strides.data();
      }
      out[k].sizes = placer_.copy(out[k].sizes, static_cast<size_t>(out[k].ndim));
      out[k].strides = placer_.copy(out[k].strides, static_cast<size_t>(out[k].ndim));
    }
    return out;
  }

  RowNode* node_;
  Placer placer_;
  const RecordedCall& call_;
  uint8_t* kept_index_;
  uint32_t num_kept_ = 0;
  uint32_t num_outputs_ = 0;
};

// Replaces what a node has saved by what the thread's saved-tensor hooks make of it, if there are any. A hook sees the
// argument itself, but of a result the alias alone: packing that as it is must not make a cycle.
[[gnu::cold]] void pack_saved(RowNode* node, const RecordedCall& call, const BeforeWrite* before) {
  const auto hooks = current_saved_hooks();
  if (!hooks || !node->num_saved) return;
  auto packed = std::make_unique<PackedTensors>(*hooks);
  for_each_saved(*node, [&](const Saved& saved) {
    const bool cloned =
        before && std::ranges::any_of(before->clones, [&](const auto& clone) { return clone.first == saved.value; });
    const bool argument = saved.value < node->num_args && !cloned;
    packed->add(argument ? tensors_of(call.args[saved.value])[saved.item] : saved.tensor, {saved.value, saved.item});
  });
  ensure_hooks(node)->packed = std::move(packed);
  for_each_saved(*node, [&](const Saved& saved) { release_saved_tensor(*node, saved.tensor); });
  for (uint32_t k = 0; k < node->num_kept; ++k) {
    VtValue& kept = node->kept()[k];
    if (kept.tag == VT_TENSOR) kept = none();
    if (kept.tag == VT_TENSOR_LIST) std::fill_n(const_cast<VtTensor**>(kept.as.tensors), kept.count, nullptr);
  }
  node->packed = true;
  node->reaches_host = true;  // what is packed is the host language's
}

void take_edges(const RecordedCall& call, RowNode* node) {
  uint32_t edge = 0;
  auto take = [&](int32_t k, VtTensor* t) {
    if (t && has_bit(call.needed, k)) {
      OwnedEdge owned = edge_of(t);
      node->edges()[edge] = {owned.node.release(), owned.output_nr};
    }
    ++edge;
  };
  for (int32_t k = 0; k < call.row->num_gradients; ++k) {
    const VtValue& value = call.args[call.row->gradients[k].argument];
    if (value.tag == VT_TENSOR_LIST && value.count)
      for (uint32_t i = 0; i < value.count; ++i) take(k, value.as.tensors[i]);
    else
      take(k, value.tag == VT_TENSOR ? value.as.tensor : nullptr);
  }
}

}  // namespace

std::vector<OwnedEdge> edges_of(const RecordedCall& call) {
  std::vector<OwnedEdge> edges;
  for (int32_t k = 0; k < call.row->num_gradients; ++k) {
    const VtValue& value = call.args[call.row->gradients[k].argument];
    const bool needed = has_bit(call.needed, k);
    if (value.tag == VT_TENSOR_LIST && value.count)
      for (uint32_t i = 0; i < value.count; ++i)
        edges.push_back(needed && value.as.tensors[i] ? edge_of(value.as.tensors[i]) : OwnedEdge{});
    else
      edges.push_back(needed && value.tag == VT_TENSOR ? edge_of(value.as.tensor) : OwnedEdge{});
  }
  return edges;
}

[[gnu::hot]] NodeRef make_row_node(const RecordedCall& call, const VtValue* results, BeforeWrite* before) {
  const auto num_args = static_cast<uint32_t>(call.num_args);
  const auto num_returns = static_cast<uint32_t>(call.schema->num_returns);
  const uint32_t num_edges = num_edges_of(call);
  uint32_t num_saved = 0;
  Layout layout;
  layout.add<RowNode>(1);
  layout.add<Edge>(num_edges);
  uint32_t num_outputs = 0;
  for (uint32_t r = 0; r < num_returns; ++r) num_outputs += results[r].tag == VT_TENSOR_LIST ? results[r].count : 1;
  layout.add<OutputMeta>(num_outputs);
  uint32_t num_kept = 0;
  bool has_lists = false;
  for (int32_t i = 0; i < call.num_args; ++i) {
    has_lists |= call.args[i].tag == VT_TENSOR_LIST;
    if (!is_kept(call, i)) continue;
    ++num_kept;
    num_saved += measure(call, i, before, layout);
  }
  VtStream stream = 0;
  DLDevice device{kDLCPU, 0};
  bool placed = false;
  for (uint32_t r = 0; r < num_returns; ++r) {
    num_saved += results[r].tag == VT_TENSOR && has_bit(call.reads_results, static_cast<int32_t>(r));
    has_lists |= results[r].tag == VT_TENSOR_LIST;
    num_kept += is_kept_result(call, static_cast<int32_t>(r), results[r]);
    for (VtTensor* t : tensors_of(results[r])) {
      measure_geometry(t, 1, layout);
      if (!std::exchange(placed, true)) stream = current_stream(device = t->dl.device);
    }
  }
  layout.add<VtValue>(num_kept);
  layout.add<uint8_t>(num_kept);

  auto* node = new (take_block(layout.bytes())) RowNode;
  count_node(1);
  node->kind = ObjectKind::kRow;
  node->arrays_at = sizeof(RowNode) / Node::kStep;
  node->bytes = static_cast<uint32_t>(layout.bytes());
  node->sequence = next_sequence();
  node->stream = stream;
  node->device = device;
  node->op = call.op;
  node->row = call.row;
  node->num_args = static_cast<uint8_t>(num_args);
  node->num_returns = static_cast<uint8_t>(num_returns);
  node->num_kept = static_cast<uint8_t>(num_kept);
  node->is_plain =
      !has_lists & (num_outputs == 1) & (num_args + num_returns <= kMaxPlainValues) & (num_edges <= kMaxPlainEdges);
  node->saves = num_saved != 0;
  node->has_lists = has_lists;
  node->num_edges = num_edges;
  std::fill_n(node->edges(), num_edges, Edge{});
  node->num_outputs = num_outputs;
  NodeRef owner = NodeRef::steal(node);  // from here on a failure frees what was taken

  Filler filler(node, Placer(node->kept_index() + num_kept), call);
  try {
    for (int32_t i = 0; i < call.num_args; ++i) filler.argument(i, before);
    for (uint32_t r = 0; r < num_returns; ++r) filler.result(static_cast<int32_t>(r), results[r]);
    if (!before) take_edges(call, node);
  } catch (...) {
    filler.abandon();
    throw;
  }
  for (uint32_t e = 0; before && e < num_edges; ++e)
    node->edges()[e] = {before->edges[e].node.release(), before->edges[e].output_nr};
  for (const Edge& edge : node->edge_span())
    if (edge.node && edge.node->reaches_host) node->reaches_host = true;
  if (is_watched()) [[unlikely]] {
    pack_saved(node, call, before);
    notify_recorded(node);
  }
  return owner;
}

}  // namespace vt::autograd
