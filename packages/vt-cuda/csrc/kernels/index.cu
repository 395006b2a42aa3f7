// SPDX-License-Identifier: Apache-2.0
// Kernels that read and write at indices.
#include "index.hpp"

#include <array>

#include "elements.cuh"

namespace vt::cuda {
namespace {

struct Unit16 {
  uint64_t half[2];
};

VT_DEVICE void report(IndexErrorRecord* record, IndexOp op, int64_t index, int64_t dim, int64_t size) {
  if (atomicCAS(&record->is_set, 0u, 1u) != 0u) return;
  record->op = op;
  record->index = index;
  record->dim = dim;
  record->size = size;
}

VT_DEVICE int64_t load_index(const char* at, bool is_int64) {
  return is_int64 ? *reinterpret_cast<const int64_t*>(at) : *reinterpret_cast<const int32_t*>(at);
}

__global__ void __launch_bounds__(kBlockThreads) offsets(const __grid_constant__ OffsetParams p) {
  const int64_t i = static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x;
  if (i >= p.num) return;
  int64_t at[1];
  p.walk.offsets(i, at);
  const int64_t given = load_index(p.index + at[0], p.is_int64);
  const int64_t index = p.wraps && given < 0 ? given + p.size : given;
  const int64_t before = p.adds ? p.offsets[i] : 0;
  if (index < 0 || index >= p.size) {
    report(p.record, p.op, given, p.dim, p.size);
    p.offsets[i] = kNoOffset;
  } else if (before == kNoOffset || index == p.skipped) {
    p.offsets[i] = kNoOffset;
  } else {
    p.offsets[i] = before + index * p.stride;
  }
}

template <class T, class Index>
__global__ void __launch_bounds__(kBlockThreads) take(const __grid_constant__ TakeParams<Index> p) {
  const int64_t first = static_cast<int64_t>(blockIdx.x) * kBlockThreads * kTakeElementsPerThread + threadIdx.x;
#pragma unroll
  for (int e = 0; e < kTakeElementsPerThread; ++e) {
    const int64_t i = first + e * kBlockThreads;
    if (i >= p.num) return;
    Index at[3];
    p.walk.offsets(static_cast<Index>(i), at);
    const int64_t offset = *reinterpret_cast<const int64_t*>(p.offsets + at[2]);
    T value{};
    if (offset != kNoOffset) value = *reinterpret_cast<const T*>(p.self + at[1] + offset);
    *reinterpret_cast<T*>(p.out + at[0]) = value;
  }
}

__global__ void __launch_bounds__(kBlockThreads) link(const __grid_constant__ LinkParams p) {
  const int64_t i = static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x;
  if (i >= p.num) return;
  const int64_t offset = p.offsets[i];
  int64_t next = -1;
  if (offset != kNoOffset)
    for (int64_t k = i + 1; k < p.num; ++k)
      if (p.offsets[k] == offset) {
        next = k;
        break;
      }
  p.next[i] = static_cast<int32_t>(next);
  if (next >= 0) p.follows[next] = 1;
}

// Sums are kept wide and rounded once.
template <class T>
struct Sum {
  using Wide = std::conditional_t<kIsSmallFloat<T>, float, T>;
  Wide total;
  VT_DEVICE explicit Sum(T first) {
    if constexpr (kIsSmallFloat<T>) {
      total = widen(first);
    } else {
      total = first;
    }
  }
  VT_DEVICE void add(T value) {
    if constexpr (std::is_same_v<T, Bool>) {
      total.bits = (total.bits | value.bits) != 0;
    } else if constexpr (kIsComplex<T>) {
      total = {total.real + value.real, total.imag + value.imag};
    } else if constexpr (kIsSmallFloat<T>) {
      total += widen(value);
    } else {
      total = static_cast<T>(total + value);
    }
  }
  VT_DEVICE T result() const {
    if constexpr (kIsSmallFloat<T>) {
      return narrow<T>(total);
    } else {
      return total;
    }
  }
};

template <class T>
__global__ void __launch_bounds__(kBlockThreads) put(const __grid_constant__ PutParams p) {
  const int64_t i = static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x;
  if (i >= p.num_indices * p.num_columns) return;
  int64_t index = i / p.num_columns;
  const int64_t offset = p.offsets[index];
  if (offset == kNoOffset || (p.accumulates ? p.follows[index] != 0 : p.next[index] >= 0)) return;
  int64_t column[2];
  p.column_walk.offsets(i % p.num_columns, column);
  T* self = reinterpret_cast<T*>(p.self + column[1] + offset);
  int64_t at[1];
  if (!p.accumulates) {
    p.index_walk.offsets(index, at);
    *self = *reinterpret_cast<const T*>(p.values + column[0] + at[0]);
    return;
  }
  Sum<T> sum(*self);
  for (; index >= 0; index = p.next[index]) {
    p.index_walk.offsets(index, at);
    sum.add(*reinterpret_cast<const T*>(p.values + column[0] + at[0]));
  }
  *self = sum.result();
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) scatter(const __grid_constant__ ScatterParams p) {
  const int64_t i = static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x;
  if (i >= p.num_columns) return;
  int64_t at[3];
  p.walk.offsets(i, at);
  for (int64_t k = 0; k < p.length; ++k) {
    const int64_t index = load_index(p.index + at[2] + k * p.index_stride, p.is_int64);
    if (index < 0 || index >= p.size) {
      report(p.record, p.op, index, p.dim, p.size);
      continue;
    }
    const T value = *reinterpret_cast<const T*>(p.has_number ? reinterpret_cast<const char*>(p.number.bytes)
                                                             : p.values + at[0] + k * p.value_stride);
    T* self = reinterpret_cast<T*>(p.self + at[1] + index * p.self_stride);
    if (p.accumulates) {
      Sum<T> sum(*self);
      sum.add(value);
      *self = sum.result();
    } else {
      *self = value;
    }
  }
}

// How many elements of the thread's run are not zero, and where the run begins.
VT_DEVICE int count_run(const MaskParams& p, int64_t first) {
  int count = 0;
  for (int e = 0; e < kMaskPerThread; ++e) count += first + e < p.num && p.mask[first + e] != 0;
  return count;
}

__global__ void __launch_bounds__(kBlockThreads) mask_count(const __grid_constant__ MaskParams p) {
  __shared__ int counts[kBlockThreads];
  const int64_t first = static_cast<int64_t>(blockIdx.x) * kMaskBlock + threadIdx.x * kMaskPerThread;
  counts[threadIdx.x] = count_run(p, first);
  __syncthreads();
  for (int half = kBlockThreads / 2; half > 0; half /= 2) {
    if (static_cast<int>(threadIdx.x) < half) counts[threadIdx.x] += counts[threadIdx.x + half];
    __syncthreads();
  }
  if (threadIdx.x == 0) p.counts[blockIdx.x] = counts[0];
}

// The counts before each block, and the total behind them: each thread adds up a run of them.
__global__ void __launch_bounds__(kBlockThreads) mask_scan(const __grid_constant__ MaskParams p) {
  __shared__ int64_t totals[kBlockThreads];
  const int64_t run = (p.num_blocks + kBlockThreads - 1) / kBlockThreads;
  const int64_t begin = threadIdx.x * run;
  const int64_t end = begin + run < p.num_blocks ? begin + run : p.num_blocks;
  int64_t total = 0;
  for (int64_t b = begin; b < end; ++b) total += p.counts[b];
  totals[threadIdx.x] = total;
  __syncthreads();
  int64_t before = 0;
  for (int t = 0; t < static_cast<int>(threadIdx.x); ++t) before += totals[t];
  for (int64_t b = begin; b < end; ++b) {
    const int64_t count = p.counts[b];
    p.counts[b] = before;
    before += count;
  }
  if (threadIdx.x == kBlockThreads - 1) p.counts[p.num_blocks] = before;
}

__global__ void __launch_bounds__(kBlockThreads) mask_write(const __grid_constant__ MaskParams p) {
  __shared__ int counts[kBlockThreads];
  const int64_t first = static_cast<int64_t>(blockIdx.x) * kMaskBlock + threadIdx.x * kMaskPerThread;
  counts[threadIdx.x] = count_run(p, first);
  __syncthreads();
  int64_t row = p.counts[blockIdx.x];
  for (int t = 0; t < static_cast<int>(threadIdx.x); ++t) row += counts[t];
  for (int e = 0; e < kMaskPerThread && first + e < p.num; ++e) {
    if (p.mask[first + e] == 0) continue;
    int64_t position = first + e;
    for (int d = p.ndim - 1; d >= 0; --d) {
      const int64_t outer = position / p.sizes[d];
      p.out[row * p.ndim + d] = position - outer * p.sizes[d];
      position = outer;
    }
    ++row;
  }
}

template <class T>
const void* take_of(bool wide) noexcept {
  return wide ? reinterpret_cast<const void*>(&take<T, int64_t>) : reinterpret_cast<const void*>(&take<T, int32_t>);
}

template <class T>
struct PutOf {
  static constexpr auto kSymbol = &put<T>;
};
template <class T>
struct ScatterOf {
  static constexpr auto kSymbol = &scatter<T>;
};

// The symbol of each dtype, in the order of DtypeIndex.
template <template <class> class Of>
inline constexpr std::array kByDtype{Of<Bool>::kSymbol,           Of<uint8_t>::kSymbol,        Of<uint16_t>::kSymbol,
                                     Of<uint32_t>::kSymbol,       Of<uint64_t>::kSymbol,       Of<int8_t>::kSymbol,
                                     Of<int16_t>::kSymbol,        Of<int32_t>::kSymbol,        Of<int64_t>::kSymbol,
                                     Of<E4M3>::kSymbol,           Of<E5M2>::kSymbol,           Of<Half>::kSymbol,
                                     Of<BFloat>::kSymbol,         Of<float>::kSymbol,          Of<double>::kSymbol,
                                     Of<Complex<float>>::kSymbol, Of<Complex<double>>::kSymbol};

}  // namespace

const void* offset_kernel() noexcept { return reinterpret_cast<const void*>(&offsets); }
const void* link_kernel() noexcept { return reinterpret_cast<const void*>(&link); }
const void* mask_count_kernel() noexcept { return reinterpret_cast<const void*>(&mask_count); }
const void* mask_scan_kernel() noexcept { return reinterpret_cast<const void*>(&mask_scan); }
const void* mask_write_kernel() noexcept { return reinterpret_cast<const void*>(&mask_write); }

const void* take_kernel(int64_t itemsize, bool wide) noexcept {
  switch (itemsize) {
    case 1: return take_of<uint8_t>(wide);
    case 2: return take_of<uint16_t>(wide);
    case 4: return take_of<uint32_t>(wide);
    case 8: return take_of<uint64_t>(wide);
    default: return take_of<Unit16>(wide);
  }
}

const void* put_kernel(DtypeIndex dtype) noexcept {
  return reinterpret_cast<const void*>(kByDtype<PutOf>[static_cast<size_t>(dtype)]);
}
const void* scatter_kernel(DtypeIndex dtype) noexcept {
  return reinterpret_cast<const void*>(kByDtype<ScatterOf>[static_cast<size_t>(dtype)]);
}

}  // namespace vt::cuda
