// SPDX-License-Identifier: Apache-2.0
// Arithmetic on sizes and strides: printing, broadcasting, row-major strides, checked products.
#pragma once

#include <vt/cpp/error.hpp>
#include <vt/cpp/iter/inline_vector.hpp>

#include <algorithm>
#include <span>
#include <string>

namespace vt {

inline constexpr int32_t kMaxDims = 64;
using Sizes = InlineVector<int64_t, 4>;

// "(2, 3)", "(4,)", "()".
inline std::string format_sizes(std::span<const int64_t> sizes) {
  std::string text = "(";
  for (size_t i = 0; i < sizes.size(); ++i) text += (i ? ", " : "") + std::to_string(sizes[i]);
  return text + (sizes.size() == 1 ? ",)" : ")");
}

inline bool same_sizes(std::span<const int64_t> a, std::span<const int64_t> b) noexcept {
  return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

// Product of the sizes; OVERFLOW when it does not fit, VALUE for a negative size.
inline int64_t checked_numel(const char* op, std::span<const int64_t> sizes) {
  int64_t numel = 1;
  bool overflow = false;
  bool zero = false;
  for (const int64_t size : sizes) {
    if (size < 0) fail(VT_ERROR_VALUE, std::string(op) + ": sizes must not be negative: got " + format_sizes(sizes));
    zero |= size == 0;
    overflow |= __builtin_mul_overflow(numel, size, &numel);
  }
  if (zero) return 0;
  if (overflow)
    fail(VT_ERROR_OVERFLOW,
         std::string(op) + ": the number of elements of " + format_sizes(sizes) + " does not fit in 64 bits");
  return numel;
}

// Row-major strides. As PyTorch, a size of zero counts as one.
inline void contiguous_strides(std::span<const int64_t> sizes, int64_t* strides) noexcept {
  int64_t stride = 1;
  for (size_t i = sizes.size(); i-- > 0;) {
    strides[i] = stride;
    stride *= std::max<int64_t>(sizes[i], 1);
  }
}

// Widens `shape` to the broadcast of itself and `sizes`; false when they do not fit together.
inline bool broadcast_into(Sizes& shape, std::span<const int64_t> sizes) {
  if (sizes.size() > shape.size()) {
    Sizes widened;
    widened.assign(sizes);
    const size_t lead = sizes.size() - shape.size();
    for (size_t i = 0; i < shape.size(); ++i) {
      int64_t& out = widened[lead + i];
      if (out == 1) {
        out = shape[i];
      } else if (shape[i] != 1 && shape[i] != out) {
        return false;
      }
    }
    shape.assign(std::span<const int64_t>(widened));
    return true;
  }
  const size_t lead = shape.size() - sizes.size();
  for (size_t i = 0; i < sizes.size(); ++i) {
    int64_t& out = shape[lead + i];
    if (out == 1) {
      out = sizes[i];
    } else if (sizes[i] != 1 && sizes[i] != out) {
      return false;
    }
  }
  return true;
}

[[noreturn]] inline void fail_broadcast(const char* op, std::span<const int64_t> a, std::span<const int64_t> b) {
  fail(VT_ERROR_SHAPE, std::string(op) + ": cannot broadcast " + format_sizes(a) + " with " + format_sizes(b));
}

// A dimension number in [-ndim, ndim) as one in [0, ndim); a 0-dim tensor accepts 0 and -1.
inline int32_t wrap_dim(const char* op, int64_t dim, int32_t ndim) {
  const int64_t range = std::max(ndim, 1);
  if (dim < -range || dim >= range)
    fail(VT_ERROR_INDEX, std::string(op) + ": dimension out of range: got " + std::to_string(dim) + ", expected [" +
                             std::to_string(-range) + ", " + std::to_string(range - 1) + "]");
  return static_cast<int32_t>(dim < 0 ? dim + range : dim);
}

}  // namespace vt
