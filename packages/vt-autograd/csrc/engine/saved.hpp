// SPDX-License-Identifier: Apache-2.0
// RowNode: the node of an op with a derivative row, and reading back what it saved.
#pragma once

#include <optional>
#include <vector>

#include "engine/layout.hpp"
#include "engine/node.hpp"

namespace vt::autograd {

// Note [Saved tensors]
// A saved tensor is always an alias without autograd state, so what a node saves never points back into the graph: graphs hold
// no cycles. The version it was saved at is the count of its value, which a tensor has no use for; the versions of a list's
// tensors lie behind its array. A leaf has one alias for all nodes that save it as it is (Accumulator::share_alias).

// A saved tensor and where it stands.
struct Saved {
  uint32_t value;  // forward argument, or result behind the arguments
  uint32_t item;   // index into its list; 0 for a plain tensor
  uint32_t version;
  VtTensor* tensor;
};

// Note [Saved state]
// saved_state counts the backwards that read the saved tensors at this moment; kFreed says that the graph was freed.
// The tensors are released by whoever leaves last after that bit was set, so a backward that frees a graph may run
// beside others that keep it; kReleased makes sure that it happens once. A backward that frees a graph which nobody reads
// sets both bits at once and is alone with what was saved.
inline constexpr uint32_t kFreed = 1u << 31;
inline constexpr uint32_t kReleased = 1u << 30;

// Of the values, which are each forward argument and then each forward result, a node keeps those that its derivative can
// read; the others are none. Behind edges and result metas lie the kept values, which value each of them is, and what these
// point to.
struct RowNode : Node {
  const VtOp* op = nullptr;
  const VtDerivative* row = nullptr;
  std::atomic<uint32_t> saved_state{0};
  uint32_t bytes = 0;      // of the block
  uint32_t num_saved = 0;  // 0 once released
  uint8_t num_args = 0;
  uint8_t num_returns = 0;
  uint8_t num_kept = 0;
  bool is_plain : 1 = false;   // Note [Plain nodes] in plain_call.hpp
  bool saves : 1 = false;      // whether it ever saved a tensor
  bool packed : 1 = false;     // its saved tensors are NULL among the values and packed in its hooks (packed.hpp)
  bool shares : 1 = false;     // a saved tensor is the alias of a leaf that an edge leads to
  bool has_lists : 1 = false;  // a value is a list of tensors

  uint32_t num_values() const noexcept { return uint32_t{num_args} + num_returns; }
  VtValue* kept() noexcept { return reinterpret_cast<VtValue*>(outputs() + num_outputs); }
  const VtValue* kept() const noexcept { return const_cast<RowNode*>(this)->kept(); }
  const uint8_t* kept_index() const noexcept { return reinterpret_cast<const uint8_t*>(kept() + num_kept); }

  VtValue value(uint32_t index) const noexcept {
    for (uint32_t k = 0; k < num_kept; ++k)
      if (kept_index()[k] == index) return kept()[k];
    return none();
  }
  // Tensors in return `r`, each an output of the node; 0 where it is no list.
  uint32_t list_length(uint32_t r) const noexcept { return has_lists ? value(num_args + r).count : 0; }
};

// Number of edges of one gradient: one, or the length of its Tensor[] argument. Lists that were not saved keep their
// count.
inline uint32_t num_edges_of(const RowNode& node, int32_t gradient) noexcept {
  if (!node.has_lists) [[likely]]
    return 1;
  const VtValue value = node.value(static_cast<uint32_t>(node.row->gradients[gradient].argument));
  return value.tag == VT_TENSOR ? 1 : value.count ? value.count : 1;
}

// Versions of the tensors of a kept list.
inline uint32_t* versions_of(const VtValue& list) noexcept {
  return reinterpret_cast<uint32_t*>(const_cast<VtTensor**>(list.as.tensors) + list.count);
}

// Calls `visit` with each saved tensor that is not packed. A node that was released has none.
template <class Visit>
void for_each_saved(const RowNode& node, Visit visit) {
  if (node.num_saved == 0) return;
  for (uint32_t k = 0; k < node.num_kept; ++k) {
    const VtValue& kept = node.kept()[k];
    const uint32_t value = node.kept_index()[k];
    if (kept.tag == VT_TENSOR) visit(Saved{value, 0, kept.count, kept.as.tensor});
    if (kept.tag != VT_TENSOR_LIST) continue;
    for (uint32_t i = 0; i < kept.count; ++i)
      if (kept.as.tensors[i]) visit(Saved{value, i, versions_of(kept)[i], kept.as.tensors[i]});
  }
}

// Releases what a node saved. Called once, by the last reader or when the node dies, which still has its edges.
void release_saved(RowNode& node) noexcept;
// One of them, which is then no longer the node's.
void release_saved_tensor(const RowNode& node, VtTensor* t) noexcept;

// Keeps the saved tensors alive for a scope. Throws the "second time" error when the graph was freed. Nodes that saved
// nothing cost nothing and may run any number of times.
class SavedReader {
 public:
  explicit SavedReader(RowNode& node);
  SavedReader(const SavedReader&) = delete;
  SavedReader& operator=(const SavedReader&) = delete;
  ~SavedReader();
  // The graph is freed after this backward.
  void free_afterwards() noexcept { free_ = true; }

