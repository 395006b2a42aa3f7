// SPDX-License-Identifier: Apache-2.0
// Conversions of small floating formats: every code and the points where rounding turns.
#include <gtest/gtest.h>
#include <vt/cpp/iter/float_formats.hpp>

#include <cmath>
#include <limits>

namespace vt {
namespace {

// What a code means, from the definition of the format.
double meaning(int code, int exponent_bits, int mantissa_bits, bool has_infinity) {
  const int bias = (1 << (exponent_bits - 1)) - 1;
  const int exponent = (code >> mantissa_bits) & ((1 << exponent_bits) - 1);
  const int mantissa = code & ((1 << mantissa_bits) - 1);
  const bool negative = code >> (exponent_bits + mantissa_bits) & 1;
  const int top = (1 << exponent_bits) - 1;
  double value = 0;
  if (has_infinity && exponent == top) {
    value = mantissa ? std::nan("") : INFINITY;
  } else if (!has_infinity && exponent == top && mantissa == (1 << mantissa_bits) - 1) {
    value = std::nan("");
  } else if (exponent == 0) {
    value = std::ldexp(mantissa, 1 - bias - mantissa_bits);
  } else {
    value = std::ldexp(mantissa + (1 << mantissa_bits), exponent - bias - mantissa_bits);
  }
  return negative ? -value : value;
}

template <class Encode, class Decode>
void check_every_code(int bits, int exponent_bits, bool has_infinity, Encode encode, Decode decode) {
  const int mantissa_bits = bits - 1 - exponent_bits;
  for (int code = 0; code < 1 << bits; ++code) {
    const double expected = meaning(code, exponent_bits, mantissa_bits, has_infinity);
    const float actual = decode(code);
    if (std::isnan(expected)) {
      ASSERT_TRUE(std::isnan(actual)) << code;
      ASSERT_TRUE(std::isnan(decode(encode(actual)))) << code;
    } else {
      ASSERT_EQ(static_cast<double>(actual), expected) << code;
      ASSERT_EQ(static_cast<int>(encode(actual)), code);
    }
  }
}

// Midway between two neighbouring finite codes the even one is taken; just off it, the nearer one.
template <class Encode>
void check_rounding(int bits, int exponent_bits, bool has_infinity, Encode encode) {
  const int mantissa_bits = bits - 1 - exponent_bits;
  for (int code = 0; code + 1 < 1 << (bits - 1); ++code) {
    const double low = meaning(code, exponent_bits, mantissa_bits, has_infinity);
    const double high = meaning(code + 1, exponent_bits, mantissa_bits, has_infinity);
    if (!std::isfinite(low) || !std::isfinite(high)) break;
    const auto middle = static_cast<float>((low + high) / 2);
    ASSERT_EQ(static_cast<int>(encode(middle)), code % 2 == 0 ? code : code + 1);
    ASSERT_EQ(static_cast<int>(encode(std::nextafter(middle, 0.0f))), code);
    ASSERT_EQ(static_cast<int>(encode(std::nextafter(middle, INFINITY))), code + 1);
  }
}

const auto kEncodeE4M3 = [](float f) { return float_to_e4m3(f); };
const auto kEncodeE5M2 = [](float f) { return float_to_e5m2(f); };
const auto kEncodeHalf = [](float f) { return float_to_half(f); };
const auto kEncodeBFloat = [](float f) { return float_to_bfloat(f); };

TEST(FloatFormats, EveryCodeRoundTrips) {
  check_every_code(8, 4, false, kEncodeE4M3, [](int c) { return e4m3_to_float(static_cast<uint8_t>(c)); });
  check_every_code(8, 5, true, kEncodeE5M2, [](int c) { return e5m2_to_float(static_cast<uint8_t>(c)); });
  check_every_code(16, 5, true, kEncodeHalf, [](int c) { return half_to_float(static_cast<uint16_t>(c)); });
  check_every_code(16, 8, true, kEncodeBFloat, [](int c) { return bfloat_to_float(static_cast<uint16_t>(c)); });
}

TEST(FloatFormats, RoundsToNearestEven) {
  check_rounding(8, 4, false, kEncodeE4M3);
  check_rounding(8, 5, true, kEncodeE5M2);
  check_rounding(16, 5, true, kEncodeHalf);
}

TEST(FloatFormats, Overflow) {
  EXPECT_EQ(float_to_half(65519.99f), 0x7bff);
  EXPECT_EQ(float_to_half(65520.0f), 0x7c00);
  EXPECT_EQ(float_to_half(-INFINITY), 0xfc00);
  EXPECT_EQ(float_to_e5m2(61439.0f), 0x7b);
  EXPECT_EQ(float_to_e5m2(61440.0f), 0x7c);
  EXPECT_EQ(float_to_bfloat(std::numeric_limits<float>::max()), 0x7f80);
  for (const float beyond : {449.0f, 1e30f, INFINITY}) {
    EXPECT_EQ(float_to_e4m3(beyond), 0x7e);
    EXPECT_EQ(float_to_e4m3(-beyond), 0xfe);
  }
}

}  // namespace
}  // namespace vt
