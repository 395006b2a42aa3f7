// SPDX-License-Identifier: Apache-2.0
// Many products of a few numbers each, for which a tile would be too much: element by element.
#include "ops/loops/gemm_product.hpp"

namespace vt::core::VT_ISA {

namespace {

template <class W>
[[gnu::always_inline]] inline W fused_number(W a, W b, W c) noexcept {
#if defined(__FMA__)
  if constexpr (std::is_same_v<W, float>) return __builtin_fmaf(a, b, c);
  if constexpr (std::is_same_v<W, double>) return __builtin_fma(a, b, c);
#endif
  return static_cast<W>(a * b + c);
}

// Each element is the chain of fused multiply-adds in the order of k that it is in a tile.
template <class T>
void small(const GemmProblem& p, int64_t num, int64_t a_step, int64_t b_step, int64_t c_step, int64_t d_step) {
  using W = SumType<T>;
  const W alpha = factor<W>(p.alpha);
  const W beta = factor<W>(p.beta);
  const auto* a = static_cast<const T*>(p.a);
  const auto* b = static_cast<const T*>(p.b);
  const auto* d = static_cast<const T*>(p.d);
  auto* c = static_cast<T*>(p.c);
  for (; num > 0; --num, a += a_step, b += b_step, c += c_step) {
    for (int64_t i = 0; i < p.m; ++i)
      for (int64_t j = 0; j < p.n; ++j) {
        W sum{};
        for (int64_t k = 0; k < p.k; ++k)
          sum = fused_number<W>(static_cast<W>(widen(a[i * p.a_row + k * p.a_col])),
                                static_cast<W>(widen(b[k * p.b_row + j * p.b_col])), sum);
        W value = static_cast<W>(alpha * sum);
        if (d)
          value =
              fused_number<W>(sum, alpha, static_cast<W>(beta * static_cast<W>(widen(d[i * p.d_row + j * p.d_col]))));
        c[i * p.c_row + j * p.c_col] = narrow<T>(value);
      }
    if (d) d += d_step;
  }
}

}  // namespace

void fill_gemm_small(GemmLoops& loops) {
  for_each_product_dtype([&]<class T>(size_t index) { loops.by_dtype[index].small = &small<T>; });
}

}  // namespace vt::core::VT_ISA
