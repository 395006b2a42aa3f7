// SPDX-License-Identifier: Apache-2.0
// The slow paths of size and stride arithmetic.
#include "tensor/geometry.hpp"

#include <vt/cpp/dtype.hpp>

#include <algorithm>
#include <array>

namespace vt::core {

void fail_sizes(std::span<const int64_t> sizes, DLDataType dtype) {
  if (sizes.size() > 64)
    fail(VT_ERROR_VALUE, "empty: too many dimensions: got " + std::to_string(sizes.size()) + ", expected at most 64");
  if (!is_known_dtype(dtype))
    fail(VT_ERROR_DTYPE,
         "empty: unknown dtype (code " + std::to_string(dtype.code) + ", " + std::to_string(dtype.bits) + " bits)");
  for (const int64_t size : sizes)
    if (size < 0) fail(VT_ERROR_RUNTIME, "empty: negative dimension: got sizes " + format_sizes(sizes));
  fail(VT_ERROR_OVERFLOW, "empty: the byte size of " + format_sizes(sizes) + " " + std::string(dtype_name(dtype)) +
                              " does not fit in 63 bits");
}

bool strided_extent(std::span<const int64_t> sizes, std::span<const int64_t> strides, int64_t itemsize,
                    Extent* out) noexcept {
  if (std::find(sizes.begin(), sizes.end(), 0) != sizes.end()) {
    *out = Extent{};
    return true;
  }
  Extent extent{0, itemsize};
  for (size_t i = 0; i < sizes.size(); ++i) {
    int64_t reach = 0;
    if (__builtin_mul_overflow(strides[i], sizes[i] - 1, &reach) || __builtin_mul_overflow(reach, itemsize, &reach))
      return false;
    int64_t& side = reach < 0 ? extent.low_bytes : extent.high_bytes;
    if (__builtin_add_overflow(side, reach, &side)) return false;
  }
  *out = extent;
  return true;
}

bool is_row_major(std::span<const int64_t> sizes, std::span<const int64_t> strides) noexcept {
  if (std::find(sizes.begin(), sizes.end(), 0) != sizes.end()) return true;
  int64_t expected = 1;
  for (size_t i = sizes.size(); i-- > 0;) {
    if (sizes[i] == 1) continue;
    if (strides[i] != expected) return false;
    expected *= sizes[i];
  }
  return true;
}

bool is_non_overlapping_and_dense(std::span<const int64_t> sizes, std::span<const int64_t> strides) noexcept {
  std::array<size_t, 64> order;
  size_t count = 0;
  for (size_t i = 0; i < sizes.size(); ++i) {
    if (sizes[i] == 0) return true;
    if (sizes[i] > 1) order[count++] = i;
  }
  std::sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count),
            [&](size_t a, size_t b) { return strides[a] < strides[b]; });
  int64_t expected = 1;
  for (size_t k = 0; k < count; ++k) {
    if (strides[order[k]] != expected) return false;
    expected *= sizes[order[k]];
  }
  return true;
}

}  // namespace vt::core
