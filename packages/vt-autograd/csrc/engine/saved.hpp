// SPDX-License-Identifier: Apache-2.0
// RowNode: the node of an op with a derivative row, and reading back what it saved.
#pragma once

#include <vector>

#include "engine/node.hpp"

namespace vt::autograd {

// A saved tensor: where it stands among the values, and the version it was saved at. A saved tensor is always an alias
// without autograd state, so what a node saves never points back into the graph: graphs hold no cycles.
struct Saved {
  uint32_t value;  // index into values
  uint32_t item;   // index into its list; 0 for a plain tensor
  uint32_t version;
};

// Note [Saved state]
// saved_state counts the backwards that read the saved tensors at this moment; kFreed says that the graph was freed.
// The tensors are released by whoever leaves last after that bit was set, so a backward that frees a graph may run
// beside others that keep it; kReleased makes sure that it happens once.
inline constexpr uint32_t kFreed = 1u << 31;
inline constexpr uint32_t kReleased = 1u << 30;

struct RowNode : Node {
  const VtOp* op = nullptr;
  const VtDerivative* row = nullptr;
  VtValue* values = nullptr;  // each forward argument, then each forward result
  Saved* saved = nullptr;
  uint32_t num_saved = 0;  // 0 once released
  bool saves = false;      // whether it ever saved a tensor
  bool packed = false;     // its saved tensors are NULL among the values and packed in its hooks (packed.hpp)
  uint32_t num_args = 0;
  uint32_t num_returns = 0;
  uint64_t needed = 0;  // gradients whose argument required grad

  uint32_t num_values() const noexcept { return num_args + num_returns; }
  // Tensors in return `r`, each an output of the node; 0 where it is no list.
  uint32_t list_length(uint32_t r) const noexcept { return values[num_args + r].count; }
};

// Number of edges of one gradient: one, or the length of its Tensor[] argument. Lists that were not saved keep their
// count.
inline uint32_t num_edges_of(const RowNode& node, int32_t gradient) noexcept {
  const VtValue& value = node.values[node.row->gradients[gradient].argument];
  return value.tag == VT_TENSOR ? 1 : value.count ? value.count : 1;
}

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

// What was saved of one argument or result, with its history, or nothing. Throws as SavedReader and unpack do.
std::vector<Tensor> saved_tensors(RowNode& node, uint32_t value);
// Bytes of what a node saves and has not packed; 0 when its graph was freed.
uint64_t saved_bytes(RowNode& node) noexcept;

// Releases what a node saved. Called once, by the last reader or when the node dies.
void release_saved(RowNode& node) noexcept;

// Fills `args` (num_values entries) with what the backward callback sees. In grad mode saved tensors come with their
// history, through aliases that `owned` keeps. Throws when one was modified in place.
void unpack(RowNode& node, VtValue* args, std::vector<Tensor>& owned, std::vector<std::vector<VtTensor*>>& lists);

}  // namespace vt::autograd
