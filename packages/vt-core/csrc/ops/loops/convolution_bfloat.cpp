// SPDX-License-Identifier: Apache-2.0
// Convolutions of bfloat16 on processors that multiply pairs of it: compiled once, for AVX-512 with BF16.
#include "ops/loops/convolution_gather.hpp"
#include "ops/loops/convolution_weigh.hpp"
#include "ops/loops/gemm_pairs.hpp"

// Note [Convolutions in pairs]
// As in Note [Pairs of bfloat16], a 32-bit lane holds two elements that are multiplied and added at once. Where convolutions
// gather, they are those of two neighbouring channels of the source at one position: planes and the left matrix hold pairs, the
// upper one zero behind an odd number of channels, and all else is as for half as many channels. In weights' gradients they are
// those of two neighbouring positions of a row: planes keep their 16 bits, from which any two neighbours are read as they lie,
// and `small` is packed in pairs; behind an odd row both uppers are zero, whatever lies there.
namespace vt::core::VT_ISA {

void fill_convolution_bfloat();

namespace {

using Wide = Lanes<uint32_t>;
constexpr int64_t kWide = kNumLanes<uint32_t>;

__mmask16 first_lanes(int64_t n) noexcept { return static_cast<__mmask16>((1u << n) - 1u); }

// 16 neighbours, or the first n of them, in 32 bits each.
[[gnu::always_inline]] inline Wide widened(const BFloat* src) noexcept {
  return reinterpret_cast<Wide>(
      _mm512_maskz_cvtepu16_epi32(static_cast<__mmask16>(-1), _mm256_maskz_loadu_epi16(-1, src)));
}
[[gnu::always_inline]] inline Wide widened(const BFloat* src, int64_t n) noexcept {
  const __mmask16 mask = first_lanes(n);
  return reinterpret_cast<Wide>(_mm512_maskz_cvtepu16_epi32(mask, _mm256_maskz_loadu_epi16(mask, src)));
}

class PairedChannels {
 public:
  using Source = BFloat;
  using Operand = uint32_t;
  using Moved = uint32_t;
  static constexpr int64_t kChannels = 2;

  PairedChannels(int64_t channel, int64_t left) noexcept : channel_(channel), both_(left > 1) {}
  [[gnu::always_inline]] Wide load(const BFloat* src) const noexcept {
    const Wide lower = widened(src);
    return both_ ? lower | widened(src + channel_) << 16 : lower;
  }
  [[gnu::always_inline]] Wide load(const BFloat* src, int64_t n) const noexcept {
    const Wide lower = widened(src, n);
    return both_ ? lower | widened(src + channel_, n) << 16 : lower;
  }
  [[gnu::always_inline]] uint32_t one(const BFloat* src) const noexcept {
    return src->bits | (both_ ? uint32_t{src[channel_].bits} << 16 : 0u);
  }
  [[gnu::always_inline]] static void store(uint32_t* dst, Wide lanes) noexcept { store_lanes(dst, lanes); }
  [[gnu::always_inline]] static void store(uint32_t* dst, Wide lanes, int64_t n) noexcept {
    _mm512_mask_storeu_epi32(dst, first_lanes(n), reinterpret_cast<__m512i>(lanes));
  }

  [[gnu::always_inline]] static Lanes<float> fused(Wide a, Wide b, Lanes<float> sum) noexcept {
    return InPairs::fused(a, b, sum);
  }
  static void pack_panel(const ConvWeight& weight, const BFloat* src, int64_t rows, int64_t channels, int64_t taps,
                         uint32_t* dst) noexcept {
    if (taps == 1) return InPairs::pack(src + weight.taps[0], weight.row, weight.channel, rows, rows, channels, dst);
    bool in_order = true;
    for (int64_t j = 1; j < taps; ++j) in_order = in_order && weight.taps[j] == weight.taps[0] + j;
    for (int64_t q = 0; q < channels; q += 2, dst += taps * rows) {
      const PairedChannels pair(weight.channel, channels - q);
      const BFloat* from = src + q * weight.channel;
      if (in_order) {
        pair.pack_taps(from + weight.taps[0], weight.row, rows, taps, dst);
      } else {
        for (int64_t j = 0; j < taps; ++j)
          for (int64_t i = 0; i < rows; ++i) dst[j * rows + i] = pair.one(from + i * weight.row + weight.taps[j]);
      }
    }
  }

 private:
  // dst[j * rows + i] = the pair at src[i * row + j], for rows up to a vector's.
  void pack_taps(const BFloat* src, int64_t row, int64_t rows, int64_t taps, uint32_t* dst) const noexcept {
    static_assert(kTileRows <= kWide);
    for (int64_t j = 0; j < taps; j += kWide) {
      const int64_t num = least(kWide, taps - j);
      Wide block[kWide];
      for (int64_t l = 0; l < kWide; ++l) block[l] = l < rows ? load(src + l * row + j, num) : Wide{};
      exchange_blocks<uint32_t, 1>(block);
      for (int64_t q = 0; q < num; ++q) store(dst + (j + q) * rows, block[q], rows);
    }
  }

  int64_t channel_;
  bool both_;
};

struct Kept {
  using Source = BFloat;
  using Operand = BFloat;
  using Moved = uint32_t;
  static constexpr int64_t kChannels = 1;

  Kept(int64_t /*channel*/, int64_t /*left*/) noexcept {}
  [[gnu::always_inline]] Wide load(const BFloat* src) const noexcept { return widened(src); }
  [[gnu::always_inline]] Wide load(const BFloat* src, int64_t n) const noexcept { return widened(src, n); }
  [[gnu::always_inline]] BFloat one(const BFloat* src) const noexcept { return *src; }
  [[gnu::always_inline]] static void store(BFloat* dst, Wide lanes) noexcept { store(dst, lanes, kWide); }
  [[gnu::always_inline]] static void store(BFloat* dst, Wide lanes, int64_t n) noexcept {
    _mm512_mask_cvtepi32_storeu_epi16(dst, first_lanes(n), reinterpret_cast<__m512i>(lanes));
  }
};

struct WeighPairs : InPairs {
  using Planes = Kept;
  [[gnu::always_inline]] static uint32_t load(const BFloat* at) noexcept {
    uint32_t pair;
    __builtin_memcpy(&pair, at, sizeof pair);
    return pair;
  }
  [[gnu::always_inline]] static uint32_t load_last(const BFloat* at) noexcept { return at->bits; }
};

}  // namespace

void fill_convolution_bfloat() {
  chosen_loops<ConvLoops>.pairs = {2, &pack<PairedChannels>, &gather<PairedChannels>, &weigh<WeighPairs>,
                                   &finish_weigh<BFloat>};
}

}  // namespace vt::core::VT_ISA
