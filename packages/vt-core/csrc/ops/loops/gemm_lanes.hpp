// SPDX-License-Identifier: Apache-2.0
// Vectors of the instruction set at hand, as matrix products use them: whole and partial loads and stores, fused multiply-add.
#pragma once

#include "ops/loops/elements.hpp"
#include "ops/loops/gemm.hpp"

#if defined(__FMA__)
#include <immintrin.h>
#endif

namespace vt::core::VT_ISA {

#if defined(__AVX512F__)
inline constexpr int kVectorBytes = 64;
#elif defined(__AVX__)
inline constexpr int kVectorBytes = 32;
#else
inline constexpr int kVectorBytes = 16;
#endif

template <class W>
struct LanesOf {
  using Type __attribute__((vector_size(kVectorBytes))) = W;
};
template <class W>
using Lanes = typename LanesOf<W>::Type;
template <class W>
inline constexpr int kNumLanes = kVectorBytes / static_cast<int>(sizeof(W));

// The type that products of T are summed in. Integers wrap, so their sign does not matter.
template <class T>
struct SumOf {
  using Type = std::conditional_t<kIsSmallFloat<T>, float, T>;
};
template <class T>
  requires std::is_integral_v<T>
struct SumOf<T> {
  using Type = std::conditional_t<sizeof(T) == 8, uint64_t, uint32_t>;
};
template <class T>
using SumType = typename SumOf<T>::Type;

// Calls f with 0 .. N-1 as constants.
template <int N, class F>
[[gnu::always_inline]] constexpr void unrolled(F&& f) {
  if constexpr (N > 0) {
    unrolled<N - 1>(f);
    f(std::integral_constant<int, N - 1>{});
  }
}

template <class W>
[[gnu::always_inline]] inline Lanes<W> splat(W value) noexcept {
  return value - Lanes<W>{};  // keeps the sign of zero
}

// a * b + c, rounded once where the machine can.
template <class W>
[[gnu::always_inline]] inline Lanes<W> fused(Lanes<W> a, Lanes<W> b, Lanes<W> c) noexcept {
#if defined(__AVX512F__)
  if constexpr (std::is_same_v<W, float>) return _mm512_fmadd_ps(a, b, c);
  if constexpr (std::is_same_v<W, double>) return _mm512_fmadd_pd(a, b, c);
#elif defined(__FMA__)
  if constexpr (std::is_same_v<W, float>) return _mm256_fmadd_ps(a, b, c);
  if constexpr (std::is_same_v<W, double>) return _mm256_fmadd_pd(a, b, c);
#endif
  return a * b + c;
}

// kNumLanes neighbouring elements, widened.
template <class T>
[[gnu::always_inline]] inline Lanes<SumType<T>> load_lanes(const T* src) noexcept {
  using W = SumType<T>;
  if constexpr (sizeof(T) == sizeof(W)) {
    Lanes<W> lanes;
    __builtin_memcpy(&lanes, src, sizeof lanes);
    return lanes;
  } else {
    using Bits = std::conditional_t<std::is_integral_v<T>, T, uint16_t>;
    typedef Bits Narrow __attribute__((vector_size(kNumLanes<W> * sizeof(Bits))));
    Narrow narrow;
    __builtin_memcpy(&narrow, src, sizeof narrow);
    if constexpr (std::is_same_v<T, BFloat>) {
      return reinterpret_cast<Lanes<float>>(__builtin_convertvector(narrow, Lanes<uint32_t>) << 16);
    } else if constexpr (std::is_same_v<T, Half>) {
#if defined(__AVX512F__)
      return _mm512_maskz_cvtph_ps(static_cast<__mmask16>(-1), reinterpret_cast<__m256i>(narrow));
#elif defined(__F16C__)
      return _mm256_cvtph_ps(reinterpret_cast<__m128i>(narrow));
#else
      Lanes<W> lanes;
      for (int l = 0; l < kNumLanes<W>; ++l) lanes[l] = half_to_float(narrow[l]);
      return lanes;
#endif
    } else {
      return __builtin_convertvector(narrow, Lanes<W>);
    }
  }
}
// The first n, zeros for the rest.
template <class T>
[[gnu::always_inline]] inline Lanes<SumType<T>> load_lanes(const T* src, int64_t n) noexcept {
#if defined(__AVX512F__)
  const auto mask = static_cast<__mmask16>((1u << n) - 1u);
  if constexpr (std::is_same_v<T, float>) return _mm512_maskz_loadu_ps(mask, src);
  if constexpr (std::is_same_v<T, double>) return _mm512_maskz_loadu_pd(static_cast<__mmask8>(mask), src);
#endif
  T values[kNumLanes<SumType<T>>] = {};
  for (int64_t l = 0; l < n; ++l) values[l] = src[l];
  return load_lanes(values);
}

template <class W>
[[gnu::always_inline]] inline void store_lanes(W* dst, Lanes<W> lanes) noexcept {
  __builtin_memcpy(dst, &lanes, sizeof lanes);
}
template <class W>
[[gnu::always_inline]] inline void store_lanes(W* dst, Lanes<W> lanes, int64_t n) noexcept {
#if defined(__AVX512F__)
  const auto mask = static_cast<__mmask16>((1u << n) - 1u);
  if constexpr (std::is_same_v<W, float>) return _mm512_mask_storeu_ps(dst, mask, lanes);
  if constexpr (std::is_same_v<W, double>) return _mm512_mask_storeu_pd(dst, static_cast<__mmask8>(mask), lanes);
#endif
  for (int64_t l = 0; l < n; ++l) dst[l] = lanes[l];
}

// Lanes are added pairwise, the upper half to the lower, until one is left.
template <class W>
[[gnu::always_inline]] inline W sum_of_lanes(Lanes<W> lanes) noexcept {
  W values[kNumLanes<W>];
  store_lanes(values, lanes);
  for (int width = kNumLanes<W> / 2; width > 0; width /= 2)
    for (int l = 0; l < width; ++l) values[l] = values[l] + values[l + width];
  return values[0];
}

// Calls visit.operator()<T>(index) for the dtypes that have products: T by its width where signs do not matter.
template <class Visit>
void for_each_product_dtype(Visit&& visit) {
  for (size_t first = 1; first <= 5; first += 4) {
    visit.template operator()<uint8_t>(first);
    visit.template operator()<uint16_t>(first + 1);
    visit.template operator()<uint32_t>(first + 2);
    visit.template operator()<uint64_t>(first + 3);
  }
  visit.template operator()<Half>(size_t{11});
  visit.template operator()<BFloat>(size_t{12});
  visit.template operator()<float>(size_t{13});
  visit.template operator()<double>(size_t{14});
}

void fill_gemm_few_rows(GemmLoops& loops);
void fill_gemm_small(GemmLoops& loops);

}  // namespace vt::core::VT_ISA
