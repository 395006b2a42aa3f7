// SPDX-License-Identifier: Apache-2.0
// add, add with alpha, and mul.
#include "elements.cuh"

namespace vt::cuda {
namespace {

// Integers wrap: they are computed unsigned, and at least 32 bits wide, as shorter ones would promote to int.
template <class T>
struct ComputeOf {
  using Type = std::conditional_t<kIsSmallFloat<T>, float, T>;
};
template <class T>
  requires std::is_integral_v<T>
struct ComputeOf<T> {
  using Type = std::conditional_t<sizeof(T) < 4, uint32_t, std::make_unsigned_t<T>>;
};
template <class T>
using Compute = typename ComputeOf<T>::Type;

template <class T>
VT_DEVICE Compute<T> to_compute(T v) {
  if constexpr (kIsSmallFloat<T>) {
    return widen(v);
  } else if constexpr (std::is_same_v<T, Bool>) {
    return Bool{static_cast<uint8_t>(v.bits != 0)};
  } else {
    return static_cast<Compute<T>>(v);
  }
}
template <class T>
VT_DEVICE T from_compute(Compute<T> v) {
  if constexpr (kIsSmallFloat<T>) {
    return narrow<T>(v);
  } else {
    return static_cast<T>(v);
  }
}

template <class W>
VT_DEVICE W sum_of(W a, W b) {
  if constexpr (kIsComplex<W>) {
    return W{a.real + b.real, a.imag + b.imag};
  } else if constexpr (std::is_same_v<W, Bool>) {
    return Bool{static_cast<uint8_t>(a.bits | b.bits)};
  } else {
    return a + b;
  }
}
template <class W>
VT_DEVICE W product_of(W a, W b) {
  if constexpr (kIsComplex<W>) {
    return W{a.real * b.real - a.imag * b.imag, a.real * b.imag + a.imag * b.real};
  } else if constexpr (std::is_same_v<W, Bool>) {
    return Bool{static_cast<uint8_t>(a.bits & b.bits)};
  } else {
    return a * b;
  }
}
template <class W>
VT_DEVICE W apply(BinaryKind kind, W a, W b, W alpha) {
  switch (kind) {
    case BinaryKind::kAdd: return sum_of(a, b);
    case BinaryKind::kAddScaled: return sum_of(a, product_of(alpha, b));
    default: return product_of(a, b);
  }
}

// A number as the host stores it: float for the small floating dtypes, else an element.
template <class T>
VT_DEVICE Compute<T> number_from(const ElementCell& cell) {
  if constexpr (kIsSmallFloat<T>) {
    return *reinterpret_cast<const float*>(cell.bytes);
  } else {
    return to_compute(*reinterpret_cast<const T*>(cell.bytes));
  }
}

template <class T>
struct alignas(16) Vector {
  static constexpr int kNum = 16 / sizeof(T);
  T values[kNum];
};

template <BinaryKind kKind, class T>
__global__ void __launch_bounds__(kBlockThreads) binary_dense(const __grid_constant__ BinaryDense p) {
  constexpr int kNum = Vector<T>::kNum;
  constexpr int kVectors = kDenseVectorsPerThread;
  const T* a = static_cast<const T*>(p.a);
  const T* b = static_cast<const T*>(p.b);
  T* out = static_cast<T*>(p.out);
  const Compute<T> alpha = number_from<T>(p.alpha);
  const Compute<T> number = number_from<T>(p.number);
  const int64_t block = static_cast<int64_t>(blockIdx.x) * kBlockThreads * kVectors;
  Vector<T> x[kVectors];
  Vector<T> y[kVectors];
#pragma unroll
  for (int v = 0; v < kVectors; ++v) {
    const int64_t at = block + v * kBlockThreads + threadIdx.x;
    if ((at + 1) * kNum > p.num) break;
    x[v] = reinterpret_cast<const Vector<T>*>(a)[at];
    if (b) y[v] = reinterpret_cast<const Vector<T>*>(b)[at];
  }
#pragma unroll
  for (int v = 0; v < kVectors; ++v) {
    const int64_t at = block + v * kBlockThreads + threadIdx.x;
    if ((at + 1) * kNum <= p.num) {
      Vector<T> r;
#pragma unroll
      for (int k = 0; k < kNum; ++k)
        r.values[k] =
            from_compute<T>(apply(kKind, to_compute(x[v].values[k]), b ? to_compute(y[v].values[k]) : number, alpha));
      reinterpret_cast<Vector<T>*>(out)[at] = r;
    } else {
      for (int64_t i = at * kNum; i < p.num; ++i)
        out[i] = from_compute<T>(apply(kKind, to_compute(a[i]), b ? to_compute(b[i]) : number, alpha));
    }
  }
}

template <class T>
VT_DEVICE T load_as(const char* p, DtypeIndex dtype) {
  if (dtype == kIndexOf<T>) return *reinterpret_cast<const T*>(p);
  return convert<T>(load_any(p, dtype));
}

template <class T, class Index>
__global__ void __launch_bounds__(kBlockThreads) binary_strided(const __grid_constant__ BinaryStrided<Index> p) {
  const Compute<T> alpha = number_from<T>(p.alpha);
  const Compute<T> b_number = number_from<T>(p.b_number);
  const T a_number = *reinterpret_cast<const T*>(p.a_number.bytes);
  const int64_t first = static_cast<int64_t>(blockIdx.x) * kBlockThreads * kStridedElementsPerThread + threadIdx.x;
#pragma unroll
  for (int e = 0; e < kStridedElementsPerThread; ++e) {
    const int64_t i = first + e * kBlockThreads;
    if (i >= p.num) return;
    Index at[3];
    p.walk.offsets(static_cast<Index>(i), at);
    const Compute<T> x = to_compute(p.a ? load_as<T>(p.a + at[1], p.a_dtype) : a_number);
    Compute<T> y = b_number;
    if (p.b) {
      if (kIsSmallFloat<T> && p.b_unrounded) {
        if constexpr (kIsSmallFloat<T>) y = convert<float>(load_any(p.b + at[2], p.b_dtype));
      } else {
        y = to_compute(load_as<T>(p.b + at[2], p.b_dtype));
      }
    }
    const T r = from_compute<T>(apply(p.kind, x, y, alpha));
    if (p.out_dtype == kIndexOf<T>) {
      *reinterpret_cast<T*>(p.out + at[0]) = r;
    } else {
      store_any(p.out + at[0], p.out_dtype, number_of(r));
    }
  }
}

template <BinaryKind kKind>
const void* dense(DtypeIndex dtype) noexcept {
  switch (dtype) {
    case DtypeIndex::kBool: return reinterpret_cast<const void*>(&binary_dense<kKind, Bool>);
    case DtypeIndex::kUInt8:
    case DtypeIndex::kInt8: return reinterpret_cast<const void*>(&binary_dense<kKind, uint8_t>);
    case DtypeIndex::kUInt16:
    case DtypeIndex::kInt16: return reinterpret_cast<const void*>(&binary_dense<kKind, uint16_t>);
    case DtypeIndex::kUInt32:
    case DtypeIndex::kInt32: return reinterpret_cast<const void*>(&binary_dense<kKind, uint32_t>);
    case DtypeIndex::kUInt64:
    case DtypeIndex::kInt64: return reinterpret_cast<const void*>(&binary_dense<kKind, uint64_t>);
    case DtypeIndex::kFloat16: return reinterpret_cast<const void*>(&binary_dense<kKind, Half>);
    case DtypeIndex::kBFloat16: return reinterpret_cast<const void*>(&binary_dense<kKind, BFloat>);
    case DtypeIndex::kFloat32: return reinterpret_cast<const void*>(&binary_dense<kKind, float>);
    case DtypeIndex::kFloat64: return reinterpret_cast<const void*>(&binary_dense<kKind, double>);
    case DtypeIndex::kComplex64: return reinterpret_cast<const void*>(&binary_dense<kKind, Complex<float>>);
    case DtypeIndex::kComplex128: return reinterpret_cast<const void*>(&binary_dense<kKind, Complex<double>>);
    default: return nullptr;
  }
}

template <class T>
const void* strided(bool wide) noexcept {
  return wide ? reinterpret_cast<const void*>(&binary_strided<T, int64_t>)
              : reinterpret_cast<const void*>(&binary_strided<T, int32_t>);
}

}  // namespace

const void* binary_dense_kernel(BinaryKind kind, DtypeIndex dtype) noexcept {
  switch (kind) {
    case BinaryKind::kAdd: return dense<BinaryKind::kAdd>(dtype);
    case BinaryKind::kAddScaled: return dense<BinaryKind::kAddScaled>(dtype);
    default: return dense<BinaryKind::kMul>(dtype);
  }
}

const void* binary_strided_kernel(DtypeIndex dtype, bool wide) noexcept {
  switch (dtype) {
    case DtypeIndex::kBool: return strided<Bool>(wide);
    case DtypeIndex::kUInt8: return strided<uint8_t>(wide);
    case DtypeIndex::kUInt16: return strided<uint16_t>(wide);
    case DtypeIndex::kUInt32: return strided<uint32_t>(wide);
    case DtypeIndex::kUInt64: return strided<uint64_t>(wide);
    case DtypeIndex::kInt8: return strided<int8_t>(wide);
    case DtypeIndex::kInt16: return strided<int16_t>(wide);
    case DtypeIndex::kInt32: return strided<int32_t>(wide);
    case DtypeIndex::kInt64: return strided<int64_t>(wide);
    case DtypeIndex::kFloat8E4M3: return strided<E4M3>(wide);
    case DtypeIndex::kFloat8E5M2: return strided<E5M2>(wide);
    case DtypeIndex::kFloat16: return strided<Half>(wide);
    case DtypeIndex::kBFloat16: return strided<BFloat>(wide);
    case DtypeIndex::kFloat32: return strided<float>(wide);
    case DtypeIndex::kFloat64: return strided<double>(wide);
    case DtypeIndex::kComplex64: return strided<Complex<float>>(wide);
    case DtypeIndex::kComplex128: return strided<Complex<double>>(wide);
    default: return nullptr;
  }
}

}  // namespace vt::cuda
