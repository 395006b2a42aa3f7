// SPDX-License-Identifier: Apache-2.0
// Binary searches in sorted lines. A NaN lies behind every number.
#include "bounds.hpp"

#include "index.cuh"
#include "row.cuh"

namespace vt::cuda {
namespace {

// The place that the sorter names; the first one where it names none.
VT_DEVICE int64_t sorted_place(const BoundParams& p, int64_t first, int64_t place) {
  const int64_t at = p.sorter[first + place];
  if (at >= 0 && at < p.length) return at;
  report(p.record, IndexOp::kSearchsorted, at, 0, p.length);
  return 0;
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) find_bounds(const __grid_constant__ BoundParams p) {
  wait_for_previous_kernel();
  const int64_t i = static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x;
  if (i >= p.num) return;
  const int64_t first = p.is_shared ? 0 : i / p.num_per_line * p.length;
  const T* line = reinterpret_cast<const T*>(p.sequence) + first;
  const Wide<T> x = to_wide(reinterpret_cast<const T*>(p.values)[i]);
  int64_t low = 0;
  for (int64_t n = p.length; n > 0;) {
    const int64_t half = n / 2;
    const int64_t middle = low + half;
    const Wide<T> element = to_wide(line[p.sorter == nullptr ? middle : sorted_place(p, first, middle)]);
    const bool precedes = p.right ? !(element > x) : !(element >= x);
    low = precedes ? middle + 1 : low;
    n = precedes ? n - half - 1 : half;
  }
  if (p.out_int32) {
    reinterpret_cast<int32_t*>(p.out)[i] = static_cast<int32_t>(low);
  } else {
    reinterpret_cast<int64_t*>(p.out)[i] = low;
  }
}

template <class T>
const void* kernel_of() noexcept {
  return reinterpret_cast<const void*>(&find_bounds<T>);
}

}  // namespace

const void* bound_kernel(DtypeIndex dtype) noexcept {
  switch (dtype) {
    case DtypeIndex::kUInt8: return kernel_of<uint8_t>();
    case DtypeIndex::kUInt16: return kernel_of<uint16_t>();
    case DtypeIndex::kUInt32: return kernel_of<uint32_t>();
    case DtypeIndex::kUInt64: return kernel_of<uint64_t>();
    case DtypeIndex::kInt8: return kernel_of<int8_t>();
    case DtypeIndex::kInt16: return kernel_of<int16_t>();
    case DtypeIndex::kInt32: return kernel_of<int32_t>();
    case DtypeIndex::kInt64: return kernel_of<int64_t>();
    default: return row_kernel(dtype, [&]<class T>() { return kernel_of<T>(); });
  }
}

}  // namespace vt::cuda
