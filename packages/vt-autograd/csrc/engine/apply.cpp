// SPDX-License-Identifier: Apache-2.0
// Calling derivative rows and host-written nodes.
#include "engine/apply.hpp"

#include <array>
#include <vector>

#include "engine/grad_mode.hpp"
#include "engine/host_node.hpp"
#include "engine/saved.hpp"

namespace vt::autograd {

namespace {

// A fixed buffer for the usual size, the heap beyond it.
template <size_t N>
class Values {
 public:
  explicit Values(size_t count) {
    if (count > N) {
      large_.resize(count, none());
      data_ = large_.data();
    }
  }
  VtValue* data() noexcept { return data_; }

 private:
  std::array<VtValue, N> small_;
  std::vector<VtValue> large_;
  VtValue* data_ = small_.data();
};

void apply_row(RowNode& node, VtTensor* const* grads, const bool* wanted, bool keep, VtTensor** out) {
  SavedReader reader(node);
  const auto num_gradients = static_cast<uint32_t>(node.row->num_gradients);
  Values<32> args(node.num_returns + node.num_values() + 1);
  Values<8> results(num_gradients);
  std::vector<Tensor> owned;
  std::vector<std::vector<VtTensor*>> lists;

  VtValue* next = args.data();
  if (!grads) {
    std::fill_n(next, node.num_returns, none());
    *std::exchange(next, next + node.num_returns) = kGradientOfOne;
  }
  for (uint32_t r = 0; grads && r < node.num_returns; ++r) {
    const uint32_t count = node.list_length(r);
    *next++ = count ? value_of(std::span<VtTensor* const>(grads, count)) : value_of(*grads);
    grads += count ? count : 1;
  }
  unpack(node, next, owned, lists);
  next += node.num_values();

  uint64_t needed = 0;
  uint32_t edge = 0;
  for (uint32_t k = 0; k < num_gradients; ++k) {
    const uint32_t count = num_edges_of(node, static_cast<int32_t>(k));
    for (uint32_t i = 0; i < count; ++i)
      if (wanted[edge + i]) needed |= uint64_t{1} << k;
    results.data()[k] = none();
    if (node.has_lists) {
      const VtValue argument = node.value(static_cast<uint32_t>(node.row->gradients[k].argument));
      if (argument.tag != VT_TENSOR && argument.count != 0) {
        results.data()[k] = VtValue{VT_TENSOR_LIST, count, {0}};
        results.data()[k].as.tensors = out + edge;
      }
    }
    edge += count;
  }
  *next++ = value_of(static_cast<int64_t>(needed));

  const int status =
      node.row->backward(node.row->context, args.data(), static_cast<int32_t>(next - args.data()), results.data());
  edge = 0;
  for (uint32_t k = 0; k < num_gradients; ++k) {
    const VtValue& value = results.data()[k];
    if (value.tag == VT_TENSOR) out[edge] = value.as.tensor;
    edge += num_edges_of(node, static_cast<int32_t>(k));
  }
  check(status);
  if (!keep) reader.free_afterwards();
}

}  // namespace

void apply(Node& node, VtTensor* const* grads, const bool* wanted, bool keep, VtTensor** out) {
  if (node.kind == ObjectKind::kRow) return apply_row(static_cast<RowNode&>(node), grads, wanted, keep, out);
  const VtNodeDef& def = static_cast<HostNode&>(node).def;
  check(def.apply(def.context, grads, out));
  if (!keep && def.free_saved) def.free_saved(def.context);
}

}  // namespace vt::autograd
