// SPDX-License-Identifier: Apache-2.0
// Accumulator: the node of a leaf, which owns its `.grad`.
#pragma once

#include "engine/node.hpp"
#include "forward/level.hpp"
#include "variable/grad_cell.hpp"

namespace vt::autograd {

// Owned by the leaf's slot and by the edges of graphs. It does not point back to the tensor: nothing here needs it.
struct Accumulator : Node {
  static Accumulator* make(const VtTensor* leaf);
  static void free(Accumulator* accumulator) noexcept;

  // Follows the leaf's sizes, dtype and device when its data was replaced.
  void follow(const VtTensor* leaf);

  GradCell grad;
  std::unique_ptr<Tangent> tangent;  // of a leaf that was written by dual numbers

 private:
  explicit Accumulator(const VtTensor* leaf);

  OutputMeta meta_{};
  std::vector<int64_t> sizes_;
};

}  // namespace vt::autograd
