// SPDX-License-Identifier: Apache-2.0
// Dual numbers: reading and setting the tangent of a tensor.
#pragma once

#include "forward/level.hpp"

namespace vt::autograd {

// What computes with dual tensors needs to know of one of them.
struct Dual {
  Tensor tangent;
  std::shared_ptr<DualLevel> level;
  explicit operator bool() const noexcept { return static_cast<bool>(tangent); }
};

// Empty when `t` has no tangent. A view of a tensor that became dual after the view was taken gets its part of that tangent.
Dual dual_of(VtTensor* t);

// Gives `t` a tangent of its own sizes, dtype and device. One whose strides differ is copied, since a view of `t` must show
// the same elements of it.
void set_tangent(VtTensor* t, Tensor tangent, const std::shared_ptr<DualLevel>& level);
void drop_tangent(VtTensor* t) noexcept;

// The tangent of a tensor that is about to be written by dual numbers and has none: for a view its part of the zeros that its
// base gets, for any other tensor nothing.
Tensor tangent_of_written(VtTensor* t, const std::shared_ptr<DualLevel>& level);

// A view of `primal`, recorded as one, with `tangent` in the thread's level.
Tensor make_dual(const Tensor& primal, const Tensor& tangent);
// A view of `dual`, recorded as one, without a tangent.
Tensor primal_of(const Tensor& dual);

}  // namespace vt::autograd
