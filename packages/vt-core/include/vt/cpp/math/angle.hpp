// SPDX-License-Identifier: Apache-2.0
// Angles in quadrants.
#pragma once

#include <vt/cpp/math/format.hpp>

namespace vt::math::detail {

// x = q pi/2 + r + rest with |r| <= pi/4 and a rounding more; the last bits of `quadrant` are q.
struct Angle {
  uint64_t quadrant;
  double r;
  double rest;
};

// Up to here the reduction below is exact enough.
inline constexpr double kMostModerate = 0x1p28;

VT_MATH Angle reduce_moderate_angle(double x) noexcept {
  const double rounded = x * 0x1.45f306dc9c883p-1 + Format<double>::kRounder;
  const double n = rounded - Format<double>::kRounder;
  // Products of n with 25 bits are exact, and so are the first two differences.
  const double y = (x - n * 0x1.921fb5p+0) - n * 0x1.110b46p-26;
  const double third = n * 0x1.1a6263p-54;
  const double r = y - third;
  const double rest = ((y - r) - third) - n * 0x1.8a2e03707344ap-81;
  return {bits_as<uint64_t>(rounded), r, rest};
}

// For larger ones (Payne and Hanek, "Radian reduction for trigonometric functions", ACM SIGNUM Newsletter 18, 1983). x is a whole
// number m times 2^e: of 2/pi those bits are left out whose products with it are multiples of 4, and m is multiplied with the 192
// that follow. Two bits of the product stand before the point, and no double is so near a multiple of pi/2 that fewer than 60 bits
// behind it are left. Not inlined: it is rare, and long. Static, since each instruction set has a copy of its own.
[[gnu::noinline]] VT_HOST_DEVICE static inline Angle reduce_large_angle(double x) noexcept {
  // The bits of 2/pi, behind a word of zeros.
  constexpr uint32_t kTwoOverPi[] = {
      0x00000000u, 0xa2f9836eu, 0x4e441529u, 0xfc2757d1u, 0xf534ddc0u, 0xdb629599u, 0x3c439041u, 0xfe5163abu,
      0xdebbc561u, 0xb7246e3au, 0x424dd2e0u, 0x06492eeau, 0x09d1921cu, 0xfe1deb1cu, 0xb129a73eu, 0xe88235f5u,
      0x2ebb4484u, 0xe99c7026u, 0xb45f7e41u, 0x3991d639u, 0x835339f4u, 0x9c845f8bu, 0xbdf9283bu, 0x1ff897ffu,
      0xde05980fu, 0xef2f118bu, 0x5a0a6d1fu, 0x6d367ecfu, 0x27cb09b7u, 0x4f463f66u, 0x9e5fea2du, 0x7527bac7u,
      0xebe5f17bu, 0x3d0739f7u, 0x8a5292eau, 0x6bfb5fb1u, 0x1f8d5d08u, 0x56033046u};
  constexpr int kWords = 6;
  const uint64_t bits = bits_as<uint64_t>(magnitude(x));
  const auto exponent = static_cast<int>(bits >> 52);
  if (exponent == 2047) return {0, x - x, 0.0};
  const uint64_t m = (bits & ((uint64_t{1} << 52) - 1)) | uint64_t{1} << 52;
  const uint64_t m_low = m & 0xffffffffu;
  const uint64_t m_high = m >> 32;

  // The bit that is worth 2 beside m.
  const int first = exponent - 1075 - 2 + 32;
  uint64_t words[kWords];  // the product, lowest first
  uint64_t carry = 0;
  uint64_t high_product = 0;
  for (int i = 0; i < kWords; ++i) {
    const int at = first / 32 + kWords - 1 - i;
    const uint64_t pair = uint64_t{kTwoOverPi[at]} << 32 | kTwoOverPi[at + 1];
    const uint64_t factor = pair >> (32 - first % 32) & 0xffffffffu;
    const uint64_t low_product = factor * m_low;
    const uint64_t sum = (low_product & 0xffffffffu) + (high_product & 0xffffffffu) + carry;
    words[i] = sum & 0xffffffffu;
    carry = (low_product >> 32) + (high_product >> 32) + (sum >> 32);
    high_product = factor * m_high;
  }

  const uint64_t top = words[5] << 32 | words[4];
  const uint64_t middle = words[3] << 32 | words[2];
  // The first 128 bits behind the point; read as a signed number they are the fraction from the nearest whole one.
  const uint64_t fraction = top << 2 | middle >> 62;
  const uint64_t more = middle << 2 | words[1] >> 30;
  const uint64_t quadrant = (top >> 62) + (fraction >> 63);
  constexpr uint64_t kLast = 0x7ff;  // bits that a double has not
  const Pair tail = sum_of(static_cast<double>(fraction & kLast) * 0x1p-64, static_cast<double>(more) * 0x1p-128);
  const Pair head = sum_of(static_cast<double>(static_cast<int64_t>(fraction & ~kLast)) * 0x1p-64, tail.value);
  const Pair turned = product_of({head.value, head.rest + tail.rest}, {0x1.921fb54442d18p+0, 0x1.1a62633145c07p-54});
  const bool is_negative = x < 0.0;
  return {is_negative ? 0 - quadrant : quadrant, is_negative ? -turned.value : turned.value,
          is_negative ? -turned.rest : turned.rest};
}

VT_MATH Angle reduce_angle(double x) noexcept {
  return magnitude(x) <= kMostModerate ? reduce_moderate_angle(x) : reduce_large_angle(x);
}

}  // namespace vt::math::detail
