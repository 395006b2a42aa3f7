// SPDX-License-Identifier: Apache-2.0
// Writes a progression.
#include "progression.hpp"

#include "elements.cuh"

namespace vt::cuda {
namespace {

__global__ void __launch_bounds__(kBlockThreads) write_progression(const __grid_constant__ Progression p) {
  wait_for_previous_kernel();
  const int64_t i = static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x;
  if (i >= p.num) return;
  const bool low = i < p.num_from_start;
  const int64_t place = low ? i : i - (p.num - 1);
  Number number{p.is_whole ? Number::kSigned : Number::kReal, 0, 0, 0};
  if (p.is_whole) {
    number.integer = static_cast<int64_t>(static_cast<uint64_t>(low ? p.whole_start : p.whole_end) +
                                          static_cast<uint64_t>(place) * static_cast<uint64_t>(p.whole_step));
  } else {
    number.real = (low ? p.start : p.end) + static_cast<double>(place) * p.step;
  }
  store_any(p.out + i * p.itemsize, p.dtype, number);
}

}  // namespace

const void* progression_kernel() noexcept { return reinterpret_cast<const void*>(&write_progression); }

}  // namespace vt::cuda
