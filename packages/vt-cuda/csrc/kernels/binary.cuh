// SPDX-License-Identifier: Apache-2.0
// The kernels on two operands, for any operator: dense operands by 16 bytes, all others by a walk.
#pragma once

#include "binary.hpp"
#include "elements.cuh"

// Note [Operators]
// An operator is a struct with `Wide<T>`, what elements of T are computed in, `Out<T>`, what it gives, and apply<T>(a, b,
// alpha). It is made from the kind, which those of dense kernels know when they are compiled.
namespace vt::cuda {

// Small floats are computed in float, all others as they are.
template <class T>
using Signed = std::conditional_t<kIsSmallFloat<T>, float, T>;

template <class W, class T>
VT_DEVICE W to_wide(T v) {
  if constexpr (kIsSmallFloat<T>) {
    return widen(v);
  } else if constexpr (std::is_same_v<T, Bool>) {
    return Bool{static_cast<uint8_t>(v.bits != 0)};
  } else {
    return static_cast<W>(v);
  }
}
template <class T, class W>
VT_DEVICE T from_wide(W v) {
  if constexpr (kIsSmallFloat<T>) {
    return narrow<T>(v);
  } else {
    return static_cast<T>(v);
  }
}

// A number as the host stores it: an element, or where `unrounded` float for the small floating dtypes.
template <class T, class W>
VT_DEVICE W number_from(const ElementCell& cell, bool unrounded) {
  if constexpr (kIsSmallFloat<T>) {
    if (unrounded) return *reinterpret_cast<const float*>(cell.bytes);
  }
  return to_wide<W>(*reinterpret_cast<const T*>(cell.bytes));
}

template <class T, int kCount>
struct alignas(sizeof(T) * kCount) Vector {
  T values[kCount];
};

template <class Op, class T>
__global__ void __launch_bounds__(kBlockThreads) binary_dense(const __grid_constant__ BinaryDense p) {
  wait_for_previous_kernel();
  using W = typename Op::template Wide<T>;
  using Out = typename Op::template Out<T>;
  constexpr int kNum = 16 / sizeof(T);
  constexpr int kVectors = kDenseVectorsPerThread;
  using In = Vector<T, kNum>;
  const T* a = static_cast<const T*>(p.a);
  const T* b = static_cast<const T*>(p.b);
  Out* out = static_cast<Out*>(p.out);
  const Op op(p.kind);
  const W alpha = number_from<T, W>(p.alpha, true);
  const W a_number = number_from<T, W>(p.a_number, false);
  const W b_number = number_from<T, W>(p.b_number, p.b_unrounded);
  const int64_t block = static_cast<int64_t>(blockIdx.x) * kBlockThreads * kVectors;
  In x[kVectors];
  In y[kVectors];
#pragma unroll
  for (int v = 0; v < kVectors; ++v) {
    const int64_t at = block + v * kBlockThreads + threadIdx.x;
    if ((at + 1) * kNum > p.num) break;
    if (a) x[v] = reinterpret_cast<const In*>(a)[at];
    if (b) y[v] = reinterpret_cast<const In*>(b)[at];
  }
#pragma unroll
  for (int v = 0; v < kVectors; ++v) {
    const int64_t at = block + v * kBlockThreads + threadIdx.x;
    if ((at + 1) * kNum <= p.num) {
      Vector<Out, kNum> r;
#pragma unroll
      for (int k = 0; k < kNum; ++k)
        r.values[k] = from_wide<Out>(op.template apply<T>(a ? to_wide<W>(x[v].values[k]) : a_number,
                                                          b ? to_wide<W>(y[v].values[k]) : b_number, alpha));
      reinterpret_cast<Vector<Out, kNum>*>(out)[at] = r;
    } else {
      for (int64_t i = at * kNum; i < p.num; ++i)
        out[i] = from_wide<Out>(
            op.template apply<T>(a ? to_wide<W>(a[i]) : a_number, b ? to_wide<W>(b[i]) : b_number, alpha));
    }
  }
}

template <class T>
VT_DEVICE T load_as(const char* p, DtypeIndex dtype) {
  if (dtype == kIndexOf<T>) return *reinterpret_cast<const T*>(p);
  return convert<T>(load_any(p, dtype));
}

template <class Op, class T, class Index>
__global__ void __launch_bounds__(kBlockThreads) binary_strided(const __grid_constant__ BinaryStrided<Index> p) {
  wait_for_previous_kernel();
  using W = typename Op::template Wide<T>;
  using Out = typename Op::template Out<T>;
  const Op op(p.kind);
  const W alpha = number_from<T, W>(p.alpha, true);
  const W a_number = number_from<T, W>(p.a_number, false);
  const W b_number = number_from<T, W>(p.b_number, p.b_unrounded);
  const int64_t first = static_cast<int64_t>(blockIdx.x) * kBlockThreads * kStridedElementsPerThread + threadIdx.x;
#pragma unroll
  for (int e = 0; e < kStridedElementsPerThread; ++e) {
    const int64_t i = first + e * kBlockThreads;
    if (i >= p.num) return;
    Index at[3];
    p.walk.offsets(static_cast<Index>(i), at);
    const W x = p.a ? to_wide<W>(load_as<T>(p.a + at[1], p.a_dtype)) : a_number;
    W y = b_number;
    if (p.b) {
      if (kIsSmallFloat<T> && p.b_unrounded) {
        if constexpr (kIsSmallFloat<T>) y = convert<float>(load_any(p.b + at[2], p.b_dtype));
      } else {
        y = to_wide<W>(load_as<T>(p.b + at[2], p.b_dtype));
      }
    }
    const Out r = from_wide<Out>(op.template apply<T>(x, y, alpha));
    if (p.out_dtype == kIndexOf<Out>) {
      *reinterpret_cast<Out*>(p.out + at[0]) = r;
    } else {
      store_any(p.out + at[0], p.out_dtype, number_of(r));
    }
  }
}

// `DenseOp` knows the kind when it is compiled, `Op` takes it from the parameters.
template <class DenseOp, class Op, class T>
BinaryKernels kernels_for() noexcept {
  return {reinterpret_cast<const void*>(&binary_dense<DenseOp, T>),
          reinterpret_cast<const void*>(&binary_strided<Op, T, int32_t>),
          reinterpret_cast<const void*>(&binary_strided<Op, T, int64_t>)};
}

// Calls visit.operator()<T>() for a dtype on the host; an empty entry for what the stack does not have.
template <class Kernels = BinaryKernels, class Visit>
Kernels for_dtype(DtypeIndex dtype, Visit&& visit) noexcept {
  switch (dtype) {
    case DtypeIndex::kBool: return visit.template operator()<Bool>();
    case DtypeIndex::kUInt8: return visit.template operator()<uint8_t>();
    case DtypeIndex::kUInt16: return visit.template operator()<uint16_t>();
    case DtypeIndex::kUInt32: return visit.template operator()<uint32_t>();
    case DtypeIndex::kUInt64: return visit.template operator()<uint64_t>();
    case DtypeIndex::kInt8: return visit.template operator()<int8_t>();
    case DtypeIndex::kInt16: return visit.template operator()<int16_t>();
    case DtypeIndex::kInt32: return visit.template operator()<int32_t>();
    case DtypeIndex::kInt64: return visit.template operator()<int64_t>();
    case DtypeIndex::kFloat8E4M3: return visit.template operator()<E4M3>();
    case DtypeIndex::kFloat8E5M2: return visit.template operator()<E5M2>();
    case DtypeIndex::kFloat16: return visit.template operator()<Half>();
    case DtypeIndex::kBFloat16: return visit.template operator()<BFloat>();
    case DtypeIndex::kFloat32: return visit.template operator()<float>();
    case DtypeIndex::kFloat64: return visit.template operator()<double>();
    case DtypeIndex::kComplex64: return visit.template operator()<Complex<float>>();
    case DtypeIndex::kComplex128: return visit.template operator()<Complex<double>>();
    default: return {};
  }
}

template <class T>
inline constexpr bool kIsFloat8 = std::is_same_v<T, E4M3> || std::is_same_v<T, E5M2>;
template <class T>
inline constexpr bool kIsReal = std::is_floating_point_v<T> || std::is_same_v<T, Half> || std::is_same_v<T, BFloat>;

}  // namespace vt::cuda
