// SPDX-License-Identifier: Apache-2.0
// The fold of the largest or smallest element, by itself and as a part of the reductions that need it.
#pragma once

#include <limits>

#include "ops/loops/fold.hpp"

#if defined(__AVX512F__)
#include <immintrin.h>
#endif

namespace vt::core::VT_ISA {

#if defined(__AVX512F__)
// Steps of 256 bytes of dense elements, by the processor's extreme, which takes the second of equal operands. That loses NaN, which
// is looked for in two vectors at once: where there is one, nothing is taken. Returns the number of elements taken.
template <bool kMaximum>
int64_t take_extremes(const float* src, int64_t n, float* lanes) noexcept {
  __m512 best[4];
  for (int j = 0; j < 4; ++j) best[j] = _mm512_loadu_ps(lanes + 16 * j);
  constexpr auto kAll = static_cast<__mmask16>(-1);  // the plain forms draw a warning of GCC 12
  __mmask16 nan = 0;
  int64_t i = 0;
  for (; i + 64 <= n; i += 64) {
    __m512 x[4];
    for (int j = 0; j < 4; ++j) x[j] = _mm512_loadu_ps(src + i + 16 * j);
    for (int j = 0; j < 4; ++j)
      best[j] = kMaximum ? _mm512_maskz_max_ps(kAll, x[j], best[j]) : _mm512_maskz_min_ps(kAll, x[j], best[j]);
    nan = static_cast<__mmask16>(nan | _mm512_cmp_ps_mask(x[0], x[1], _CMP_UNORD_Q) |
                                 _mm512_cmp_ps_mask(x[2], x[3], _CMP_UNORD_Q));
  }
  if (nan) return 0;
  for (int j = 0; j < 4; ++j) _mm512_storeu_ps(lanes + 16 * j, best[j]);
  return i;
}
template <bool kMaximum>
int64_t take_extremes(const double* src, int64_t n, double* lanes) noexcept {
  __m512d best[4];
  for (int j = 0; j < 4; ++j) best[j] = _mm512_loadu_pd(lanes + 8 * j);
  constexpr auto kAll = static_cast<__mmask8>(-1);
  __mmask8 nan = 0;
  int64_t i = 0;
  for (; i + 32 <= n; i += 32) {
    __m512d x[4];
    for (int j = 0; j < 4; ++j) x[j] = _mm512_loadu_pd(src + i + 8 * j);
    for (int j = 0; j < 4; ++j)
      best[j] = kMaximum ? _mm512_maskz_max_pd(kAll, x[j], best[j]) : _mm512_maskz_min_pd(kAll, x[j], best[j]);
    nan = static_cast<__mmask8>(nan | _mm512_cmp_pd_mask(x[0], x[1], _CMP_UNORD_Q) |
                                _mm512_cmp_pd_mask(x[2], x[3], _CMP_UNORD_Q));
  }
  if (nan) return 0;
  for (int j = 0; j < 4; ++j) _mm512_storeu_pd(lanes + 8 * j, best[j]);
  return i;
}
#endif

#if defined(__AVX512F__)
// The extreme of the lanes of such steps, the upper half of them combined with the lower until one is left: without NaN the
// processor's extreme, with the lower lane for its second operand, is what combine gives.
template <bool kMaximum>
float fold_extremes(const float* lanes) noexcept {
  constexpr auto kAll = static_cast<__mmask16>(-1);
  const auto better = [](__m512 upper, __m512 lower) __attribute__((always_inline)) {
    return kMaximum ? _mm512_maskz_max_ps(kAll, upper, lower) : _mm512_maskz_min_ps(kAll, upper, lower);
  };
  __m512 v = better(better(_mm512_loadu_ps(lanes + 48), _mm512_loadu_ps(lanes + 16)),
                    better(_mm512_loadu_ps(lanes + 32), _mm512_loadu_ps(lanes)));
  v = better(_mm512_maskz_shuffle_f32x4(kAll, v, v, 0b01'00'11'10), v);
  v = better(_mm512_maskz_shuffle_f32x4(kAll, v, v, 0b10'11'00'01), v);
  v = better(_mm512_maskz_permute_ps(kAll, v, 0b01'00'11'10), v);
  v = better(_mm512_maskz_permute_ps(kAll, v, 0b10'11'00'01), v);
  return v[0];
}
template <bool kMaximum>
double fold_extremes(const double* lanes) noexcept {
  constexpr auto kAll = static_cast<__mmask8>(-1);
  const auto better = [](__m512d upper, __m512d lower) __attribute__((always_inline)) {
    return kMaximum ? _mm512_maskz_max_pd(kAll, upper, lower) : _mm512_maskz_min_pd(kAll, upper, lower);
  };
  __m512d v = better(better(_mm512_loadu_pd(lanes + 24), _mm512_loadu_pd(lanes + 8)),
                     better(_mm512_loadu_pd(lanes + 16), _mm512_loadu_pd(lanes)));
  v = better(_mm512_maskz_shuffle_f64x2(kAll, v, v, 0b01'00'11'10), v);
  v = better(_mm512_maskz_shuffle_f64x2(kAll, v, v, 0b10'11'00'01), v);
  v = better(_mm512_maskz_permute_pd(kAll, v, 0b01010101), v);
  return v[0];
}
#endif

// A NaN prevails.
template <class T, bool kMaximum>
struct Extreme {
  using Element = T;
  using Lane = Wide<T>;
  [[gnu::always_inline]] static inline Lane identity() noexcept {
    using Limits = std::numeric_limits<Lane>;
    if constexpr (Limits::has_infinity) {
      return kMaximum ? -Limits::infinity() : Limits::infinity();
    } else {
      return kMaximum ? Limits::lowest() : Limits::max();
    }
  }
  [[gnu::always_inline]] static inline Lane map(T x, double) noexcept { return widen(x); }
  [[gnu::always_inline]] static inline Lane combine(Lane a, Lane b) noexcept {
    const bool better = kMaximum ? a < b : b < a;
    return (better | (b != b)) ? b : a;
  }
  [[gnu::always_inline]] static inline T finish(Lane a, double) noexcept { return convert_element<T>(a); }
#if defined(__AVX512F__)
  static int64_t take_steps(const char* src, int64_t n, Lane* lanes) noexcept
    requires(std::is_same_v<T, float> || std::is_same_v<T, double>)
  {
    return take_extremes<kMaximum>(reinterpret_cast<const T*>(src), n, lanes);
  }
  static Lane fold_steps(const Lane* lanes) noexcept
    requires(std::is_same_v<T, float> || std::is_same_v<T, double>)
  {
    return fold_extremes<kMaximum>(lanes);
  }
#endif
};

// The rest of the reduction loops, each in a file of its own.
void fill_positions();
void fill_moments();

}  // namespace vt::core::VT_ISA
