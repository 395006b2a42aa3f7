// SPDX-License-Identifier: Apache-2.0
// tril and triu: moves elements of any dtype by their size.
#include "elements.cuh"
#include "ternary.hpp"

namespace vt::cuda {
namespace {

struct alignas(16) Bytes16 {
  uint64_t parts[2];
};

template <class T, class Index>
__global__ void __launch_bounds__(kBlockThreads) triangle(const __grid_constant__ Triangle<Index> p) {
  wait_for_previous_kernel();
  const int64_t first = static_cast<int64_t>(blockIdx.x) * kBlockThreads * kTriangleElementsPerThread + threadIdx.x;
  for (int e = 0; e < kTriangleElementsPerThread; ++e) {
    const int64_t i = first + e * kBlockThreads;
    if (i >= p.num) return;
    const int64_t line = i / p.columns;
    const int64_t past = i - line * p.columns - line % p.rows;
    Index at[2];
    p.walk.offsets(static_cast<Index>(i), at);
    const bool keeps = p.upper ? past >= p.diagonal : past <= p.diagonal;
    T value{};
    if (keeps) value = *reinterpret_cast<const T*>(p.in + at[1]);
    *reinterpret_cast<T*>(p.out + at[0]) = value;
  }
}

template <class T>
const void* of_size(bool wide) noexcept {
  return wide ? reinterpret_cast<const void*>(&triangle<T, int64_t>)
              : reinterpret_cast<const void*>(&triangle<T, int32_t>);
}

}  // namespace

const void* triangle_kernel(int64_t itemsize, bool wide) noexcept {
  switch (itemsize) {
    case 1: return of_size<uint8_t>(wide);
    case 2: return of_size<uint16_t>(wide);
    case 4: return of_size<uint32_t>(wide);
    case 8: return of_size<uint64_t>(wide);
    default: return of_size<Bytes16>(wide);
  }
}

}  // namespace vt::cuda
