// SPDX-License-Identifier: Apache-2.0
// Checks of matrices, and errors of those that cannot be factorised: the same on every device.
#pragma once

#include <vt/cpp/iter/promote.hpp>
#include <vt/cpp/rows.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace vt::linalg {

using Ints = std::vector<int64_t>;

inline int64_t rows_of(const VtTensor* t) noexcept { return t->dl.shape[t->dl.ndim - 2]; }
inline int64_t columns_of(const VtTensor* t) noexcept { return t->dl.shape[t->dl.ndim - 1]; }
inline std::span<const int64_t> batch_of(const VtTensor* t, size_t skipped = 2) noexcept {
  return sizes_of(t).first(static_cast<size_t>(t->dl.ndim) - skipped);
}
// Sizes of a batch with further ones.
inline Ints with(std::span<const int64_t> batch, std::initializer_list<int64_t> further) {
  Ints sizes = Ints(batch.begin(), batch.end());
  sizes.insert(sizes.end(), further.begin(), further.end());
  return sizes;
}

// Checks.
inline void check_matrices(const char* op, const char* name, const VtTensor* t) {
  if (t->dl.ndim < 2)
    fail(VT_ERROR_SHAPE, std::string(op) + ": the input tensor " + name + " must have at least 2 dimensions: got " +
                             format_sizes(sizes_of(t)));
}
inline void check_square(const char* op, const char* name, const VtTensor* t) {
  check_matrices(op, name, t);
  if (rows_of(t) != columns_of(t))
    fail(VT_ERROR_SHAPE, std::string(op) + ": " + name + " must be batches of square matrices, but they are " +
                             std::to_string(rows_of(t)) + " by " + std::to_string(columns_of(t)) + " matrices");
}
inline bool has_factorisations(DLDataType dtype) noexcept {
  return same_dtype(dtype, kFloat32) || same_dtype(dtype, kFloat64) || same_dtype(dtype, kComplex64) ||
         same_dtype(dtype, kComplex128);
}
inline void check_dtype(const char* op, const VtTensor* t) {
  if (!has_factorisations(t->dl.dtype))
    fail(VT_ERROR_NOT_IMPLEMENTED, std::string(op) + ": not implemented for " + std::string(dtype_name(t->dl.dtype)) +
                                       ", expected float32, float64, complex64 or complex128");
}
inline void check_same_dtype(const char* op, const VtTensor* a, const VtTensor* b) {
  if (!same_dtype(a->dl.dtype, b->dl.dtype))
    fail(VT_ERROR_DTYPE, std::string(op) + ": expected A and B to have the same dtype: got " +
                             std::string(dtype_name(a->dl.dtype)) + " and " + std::string(dtype_name(b->dl.dtype)));
}

inline DLDataType real_of(DLDataType dtype) noexcept {
  if (same_dtype(dtype, kComplex64)) return kFloat32;
  if (same_dtype(dtype, kComplex128)) return kFloat64;
  return dtype;
}
inline DLDataType complex_of(DLDataType dtype) noexcept {
  return same_dtype(dtype, kFloat32) ? kComplex64 : same_dtype(dtype, kFloat64) ? kComplex128 : dtype;
}

// The common batch of two operands that are broadcast.
inline Ints broadcast_batch(const char* op, const VtTensor* a, std::span<const int64_t> a_batch, const VtTensor* b,
                            std::span<const int64_t> b_batch) {
  Sizes batch;
  batch.assign(a_batch);
  if (!broadcast_into(batch, b_batch))
    fail(VT_ERROR_SHAPE, std::string(op) + ": the batch dimensions cannot be broadcast: got " +
                             format_sizes(sizes_of(a)) + " and " + format_sizes(sizes_of(b)));
  return Ints(batch.begin(), batch.end());
}

inline int64_t num_matrices(std::span<const int64_t> batch) noexcept {
  int64_t num = 1;
  for (const int64_t size : batch) num *= size;
  return num;
}

