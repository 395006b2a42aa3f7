// SPDX-License-Identifier: Apache-2.0
// Walk: from the number of an element to byte offsets of its operands. Filled on the host, read by kernels.
#pragma once

#include <cstdint>

#if defined(__CUDACC__)
#define VT_DEVICE __device__ __forceinline__
#else
#define VT_DEVICE inline
#endif

namespace vt::cuda {

// Note [Index width]
// A plan whose byte offsets all fit in 31 bits and that has at most kNarrowDims dimensions is walked with 32-bit numbers and
// division by multiplication, any other with 64-bit ones. The choice is made once, on the host.
inline constexpr int kNarrowDims = 8;
inline constexpr int kWideDims = 64;

template <class Index>
struct Extent;

// Division of n < 2^31 by a constant d: (high word of n * multiplier + n) >> shift (Granlund and Montgomery, PLDI 1994).
template <>
struct Extent<int32_t> {
  uint32_t size;
  uint32_t multiplier;
  uint32_t shift;

  static Extent make(int64_t size) noexcept {
    uint32_t shift = 0;
    while (shift < 32 && (uint64_t{1} << shift) < static_cast<uint64_t>(size)) ++shift;
    const uint64_t multiplier =
        ((uint64_t{1} << 32) * ((uint64_t{1} << shift) - static_cast<uint64_t>(size))) / static_cast<uint64_t>(size) +
        1;
    return {static_cast<uint32_t>(size), static_cast<uint32_t>(multiplier), shift};
  }
  // The remainder; the quotient replaces n.
  VT_DEVICE int32_t split(int32_t& n) const {
    const auto value = static_cast<uint32_t>(n);
    const auto high = static_cast<uint32_t>((static_cast<uint64_t>(value) * multiplier) >> 32);
    const uint32_t quotient = (high + value) >> shift;
    n = static_cast<int32_t>(quotient);
    return static_cast<int32_t>(value - quotient * size);
  }
};

template <>
struct Extent<int64_t> {
  int64_t size;

  static Extent make(int64_t size) noexcept { return {size}; }
  VT_DEVICE int64_t split(int64_t& n) const {
    const int64_t quotient = n / size;
    const int64_t remainder = n - quotient * size;
    n = quotient;
    return remainder;
  }
};

template <class Index>
inline constexpr int kMaxDimsOf = sizeof(Index) == 4 ? kNarrowDims : kWideDims;

// Dimensions innermost first, none of size zero; strides in bytes.
template <class Index, int kOperands>
struct Walk {
  int32_t ndim;
  Extent<Index> sizes[kMaxDimsOf<Index>];
  Index strides[kMaxDimsOf<Index>][kOperands];

  VT_DEVICE void offsets(Index element, Index (&out)[kOperands]) const {
    for (int k = 0; k < kOperands; ++k) out[k] = 0;
    if (ndim == 0) return;
    int d = 0;
    for (; d < ndim - 1; ++d) {
      const Index at = sizes[d].split(element);
      for (int k = 0; k < kOperands; ++k) out[k] += at * strides[d][k];
    }
    for (int k = 0; k < kOperands; ++k) out[k] += element * strides[d][k];
  }
};

}  // namespace vt::cuda
