// SPDX-License-Identifier: Apache-2.0
// Derivatives of Fourier transforms: the transforms the other way.
#include <vector>

#include "ops/rows.hpp"

// Note [Gradients of halved transforms]
// A coefficient of a real signal between the first and the last (of an even number of points) stands for its conjugate as well.
// Back from coefficients to the signal each half of the pair has half a part in _fft_c2r, which counts both; back from the signal
// to the coefficients both parts come together.
namespace vt::autograd {

namespace {

// _fft_c2c(self, dim, normalization, forward)
void c2c_backward(const VtValue* args, VtValue* result) {
  static const Op c2c("_fft_c2c");
  const RowArguments row(args, 4);
  result[0] = owned(c2c(row.grad(), row.arg(1), row.arg(2), row.arg(3).as.i == 0));
}

// The dimension that is halved, counted from the front.
size_t halved_dim(const RowArguments& row) {
  const int64_t dim = ints_of(row.arg(1)).back();
  return static_cast<size_t>(dim < 0 ? dim + row.meta(0).ndim : dim);
}

// `t` with the coefficients that stand for two, of n points, times `factor`.
Tensor weighted(const Tensor& t, size_t dim, int64_t n, double factor) {
  static const Op ones("ones");
  static const Op slice("slice");
  static const Op fill("fill_");
  static const Op mul("mul");
  std::vector<int64_t> sizes(t.sizes().size(), 1);
  sizes[dim] = n / 2 + 1;
  const DLDataType real = same_dtype(t.dtype(), kComplex64) ? kFloat32 : kFloat64;
  const Tensor weights = ones(std::span<const int64_t>(sizes), real, t.device());
  const Tensor doubled = slice(weights, static_cast<int64_t>(dim), int64_t{1}, (n + 1) / 2, int64_t{1});
  fill.into(doubled, doubled, factor);
  return mul(t, weights);
}

// _fft_r2c(self, dim, normalization, onesided)
void r2c_backward(const VtValue* args, VtValue* result) {
  static const Op c2c("_fft_c2c");
  static const Op c2r("_fft_c2r");
  static const Op real("real");
  const RowArguments row(args, 4);
  if (row.arg(3).as.i == 0) {
    result[0] = owned(real(c2c(row.grad(), row.arg(1), row.arg(2), false)));
    return;
  }
  const size_t dim = halved_dim(row);
  const int64_t n = row.sizes(0)[dim];
  result[0] = owned(c2r(weighted(row.grad(), dim, n, 0.5), row.arg(1), row.arg(2), n));
}

// _fft_c2r(self, dim, normalization, last_dim_size)
void c2r_backward(const VtValue* args, VtValue* result) {
  static const Op r2c("_fft_r2c");
  const RowArguments row(args, 4);
  const Tensor coefficients = r2c(row.grad(), row.arg(1), row.arg(2), true);
  result[0] = owned(weighted(coefficients, halved_dim(row), row.arg(3).as.i, 2.0));
}

}  // namespace

void register_fft(VtPlugin* plugin) {
  const DerivativeRow rows[] = {
      {"_fft_c2c", boxed<c2c_backward>, {reads_nothing(0)}, kLinear},
      {"_fft_r2c", boxed<r2c_backward>, {reads_sizes(0, 0)}, kLinear},
      {"_fft_c2r", boxed<c2r_backward>, {reads_sizes(0, 0)}, kLinear},
  };
  register_derivatives(plugin, rows);
}

}  // namespace vt::autograd
