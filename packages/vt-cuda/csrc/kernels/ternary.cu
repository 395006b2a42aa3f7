// SPDX-License-Identifier: Apache-2.0
// where and masked_fill, clamp, lerp, addcmul and addcdiv.
#include "arithmetic.cuh"
#include "binary.cuh"
#include "ternary.hpp"

namespace vt::cuda {
namespace {

template <class W>
VT_DEVICE W interpolated(W from, W to, W weight) {
  if constexpr (kIsComplex<W>) {
    using Part = decltype(W::real);
    const W difference{to.real - from.real, to.imag - from.imag};
    if (weight.real * weight.real + weight.imag * weight.imag < Part(0.25))
      return sum_of(from, product_of(weight, difference));
    const W back = product_of(difference, W{1 - weight.real, -weight.imag});
    return W{to.real - back.real, to.imag - back.imag};
  } else {
    const W difference = to - from;
    return weight < W(0.5) && weight > W(-0.5) ? from + weight * difference : to - difference * (W{1} - weight);
  }
}

// Integers are computed as they are: only products wrap, and those go by unsigned numbers.
template <class W>
VT_DEVICE W wrapping_sum_of_product(W a, W b, W c, W value) {
  if constexpr (std::is_integral_v<W>) {
    using U = std::conditional_t<sizeof(W) < 4, uint32_t, std::make_unsigned_t<W>>;
    return static_cast<W>(static_cast<U>(a) + static_cast<U>(value) * static_cast<U>(b) * static_cast<U>(c));
  } else {
    return sum_of(a, product_of(product_of(value, b), c));
  }
}

template <class W>
VT_DEVICE W apply(TernaryKind kind, W a, W b, W c, W value) {
  if constexpr (!std::is_same_v<W, Bool>) {
    if constexpr (!kIsComplex<W>)
      if (kind == TernaryKind::kClamp) return smaller_of(larger_of(a, b), c);
    if (kind == TernaryKind::kAddcmul) return wrapping_sum_of_product(a, b, c, value);
    if constexpr (!std::is_integral_v<W>) {
      if (kind == TernaryKind::kLerp) return interpolated(a, b, c);
      if (kind == TernaryKind::kAddcdiv) return sum_of(a, quotient_of(product_of(value, b), c));
    }
  }
  return a;
}

// Dense operands: a thread takes 16 bytes of each. A is what the first operand holds: T, or bytes of a mask.
template <TernaryKind kKind, class A, class T>
__global__ void __launch_bounds__(kBlockThreads) ternary_dense(const __grid_constant__ TernaryDense p) {
  wait_for_previous_kernel();
  constexpr bool kIsSelect = kKind == TernaryKind::kSelect;
  using W = std::conditional_t<kIsSelect, T, Signed<T>>;
  constexpr int kNum = 16 / sizeof(T);
  const int64_t at = static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x;
  const auto wide = [](const TernaryOperand& in) -> W {
    if constexpr (kIsSelect) {
      return *reinterpret_cast<const T*>(in.number.bytes);
    } else {
      return number_from<T, W>(in.number, in.unrounded);
    }
  };
  const auto widened = [](T v) -> W {
    if constexpr (kIsSelect) {
      return v;
    } else {
      return to_wide<W>(v);
    }
  };
  const W b_number = wide(p.in[1]);
  const W c_number = wide(p.in[2]);
  W value{};
  if constexpr (!kIsSelect) value = number_from<T, W>(p.value, true);
  const auto* a = reinterpret_cast<const A*>(p.in[0].data);
  const auto* b = reinterpret_cast<const T*>(p.in[1].data);
  const auto* c = reinterpret_cast<const T*>(p.in[2].data);
  T* out = reinterpret_cast<T*>(p.out);
  const auto result = [&](A x, W y, W z) -> T {
    if constexpr (kIsSelect) {
      return x != 0 ? y : z;
    } else {
      return from_wide<T>(apply<W>(kKind, to_wide<W>(x), y, z, value));
    }
  };
  if ((at + 1) * kNum <= p.num) {
    const auto x = reinterpret_cast<const Vector<A, kNum>*>(a)[at];
    Vector<T, kNum> y;
    Vector<T, kNum> z;
    if (b) y = reinterpret_cast<const Vector<T, kNum>*>(b)[at];
    if (c) z = reinterpret_cast<const Vector<T, kNum>*>(c)[at];
    Vector<T, kNum> r;
#pragma unroll
    for (int k = 0; k < kNum; ++k)
      r.values[k] = result(x.values[k], b ? widened(y.values[k]) : b_number, c ? widened(z.values[k]) : c_number);
    reinterpret_cast<Vector<T, kNum>*>(out)[at] = r;
  } else {
    for (int64_t i = at * kNum; i < p.num; ++i)
      out[i] = result(a[i], b ? widened(b[i]) : b_number, c ? widened(c[i]) : c_number);
  }
}

template <class T>
VT_DEVICE T element_of(const TernaryOperand& in, int64_t offset) {
  return in.data ? load_as<T>(in.data + offset, in.dtype) : *reinterpret_cast<const T*>(in.number.bytes);
}
template <class T>
VT_DEVICE Signed<T> operand_of(const TernaryOperand& in, int64_t offset) {
  using W = Signed<T>;
  if constexpr (kIsSmallFloat<T>) {
    if (in.data && in.unrounded) return convert<float>(load_any(in.data + offset, in.dtype));
  }
  return in.data ? to_wide<W>(load_as<T>(in.data + offset, in.dtype)) : number_from<T, W>(in.number, in.unrounded);
}

template <class T, class Index>
__global__ void __launch_bounds__(kBlockThreads) ternary_strided(const __grid_constant__ TernaryStrided<Index> p) {
  wait_for_previous_kernel();
  using W = Signed<T>;
  const W value = number_from<T, W>(p.value, true);
  const int64_t first = static_cast<int64_t>(blockIdx.x) * kBlockThreads * kTernaryElementsPerThread + threadIdx.x;
  for (int e = 0; e < kTernaryElementsPerThread; ++e) {
    const int64_t i = first + e * kBlockThreads;
    if (i >= p.num) return;
    Index at[4];
    p.walk.offsets(static_cast<Index>(i), at);
    T r;
    if (p.kind == TernaryKind::kSelect) {
      const bool chosen =
          p.in[0].data ? *reinterpret_cast<const uint8_t*>(p.in[0].data + at[1]) != 0 : p.in[0].number.bytes[0] != 0;
      r = chosen ? element_of<T>(p.in[1], at[2]) : element_of<T>(p.in[2], at[3]);
    } else {
      r = from_wide<T>(apply<W>(p.kind, operand_of<T>(p.in[0], at[1]), operand_of<T>(p.in[1], at[2]),
                                operand_of<T>(p.in[2], at[3]), value));
    }
    if (p.out_dtype == kIndexOf<T>) {
      *reinterpret_cast<T*>(p.out + at[0]) = r;
    } else {
      store_any(p.out + at[0], p.out_dtype, number_of(r));
    }
  }
}

template <class T>
TernaryKernels with_dense(const void* dense) noexcept {
  return {dense, reinterpret_cast<const void*>(&ternary_strided<T, int32_t>),
          reinterpret_cast<const void*>(&ternary_strided<T, int64_t>)};
}

template <TernaryKind kKind, class T>
TernaryKernels computed() noexcept {
  return with_dense<T>(reinterpret_cast<const void*>(&ternary_dense<kKind, T, T>));
}

template <class T>
TernaryKernels of_dtype(TernaryKind kind) noexcept {
  constexpr bool kIsFloating = kIsReal<T> || kIsComplex<T>;
  switch (kind) {
    case TernaryKind::kSelect:
      if constexpr (sizeof(T) == 1)
        return with_dense<T>(reinterpret_cast<const void*>(&ternary_dense<TernaryKind::kSelect, uint8_t, uint8_t>));
      if constexpr (sizeof(T) == 2)
        return with_dense<T>(reinterpret_cast<const void*>(&ternary_dense<TernaryKind::kSelect, uint8_t, uint16_t>));
      if constexpr (sizeof(T) == 4)
        return with_dense<T>(reinterpret_cast<const void*>(&ternary_dense<TernaryKind::kSelect, uint8_t, uint32_t>));
      if constexpr (sizeof(T) == 8)
        return with_dense<T>(reinterpret_cast<const void*>(&ternary_dense<TernaryKind::kSelect, uint8_t, uint64_t>));
      if constexpr (sizeof(T) == 16)
        return with_dense<T>(
            reinterpret_cast<const void*>(&ternary_dense<TernaryKind::kSelect, uint8_t, Complex<double>>));
      return {};
    case TernaryKind::kClamp:
      if constexpr (kIsReal<T> || std::is_integral_v<T>) return computed<TernaryKind::kClamp, T>();
      return {};
    case TernaryKind::kAddcmul:
      if constexpr (kIsFloating || std::is_integral_v<T>) return computed<TernaryKind::kAddcmul, T>();
      return {};
    case TernaryKind::kLerp:
      if constexpr (kIsFloating) return computed<TernaryKind::kLerp, T>();
      return {};
    default:
      if constexpr (kIsFloating) return computed<TernaryKind::kAddcdiv, T>();
      return {};
  }
}

}  // namespace

TernaryKernels ternary_kernels(TernaryKind kind, DtypeIndex dtype) noexcept {
  return for_dtype<TernaryKernels>(dtype, [kind]<class T>() { return of_dtype<T>(kind); });
}

}  // namespace vt::cuda
