// SPDX-License-Identifier: Apache-2.0
// What kernels over rows share: groups of threads per row, packs of 16 bytes, sums and maxima over a group.
#pragma once

#include "elements.cuh"
#include "row.hpp"

namespace vt::cuda {

// What elements are computed in.
template <class T>
using Wide = std::conditional_t<kIsSmallFloat<T>, float, T>;

template <class T>
VT_DEVICE Wide<T> to_wide(T v) {
  if constexpr (kIsSmallFloat<T>) {
    return widen(v);
  } else {
    return v;
  }
}
template <class T>
VT_DEVICE T from_wide(Wide<T> v) {
  if constexpr (kIsSmallFloat<T>) {
    return narrow<T>(v);
  } else {
    return v;
  }
}

// Elements that a thread takes at a time.
template <class T>
inline constexpr int kPack = 16 / sizeof(T);

template <class W, int kNum>
struct alignas(16) Array {
  W values[kNum];
  VT_DEVICE W& operator[](int k) { return values[k]; }
  VT_DEVICE const W& operator[](int k) const { return values[k]; }
};

// kNum elements from `at` on, `size` of them in the row; those beyond are 0. Whole and aligned if `vectors`.
template <class T, int kNum>
VT_DEVICE Array<Wide<T>, kNum> load_pack(const T* row, int64_t at, int64_t size, bool vectors) {
  Array<Wide<T>, kNum> out;
  if (vectors) {
    const auto raw = *reinterpret_cast<const Array<T, kNum>*>(row + at);
#pragma unroll
    for (int k = 0; k < kNum; ++k) out[k] = to_wide(raw[k]);
  } else {
#pragma unroll
    for (int k = 0; k < kNum; ++k) out[k] = at + k < size ? to_wide(row[at + k]) : Wide<T>{0};
  }
  return out;
}
template <class T, int kNum>
VT_DEVICE void store_pack(T* row, int64_t at, int64_t size, bool vectors, const Array<Wide<T>, kNum>& values) {
  if (vectors) {
    Array<T, kNum> raw;
#pragma unroll
    for (int k = 0; k < kNum; ++k) raw[k] = from_wide<T>(values[k]);
    *reinterpret_cast<Array<T, kNum>*>(row + at) = raw;
  } else {
#pragma unroll
    for (int k = 0; k < kNum; ++k)
      if (at + k < size) row[at + k] = from_wide<T>(values[k]);
  }
}

struct Add {
  template <class W>
  VT_DEVICE W operator()(W a, W b) const {
    return a + b;
  }
};
// NaN is left out.
struct Greater {
  template <class W>
  VT_DEVICE W operator()(W a, W b) const {
    return b > a ? b : a;
  }
};

// The threads that share a row: a warp or a whole block. Every thread of the block makes each call.
template <int kThreads>
struct RowGroup {
  static_assert(kThreads == 32 || kThreads == kBlockThreads);
  static constexpr int kRowsPerBlock = kBlockThreads / kThreads;

  VT_DEVICE static int lane() { return static_cast<int>(threadIdx.x) % kThreads; }
  VT_DEVICE static int64_t row() {
    return static_cast<int64_t>(blockIdx.x) * kRowsPerBlock + static_cast<int>(threadIdx.x) / kThreads;
  }

  // The values of all threads combined as a tree; every thread gets the result.
  template <class W, class Combine>
  VT_DEVICE static W reduce(W value, Combine combine) {
#pragma unroll
    for (int mask = 16; mask > 0; mask /= 2) value = combine(value, __shfl_xor_sync(0xffffffffu, value, mask));
    if constexpr (kThreads == 32) {
      return value;
    } else {
      __shared__ W warps[kThreads / 32];
      __syncthreads();  // the last call's values have been read
      if (threadIdx.x % 32 == 0) warps[threadIdx.x / 32] = value;
      __syncthreads();
      value = warps[0];
#pragma unroll
      for (int w = 1; w < kThreads / 32; ++w) value = combine(value, warps[w]);
      return value;
    }
  }
};

// A row as packs dealt to the threads of a group; kept in registers if kHeld, else read whenever asked for.
template <class T, int kThreads, bool kHeld>
class RowPacks {
 public:
  using Pack = Array<Wide<T>, kPack<T>>;
  VT_DEVICE RowPacks(const T* row, int64_t size, bool vectors) : row_(row), size_(size), vectors_(vectors) {
    if constexpr (kHeld) {
#pragma unroll
      for (int v = 0; v < kHeldPacks; ++v) {
        const int64_t at = place(v);
        if (at < size_) held_[v] = load_pack<T, kPack<T>>(row_, at, size_, vectors_);
      }
    }
  }
  VT_DEVICE Pack get(int v) const {
    if constexpr (kHeld) {
      return held_[v];
    } else {
      return load_pack<T, kPack<T>>(row_, place(v), size_, vectors_);
    }
  }
  VT_DEVICE static int64_t place(int v) {
    return (static_cast<int64_t>(v) * kThreads + RowGroup<kThreads>::lane()) * kPack<T>;
  }
  // body(v, at, num): pack v begins at element `at` and has `num` elements of the row.
  template <class Body>
  VT_DEVICE void each(Body body) const {
    if constexpr (kHeld) {
#pragma unroll
      for (int v = 0; v < kHeldPacks; ++v) one(v, body);
    } else {
      for (int v = 0; place(v) < size_; ++v) one(v, body);
    }
  }

 private:
  template <class Body>
  VT_DEVICE void one(int v, Body& body) const {
    const int64_t at = place(v);
    if (at < size_) body(v, at, size_ - at < kPack<T> ? static_cast<int>(size_ - at) : kPack<T>);
  }

  const T* row_;
  int64_t size_;
  bool vectors_;
  Pack held_[kHeld ? kHeldPacks : 1];
};

// visit.operator()<T>() for the dtypes of rows, NULL for others.
template <class Visit>
const void* row_kernel(DtypeIndex dtype, Visit&& visit) noexcept {
  switch (dtype) {
    case DtypeIndex::kFloat16: return visit.template operator()<Half>();
    case DtypeIndex::kBFloat16: return visit.template operator()<BFloat>();
    case DtypeIndex::kFloat32: return visit.template operator()<float>();
    case DtypeIndex::kFloat64: return visit.template operator()<double>();
    default: return nullptr;
  }
}

}  // namespace vt::cuda
