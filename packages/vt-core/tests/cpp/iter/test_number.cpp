// SPDX-License-Identifier: Apache-2.0
// Scalar arguments: which dtypes hold them, and what is stored.
#include <gtest/gtest.h>
#include <vt/cpp/iter/number.hpp>
#include <vt/cpp/value.hpp>

#include <cmath>

namespace vt {
namespace {

Number integer(int64_t i) { return number_of(value_of(i)); }
Number real(double f) { return number_of(value_of(f)); }

template <class T>
T stored(const Number& n, DLDataType dtype) {
  alignas(16) unsigned char bytes[16];
  store_number(n, dtype, bytes);
  T out;
  std::memcpy(&out, bytes, sizeof out);
  return out;
}

TEST(Number, FitsWhatTheDtypeHolds) {
  EXPECT_TRUE(number_fits(integer(127), kInt8));
  EXPECT_FALSE(number_fits(integer(128), kInt8));
  EXPECT_TRUE(number_fits(integer(-128), kInt8));
  EXPECT_TRUE(number_fits(integer(-1), kUInt8));  // wraps, as in PyTorch
  EXPECT_FALSE(number_fits(integer(256), kUInt8));
  EXPECT_FALSE(number_fits(real(1e300), kFloat32));
  EXPECT_TRUE(number_fits(real(INFINITY), kFloat16));
  EXPECT_FALSE(number_fits(real(70000), kFloat16));
  EXPECT_FALSE(number_fits(real(NAN), kInt32));
  EXPECT_TRUE(number_fits(real(1.5), kInt32));
  const double pair[2] = {1, 1};
  VtValue complex{VT_COMPLEX, 0, {0}};
  complex.as.floats = pair;
  EXPECT_FALSE(number_fits(number_of(complex), kFloat64));
  EXPECT_TRUE(number_fits(number_of(complex), kComplex64));
}

TEST(Number, IntegersAreExactAndWrap) {
  EXPECT_EQ(stored<int64_t>(integer(9007199254740993), kInt64), 9007199254740993);
  EXPECT_EQ(stored<int8_t>(integer(300), kInt8), 44);
  VtValue big{VT_UINT64, 0, {0}};
  big.as.u = 1ull << 63;
  EXPECT_EQ(stored<uint64_t>(number_of(big), kUInt64), 1ull << 63);
  EXPECT_FALSE(number_fits(number_of(big), kInt64));
}

TEST(Number, StoresEachFloatingFormat) {
  EXPECT_EQ(stored<float>(real(0.1), kFloat32), 0.1f);
  EXPECT_EQ(stored<double>(real(0.1), kFloat64), 0.1);
  EXPECT_EQ(stored<uint16_t>(real(1.0), kFloat16), 0x3c00);
  EXPECT_EQ(stored<uint16_t>(real(1.0), kBFloat16), 0x3f80);
  EXPECT_EQ(stored<uint8_t>(real(1.0), kFloat8E4M3), 0x38);
  EXPECT_EQ(stored<uint8_t>(real(1.0), kFloat8E5M2), 0x3c);
  EXPECT_EQ(stored<uint8_t>(real(0.5), kBool), 1);
}

}  // namespace
}  // namespace vt
