// SPDX-License-Identifier: Apache-2.0
// Pure arithmetic on sizes and strides: checked byte counts, contiguity, extents.
#pragma once

#include <vt/cpp/dtype.hpp>
#include <vt/cpp/error.hpp>
#include <vt/cpp/iter/shape.hpp>

#include <cstdint>
#include <span>
#include <string>

namespace vt::core {

[[noreturn]] void fail_sizes(std::span<const int64_t> sizes, DLDataType dtype);

// Product of sizes times the item size. Throws VALUE for a negative size, too many dims or an unknown dtype, OVERFLOW when
// the bytes do not fit in int64.
inline uint64_t checked_nbytes(std::span<const int64_t> sizes, DLDataType dtype, int64_t* numel) {
  int64_t count = 1;
  int64_t product = dtype.bits / 8;  // ignores sizes of zero, so that an empty tensor's strides cannot overflow either
  bool bad = sizes.size() > 64 || !is_known_dtype(dtype);
  for (const int64_t size : sizes) {
    bad |= size < 0;
    count = size == 0 ? 0 : static_cast<int64_t>(static_cast<uint64_t>(count) * static_cast<uint64_t>(size));
    bad |= size > 0 && __builtin_mul_overflow(product, size, &product);
  }
  if (bad) [[unlikely]]
    fail_sizes(sizes, dtype);
  *numel = count;
  return static_cast<uint64_t>(count) * (dtype.bits / 8);
}

// First and last byte, relative to the first element, that a strided view touches; overflow makes it false. Empty views
// touch nothing.
struct Extent {
  int64_t low_bytes = 0;
  int64_t high_bytes = 0;  // exclusive
};
bool strided_extent(std::span<const int64_t> sizes, std::span<const int64_t> strides, int64_t itemsize,
                    Extent* out) noexcept;

bool is_row_major(std::span<const int64_t> sizes, std::span<const int64_t> strides) noexcept;
// Some permutation of the dimensions is dense: distinct indices, distinct elements, no gaps.
bool is_non_overlapping_and_dense(std::span<const int64_t> sizes, std::span<const int64_t> strides) noexcept;

}  // namespace vt::core
