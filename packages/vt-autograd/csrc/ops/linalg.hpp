// SPDX-License-Identifier: Apache-2.0
// What the derivatives of linear algebra share: reading calls of several results, and matrix algebra by dispatched ops.
#pragma once

#include <algorithm>
#include <array>

#include "ops/terms.hpp"

// Note [Derivatives of factorisations]
// In the notation of Giles ("Collected Matrix Derivative Results", 2008) and of PyTorch's formulas, for complex matrices too: A^H is
// the adjoint, g the gradient of a result. Systems with a matrix reuse the factors of the forward pass, unless the derivative is
// itself recorded: then the system is solved anew from the matrix, through which its derivative goes.
namespace vt::autograd::linalg {

// The arguments of a backward whose op has `kReturns` returns and `kArgs` arguments.
template <int kReturns, int kArgs>
class Call {
 public:
  explicit Call(const VtValue* args) noexcept : args_(args) {}
  bool has_grad(int i) const noexcept { return is_tensor(args_[i]); }
  Tensor grad(int i) const noexcept { return has_grad(i) ? Tensor::share(args_[i].as.tensor) : Tensor(); }
  const VtValue& arg(int i) const noexcept { return args_[kReturns + i]; }
  Tensor tensor(int i) const noexcept { return is_tensor(arg(i)) ? Tensor::share(arg(i).as.tensor) : Tensor(); }
  Tensor result(int i) const noexcept {
    const VtValue& value = args_[kReturns + kArgs + i];
    return is_tensor(value) ? Tensor::share(value.as.tensor) : Tensor();
  }
  bool needs(int gradient) const noexcept { return args_[2 * kReturns + kArgs].as.u >> gradient & 1; }

 private:
  const VtValue* args_;
};

// Whether what is computed from `t` is recorded.
inline bool is_recorded(const Tensor& t) noexcept {
  return (t->flags & ~tables().dispatch->thread_layers()->exclude) >> VT_LAYER_AUTOGRAD & 1;
}

inline Tensor transpose(const Tensor& t) {
  static const Op op("transpose");
  return op(t, int64_t{-2}, int64_t{-1});
}
inline Tensor adjoint(const Tensor& t) { return conj(transpose(t)); }
inline Tensor matmul(const Tensor& a, const Tensor& b) {
  static const Op op("matmul");
  return op(a, b);
}
// The sum of two tensors of which either may be empty.
inline Tensor joined(Tensor a, const Tensor& b) { return !a ? b : !b ? a : add(a, b); }
inline Tensor unsqueeze(const Tensor& t, int64_t dim) {
  static const Op op("unsqueeze");
  return op(t, dim);
}
inline Tensor squeeze(const Tensor& t, int64_t dim) {
  static const Op op("squeeze.dim");
  const std::array<int64_t, 1> dims{dim};
  return op(t, std::span<const int64_t>(dims));
}
inline Tensor slice(const Tensor& t, int64_t dim, int64_t start, int64_t end) {
  static const Op op("slice");
  return op(t, dim, start, end, int64_t{1});
}
inline Tensor sum(const Tensor& t, int64_t dim) {
  static const Op op("sum.dims");
  const std::array<int64_t, 1> dims{dim};
  return op(t, std::span<const int64_t>(dims));
}
inline Tensor cat(const Tensor& a, const Tensor& b, int64_t dim) {
  static const Op op("cat");
  VtTensor* const parts[] = {a.get(), b.get()};
  return op(std::span<VtTensor* const>(parts), dim);
}
inline Tensor tril(const Tensor& t, int64_t diagonal = 0) {
  static const Op op("tril");
  return op(t, diagonal);
}
inline Tensor triu(const Tensor& t, int64_t diagonal = 0) {
  static const Op op("triu");
  return op(t, diagonal);
}
inline int64_t rows_of(const Tensor& t) noexcept { return t.sizes()[t.sizes().size() - 2]; }
inline int64_t columns_of(const Tensor& t) noexcept { return t.sizes().back(); }
inline Tensor eye(const Tensor& like, int64_t n) {
  static const Op op("eye");
  return op(n, n, like.dtype(), like.device());
}
// (..., n) on the diagonals of (..., n, n).
inline Tensor on_diagonal(const Tensor& t) { return mul(unsqueeze(t, -2), eye(t, t.sizes().back())); }
// The diagonals of (..., n, n).
inline Tensor diagonal(const Tensor& t) {
  static const Op op("sum.dims");
  const std::array<int64_t, 1> dims{-1};
  return op(mul(t, eye(t, columns_of(t))), std::span<const int64_t>(dims));
}
inline Tensor solve_triangular(const Tensor& a, const Tensor& b, bool upper, bool left = true,
                               bool unitriangular = false) {
  static const Op op("linalg_solve_triangular");
  return op(a, b, upper, left, unitriangular);
}
inline Tensor lu_solve(const Tensor& lu, const Tensor& pivots, const Tensor& b, bool left, bool adjoint) {
  static const Op op("linalg_lu_solve");
  return op(lu, pivots, b, left, adjoint);
}
inline Tensor solve(const Tensor& a, const Tensor& b, bool left = true) {
  static const Op op("linalg_solve");
  return op(a, b, left);
}
// A^-H B, or B A^-H.
inline Tensor solve_adjoint(const Tensor& a, const Tensor& lu, const Tensor& pivots, const Tensor& b,
                            bool left = true) {
  return is_recorded(a) ? solve(adjoint(a), b, left) : lu_solve(lu, pivots, b, left, true);
}

}  // namespace vt::autograd::linalg
