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

// Triangular systems A X = B, by strides: a matrix is read as its transpose where its row and column stride are exchanged.
struct Triangle {
  Batch a;
  bool upper;
  bool unit;
  bool transposed;
  bool conjugate;
};
// x of (batch..., n, sides), or with `left` false of (batch..., sides, n), then X A = B; the batch dense. Solved where it lies.
void solve_triangular(const char* op, const Triangle& triangle, const Tensor& x, bool left);

void register_lu(VtPlugin* plugin);
void register_cholesky(VtPlugin* plugin);
void register_triangular(VtPlugin* plugin);

}  // namespace vt::cuda::linalg
