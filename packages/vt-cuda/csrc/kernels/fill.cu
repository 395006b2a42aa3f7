// SPDX-License-Identifier: Apache-2.0
// Writes one element everywhere.
#include <device/dependent_launch.cuh>

#include "params.hpp"

namespace vt::cuda {
namespace {

__global__ void __launch_bounds__(kBlockThreads) fill_dense(const __grid_constant__ FillDense p) {
  wait_for_previous_kernel();
  const uint4 pattern = *reinterpret_cast<const uint4*>(p.pattern.bytes);
  const int64_t first = blockIdx.x * kFillBytesPerBlock + threadIdx.x * 16;
#pragma unroll
  for (int v = 0; v < kFillVectorsPerThread; ++v) {
    const int64_t at = first + static_cast<int64_t>(v) * 16 * kBlockThreads;
    if (at + 16 <= p.bytes) {
      *reinterpret_cast<uint4*>(p.out + at) = pattern;
    } else {
      for (int64_t i = at; i < p.bytes; ++i) p.out[i] = static_cast<char>(p.pattern.bytes[i - at]);
    }
  }
}

struct Bytes16 {
  uint64_t half[2];
};

template <class T, class Index>
__global__ void __launch_bounds__(kBlockThreads) fill_strided(const __grid_constant__ FillStrided<Index> p) {
  wait_for_previous_kernel();
  const T element = *reinterpret_cast<const T*>(p.element.bytes);
  const int64_t i = static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x;
  if (i >= p.num) return;
  Index at[1];
  p.walk.offsets(static_cast<Index>(i), at);
  *reinterpret_cast<T*>(p.out + at[0]) = element;
}

template <class T>
const void* strided(bool wide) noexcept {
  return wide ? reinterpret_cast<const void*>(&fill_strided<T, int64_t>)
              : reinterpret_cast<const void*>(&fill_strided<T, int32_t>);
}

}  // namespace

const void* fill_dense_kernel() noexcept { return reinterpret_cast<const void*>(&fill_dense); }

const void* fill_strided_kernel(int64_t itemsize, bool wide) noexcept {
  switch (itemsize) {
    case 1: return strided<uint8_t>(wide);
    case 2: return strided<uint16_t>(wide);
    case 4: return strided<uint32_t>(wide);
    case 8: return strided<uint64_t>(wide);
    default: return strided<Bytes16>(wide);
  }
}

}  // namespace vt::cuda
