// SPDX-License-Identifier: Apache-2.0
// Conversion between any two dtypes.
#include "ops/loops/convert.hpp"
#include "ops/loops/elements.hpp"
#include "ops/loops/gemm_pack.hpp"

namespace vt::core::VT_ISA {

namespace {

// Whole vectors from float to half by the processor's conversion, but for NaN, which becomes the one that float_to_half gives.
// Returns the number of elements converted.
int64_t convert_vectors([[maybe_unused]] char* dst, [[maybe_unused]] const char* src,
                        [[maybe_unused]] int64_t n) noexcept {
  int64_t i = 0;
#if defined(__AVX512F__)
  constexpr auto kAll = static_cast<__mmask16>(-1);
  for (; i + 16 <= n; i += 16) {
    const __m512 x = _mm512_loadu_ps(src + 4 * i);
    const __m256i half = _mm512_maskz_cvtps_ph(kAll, x, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
    const __m256i upper = _mm512_maskz_cvtepi32_epi16(kAll, _mm512_maskz_srli_epi32(kAll, _mm512_castps_si512(x), 16));
    const __m256i sign = _mm256_and_si256(upper, _mm256_set1_epi16(static_cast<int16_t>(0x8000)));
    const __m256i nan = _mm256_or_si256(sign, _mm256_set1_epi16(0x7e00));
    const __m256i given = _mm256_mask_mov_epi16(half, _mm512_cmp_ps_mask(x, x, _CMP_UNORD_Q), nan);
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(dst + 2 * i), given);
  }
#endif
  return i;
}

template <class Dst, class Src>
void convert(char* dst, int64_t dst_stride, const char* src, int64_t src_stride, int64_t n) {
  if (dst_stride == sizeof(Dst) && src_stride == sizeof(Src)) {
    if constexpr (std::is_same_v<Dst, Src>) {
      __builtin_memcpy(dst, src, static_cast<size_t>(n) * sizeof(Dst));
    } else {
      int64_t i = 0;
      if constexpr (std::is_same_v<Dst, Half> && std::is_same_v<Src, float>) i = convert_vectors(dst, src, n);
      if constexpr (std::is_same_v<Dst, Half> && std::is_same_v<Src, Bool>) {
        // By way of floats: to write one of two numbers the compiler branches.
        constexpr int64_t kPiece = 256;
        float piece[kPiece];
        for (; i + kPiece <= n; i += kPiece) {
          for (int64_t j = 0; j < kPiece; ++j) piece[j] = static_cast<float>(widen(load<Bool>(src + i + j)));
          convert<Half, float>(dst + 2 * i, 2, reinterpret_cast<const char*>(piece), 4, kPiece);
        }
      }
      for (; i < n; ++i)
        store(dst + i * static_cast<int64_t>(sizeof(Dst)),
              convert_element<Dst>(load<Src>(src + i * static_cast<int64_t>(sizeof(Src)))));
    }
    return;
  }
  if constexpr (std::is_same_v<Dst, Src>) {
    constexpr auto kItem = static_cast<int64_t>(sizeof(Dst));
    if (dst_stride == kItem && src_stride == -kItem) {
      VT_INDEPENDENT_LOOP
      for (int64_t i = 0; i < n; ++i) store(dst + i * kItem, load<Src>(src - i * kItem));
      return;
    }
    // Every second element: the stride that whole vectors are read at.
    if (dst_stride == kItem && src_stride == 2 * kItem) {
      VT_INDEPENDENT_LOOP
      for (int64_t i = 0; i < n; ++i) store(dst + i * kItem, load<Src>(src + i * (2 * kItem)));
      return;
    }
    if (dst_stride == sizeof(Dst) && src_stride == 0) {
      const Src value = load<Src>(src);
      for (int64_t i = 0; i < n; ++i) store(dst + i * static_cast<int64_t>(sizeof(Dst)), value);
      return;
    }
  }
  for (int64_t i = 0; i < n; ++i) store(dst + i * dst_stride, convert_element<Dst>(load<Src>(src + i * src_stride)));
}

// Source integers of either sign convert alike to all integers of one width: one loop serves both.
template <class Dst, class Src>
constexpr ConvertLoop convert_loop() {
  if constexpr (std::is_same_v<Dst, Src> && !std::is_same_v<Dst, Bool>) {
    constexpr size_t kBytes = sizeof(Dst);
    if constexpr (kBytes == 1) return &convert<uint8_t, uint8_t>;
    if constexpr (kBytes == 2) return &convert<uint16_t, uint16_t>;
    if constexpr (kBytes == 4) return &convert<uint32_t, uint32_t>;
    if constexpr (kBytes == 8) return &convert<uint64_t, uint64_t>;
    if constexpr (kBytes == 16) return &convert<Dst, Src>;
  } else if constexpr (std::is_integral_v<Dst> && (std::is_integral_v<Src> || sizeof(Dst) < 8)) {
    using Unsigned = std::make_unsigned_t<Dst>;
    return &convert<Unsigned, Src>;
  } else {
    return &convert<Dst, Src>;
  }
}

// Blocks as large as whole vectors are turned in registers.
template <class W>
void transpose(char* dst, int64_t dst_row, const char* src, int64_t src_row, int64_t rows, int64_t columns) {
  constexpr int64_t kLanes = kNumLanes<W>;
  constexpr auto kItem = static_cast<int64_t>(sizeof(W));
  const auto element = [&](int64_t r, int64_t c) {
    store(dst + r * dst_row + c * kItem, load<W>(src + c * src_row + r * kItem));
  };
  int64_t c = 0;
  for (; c + kLanes <= columns; c += kLanes) {
    int64_t r = 0;
    for (; r + kLanes <= rows; r += kLanes) {
      Lanes<W> block[kLanes];
      unrolled<kLanes>([&](auto l) __attribute__((always_inline)) {
        __builtin_memcpy(&block[l], src + (c + l) * src_row + r * kItem, sizeof block[l]);
      });
      exchange_blocks<W, 1>(block);
      unrolled<kLanes>([&](auto l) __attribute__((always_inline)) {
        __builtin_memcpy(dst + (r + l) * dst_row + c * kItem, &block[l], sizeof block[l]);
      });
    }
    for (; r < rows; ++r)
      for (int64_t l = c; l < c + kLanes; ++l) element(r, l);
  }
  for (int64_t r = 0; r < rows; ++r)
    for (int64_t l = c; l < columns; ++l) element(r, l);
}

}  // namespace

void fill_convert() {
  ConvertLoops& table = chosen_loops<ConvertLoops>;
  table.transpose[1] = &transpose<uint16_t>;
  table.transpose[2] = &transpose<uint32_t>;
  table.transpose[3] = &transpose<uint64_t>;
  for_each_dtype([&]<class Dst, size_t DstIndex>() {
    for_each_dtype([&]<class Src, size_t SrcIndex>() { table.from_to[DstIndex][SrcIndex] = convert_loop<Dst, Src>(); });
  });
}

}  // namespace vt::core::VT_ISA
