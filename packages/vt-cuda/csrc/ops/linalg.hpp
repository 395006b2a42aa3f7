// SPDX-License-Identifier: Apache-2.0
// What the ops of linear algebra share on CUDA devices: column-major results, and how they reach the caller.
#pragma once

#include <vt/cpp/linalg_rules.hpp>

#include "../kernels/linalg.hpp"
#include "launch.hpp"
#include "ops.hpp"

namespace vt::cuda::linalg {

using namespace vt::linalg;

// A new tensor whose last two dimensions are column-major.
Tensor empty_columns(const Ints& sizes, DLDataType dtype, DLDevice device);
// A column-major copy, broadcast to a batch.
Tensor columns_copy(VtTensor* t, std::span<const int64_t> batch);
inline Tensor columns_copy(VtTensor* t) { return columns_copy(t, batch_of(t)); }

// A result for a caller who may have given a destination.
void deliver(const char* op, Tensor value, VtValue& result);

// Matrices of a batch that lie one after the other, or one for all.
struct Batch {
  Tensor tensor;   // as given, or a copy
  int64_t stride;  // from a matrix to the next; 0 for one for all
};
Batch batch_of_matrices(VtTensor* t, std::span<const int64_t> batch);

inline int64_t stride_from_end(const Tensor& t, size_t dims) noexcept { return t.strides()[t.strides().size() - dims]; }

// x of (batch..., n, sides), or with `left` false of (batch..., sides, n), then X A = B, which is A^T X^T = B^T; the batch dense.
Sides sides_of(const Tensor& x, bool left);
// A matrix is read as its transpose where its row and column stride are exchanged.
System system_of(const Batch& a, bool transposed, const Sides& x);

// Triangular systems A X = B, by strides.
struct Triangle {
  Batch a;
  bool upper;
  bool unit;
  bool transposed;
  bool conjugate;
};
// x as of `sides_of`, solved where it lies.
void solve_triangular(const char* op, const Triangle& triangle, const Tensor& x, bool left);

// Of the matrices of a batch, which hold numbers that are not finite: Note [Screening]. Tensors are dense, a matrix or a line for each of
// the batch.
struct Screened {
  Tensor notes;  // int32: -1 where there are such, else 0
  void note(const char* op, const Tensor& matrices) const;
  void refill(const char* op, const Tensor& matrices, double value) const;
};

// The ops of other families that these are composed of.
inline Tensor zeros(std::span<const int64_t> sizes, DLDataType dtype, DLDevice device) {
  static const Op op("zeros");
  return op(sizes, dtype, device);
}
inline Tensor no_elements(const VtTensor* like, DLDataType dtype) {
  const int64_t sizes[] = {0};
  return Tensor::empty(sizes, dtype, like->dl.device);
}
// Elements [0, size) of a dimension counted from the end.
inline Tensor first_of(const Tensor& t, int64_t dim, int64_t size) {
  static const Op op("narrow");
  return op(t, dim, int64_t{0}, size);
}
inline bool is_complex(DLDataType dtype) noexcept { return dtype_info(dtype).category == Category::kComplex; }
inline Tensor transposed(const Tensor& t) {
  static const Op op("transpose");
  return op(t, int64_t{-2}, int64_t{-1});
}
inline Tensor adjoint(const Tensor& t) {
  static const Op op("conj");
  return is_complex(t.dtype()) ? op(transposed(t)) : transposed(t);
}
inline Tensor add(const Tensor& a, const Tensor& b) {
  static const Op op("add");
  return op(a, b);
}
// Gives each matrix the elements of the identity.
void fill_identity(const Tensor& matrices);

void register_lu(VtPlugin* plugin);
void register_cholesky(VtPlugin* plugin);
void register_triangular(VtPlugin* plugin);
void register_ldl(VtPlugin* plugin);
void register_qr(VtPlugin* plugin);
void register_eig(VtPlugin* plugin);
void register_svd(VtPlugin* plugin);
void register_lstsq(VtPlugin* plugin);

}  // namespace vt::cuda::linalg
