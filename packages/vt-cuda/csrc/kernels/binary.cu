// SPDX-License-Identifier: Apache-2.0
// add, add with alpha, and mul.
#include "arithmetic.cuh"
#include "binary.cuh"

namespace vt::cuda {
namespace {

// Integers wrap: they are computed unsigned, and at least 32 bits wide, as shorter ones would promote to int.
template <class T>
struct ComputeOf {
  using Type = Signed<T>;
};
template <class T>
  requires std::is_integral_v<T>
struct ComputeOf<T> {
  using Type = std::conditional_t<sizeof(T) < 4, uint32_t, std::make_unsigned_t<T>>;
};

struct Arithmetic {
  template <class T>
  using Wide = typename ComputeOf<T>::Type;
  template <class T>
  using Out = T;
  BinaryKind kind;
  VT_DEVICE explicit Arithmetic(BinaryKind k) : kind(k) {}
  template <class T>
  VT_DEVICE Wide<T> apply(Wide<T> a, Wide<T> b, Wide<T> alpha) const {
    switch (kind) {
      case BinaryKind::kAdd: return sum_of(a, b);
      case BinaryKind::kAddScaled: return sum_of(a, product_of(alpha, b));
      default: return product_of(a, b);
    }
  }
};

template <BinaryKind kKind>
struct Known : Arithmetic {
  VT_DEVICE explicit Known(BinaryKind) : Arithmetic(kKind) {}
};

// The sign of an integer makes no difference where operands are dense.
template <class T>
struct UnsignedOf {
  using Type = T;
};
template <class T>
  requires std::is_integral_v<T>
struct UnsignedOf<T> {
  using Type = std::make_unsigned_t<T>;
};

// Four elements of float32 beside four of a half dtype, as residual connections have them under autocast.
template <BinaryKind kKind, class A, class B>
__global__ void __launch_bounds__(kBlockThreads) mixed_dense(const __grid_constant__ BinaryDense p) {
  wait_for_previous_kernel();
  constexpr int kNum = 4;
  constexpr int kVectors = kDenseVectorsPerThread;
  const auto* a = static_cast<const A*>(p.a);
  const auto* b = static_cast<const B*>(p.b);
  auto* out = static_cast<float*>(p.out);
  const float alpha = *reinterpret_cast<const float*>(p.alpha.bytes);
  const Known<kKind> op(kKind);
  const int64_t block = static_cast<int64_t>(blockIdx.x) * kBlockThreads * kVectors;
  Vector<A, kNum> x[kVectors];
  Vector<B, kNum> y[kVectors];
#pragma unroll
  for (int v = 0; v < kVectors; ++v) {
    const int64_t at = block + v * kBlockThreads + threadIdx.x;
    if ((at + 1) * kNum > p.num) break;
    x[v] = reinterpret_cast<const Vector<A, kNum>*>(a)[at];
    y[v] = reinterpret_cast<const Vector<B, kNum>*>(b)[at];
  }
#pragma unroll
  for (int v = 0; v < kVectors; ++v) {
    const int64_t at = block + v * kBlockThreads + threadIdx.x;
    if ((at + 1) * kNum <= p.num) {
      Vector<float, kNum> r;
#pragma unroll
      for (int k = 0; k < kNum; ++k)
        r.values[k] = op.template apply<float>(to_wide<float>(x[v].values[k]), to_wide<float>(y[v].values[k]), alpha);
      reinterpret_cast<Vector<float, kNum>*>(out)[at] = r;
    } else {
      for (int64_t i = at * kNum; i < p.num; ++i)
        out[i] = op.template apply<float>(to_wide<float>(a[i]), to_wide<float>(b[i]), alpha);
    }
  }
}

template <BinaryKind kKind>
const void* mixed_of_kind(DtypeIndex a, DtypeIndex b) noexcept {
  const auto with = [&]<class Small>() -> const void* {
    if (a == DtypeIndex::kFloat32 && b == kIndexOf<Small>)
      return reinterpret_cast<const void*>(&mixed_dense<kKind, float, Small>);
    if (a == kIndexOf<Small> && b == DtypeIndex::kFloat32)
      return reinterpret_cast<const void*>(&mixed_dense<kKind, Small, float>);
    return nullptr;
  };
  const void* kernel = with.template operator()<BFloat>();
  return kernel ? kernel : with.template operator()<Half>();
}

template <BinaryKind kKind>
BinaryKernels of_kind(DtypeIndex dtype) noexcept {
  return for_dtype(dtype, [&]<class T>() -> BinaryKernels {
    if constexpr (kIsFloat8<T>) {
      if (kKind != BinaryKind::kMul) return {};
      return {nullptr, reinterpret_cast<const void*>(&binary_strided<Arithmetic, T, int32_t>),
              reinterpret_cast<const void*>(&binary_strided<Arithmetic, T, int64_t>)};
    } else {
      return {reinterpret_cast<const void*>(&binary_dense<Known<kKind>, typename UnsignedOf<T>::Type>),
              reinterpret_cast<const void*>(&binary_strided<Arithmetic, T, int32_t>),
              reinterpret_cast<const void*>(&binary_strided<Arithmetic, T, int64_t>)};
    }
  });
}

}  // namespace

BinaryKernels arithmetic_kernels(BinaryKind kind, DtypeIndex dtype) noexcept {
  switch (kind) {
    case BinaryKind::kAdd: return of_kind<BinaryKind::kAdd>(dtype);
    case BinaryKind::kAddScaled: return of_kind<BinaryKind::kAddScaled>(dtype);
    default: return of_kind<BinaryKind::kMul>(dtype);
  }
}

const void* mixed_arithmetic_kernel(BinaryKind kind, DtypeIndex a, DtypeIndex b) noexcept {
  switch (kind) {
    case BinaryKind::kAdd: return mixed_of_kind<BinaryKind::kAdd>(a, b);
    case BinaryKind::kAddScaled: return mixed_of_kind<BinaryKind::kAddScaled>(a, b);
    case BinaryKind::kMul: return mixed_of_kind<BinaryKind::kMul>(a, b);
    default: return nullptr;
  }
}

}  // namespace vt::cuda
