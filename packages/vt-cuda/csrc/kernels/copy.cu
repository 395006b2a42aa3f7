// SPDX-License-Identifier: Apache-2.0
// Copies within a device: other layouts, other dtypes.
#include "elements.cuh"

namespace vt::cuda {
namespace {

struct Bytes16 {
  uint64_t half[2];
};

template <class T, class Index>
__global__ void __launch_bounds__(kBlockThreads) copy_strided(const __grid_constant__ CopyStrided<Index> p) {
  wait_for_previous_kernel();
  const int64_t first = static_cast<int64_t>(blockIdx.x) * kBlockThreads * kStridedElementsPerThread + threadIdx.x;
  T values[kStridedElementsPerThread];
  Index at[kStridedElementsPerThread][2];
#pragma unroll
  for (int e = 0; e < kStridedElementsPerThread; ++e) {
    const int64_t i = first + e * kBlockThreads;
    if (i >= p.num) break;
    p.walk.offsets(static_cast<Index>(i), at[e]);
    values[e] = *reinterpret_cast<const T*>(p.in + at[e][1]);
  }
#pragma unroll
  for (int e = 0; e < kStridedElementsPerThread; ++e) {
    if (first + e * kBlockThreads >= p.num) break;
    *reinterpret_cast<T*>(p.out + at[e][0]) = values[e];
  }
}

template <class Index>
__global__ void __launch_bounds__(kBlockThreads) cast_strided(const __grid_constant__ CopyStrided<Index> p) {
  wait_for_previous_kernel();
  const int64_t first = static_cast<int64_t>(blockIdx.x) * kBlockThreads * kStridedElementsPerThread + threadIdx.x;
  for (int e = 0; e < kStridedElementsPerThread; ++e) {
    const int64_t i = first + e * kBlockThreads;
    if (i >= p.num) return;
    Index at[2];
    p.walk.offsets(static_cast<Index>(i), at);
    store_any(p.out + at[0], p.out_dtype, load_any(p.in + at[1], p.in_dtype));
  }
}

template <class T, int kNum>
struct alignas(sizeof(T) * kNum < 16 ? sizeof(T) * kNum : 16) Pack {
  T values[kNum];
};

template <class To, class From>
__global__ void __launch_bounds__(kBlockThreads) cast_dense(const __grid_constant__ CastDense p) {
  wait_for_previous_kernel();
  constexpr int kNum = kCastElementsPerThread;
  const int64_t first = (static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x) * kNum;
  const From* in = static_cast<const From*>(p.in) + first;
  To* out = static_cast<To*>(p.out) + first;
  if (first + kNum <= p.num) {
    const auto loaded = *reinterpret_cast<const Pack<From, kNum>*>(in);
    Pack<To, kNum> stored;
#pragma unroll
    for (int k = 0; k < kNum; ++k) stored.values[k] = convert<To>(number_of(loaded.values[k]));
    *reinterpret_cast<Pack<To, kNum>*>(out) = stored;
    return;
  }
  for (int64_t k = 0; first + k < p.num; ++k) out[k] = convert<To>(number_of(in[k]));
}

template <class T>
const void* strided(bool wide) noexcept {
  return wide ? reinterpret_cast<const void*>(&copy_strided<T, int64_t>)
              : reinterpret_cast<const void*>(&copy_strided<T, int32_t>);
}

template <class To>
const void* dense_from(DtypeIndex from) noexcept {
  switch (from) {
    case DtypeIndex::kFloat16: return reinterpret_cast<const void*>(&cast_dense<To, Half>);
    case DtypeIndex::kBFloat16: return reinterpret_cast<const void*>(&cast_dense<To, BFloat>);
    case DtypeIndex::kFloat32: return reinterpret_cast<const void*>(&cast_dense<To, float>);
    case DtypeIndex::kFloat64: return reinterpret_cast<const void*>(&cast_dense<To, double>);
    default: return nullptr;
  }
}

}  // namespace

const void* copy_strided_kernel(int64_t itemsize, bool wide) noexcept {
  switch (itemsize) {
    case 1: return strided<uint8_t>(wide);
    case 2: return strided<uint16_t>(wide);
    case 4: return strided<uint32_t>(wide);
    case 8: return strided<uint64_t>(wide);
    default: return strided<Bytes16>(wide);
  }
}

const void* cast_strided_kernel(bool wide) noexcept {
  return wide ? reinterpret_cast<const void*>(&cast_strided<int64_t>)
              : reinterpret_cast<const void*>(&cast_strided<int32_t>);
}

const void* cast_dense_kernel(DtypeIndex to, DtypeIndex from) noexcept {
  switch (to) {
    case DtypeIndex::kFloat16: return dense_from<Half>(from);
    case DtypeIndex::kBFloat16: return dense_from<BFloat>(from);
    case DtypeIndex::kFloat32: return dense_from<float>(from);
    case DtypeIndex::kFloat64: return dense_from<double>(from);
    default: return nullptr;
  }
}

}  // namespace vt::cuda
