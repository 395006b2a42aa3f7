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

// Few enough to be cleared without a loop.
constexpr uint32_t kMaxPlainValues = 10;
constexpr uint32_t kMaxPlainGradients = 4;

// A backward that is not recorded, of a node without lists and packed tensors: what most are.
void apply_plain(RowNode& node, VtTensor* const* grads, const bool* wanted, const Reusable& reusable, bool keep,
                 VtTensor** out) {
  VtValue args[kMaxPlainValues] = {};  // none
  VtValue results[kMaxPlainGradients] = {};
  const auto num_gradients = static_cast<uint32_t>(node.row->num_gradients);
  VtValue* next = args;
  for (uint32_t r = 0; r < node.num_returns; ++r) *next++ = value_of(grads[r]);
  uint64_t needed = 0;
  for (uint32_t k = 0; k < num_gradients; ++k) needed |= uint64_t{wanted[k]} << k;
  for (uint32_t k = 0; reusable.waiting && k < num_gradients; ++k) results[k].as.tensor = reusable.waiting[k];
  VtValue& asked = next[node.num_values()];
  asked = value_of(static_cast<int64_t>(needed));
  asked.count = reusable.grads && node.num_outputs == 1;
  auto run = [&] {
    unpack_kept(node, next);
    const int32_t num_args = static_cast<int32_t>(node.num_returns + node.num_values() + 1);
    const int status = node.row->backward(node.row->context, args, num_args, results);
    for (uint32_t k = 0; k < num_gradients; ++k)
      if (results[k].tag == VT_TENSOR) out[k] = results[k].as.tensor;
    check(status);
  };
  if (keep) {
    const SavedReader reader(node);
    run();
  } else {
    SavedOwner owner(node);
    run();
    owner.done();
  }
}

void apply_row(RowNode& node, VtTensor* const* grads, const bool* wanted, bool keep, VtTensor** out) {
  SavedReader reader(node);
  const auto num_gradients = static_cast<uint32_t>(node.row->num_gradients);
  Values<32> args(node.num_returns + node.num_values() + 1);
  Values<8> results(num_gradients);
  std::vector<Tensor> owned;
  std::vector<std::vector<VtTensor*>> lists;

  VtValue* next = args.data();
  for (uint32_t r = 0; r < node.num_returns; ++r) {
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

void apply(Node& node, VtTensor* const* grads, const bool* wanted, const Reusable& reusable, bool keep,
           VtTensor** out) {
  if (node.kind == ObjectKind::kRow) {
    auto& row = static_cast<RowNode&>(node);
    const bool is_plain = !row.has_lists && !row.packed && row.num_returns + row.num_values() < kMaxPlainValues &&
                          row.num_edges <= kMaxPlainGradients && !grad_mode();
    return is_plain ? apply_plain(row, grads, wanted, reusable, keep, out) : apply_row(row, grads, wanted, keep, out);
  }
  const VtNodeDef& def = static_cast<HostNode&>(node).def;
  check(def.apply(def.context, grads, out));
  if (!keep && def.free_saved) def.free_saved(def.context);
}

}  // namespace vt::autograd