// What the ops that solve check beside that.
inline void check_system(const char* op, const VtTensor* a, const VtTensor* b, bool left) {
  if ((left ? rows_of(b) : columns_of(b)) != rows_of(a))
    fail(VT_ERROR_SHAPE, std::string(op) + ": Incompatible shapes of A and B for the equation " +
                             (left ? "AX = B" : "XA = B") + ": got " + format_sizes(sizes_of(a)) + " and " +
                             format_sizes(sizes_of(b)));
}
inline void check_factors(const char* op, const Tensor& lu, const Tensor& pivots) {
  check_matrices(op, "LU_data", lu.get());
  check_dtype(op, lu.get());
  if (!same_dtype(pivots.dtype(), kInt32))
    fail(VT_ERROR_RUNTIME, std::string(op) + ": LU_pivots is expected to be a tensor of int32: got " +
                               std::string(dtype_name(pivots.dtype())));
  const int64_t k = std::min(rows_of(lu.get()), columns_of(lu.get()));
  if (!same_sizes(pivots.sizes(), with(batch_of(lu.get()), {k})))
    fail(VT_ERROR_SHAPE, std::string(op) + ": LU_data and LU_pivots do not fit together: got " +
                             format_sizes(lu.sizes()) + " and " + format_sizes(pivots.sizes()));
}

// (..., k) exchanges of `size` rows.
inline void check_pivots(const char* op, const VtTensor* pivots, int64_t size) {
  if (!same_dtype(pivots->dl.dtype, kInt32))
    fail(VT_ERROR_NOT_IMPLEMENTED,
         std::string(op) + ": not implemented for " + std::string(dtype_name(pivots->dl.dtype)) + ", expected int32");
  if (pivots->dl.ndim < 1 || columns_of(pivots) > size)
    fail(VT_ERROR_SHAPE, std::string(op) + ": got pivots of " + format_sizes(sizes_of(pivots)) + " for " +
                             std::to_string(size) + " rows");
}

// (..., n) pivots of factors (..., n, n), of a system A X = B.
inline void check_ldl_system(const char* op, const VtTensor* ld, const VtTensor* pivots, const VtTensor* b) {
  check_same_dtype(op, ld, b);
  check_square(op, "LD", ld);
  check_matrices(op, "B", b);
  check_dtype(op, ld);
  if (rows_of(b) != rows_of(ld))
    fail(VT_ERROR_SHAPE, std::string(op) + ": LD.shape[-1] must be equal to B.shape[-2]: got " +
                             format_sizes(sizes_of(ld)) + " and " + format_sizes(sizes_of(b)));
  if (!same_sizes(sizes_of(pivots), batch_of(ld, 1)) || !same_dtype(pivots->dl.dtype, kInt32))
    fail(VT_ERROR_RUNTIME, std::string(op) + ": expected pivots to be int32 of sizes " + format_sizes(batch_of(ld, 1)) +
                               ": got " + std::string(dtype_name(pivots->dl.dtype)) + " of sizes " +
                               format_sizes(sizes_of(pivots)));
}

// Choices that are given by name.
inline bool reads_upper(const char* op, const char* text) {
  const std::string_view triangle = text;
  if (triangle == "L" || triangle == "l") return false;
  if (triangle == "U" || triangle == "u") return true;
  fail(VT_ERROR_RUNTIME,
       std::string(op) + ": expected UPLO argument to be 'L' or 'U', but got " + std::string(triangle));
}

enum class QrMode { kReduced, kComplete, kR };
inline QrMode qr_mode(const char* text) {
  const std::string_view mode = text;
  if (mode == "reduced") return QrMode::kReduced;
  if (mode == "complete") return QrMode::kComplete;
  if (mode == "r") return QrMode::kR;
  fail(VT_ERROR_RUNTIME, "linalg_qr: unrecognized mode: got '" + std::string(mode) +
                             "', expected 'reduced' (default), 'r', or 'complete'");
}

// Of least squares.
enum class LeastSquares { kGels, kGelsy, kGelsd, kGelss };
inline LeastSquares least_squares_driver(const VtValue& value, LeastSquares when_none) {
  if (is_none(value)) return when_none;
  const std::string_view name = value.as.string;
  if (name == "gels") return LeastSquares::kGels;
  if (name == "gelsy") return LeastSquares::kGelsy;
  if (name == "gelsd") return LeastSquares::kGelsd;
  if (name == "gelss") return LeastSquares::kGelss;
  fail(VT_ERROR_RUNTIME, "linalg_lstsq: parameter `driver` should be one of (gels, gelsy, gelsd, gelss): got '" +
                             std::string(name) + "'");
}
inline bool finds_values(LeastSquares driver) noexcept {
  return driver == LeastSquares::kGelsd || driver == LeastSquares::kGelss;
}

