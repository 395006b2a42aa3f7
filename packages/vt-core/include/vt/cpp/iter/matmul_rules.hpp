// SPDX-License-Identifier: Apache-2.0
// What the matrix products are: how operands become batches of matrices, and what is refused, the same on every device.
#pragma once

#include <vt/cpp/iter/number.hpp>
#include <vt/cpp/iter/overlap.hpp>
#include <vt/cpp/iter/shape.hpp>
#include <vt/cpp/tensor.hpp>

#include <array>

namespace vt {

// c = alpha * a @ b + beta * d over matrices (m, k), (k, n), (m, n), for every index of a batch. Strides are in elements.
struct MatmulPlan {
  enum Operand : size_t { kA, kB, kC, kD };
  struct Matrix {
    VtTensor* tensor = nullptr;
    int64_t row = 0;
    int64_t col = 0;
    Sizes batch;  // a stride per dimension of the batch
  };

  DLDataType dtype{};
  int64_t m = 1;
  int64_t n = 1;
  int64_t k = 0;
  bool has_rows = true;     // the result has a dimension for m
  bool has_columns = true;  // and one for n
  Sizes batch;              // sizes, outermost first
  Sizes sizes;              // of the result
  std::array<Matrix, 4> operands;
};

namespace detail {

inline std::string matrix_sizes(int64_t rows, int64_t columns) {
  return std::to_string(rows) + "x" + std::to_string(columns);
}
inline std::string operand_sizes(const VtTensor* a, const VtTensor* b) {
  return "got " + format_sizes(sizes_of(a)) + " and " + format_sizes(sizes_of(b));
}

// The stride of each dimension of `sizes` in `t` without its last `skipped` dimensions, zero where it is repeated.
inline void batch_strides(const VtTensor* t, size_t skipped, std::span<const int64_t> sizes, Sizes& strides) {
  const size_t ndim = static_cast<size_t>(t->dl.ndim) - skipped;
  const size_t lead = sizes.size() - ndim;
  strides.assign(sizes.size(), 0);
  for (size_t d = 0; d < ndim; ++d)
    strides[lead + d] = t->dl.shape[d] == 1 && sizes[lead + d] != 1 ? 0 : t->dl.strides[d];
}

}  // namespace detail

inline void check_ndim(const char* op, const char* name, const VtTensor* t, int32_t ndim) {
  if (t->dl.ndim != ndim)
    fail(VT_ERROR_SHAPE, std::string(op) + ": " + name + " must be a " + std::to_string(ndim) + "-D tensor: got " +
                             format_sizes(sizes_of(t)));
}

[[noreturn]] inline void fail_matrix_sizes(const char* op, const VtTensor* a, const VtTensor* b, int64_t m, int64_t k,
                                           int64_t b_rows, int64_t b_columns) {
  fail(VT_ERROR_SHAPE, std::string(op) + ": mat1 and mat2 shapes cannot be multiplied (" + detail::matrix_sizes(m, k) +
                           " and " + detail::matrix_sizes(b_rows, b_columns) + "): " + detail::operand_sizes(a, b) +
                           ", expected equal inner sizes");
}

// Operands of at least one dimension: the last two are matrices, a single one is a row of `a` or a column of `b`, those before are
// broadcast. `b_transposed` takes the matrices of b as (n, k).
inline void plan_matmul(const char* op, VtTensor* a, VtTensor* b, MatmulPlan& p, bool b_transposed = false) {
  if (!same_dtype(a->dl.dtype, b->dl.dtype))
    fail(VT_ERROR_DTYPE, std::string(op) + ": expected both operands to have the same dtype: got " +
                             std::string(dtype_name(a->dl.dtype)) + " and " + std::string(dtype_name(b->dl.dtype)) +
                             "; convert one of them");
  p.dtype = a->dl.dtype;
  const auto a_ndim = static_cast<size_t>(a->dl.ndim);
  const auto b_ndim = static_cast<size_t>(b->dl.ndim);
  MatmulPlan::Matrix& left = p.operands[MatmulPlan::kA];
  MatmulPlan::Matrix& right = p.operands[MatmulPlan::kB];
  left.tensor = a;
  right.tensor = b;
  p.has_rows = a_ndim > 1;
  p.k = a->dl.shape[a_ndim - 1];
  left.col = a->dl.strides[a_ndim - 1];
  if (p.has_rows) {
    p.m = a->dl.shape[a_ndim - 2];
    left.row = a->dl.strides[a_ndim - 2];
  }
  int64_t b_rows = b->dl.shape[b_ndim - 1];
  right.row = b->dl.strides[b_ndim - 1];
  p.has_columns = b_ndim > 1;
  if (p.has_columns) {
    p.n = b_rows;
    right.col = right.row;
    b_rows = b->dl.shape[b_ndim - 2];
    right.row = b->dl.strides[b_ndim - 2];
    if (b_transposed) {
      std::swap(p.n, b_rows);
      std::swap(right.row, right.col);
    }
  }
  if (p.k != b_rows) fail_matrix_sizes(op, a, b, p.m, p.k, b_rows, p.n);

  const size_t a_skipped = std::min<size_t>(a_ndim, 2);
  const size_t b_skipped = std::min<size_t>(b_ndim, 2);
  if (a_ndim > 2 || b_ndim > 2) {
    p.batch.assign(sizes_of(a).first(a_ndim - a_skipped));
    if (!broadcast_into(p.batch, sizes_of(b).first(b_ndim - b_skipped)))
      fail(VT_ERROR_SHAPE,
           std::string(op) + ": cannot broadcast the dimensions before the matrices: " + detail::operand_sizes(a, b));
    detail::batch_strides(a, a_skipped, p.batch, left.batch);
    detail::batch_strides(b, b_skipped, p.batch, right.batch);
  } else {
    p.batch.resize(0);
  }
  const size_t num_batch = p.batch.size();
  p.sizes.resize(num_batch + p.has_rows + p.has_columns);
  std::copy(p.batch.begin(), p.batch.end(), p.sizes.begin());
  if (p.has_rows) p.sizes[num_batch] = p.m;
  if (p.has_columns) p.sizes[num_batch + p.has_rows] = p.n;
}

// Adds `d`, broadcast to the result.
inline void plan_addend(const char* op, const char* name, VtTensor* d, MatmulPlan& p) {
  if (!same_dtype(d->dl.dtype, p.dtype))
    fail(VT_ERROR_DTYPE, std::string(op) + ": expected " + name + " to have the dtype of the matrices: got " +
                             std::string(dtype_name(d->dl.dtype)) + " and " + std::string(dtype_name(p.dtype)) +
                             "; convert one of them");
  Sizes shape;
  shape.assign(std::span<const int64_t>(p.sizes));
  if (!broadcast_into(shape, sizes_of(d)) || !same_sizes(shape, p.sizes))
    fail(VT_ERROR_SHAPE, std::string(op) + ": " + name + " cannot be broadcast to the product: got " +
                             format_sizes(sizes_of(d)) + ", expected " + format_sizes(p.sizes));
  Sizes strides;
  detail::batch_strides(d, 0, p.sizes, strides);
  MatmulPlan::Matrix& addend = p.operands[MatmulPlan::kD];
  addend.tensor = d;
  const size_t num_batch = p.batch.size();
  addend.row = p.has_rows ? strides[num_batch] : 0;
  addend.col = p.has_columns ? strides[num_batch + p.has_rows] : 0;
  addend.batch.assign(std::span<const int64_t>(strides).first(num_batch));
}

// Sets where the result goes: a tensor of the planned sizes.
inline void plan_output(VtTensor* c, MatmulPlan& p) {
  MatmulPlan::Matrix& out = p.operands[MatmulPlan::kC];
  out.tensor = c;
  const size_t num_batch = p.batch.size();
  out.row = p.has_rows ? c->dl.strides[num_batch] : 0;
  out.col = p.has_columns ? c->dl.strides[num_batch + p.has_rows] : 0;
  if (num_batch > 0) out.batch.assign(std::span<const int64_t>(c->dl.strides, num_batch));
}

// Checks a destination that the caller gave, before it is resized.
inline void check_matmul_output(const char* op, const VtTensor* c, const MatmulPlan& p) {
  if (!same_dtype(c->dl.dtype, p.dtype))
    fail(VT_ERROR_DTYPE, std::string(op) + ": expected out to have the dtype of the operands: got " +
                             std::string(dtype_name(c->dl.dtype)) + " and " + std::string(dtype_name(p.dtype)));
  check_writable(op, c);
  if (c == p.operands[MatmulPlan::kD].tensor && !same_sizes(sizes_of(c), p.sizes))
    fail(VT_ERROR_SHAPE, std::string(op) + ": the result does not fit the tensor to write: got " +
                             format_sizes(sizes_of(c)) + ", expected " + format_sizes(p.sizes));
  for (const size_t i : {MatmulPlan::kA, MatmulPlan::kB}) {
    const Overlap overlap = overlap_between(c, p.operands[i].tensor);
    if (overlap == Overlap::kFull || overlap == Overlap::kPartial)
      fail(VT_ERROR_RUNTIME, std::string(op) + ": the tensor to write shares elements with a factor; clone one first");
  }
  if (const VtTensor* d = p.operands[MatmulPlan::kD].tensor) check_no_partial_overlap(op, c, d);
}

// Drops dimensions of the batch of size one, and joins to the rows those that continue them: a batch times one matrix is then one
// product. Called when all operands are set.
inline void merge_batch(MatmulPlan& p) {
  const bool has_addend = p.operands[MatmulPlan::kD].tensor != nullptr;
  size_t num = p.batch.size();
  for (; num > 0; --num) {
    const int64_t size = p.batch[num - 1];
    if (size == 1) continue;
    const auto continues_rows = [&](size_t i) {
      return p.m == 1 || p.operands[i].batch[num - 1] == p.m * p.operands[i].row;
    };
    if (p.operands[MatmulPlan::kB].batch[num - 1] != 0 || !continues_rows(MatmulPlan::kA) ||
        !continues_rows(MatmulPlan::kC) || (has_addend && !continues_rows(MatmulPlan::kD)))
      break;
    if (p.m == 1)
      for (const size_t i : {MatmulPlan::kA, MatmulPlan::kC, MatmulPlan::kD})
        if (p.operands[i].tensor) p.operands[i].row = p.operands[i].batch[num - 1];
    p.m *= size;
  }
  // The rest, outermost first: a dimension continues the one before it where that holds for all operands.
  size_t kept = 0;
  for (size_t d = 0; d < num; ++d) {
    const int64_t size = p.batch[d];
    if (size == 1) continue;
    bool continues = kept > 0;
    for (const auto& operand : p.operands)
      continues &= !operand.tensor || (kept > 0 && operand.batch[kept - 1] == size * operand.batch[d]);
    if (continues) --kept;
    for (auto& operand : p.operands)
      if (operand.tensor) operand.batch[kept] = operand.batch[d];
    p.batch[kept] = continues ? p.batch[kept] * size : size;
    ++kept;
  }
  p.batch.resize(kept);
}

// A factor of a product of `dtype` must not be of a higher category.
inline Number checked_factor(const char* op, const char* name, const VtValue& value, DLDataType dtype) {
  const Number number = number_of(value);
  const Category category = dtype_info(dtype).category;
  if (number.category > Category::kInteger && number.category > category)
    fail(VT_ERROR_RUNTIME, std::string(op) + ": " + name + " must be " +
                               (category <= Category::kInteger ? "an integer" : "real") + " for operands of " +
                               std::string(dtype_name(dtype)));
  return number;
}

// Of products that an activation follows.
inline void check_activated(const char* op, DLDataType dtype) {
  if (dtype_info(dtype).category != Category::kFloating)
    fail(VT_ERROR_NOT_IMPLEMENTED, std::string(op) + ": not implemented for " + std::string(dtype_name(dtype)) +
                                       "; convert to a real floating dtype first");
}

inline bool is_zero(const Number& number) noexcept {
  return number.category <= Category::kInteger ? number.bits == 0 : number.real == 0 && number.imag == 0;
}

// The ops, each with its own demands on dimensions. Every plan_* may throw.
inline void plan_mm(const char* op, VtTensor* a, VtTensor* b, MatmulPlan& p) {
  check_ndim(op, "mat1", a, 2);
  check_ndim(op, "mat2", b, 2);
  plan_matmul(op, a, b, p);
}

inline void plan_bmm(const char* op, VtTensor* a, VtTensor* b, MatmulPlan& p) {
  check_ndim(op, "batch1", a, 3);
  check_ndim(op, "batch2", b, 3);
  if (a->dl.shape[0] != b->dl.shape[0] || a->dl.shape[2] != b->dl.shape[1])
    fail(VT_ERROR_SHAPE, std::string(op) + ": Expected size for first two dimensions of batch2 tensor to be: [" +
                             std::to_string(a->dl.shape[0]) + ", " + std::to_string(a->dl.shape[2]) + "] but got: [" +
                             std::to_string(b->dl.shape[0]) + ", " + std::to_string(b->dl.shape[1]) + "].");
  plan_matmul(op, a, b, p);
}

inline void plan_mv(const char* op, VtTensor* a, VtTensor* b, MatmulPlan& p) {
  check_ndim(op, "the matrix", a, 2);
  check_ndim(op, "the vector", b, 1);
  if (a->dl.shape[1] != b->dl.shape[0])
    fail(VT_ERROR_SHAPE, std::string(op) + ": size mismatch, got mat (" +
                             detail::matrix_sizes(a->dl.shape[0], a->dl.shape[1]) + "), vec (" +
                             std::to_string(b->dl.shape[0]) + ")");
  plan_matmul(op, a, b, p);
}

inline void plan_dot(const char* op, VtTensor* a, VtTensor* b, MatmulPlan& p) {
  if (a->dl.ndim != 1 || b->dl.ndim != 1)
    fail(VT_ERROR_SHAPE, std::string(op) + ": 1D tensors expected: " + detail::operand_sizes(a, b));
  if (a->dl.shape[0] != b->dl.shape[0])
    fail(VT_ERROR_SHAPE, std::string(op) + ": inconsistent tensor size, expected equal numbers of elements: " +
                             detail::operand_sizes(a, b));
  plan_matmul(op, a, b, p);
}

inline void plan_broadcast_matmul(const char* op, VtTensor* a, VtTensor* b, MatmulPlan& p) {
  if (a->dl.ndim == 0 || b->dl.ndim == 0)
    fail(VT_ERROR_SHAPE, std::string(op) + ": both arguments need to be at least 1D: got " +
                             std::to_string(a->dl.ndim) + "D and " + std::to_string(b->dl.ndim) + "D");
  plan_matmul(op, a, b, p);
}

// The factors of linear: input (..., in) and weight (out, in), or (in,) for an output without a last dimension.
inline void plan_linear(const char* op, VtTensor* input, VtTensor* weight, MatmulPlan& p) {
  if (input->dl.ndim == 0) fail(VT_ERROR_SHAPE, std::string(op) + ": input must have at least one dimension: got ()");
  if (weight->dl.ndim != 1) check_ndim(op, "weight", weight, 2);
  plan_matmul(op, input, weight, p, weight->dl.ndim == 2);
}

// The bias of linear, which is then planned as what is added.
inline void check_bias(const char* op, const VtTensor* weight, const VtTensor* bias) {
  if (bias && weight->dl.ndim == 2 && (bias->dl.ndim != 1 || bias->dl.shape[0] != weight->dl.shape[0]))
    fail(VT_ERROR_SHAPE, std::string(op) + ": bias must have one element per row of weight: got " +
                             format_sizes(sizes_of(bias)) + ", expected (" + std::to_string(weight->dl.shape[0]) +
                             ",)");
}

}  // namespace vt
