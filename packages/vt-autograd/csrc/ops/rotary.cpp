// SPDX-License-Identifier: Apache-2.0
// Derivative of rotary_embedding: the gradient turned back; that of the angles' cosines and sines.
#include <vector>

#include "ops/rows.hpp"

// Note [Derivative of a turn]
// With g the gradient: of x, g turned back; of cos, the sum over a pair of g x; of sin, that of g times x turned by a right angle.
namespace vt::autograd {

namespace {

// Sums over the two elements of each pair.
Tensor sum_pairs(const Tensor& t, bool interleaved) {
  static const Op reshape("reshape");
  static const Op sum("sum.dims");
  std::vector<int64_t> sizes(t.sizes().begin(), t.sizes().end());
  sizes.back() /= 2;
  sizes.insert(interleaved ? sizes.end() : sizes.end() - 1, 2);
  const int64_t dim = interleaved ? -1 : -2;
  return sum(reshape(t, std::span<const int64_t>(sizes)), std::span<const int64_t>(&dim, 1), false);
}

// rotary_embedding(x, cos, sin, *, interleaved, inverse)
void rotary_backward(const VtValue* args, VtValue* result) {
  static const Op turn("rotary_embedding");
  static const Op mul("mul");
  const RowArguments row(args, 5);
  const Tensor grad = row.grad();
  const VtValue& interleaved = row.arg(3);
  const bool inverse = row.arg(4).as.i != 0;
  if (row.needs(0)) result[0] = owned(turn(grad, row.arg(1), row.arg(2), interleaved, !inverse));
  if (row.needs(1)) result[1] = owned(sum_pairs(mul(grad, row.arg(0)), interleaved.as.i != 0));
  if (row.needs(2)) {
    static const Op zeros_like("zeros_like");
    static const Op ones_like("ones_like");
    const Tensor crossed = turn(row.arg(0), zeros_like(row.arg(2)), ones_like(row.arg(2)), interleaved, inverse);
    result[2] = owned(sum_pairs(mul(grad, crossed), interleaved.as.i != 0));
  }
}

}  // namespace

void register_rotary(VtPlugin* plugin) {
  const DerivativeRow rows[] = {{"rotary_embedding",
                                 boxed<rotary_backward>,
                                 {{0, 0, bit(1) | bit(2), 0, 0}, reads_argument(1, 0), {2, 0, bit(0) | bit(2), 0, 0}}}};
  register_derivatives(plugin, rows);
}

}  // namespace vt::autograd
