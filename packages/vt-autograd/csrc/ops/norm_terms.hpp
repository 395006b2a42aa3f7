// SPDX-License-Identifier: Apache-2.0
// What the derivatives of all norms are made of: sums over the elements of a statistic, and the second derivatives.
#pragma once

#include <vector>

#include "ops/terms.hpp"

// Note [Derivatives of norms]
// y = h w + b with h = (x - m) r; the gradients are in Note [Norms] (vt/cpp/rows/norm.hpp) and Note [Channel norms]
// (vt/cpp/spatial/channel_norm.hpp), with sums over the n elements of a statistic. Those of the statistics add
//   of m: g_m / n, of r: -g_r r^3 (x - m) / n  to that of x (m = 0 for rms_norm).
// Second derivatives take m and r for arguments of the backward op, whose own gradients lead on to x. With U, V, Q the
// gradients of its results, and without the terms of the mean for rms_norm:
//   g:  r w (U - mean(U) - h mean(U h)) + V h + Q
//   h:  H = V g - r (w g mean(U h) + U mean(w g h)), from which x: r H, m: -r sum(H)
//   r:  sum(w g (U - mean(U) - h mean(U h))) + sum(H (x - m))
//   w:  sum of r g (U - mean(U) - h mean(U h)) over what w scales
// Statistics that were given instead of taken leave U alone: without any of the means.
namespace vt::autograd {

// The dimensions of a tensor that a statistic is taken over.
class StatisticDims {
 public:
  StatisticDims(std::vector<int64_t> dims, double size) : dims_(std::move(dims)), size_(size) {}
  double size() const noexcept { return size_; }
  Tensor sum(const Tensor& t) const {
    static const Op op("sum.dims");
    return op(t, std::span<const int64_t>(dims_), true);
  }
  Tensor mean(const Tensor& t) const { return mul(sum(t), 1 / size_); }

 private:
  std::vector<int64_t> dims_;
  double size_;
};

// Operands of a norm's backward, in sizes that broadcast; absent ones are empty.
struct NormOperands {
  Tensor grad;
  Tensor input;
  Tensor mean;  // empty for rms_norm
  Tensor rstd;
  Tensor weight;
  bool measured = true;  // statistics were taken of the input
};

// Gradients of those operands. That of the weight has yet to be summed over what it scales.
struct NormSecond {
  Tensor grad;
  Tensor input;
  Tensor mean;
  Tensor rstd;
  Tensor weight;
};

// From U, V and Q, of which any may be empty.
inline NormSecond second_derivative(const NormOperands& p, const StatisticDims& dims, const Tensor& input_grad,
                                    const Tensor& weight_grad, const Tensor& bias_grad) {
  NormSecond out;
  const auto scaled = [&](const Tensor& t) { return p.weight ? mul(t, p.weight) : Tensor(t); };
  const Tensor centred = p.mean ? sub(p.input, p.mean) : Tensor(p.input);
  const Tensor h = mul(centred, p.rstd);
  Tensor of_normal;  // H
  if (input_grad) {
    Tensor rest = input_grad;
    const Tensor wg = scaled(p.grad);
    if (p.measured) {
      const Tensor along = dims.mean(mul(input_grad, h));
      rest = sub(input_grad, mul(h, along));
      if (p.mean) rest = sub(rest, dims.mean(input_grad));
      of_normal = mul(mul(add(mul(wg, along), mul(input_grad, dims.mean(mul(wg, h)))), p.rstd), -1.0);
    }
    out.grad = mul(scaled(rest), p.rstd);
    out.rstd = dims.sum(mul(wg, rest));
    out.weight = mul(mul(p.grad, rest), p.rstd);
  }
  if (weight_grad) {
    accumulate(out.grad, mul(weight_grad, h));
    accumulate(of_normal, mul(weight_grad, p.grad));
  }
  if (bias_grad) {
    static const Op expand("expand");
    accumulate(out.grad, expand(bias_grad, p.grad.sizes()));
  }
  if (of_normal) {
    accumulate(out.rstd, dims.sum(mul(of_normal, centred)));
    out.input = mul(of_normal, p.rstd);
    if (p.mean) out.mean = mul(dims.sum(out.input), -1.0);
  }
  return out;
}

// What gradients of the statistics add to that of the input. Empty where there is none.
inline Tensor of_statistics(const Tensor& input, const Tensor& mean, const Tensor& rstd, const Tensor& mean_grad,
                            const Tensor& rstd_grad, const StatisticDims& dims) {
  Tensor out;
  if (rstd_grad) {
    const Tensor scale = mul(mul(mul(rstd_grad, mul(rstd, rstd)), rstd), -1 / dims.size());
    out = mul(scale, mean ? sub(input, mean) : Tensor(input));
  }
  if (mean_grad) {
    static const Op expand("expand");
    accumulate(out, expand(mul(mean_grad, 1 / dims.size()), input.sizes()));
  }
  return out;
}

}  // namespace vt::autograd
