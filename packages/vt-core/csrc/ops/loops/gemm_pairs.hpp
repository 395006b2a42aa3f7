// SPDX-License-Identifier: Apache-2.0
// How matrix products take bfloat16 in pairs; for sources compiled for AVX-512 with BF16.
#pragma once

#include "ops/loops/gemm_tile.hpp"
#include "ops/loops/pieces.hpp"

// Note [Pairs of bfloat16]
// vdpbf16ps adds the products of two neighbours along k to a float32 lane, so an instruction does the work of two fused
// multiply-adds and operands keep their 16 bits. Both are packed so that a 32-bit lane holds elements k and k + 1 of a row of a
// or a column of b, the upper one zero behind an odd end. Blocks, tiles and the order of k are those of the other products,
// twice as many elements deep, and sums are rounded to bfloat16 once.
// It differs from widening to float32 and fusing in three ways: subnormal elements count as zero, as do products and sums
// below 2^-126; rounding is to nearest whatever the control register says; and how the pair is rounded within a step is the
// processor's. Hence products of bfloat16 may differ between instruction sets in the last bit of their float32 sums, and only
// these: VT_CPU_ISA=v4 multiplies them as processors without the instruction do. As everywhere, the value of an element does not
// depend on how a product is cut into parts.
namespace vt::core::VT_ISA {

struct InPairs {
  using Operand = uint32_t;
  static constexpr int64_t kTaken = 2;
  [[gnu::always_inline]] static Lanes<float> fused(Lanes<uint32_t> a, Lanes<uint32_t> b, Lanes<float> sum) noexcept {
    return _mm512_dpbf16_ps(sum, reinterpret_cast<__m512bh>(a), reinterpret_cast<__m512bh>(b));
  }
  // dst[p * width + i] = the pair src[i * row + 2 * p * step], src[i * row + (2 * p + 1) * step], zero for i from rows to width.
  static void pack(const BFloat* src, int64_t row, int64_t step, int64_t rows, int64_t width, int64_t k,
                   uint32_t* dst) noexcept {
    if (row == 1) return pack_columns(src, step, rows, width, k, dst);
    if (step == 1) return pack_transposed(src, row, rows, width, k, dst);
    for (int64_t p = 0; p < k; p += 2, dst += width) {
      for (int64_t i = 0; i < rows; ++i) {
        const BFloat* at = src + i * row + p * step;
        dst[i] = at->bits | (p + 1 < k ? uint32_t{at[step].bits} << 16 : 0u);
      }
      for (int64_t i = rows; i < width; ++i) dst[i] = 0;
    }
  }

 private:
  static constexpr int64_t kLanes = kNumLanes<uint32_t>;

  // The first n of 16 neighbours, widened; none where n is zero or less.
  static Lanes<uint32_t> load(const BFloat* src, int64_t n) noexcept {
    const auto mask = static_cast<__mmask16>(n >= kLanes ? 0xffffu : n > 0 ? (1u << n) - 1u : 0u);
    return reinterpret_cast<Lanes<uint32_t>>(_mm512_maskz_cvtepu16_epi32(mask, _mm256_maskz_loadu_epi16(mask, src)));
  }
  // The first n of 32 neighbours, as 16 pairs.
  static Lanes<uint32_t> load_pairs(const BFloat* src, int64_t n) noexcept {
    const auto mask = static_cast<__mmask32>(n >= 2 * kLanes ? ~0u : n > 0 ? (1u << n) - 1u : 0u);
    return reinterpret_cast<Lanes<uint32_t>>(_mm512_maskz_loadu_epi16(mask, src));
  }
  static void store(uint32_t* dst, Lanes<uint32_t> lanes, int64_t n) noexcept {
    const auto mask = static_cast<__mmask16>(n >= kLanes ? 0xffffu : (1u << n) - 1u);
    _mm512_mask_storeu_epi32(dst, mask, reinterpret_cast<__m512i>(lanes));
  }

  // Rows that are neighbours: two steps are interleaved.
  static void pack_columns(const BFloat* src, int64_t step, int64_t rows, int64_t width, int64_t k,
                           uint32_t* dst) noexcept {
    for (int64_t p = 0; p < k; p += 2, src += 2 * step, dst += width)
      for (int64_t i = 0; i < width; i += kLanes) {
        const Lanes<uint32_t> upper = p + 1 < k ? load(src + step + i, rows - i) : Lanes<uint32_t>{};
        store(dst + i, load(src + i, rows - i) | upper << 16, width - i);
      }
  }

  // Steps that are neighbours: they are pairs already.
  static void pack_transposed(const BFloat* src, int64_t row, int64_t rows, int64_t width, int64_t k,
                              uint32_t* dst) noexcept {
    for (int64_t p = 0; p < k; p += 2 * kLanes) {
      const int64_t pairs = least(kLanes, ceil_divide(k - p, 2));
      for (int64_t i = 0; i < width; i += kLanes) {
        Lanes<uint32_t> block[kLanes];
        const BFloat* from = src + i * row + p;
        unrolled<kLanes>([&](auto l) __attribute__((always_inline)) {
          block[l] = l < rows - i ? load_pairs(from + l * row, k - p) : Lanes<uint32_t>{};
        });
        exchange_blocks<uint32_t, 1>(block);
        for (int64_t q = 0; q < pairs; ++q) store(dst + (p / 2 + q) * width + i, block[q], width - i);
      }
    }
  }
};

}  // namespace vt::core::VT_ISA
