// SPDX-License-Identifier: Apache-2.0
// What kernels of norms share: parameters, and sums over the threads of a row.
#pragma once

#include "norm.hpp"
#include "row.cuh"

namespace vt::cuda {

// The elements of a parameter that belong to the pack of a row of T at element `at`.
template <class T>
VT_DEVICE Array<Wide<T>, kPack<T>> load_parameter(const NormParameter& parameter, int64_t at, int64_t size,
                                                  bool vectors) {
  using W = Wide<T>;
  if (parameter.like_rows) return load_pack<T, kPack<T>>(static_cast<const T*>(parameter.data), at, size, vectors);
  return load_pack<W, kPack<T>>(static_cast<const W*>(parameter.data), at, size, vectors);
}

// (x - mean) rstd
template <class T>
VT_DEVICE Wide<T> normalised(Wide<T> x, Wide<T> mean, Wide<T> rstd) {
  if constexpr (kIsSmallFloat<T>) {
    return multiply_add<T>(x, rstd, -mean * rstd);
  } else {
    return (x - mean) * rstd;
  }
}

// 1 / sqrt(x)
template <class W>
VT_DEVICE W reciprocal_root(W x) {
#if defined(__CUDA_ARCH__)
  if constexpr (std::is_same_v<W, float>) return rsqrtf(x);  // within 2 ulp
#endif
  return 1 / sqrt(x);
}

// The sum over `lanes` neighbouring lanes, a power of two; every one gets it.
template <class W>
VT_DEVICE W sum_of_lanes(W value, int lanes) {
#pragma unroll
  for (int mask = 16; mask > 0; mask /= 2)
    if (mask < lanes) value += __shfl_xor_sync(0xffffffffu, value, mask);
  return value;
}

// Two sums over `lanes` neighbouring lanes, a power of two beyond 1: the lower half of them gets that of `low`, the upper one that of `high`.
// From the first exchange on each half has one sum, so two cost hardly more than one.
template <class W>
VT_DEVICE W sums_of_halves(W low, W high, int lanes) {
  const bool is_upper = (threadIdx.x & static_cast<unsigned>(lanes / 2)) != 0;
  W own = is_upper ? high : low;
  own += __shfl_xor_sync(0xffffffffu, is_upper ? low : high, lanes / 2);
  return sum_of_lanes(own, lanes / 2);
}

}  // namespace vt::cuda
