// SPDX-License-Identifier: Apache-2.0
// Conversions between float and the 16- and 8-bit floating formats, rounding to nearest even.
#pragma once

#include <bit>
#include <cstdint>

// Note [Always inline]
// These functions are used by loops compiled for several instruction sets. A function that is never emitted on its own
// cannot be merged by the linker with a copy that uses instructions the machine lacks. They are free of branches, so that
// loops over them vectorise.
namespace vt {

namespace detail {

// A format with sign, exponent of bias `Bias` and `Mantissa` bits, infinities and NaNs as in IEEE 754.
template <int Mantissa, int Bias>
[[gnu::always_inline]] inline uint32_t encode_magnitude(uint32_t magnitude) noexcept {
  constexpr uint32_t kShift = 23 - Mantissa;
  constexpr uint32_t kInfinity = (2u * Bias + 1) << Mantissa;
  constexpr uint32_t kMinNormal = static_cast<uint32_t>(128 - Bias) << 23;
  constexpr uint32_t kOverflow = static_cast<uint32_t>(128 + Bias) << 23;
  constexpr uint32_t kSubnormalMagic = static_cast<uint32_t>(127 - Bias + 23 - Mantissa + 1) << 23;
  // Adding a power of two whose last bit is the smallest subnormal lets the adder do the rounding.
  const uint32_t subnormal =
      std::bit_cast<uint32_t>(std::bit_cast<float>(magnitude) + std::bit_cast<float>(kSubnormalMagic)) -
      kSubnormalMagic;
  const uint32_t odd = (magnitude >> kShift) & 1u;
  const uint32_t normal =
      (magnitude - (static_cast<uint32_t>(127 - Bias) << 23) + ((1u << (kShift - 1)) - 1) + odd) >> kShift;
  const uint32_t special = magnitude > 0x7f800000u ? (kInfinity | (1u << (Mantissa - 1))) : kInfinity;
  const uint32_t finite = magnitude < kMinNormal ? subnormal : normal;
  return magnitude >= kOverflow ? special : finite;
}

template <int Mantissa, int Bias>
[[gnu::always_inline]] inline float decode_magnitude(uint32_t magnitude) noexcept {
  constexpr uint32_t kShift = 23 - Mantissa;
  const uint32_t bits = magnitude << kShift;
  const uint32_t scaled = std::bit_cast<uint32_t>(std::bit_cast<float>(bits) *
                                                  std::bit_cast<float>(static_cast<uint32_t>(254 - Bias) << 23));
  return std::bit_cast<float>(bits >= (static_cast<uint32_t>(2 * Bias + 1) << 23) ? bits | 0x7f800000u : scaled);
}

[[gnu::always_inline]] inline float with_sign(float magnitude, uint32_t sign_bit) noexcept {
  return std::bit_cast<float>(std::bit_cast<uint32_t>(magnitude) | sign_bit);
}

}  // namespace detail

[[gnu::always_inline]] inline uint16_t float_to_half(float value) noexcept {
  const uint32_t bits = std::bit_cast<uint32_t>(value);
  return static_cast<uint16_t>((bits >> 31 << 15) | detail::encode_magnitude<10, 15>(bits & 0x7fffffffu));
}
[[gnu::always_inline]] inline float half_to_float(uint16_t half) noexcept {
  return detail::with_sign(detail::decode_magnitude<10, 15>(half & 0x7fffu), static_cast<uint32_t>(half >> 15) << 31);
}

[[gnu::always_inline]] inline uint16_t float_to_bfloat(float value) noexcept {
  const uint32_t bits = std::bit_cast<uint32_t>(value);
  const uint32_t rounded = (bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16;
  return static_cast<uint16_t>((bits & 0x7fffffffu) > 0x7f800000u ? 0x7fc0u : rounded);
}
[[gnu::always_inline]] inline float bfloat_to_float(uint16_t bfloat) noexcept {
  return std::bit_cast<float>(static_cast<uint32_t>(bfloat) << 16);
}

[[gnu::always_inline]] inline uint8_t float_to_e5m2(float value) noexcept {
  const uint32_t bits = std::bit_cast<uint32_t>(value);
  const uint32_t magnitude = bits & 0x7fffffffu;
  const uint32_t code = magnitude > 0x7f800000u ? 0x7fu : detail::encode_magnitude<2, 15>(magnitude);
  return static_cast<uint8_t>((bits >> 31 << 7) | code);
}
[[gnu::always_inline]] inline float e5m2_to_float(uint8_t code) noexcept {
  return detail::with_sign(detail::decode_magnitude<2, 15>(code & 0x7fu), static_cast<uint32_t>(code >> 7) << 31);
}

// e4m3fn has no infinity: as in PyTorch, everything beyond 448, infinity too, becomes 448. S.1111.111 is NaN.
[[gnu::always_inline]] inline uint8_t float_to_e4m3(float value) noexcept {
  const uint32_t bits = std::bit_cast<uint32_t>(value);
  const uint32_t magnitude = bits & 0x7fffffffu;
  const uint32_t finite = magnitude > 0x43e00000u ? 0x43e00000u : magnitude;
  constexpr uint32_t kSubnormalMagic = (127 - 7 + 23 - 3 + 1) << 23;
  const uint32_t subnormal =
      std::bit_cast<uint32_t>(std::bit_cast<float>(finite) + std::bit_cast<float>(kSubnormalMagic)) - kSubnormalMagic;
  const uint32_t normal = (finite - (120u << 23) + 0x7ffffu + ((finite >> 20) & 1u)) >> 20;
  const uint32_t code = finite < (121u << 23) ? subnormal : normal;
  return static_cast<uint8_t>((bits >> 31 << 7) | (magnitude > 0x7f800000u ? 0x7fu : code));
}
[[gnu::always_inline]] inline float e4m3_to_float(uint8_t code) noexcept {
  const uint32_t magnitude = static_cast<uint32_t>(code & 0x7fu) << 20;
  const float value = std::bit_cast<float>(magnitude) * std::bit_cast<float>(static_cast<uint32_t>(127 + 120) << 23);
  const float finite_or_nan = magnitude == (0x7fu << 20) ? std::bit_cast<float>(0x7fc00000u) : value;
  return detail::with_sign(finite_or_nan, static_cast<uint32_t>(code >> 7) << 31);
}

}  // namespace vt
