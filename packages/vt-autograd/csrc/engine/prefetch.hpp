// SPDX-License-Identifier: Apache-2.0
// Asking for the memory of nodes, and of what they saved, ahead of its use.
#pragma once

#include "engine/saved.hpp"

namespace vt::autograd {

// Note [Prefetching]
// A backward through a graph that no cache holds waits for memory. Nodes that were recorded one after the other mostly lie at
// one distance from each other, and so do those behind them; what they saved lies elsewhere, but at one distance too. So what
// comes is asked for by the step from one node to the next. A wrong guess costs a line of the cache, no more.

// How far ahead: as long as memory takes.
inline constexpr intptr_t kNodesAheadOfWalk = 24;  // of a walk that reads edges, a few nanoseconds for each node
inline constexpr intptr_t kNodesAheadOfRun = 6;
inline constexpr intptr_t kLinesToWalk = 2;  // of a node, up to its edges
inline constexpr intptr_t kLinesToRun = 4;
// A graph of fewer nodes is likely at hand; one of more may have left the caches near the core, or never been in this core's.
inline constexpr size_t kManyNodes = 64;

// Addresses are numbers here, since there need be nothing where they lead. A call to a function that does nothing but prefetch
// is dropped by GCC unless it is inlined early.
[[gnu::always_inline]] inline uintptr_t beyond(const void* here, const void* next, intptr_t steps) noexcept {
  const auto from = reinterpret_cast<uintptr_t>(here);
  const auto to = reinterpret_cast<uintptr_t>(next);
  return to + static_cast<uintptr_t>(steps) * (to - from);
}
[[gnu::always_inline]] inline void prefetch(uintptr_t address) noexcept {
  __builtin_prefetch(reinterpret_cast<const void*>(address));
}

template <intptr_t kSteps, intptr_t kLines>
[[gnu::always_inline]] inline void prefetch_beyond(const Node* node, const Node* next) noexcept {
  const uintptr_t ahead = beyond(node, next, kSteps);
  for (uintptr_t line = 0; line < kLines; ++line) prefetch(ahead + line * 64);
}

// The nodes behind `next`, which takes a gradient of `node`. Behind a leaf there is nothing, and a guess that leads to no memory
// at all costs a walk through the page tables.
[[gnu::always_inline]] inline void prefetch_nodes_beyond(const Node* node, const Node* next) noexcept {
  if (next->kind != ObjectKind::kAccumulate) prefetch_beyond<kNodesAheadOfRun, kLinesToRun>(node, next);
}

// What the nodes that ran last had saved: the step from there goes on. Of a node that has not run nothing may be read, since
// another backward may be releasing it.
class SavedTrail {
 public:
  // `node` is plain, and what it saved is there to stay for now. Asks for headers, and for data with the storage that lies before
  // it where it is small.
  [[gnu::always_inline]] void follow(const RowNode& node) noexcept {
    uint32_t i = 0;
    for (uint32_t k = 0; k < node.num_kept && i < kMaxFollowed; ++k) {
      const VtValue& kept = node.kept()[k];
      if (kept.tag != VT_TENSOR) continue;
      const VtTensor* t = kept.as.tensor;
      const uintptr_t header = beyond(headers_[i], t, kNodesAheadOfRun);
      prefetch(header);
      prefetch(header + 64);
      headers_[i] = t;
      const uintptr_t data = beyond(data_[i], t->dl.data, kNodesAheadOfRun);
      prefetch(data);
      prefetch(data - 64);
      data_[i++] = t->dl.data;
    }
  }

 private:
  static constexpr uint32_t kMaxFollowed = 2;
  const void* headers_[kMaxFollowed] = {};
  const void* data_[kMaxFollowed] = {};
};

}  // namespace vt::autograd
