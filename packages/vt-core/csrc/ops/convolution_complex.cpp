// SPDX-License-Identifier: Apache-2.0
// Complex convolutions: real ones of twice the channels, real parts before imaginary ones in each group.
#include "ops/calls.hpp"
#include "ops/convolution.hpp"

namespace vt::core {

namespace {

using calls::Ints;
using convolution::Shape;

Tensor cat(const Tensor& a, const Tensor& b, int64_t dim) {
  static const Op op("cat");
  VtTensor* const both[] = {a.get(), b.get()};
  VtValue list = none();
  list.tag = VT_TENSOR_LIST;
  list.count = 2;
  list.as.tensors = both;
  return op(list, dim);
}

Tensor part_of(const Tensor& t, int64_t part) {
  static const Op view("view_as_real");
  static const Op select("select");
  return select(view(t), int64_t{-1}, part);
}

Tensor joined(const Tensor& real, const Tensor& imag) {
  static const Op op("complex");
  return op(real, imag);
}

Ints sizes_with(const Tensor& t, size_t dim, std::initializer_list<int64_t> sizes) {
  Ints all = calls::ints(t.sizes());
  all.erase(all.begin() + static_cast<std::ptrdiff_t>(dim));
  all.insert(all.begin() + static_cast<std::ptrdiff_t>(dim), sizes);
  return all;
}

// (batch, groups * channels, ...) as real (batch, groups * 2 * channels, ...).
Tensor doubled(const Tensor& t, int64_t groups) {
  const int64_t channels = t.sizes()[1] / groups;
  const Ints split = sizes_with(t, 1, {groups, channels});
  return calls::reshape(cat(calls::reshape(part_of(t, 0), split), calls::reshape(part_of(t, 1), split), 2),
                        sizes_with(t, 1, {groups * 2 * channels}));
}
Tensor halved(const Tensor& t, int64_t groups) {
  const int64_t channels = t.sizes()[1] / groups / 2;
  const Tensor split = calls::reshape(t, sizes_with(t, 1, {groups, 2 * channels}));
  const auto half = [&](int64_t part) {
    return calls::reshape(calls::slice(split, 2, part * channels, (part + 1) * channels),
                          sizes_with(t, 1, {groups * channels}));
  };
  return joined(half(0), half(1));
}

// Multiplies by i: the result's imaginary part is where the input's real part goes. Quadrants are
// (part of the small tensor, part of the large one), one of which is negative.
Tensor quadrants(const Shape& s, const Tensor& weight) {
  static const Op neg("neg");
  const Ints split = sizes_with(weight, 0, {s.groups, s.small_channels});
  const Tensor real = calls::reshape(part_of(weight, 0), split);
  const Tensor imag = calls::reshape(part_of(weight, 1), split);
  const Tensor upper = s.transposed ? imag : neg(imag);
  const Tensor lower = s.transposed ? neg(imag) : imag;
  Ints sizes = calls::ints(weight.sizes());
  sizes[0] *= 2;
  sizes[1] *= 2;
  return calls::reshape(cat(cat(real, upper, 2), cat(lower, real, 2), 1), sizes);
}
Tensor from_quadrants(const Shape& s, const Tensor& grad, const Tensor& weight) {
  Ints split = sizes_with(weight, 0, {s.groups, 2 * s.small_channels});
  split[2] *= 2;
  const Tensor whole = calls::reshape(grad, split);
  const auto quadrant = [&](int64_t small, int64_t large) {
    return calls::slice(calls::slice(whole, 1, small * s.small_channels, (small + 1) * s.small_channels), 2,
                        large * s.large_channels, (large + 1) * s.large_channels);
  };
  const Tensor real = calls::add(quadrant(0, 0), quadrant(1, 1));
  const Tensor imag =
      s.transposed ? calls::sub(quadrant(0, 1), quadrant(1, 0)) : calls::sub(quadrant(1, 0), quadrant(0, 1));
  return calls::reshape(joined(real, imag), calls::ints(weight.sizes()));
}

Shape doubled(Shape s) {
  s.large_channels *= 2;
  s.small_channels *= 2;
  s.out_sizes[1] *= 2;
  return s;
}

Tensor dense(const Tensor& t) { return rows::dense(t.get()); }

}  // namespace

void complex_convolution(const Shape& shape, const Tensor& input, const Tensor& weight, const Tensor& bias,
                         const Tensor& out) {
  const Shape both = doubled(shape);
  const Tensor from = doubled(input, shape.groups);
  const Tensor matrix = dense(quadrants(shape, weight));
  const Tensor to = Tensor::empty(both.out_sizes, from.dtype(), from.device());
  if (shape.transposed) {
    spread(both, from, matrix, Tensor(), to);
  } else {
    correlate(both, from, matrix, Tensor(), to);
  }
  Tensor sum = halved(to, shape.groups);
  if (bias) {
    Ints sizes(static_cast<size_t>(out.ndim()), 1);
    sizes[1] = bias.numel();
    sum = calls::add(sum, calls::reshape(bias, sizes));
  }
  copy_tensor(out.get(), sum.get(), false);
}

void complex_convolution_backward(const Shape& shape, const Tensor& grad, const Tensor& input, const Tensor& weight,
                                  const Tensor& input_grad, const Tensor& weight_grad) {
  const Shape both = doubled(shape);
  const Tensor of_result = doubled(grad, shape.groups);
  const Tensor from = doubled(input, shape.groups);
  if (input_grad && input_grad.numel() > 0) {
    const Tensor matrix = dense(quadrants(shape, weight));
    const Tensor to = Tensor::empty(from.sizes(), from.dtype(), from.device());
    if (shape.transposed) {
      correlate(both, of_result, matrix, Tensor(), to);
    } else {
      spread(both, of_result, matrix, Tensor(), to);
    }
    copy_tensor(input_grad.get(), halved(to, shape.groups).get(), false);
  }
  if (!weight_grad || weight_grad.numel() == 0) return;
  Ints sizes = calls::ints(weight_grad.sizes());
  sizes[0] *= 2;
  sizes[1] *= 2;
  const Tensor of_matrix = Tensor::empty(sizes, from.dtype(), from.device());
  weigh(both, shape.transposed ? of_result : from, shape.transposed ? from : of_result, of_matrix);
  copy_tensor(weight_grad.get(), from_quadrants(shape, of_matrix, weight_grad).get(), false);
}

}  // namespace vt::core