 private:
  RowNode& node_;
  bool free_ = false;
};

// The same for a backward that frees the graph: claims what was saved when nobody reads it, which then need not be counted,
// and waits its turn as a reader otherwise.
class SavedOwner {
 public:
  explicit SavedOwner(RowNode& node) : node_(node) {
    uint32_t unread = 0;
    if (!node.saves || node.saved_state.compare_exchange_strong(unread, kFreed | kReleased, std::memory_order_acquire))
      return;
    reader_.emplace(node);
  }
  SavedOwner(const SavedOwner&) = delete;
  SavedOwner& operator=(const SavedOwner&) = delete;
  ~SavedOwner() {
    if (reader_ || !node_.saves) return;
    if (done_) [[likely]]
      release_saved(node_);
    else  // the node failed and may run again
      node_.saved_state.fetch_and(~(kFreed | kReleased), std::memory_order_release);
  }
  void done() noexcept {
    done_ = true;
    if (reader_) reader_->free_afterwards();
  }

 private:
  RowNode& node_;
  std::optional<SavedReader> reader_;
  bool done_ = false;
};

// What was saved of one argument or result, with its history, or nothing. Throws as SavedReader and unpack do.
std::vector<Tensor> saved_tensors(RowNode& node, uint32_t value);
// Bytes of what a node saves and has not packed; 0 when its graph was freed.
uint64_t saved_bytes(RowNode& node) noexcept;

[[noreturn, gnu::cold]] void fail_modified(const RowNode& node, const Saved& saved);

inline void check_version(const RowNode& node, const Saved& saved) {
  if (tables().tensor->version(saved.tensor) != saved.version) [[unlikely]]
    fail_modified(node, saved);
}

static_assert(VT_NONE == 0);

// Puts what the node kept among `args`, which are none. Throws when a saved tensor was modified in place.
inline void unpack_kept(const RowNode& node, VtValue* args) {
  const VtValue* kept = node.kept();
  const uint8_t* index = node.kept_index();
  for (uint32_t k = 0; k < node.num_kept; ++k) {
    VtValue& arg = args[index[k]] = kept[k];
    if (arg.tag == VT_TENSOR) {
      check_version(node, {index[k], 0, arg.count, arg.as.tensor});
      arg.count = 0;
    } else if (arg.tag == VT_TENSOR_LIST) {
      for (uint32_t i = 0; i < arg.count; ++i)
        if (arg.as.tensors[i]) check_version(node, {index[k], i, versions_of(arg)[i], arg.as.tensors[i]});
    }
  }
}

// Fills `args` (num_values entries) with what the backward callback sees. In grad mode saved tensors come with their
// history, through aliases that `owned` keeps. Throws when one was modified in place.
void unpack(RowNode& node, VtValue* args, std::vector<Tensor>& owned, std::vector<std::vector<VtTensor*>>& lists);

}  // namespace vt::autograd
