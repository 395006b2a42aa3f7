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

// 16 bytes of a row as they lie in memory, in words: an element of 16 bits would take a whole register.
struct alignas(16) RawPack {
  uint32_t words[4];
};

// Element k, as what it is computed in.
template <class T>
VT_DEVICE Wide<T> wide_element(const RawPack& raw, int k) {
  Wide<T> element;
  if constexpr (std::is_same_v<T, BFloat>) {
    // The upper half of a float.
    const uint32_t bits = k % 2 ? raw.words[k / 2] & 0xffff0000u : raw.words[k / 2] << 16;
    memcpy(&element, &bits, sizeof element);
  } else if constexpr (std::is_same_v<T, Half>) {
    __half2 pair;
    memcpy(&pair, &raw.words[k / 2], sizeof pair);
    element = k % 2 ? __high2float(pair) : __low2float(pair);
  } else {
    memcpy(&element, &raw.words[k * sizeof(T) / 4], sizeof element);
  }
  return element;
}
template <class T>
VT_DEVICE Array<Wide<T>, kPack<T>> widened(const RawPack& raw) {
  Array<Wide<T>, kPack<T>> out;
#pragma unroll
  for (int k = 0; k < kPack<T>; ++k) out[k] = wide_element<T>(raw, k);
  return out;
}
template <class T>
VT_DEVICE RawPack narrowed(const Array<Wide<T>, kPack<T>>& values) {
  RawPack raw;
  if constexpr (kIsSmallFloat<T>) {
    using Pair = std::conditional_t<std::is_same_v<T, Half>, __half2, __nv_bfloat162>;
#pragma unroll
    for (int i = 0; i < 4; ++i) {
      // Two elements by one instruction.
      Pair pair;
      if constexpr (std::is_same_v<T, Half>) {
        pair = __floats2half2_rn(values[2 * i], values[2 * i + 1]);
      } else {
        pair = __floats2bfloat162_rn(values[2 * i], values[2 * i + 1]);
      }
      memcpy(&raw.words[i], &pair, sizeof pair);
    }
  } else {
    memcpy(&raw, &values, sizeof raw);
  }
  return raw;
}

// The pack from element `at` on of a row of `size`; elements beyond are 0. Whole and aligned if `vectors`.
template <class T>
VT_DEVICE RawPack load_raw(const T* row, int64_t at, int64_t size, bool vectors) {
  if (vectors) return *reinterpret_cast<const RawPack*>(row + at);
  RawPack out{};
#pragma unroll
  for (int k = 0; k < kPack<T>; ++k) {
    if (at + k >= size) break;
    const T element = row[at + k];
    if constexpr (sizeof(T) == 2) {
      uint16_t bits;
      memcpy(&bits, &element, sizeof bits);
      out.words[k / 2] |= static_cast<uint32_t>(bits) << (k % 2 * 16);
    } else {
      memcpy(&out.words[k * sizeof(T) / 4], &element, sizeof element);
    }
  }
  return out;
}
// kNum elements, as load_raw.
template <class T, int kNum>
VT_DEVICE Array<Wide<T>, kNum> load_pack(const T* row, int64_t at, int64_t size, bool vectors) {
  if constexpr (kNum == kPack<T>) {
    return widened<T>(load_raw(row, at, size, vectors));
  } else {
    static_assert(std::is_same_v<T, Wide<T>>);
    if (vectors) return *reinterpret_cast<const Array<T, kNum>*>(row + at);
    Array<T, kNum> out;
#pragma unroll
    for (int k = 0; k < kNum; ++k) out[k] = at + k < size ? row[at + k] : T{0};
    return out;
  }
}
template <class T, int kNum>
VT_DEVICE void store_pack(T* row, int64_t at, int64_t size, bool vectors, const Array<Wide<T>, kNum>& values) {
  if (vectors) {
    if constexpr (kNum == kPack<T>) {
      *reinterpret_cast<RawPack*>(row + at) = narrowed<T>(values);
    } else {
      static_assert(std::is_same_v<T, Wide<T>>);
      *reinterpret_cast<Array<T, kNum>*>(row + at) = values;
    }
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
  VT_DEVICE float operator()(float a, float b) const { return fmaxf(a, b); }
  VT_DEVICE double operator()(double a, double b) const { return fmax(a, b); }
};

// e^x of an element of T: for half types, whose results are rounded to them, by the device's own powers of two.
template <class T>
VT_DEVICE Wide<T> exponential(Wide<T> x) {
#if defined(__CUDA_ARCH__)
  if constexpr (kIsSmallFloat<T>) {
    constexpr float kLog2E = 1.4426950408889634f;
    float power;
    asm("ex2.approx.ftz.f32 %0, %1;" : "=f"(power) : "f"(x * kLog2E));
    return power;
  }
#endif
  return exp(x);
}

// a b + c; rounded once for elements of half types, whose results are rounded to them anyway.
template <class T>
VT_DEVICE Wide<T> multiply_add(Wide<T> a, Wide<T> b, Wide<T> c) {
  if constexpr (kIsSmallFloat<T>) {
    return __fmaf_rn(a, b, c);
  } else {
    return a * b + c;
  }
}

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

// A row as packs dealt to the threads of a group; kept in registers as they lie in memory if kHeld, else read whenever asked for.
template <class T, int kThreads, bool kHeld>
class RowPacks {
 public:
  static constexpr int kNum = kPack<T>;
  using Pack = Array<Wide<T>, kNum>;
  VT_DEVICE RowPacks(const T* row, int64_t size, bool vectors) : row_(row), size_(size), vectors_(vectors) {
    if constexpr (kHeld) {
#pragma unroll
      for (int v = 0; v < kHeldPacks; ++v)
        if (place(v) < size_) held_[v] = load(v);
    }
  }
  VT_DEVICE Pack get(int v) const {
    if constexpr (kHeld) {
      return widened<T>(held_[v]);
    } else {
      return widened<T>(load(v));
    }
  }
  VT_DEVICE static int64_t place(int v) {
    return (static_cast<int64_t>(v) * kThreads + RowGroup<kThreads>::lane()) * kNum;
  }
  // body(pack, v, at, num): pack v begins at element `at` and has `num` elements of the row. That it has all is a
  // constant where rows are of whole packs.
  template <class Body>
  VT_DEVICE void each(Body body) const {
    if constexpr (kHeld) {
#pragma unroll
      for (int v = 0; v < kHeldPacks; ++v)
        if (place(v) < size_) one(widened<T>(held_[v]), v, body);
    } else {
      int v = 0;
      for (; place(v + kAhead - 1) < size_; v += kAhead) {
        RawPack ahead[kAhead];
#pragma unroll
        for (int a = 0; a < kAhead; ++a) ahead[a] = load(v + a);
#pragma unroll
        for (int a = 0; a < kAhead; ++a) one(widened<T>(ahead[a]), v + a, body);
      }
      for (; place(v) < size_; ++v) one(widened<T>(load(v)), v, body);
    }
  }

 private:
  static constexpr int kAhead = 4;  // packs loaded before the first is looked at

  VT_DEVICE RawPack load(int v) const { return load_raw(row_, place(v), size_, vectors_); }
  template <class Body>
  VT_DEVICE void one(const Pack& pack, int v, Body& body) const {
    const int64_t at = place(v);
    if (vectors_) {
      body(pack, v, at, kNum);
    } else {
      body(pack, v, at, size_ - at < kNum ? static_cast<int>(size_ - at) : kNum);
    }
  }

  const T* row_;
  int64_t size_;
  bool vectors_;
  RawPack held_[kHeld ? kHeldPacks : 1];
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
