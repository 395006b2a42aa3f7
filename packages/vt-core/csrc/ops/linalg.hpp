// SPDX-License-Identifier: Apache-2.0
// What the ops of linear algebra share: checks of matrices, column-major results, loops over batches, errors of singular input.
#pragma once

#include <vt/cpp/linalg_rules.hpp>

#include <algorithm>
#include <cmath>
#include <complex>
#include <string>

#include "linalg/lapack.hpp"
#include "ops/calls.hpp"
#include "runtime/thread_pool.hpp"

// Note [Factorisations]
// An op that calls LAPACK copies its matrices into results that are column-major in the last two dimensions, as LAPACK and PyTorch
// have them, and works in place there, one matrix of the batch after another on one thread each. It has kernels for the CPU and, to
// compute shapes, for meta. Everything else is composed of such ops. `info` is 0 where LAPACK succeeded; ops ending in _ex return
// it, the others raise LinAlgError.
namespace vt::core::linalg {

using namespace vt::linalg;
using calls::Ints;
using lapack::Real;

// The stack's complex types as LAPACK's and back.
template <class T>
T* data_of(VtTensor* t) noexcept {
  return static_cast<T*>(t->dl.data);
}
template <class T>
const T* data_of(const VtTensor* t) noexcept {
  return static_cast<const T*>(t->dl.data);
}

// A size as LAPACK takes it.
inline lapack::Int size(const char* op, int64_t n) {
  if (n > INT32_MAX)
    fail(VT_ERROR_OVERFLOW,
         std::string(op) + ": a matrix has " + std::to_string(n) + " rows or columns, LAPACK takes at most 2147483647");
  return static_cast<lapack::Int>(n);
}
// The leading dimension of a column-major matrix of n rows.
inline lapack::Int leading(lapack::Int n) noexcept { return std::max(n, 1); }

// Whether there is anything to compute: not on meta, and not of no elements.
inline bool computes(const VtTensor* t) noexcept { return !is_meta(t->dl.device) && t->numel > 0; }

// A new tensor whose last two dimensions are column-major.
inline Tensor empty_columns(const Ints& sizes, DLDataType dtype, DLDevice device) {
  checked_numel("linalg", sizes);
  Sizes strides;
  strides.resize(sizes.size());
  contiguous_strides(sizes, strides.data());
  const size_t ndim = sizes.size();
  strides[ndim - 2] = 1;
  strides[ndim - 1] = std::max<int64_t>(sizes[ndim - 2], 1);
  return Tensor::steal(empty_strided(sizes, strides, dtype, device));
}
inline Tensor empty_plain(const Ints& sizes, DLDataType dtype, DLDevice device) {
  return Tensor::steal(empty(sizes, dtype, device));
}
// A column-major copy, broadcast to a batch.
inline Tensor columns_copy(VtTensor* t, const Ints& batch) {
  Tensor copy = empty_columns(with(batch, {rows_of(t), columns_of(t)}), t->dl.dtype, t->dl.device);
  if (computes(copy.get())) copy_tensor(copy.get(), t, false);
  return copy;
}
inline Tensor columns_copy(VtTensor* t) { return columns_copy(t, calls::ints(batch_of(t))); }

// Calls visit.operator()<T>() for the type of one of the four dtypes.
template <class Visit>
void visit_type(DLDataType dtype, Visit&& visit) {
  if (same_dtype(dtype, kFloat32)) {
    visit.template operator()<float>();
  } else if (same_dtype(dtype, kFloat64)) {
    visit.template operator()<double>();
  } else if (same_dtype(dtype, kComplex64)) {
    visit.template operator()<std::complex<float>>();
  } else {
    visit.template operator()<std::complex<double>>();
  }
}

// Runs body(i) for the matrices of a batch, of `work` multiplications each.
template <class Body>
void for_each_matrix(int64_t num, double work, Body&& body) {
  constexpr double kWorkPerPart = 1e5;
  const auto grain = static_cast<int64_t>(std::clamp(kWorkPerPart / std::max(work, 1.0), 1.0, 1e6));
  parallel_for(0, num, grain, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) body(i);
  });
}
inline double cube(int64_t n) noexcept {
  return static_cast<double>(n) * static_cast<double>(n) * static_cast<double>(n);
}

// LAPACK may not return from numbers that are not finite.
template <class T>
inline bool all_finite(const T* values, int64_t num) {
  for (int64_t i = 0; i < num; ++i)
    if (!std::isfinite(std::real(values[i])) || !std::isfinite(std::imag(values[i]))) return false;
  return true;
}

// A result of a kernel for its caller, who may have given a destination. Both are of one device.
inline void deliver(const char* op, Tensor value, VtValue& result) {
  if (!is_tensor(result)) {
    result = value_of(value.release());
    return;
  }
  VtTensor* out = result.as.tensor;
  if (!can_cast(value.dtype(), out->dl.dtype))
    fail(VT_ERROR_DTYPE, std::string(op) + ": the result cannot be stored in the tensor to write: got " +
                             std::string(dtype_name(out->dl.dtype)) + ", expected " +
                             std::string(dtype_name(value.dtype())));
  check_writable(op, out);
  if (!same_sizes(sizes_of(out), value.sizes())) resize(impl(out), value.sizes());
  if (computes(out)) copy_tensor(out, value.get(), false);
  result = shared_value(out);
}

// Ops of linear algebra, for those composed of them.
inline Tensor eye_like(const Tensor& t, int64_t rows, int64_t columns) {
  static const Op op("eye");
  return op(rows, columns, t.dtype(), t.device());
}
inline Tensor tril(const Tensor& t, int64_t diagonal = 0) {
  static const Op op("tril");
  return op(t, diagonal);
}
inline Tensor triu(const Tensor& t, int64_t diagonal = 0) {
  static const Op op("triu");
  return op(t, diagonal);
}
// The diagonals of matrices that do not overlap.
inline Tensor diagonal(const Tensor& t) {
  static const Op op("as_strided");
  const auto strides = t.strides();
  const size_t last = strides.size() - 1;
  const Ints sizes = with(batch_of(t.get()), {std::min(rows_of(t.get()), columns_of(t.get()))});
  const Ints steps = with(strides.first(last - 1), {strides[last - 1] + strides[last]});
  return op(t, calls::span_of(sizes), calls::span_of(steps));
}
inline Tensor solve_triangular(const Tensor& a, const Tensor& b, bool upper, bool left = true,
                               bool unitriangular = false) {
  static const Op op("linalg_solve_triangular");
  return op(a, b, upper, left, unitriangular);
}
inline Tensor no_elements(const Tensor& like, DLDataType dtype) {
  static const Op op("empty");
  const int64_t sizes[] = {0};
  return op(std::span<const int64_t>(sizes), dtype, like.device());
}

}  // namespace vt::core::linalg