// Right hand sides B of least squares: vectors as columns, and their batch with that of A.
struct RightSides {
  RightSides(const char* op, VtTensor* a, VtTensor* b) : columns(Tensor::share(b)) {
    check_matrices(op, "input", a);
    check_dtype(op, a);
    check_same_dtype(op, a, b);
    if (b->dl.ndim == 0) fail(VT_ERROR_SHAPE, std::string(op) + ": other must have at least 1 dimension: got ()");
    are_vectors = b->dl.ndim == 1 || (b->dl.ndim == a->dl.ndim - 1 && same_sizes(sizes_of(b), batch_of(a, 1)));
    static const Op unsqueeze("unsqueeze");
    if (are_vectors) columns = unsqueeze(columns, int64_t{-1});
    if (rows_of(a) != rows_of(columns.get()))
      fail(VT_ERROR_SHAPE, std::string(op) + ": input.size(-2) should match other.size(-2): got " +
                               format_sizes(sizes_of(a)) + " and " + format_sizes(sizes_of(b)));
    batch = broadcast_batch(op, a, batch_of(a), columns.get(), batch_of(columns.get()));
  }
  Tensor columns;
  bool are_vectors;
  Ints batch;
};
// Singular values, or pivots, that count as zero beside the largest.
inline double least_squares_cutoff(const VtValue& rcond, const VtTensor* a) {
  if (!is_none(rcond)) return rcond.as.f;
  const double epsilon = same_dtype(real_of(a->dl.dtype), kFloat32) ? 0x1p-23 : 0x1p-52;
  return epsilon * static_cast<double>(std::max(rows_of(a), columns_of(a)));
}

// Errors. The numbers of a factorisation are 0 where it succeeded, negative where its input holds numbers that are not finite, and
// else say where it failed. Those of a device are waited for.
// Where they tell that a factorisation failed, raises LinAlgError: `explain` is given the number.
template <class Explain>
void check_info(const char* op, const Tensor& info, Explain&& explain) {
  if (rows::is_meta(info.get())) return;
  static const Op to_device("to.device");
  const bool is_host = info.device().device_type == kDLCPU;
  const Tensor host = is_host ? info : to_device(info, DLDevice{kDLCPU, 0});
  const Tensor dense = rows::dense(host.get());
  const auto* numbers = dense.data<int32_t>();
  for (int64_t i = 0; i < dense.numel(); ++i) {
    if (numbers[i] == 0) continue;
    const std::string element = info.ndim() > 0 ? "(Batch element " + std::to_string(i) + "): " : "";
    if (numbers[i] < 0)
      fail(VT_ERROR_LINALG, std::string(op) + ": " + element + "the input holds numbers that are not finite");
    fail(VT_ERROR_LINALG, std::string(op) + ": " + element + explain(numbers[i]));
  }
}

inline std::string singular_factor(int32_t i) {
  const std::string number = std::to_string(i);
  return "U[" + number + "," + number +
         "] is zero and using it on lu_solve would result in a division by zero. If you still "
         "want to perform the factorization, consider calling linalg.lu(A, pivot) or linalg.lu_factor_ex(A, pivot)";
}
inline std::string not_positive(int32_t order) {
  return "The factorization could not be completed because the input is not positive-definite (the leading minor of order " +
         std::to_string(order) + " is not positive-definite).";
}

inline std::string singular_block(int32_t i) {
  const std::string number = std::to_string(i);
  return "D[" + number + "," + number + "] is zero and using it on ldl_solve would result in a division by zero.";
}
inline std::string not_converged(const char* of_what, int32_t code) {
  return "The algorithm failed to converge because the input matrix is ill-conditioned or has too many repeated " +
         std::string(of_what) + " (error code: " + std::to_string(code) + ").";
}
inline std::string no_eigenvalues(int32_t code) { return not_converged("eigenvalues", code); }
inline std::string no_singular_values(int32_t code) { return not_converged("singular values", code); }
inline std::string no_least_squares(int32_t) {
  return "The least squares solution could not be computed because the input matrix does not have full rank or the "
         "algorithm did not converge.";
}

}  // namespace vt::linalg
