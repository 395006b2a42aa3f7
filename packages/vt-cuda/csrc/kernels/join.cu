// SPDX-License-Identifier: Apache-2.0
// The kernel of cat: every unit of the result looks up its part.
#include "join.hpp"

#include <device/dependent_launch.cuh>

namespace vt::cuda {
namespace {

struct Unit16 {
  uint64_t half[2];
};

template <class T>
__global__ void __launch_bounds__(kBlockThreads) join(const __grid_constant__ JoinParams p) {
  wait_for_previous_kernel();
  const int64_t first = static_cast<int64_t>(blockIdx.x) * kBlockThreads * kJoinUnitsPerThread + threadIdx.x;
#pragma unroll
  for (int e = 0; e < kJoinUnitsPerThread; ++e) {
    const int64_t i = first + e * kBlockThreads;
    if (i >= p.num) return;
    const int64_t row = i / p.row;
    const int64_t column = i - row * p.row;
    int low = 0;
    int high = p.num_parts - 1;
    while (low < high) {
      const int middle = (low + high) / 2;
      if (column < p.ends[middle]) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    const int64_t begin = low > 0 ? p.ends[low - 1] : 0;
    const int64_t length = p.ends[low] - begin;
    const T value = reinterpret_cast<const T*>(p.parts[low])[row * length + column - begin];
    reinterpret_cast<T*>(p.out)[row * p.out_row + p.position + column] = value;
  }
}

}  // namespace

const void* join_kernel(int64_t unit) noexcept {
  switch (unit) {
    case 1: return reinterpret_cast<const void*>(&join<uint8_t>);
    case 2: return reinterpret_cast<const void*>(&join<uint16_t>);
    case 4: return reinterpret_cast<const void*>(&join<uint32_t>);
    case 8: return reinterpret_cast<const void*>(&join<uint64_t>);
    default: return reinterpret_cast<const void*>(&join<Unit16>);
  }
}

}  // namespace vt::cuda
