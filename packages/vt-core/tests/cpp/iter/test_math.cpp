// SPDX-License-Identifier: Apache-2.0
// Elementary functions: distance from the C library's long double, and special values.
#include <gtest/gtest.h>
#include <vt/cpp/math.hpp>

#include <cmath>
#include <limits>

namespace vt {
namespace {

constexpr long double kSamples = 200000;

// How far `actual` is from `exact`, in units of the last place of `exact` as a T.
template <class T>
long double ulps(T actual, long double exact) {
  const auto rounded = static_cast<T>(exact);
  if (std::isinf(rounded) || std::isinf(actual)) return rounded == actual ? 0.0L : 1e9L;
  const T size = std::fabs(rounded);
  T unit = std::nextafter(size, std::numeric_limits<T>::infinity()) - size;
  if (std::isinf(unit)) unit = size - std::nextafter(size, T{0});
  return std::fabs(static_cast<long double>(actual) - exact) / static_cast<long double>(unit);
}

// The largest distance over samples spaced evenly from `low` to `high`, or evenly in their logarithms.
template <class T, class Function, class Reference>
long double worst(Function function, Reference reference, long double low, long double high, bool geometric = false) {
  long double largest = 0;
  for (long double i = 0; i <= kSamples; ++i) {
    const long double t = i / kSamples;
    const auto x = static_cast<T>(geometric ? low * std::pow(high / low, t) : low + (high - low) * t);
    largest = std::fmax(largest, ulps(function(x), reference(static_cast<long double>(x))));
  }
  return largest;
}

// Equal within a few ulp, signs of zeros included, or both NaN.
template <class T>
bool same(T actual, T expected) {
  if (std::isnan(expected)) return std::isnan(actual);
  return std::signbit(actual) == std::signbit(expected) && ulps(actual, static_cast<long double>(expected)) <= 3;
}

template <class T>
class Math : public testing::Test {};
using Floats = testing::Types<float, double>;
TYPED_TEST_SUITE(Math, Floats);

#define VT_FUNCTION(name) [](T x) { return math::name(x); }, [](long double x) { return std::name(x); }
#define VT_FUNCTION_OF_TWO(name) \
  [](T x, T y) { return math::name(x, y); }, [](long double x, long double y) { return std::name(x, y); }

TYPED_TEST(Math, ExponentialsStayWithinTheirBounds) {
  using T = TypeParam;
  const long double top = std::is_same_v<T, float> ? 88.7L : 709.7L;
  const long double bottom = std::is_same_v<T, float> ? -103.9L : -745.1L;
  EXPECT_LE(worst<T>(VT_FUNCTION(exp), bottom, top), 1.0L);
  EXPECT_LE(worst<T>(VT_FUNCTION(exp), -1, 1), 1.0L);
  EXPECT_LE(worst<T>(VT_FUNCTION(expm1), -50, top), 2.5L);
  EXPECT_LE(worst<T>(VT_FUNCTION(expm1), -1.5L, 1.5L), 2.5L);
  EXPECT_LE(worst<T>(VT_FUNCTION(expm1), 1e-30L, 1, true), 2.5L);
}

TYPED_TEST(Math, LogarithmsStayWithinTheirBounds) {
  using T = TypeParam;
  const auto smallest = static_cast<long double>(std::numeric_limits<T>::denorm_min());
  const auto largest = static_cast<long double>(std::numeric_limits<T>::max());
  EXPECT_LE(worst<T>(VT_FUNCTION(log), smallest, largest, true), 1.0L);
  EXPECT_LE(worst<T>(VT_FUNCTION(log), 0.3L, 3), 1.0L);
  EXPECT_LE(worst<T>(VT_FUNCTION(log2), smallest, largest, true), 1.0L);
  EXPECT_LE(worst<T>(VT_FUNCTION(log2), 0.3L, 3), 1.0L);
  EXPECT_LE(worst<T>(VT_FUNCTION(log1p), smallest, largest, true), 2.0L);
  EXPECT_LE(worst<T>(VT_FUNCTION(log1p), -0.999L, 3), 2.0L);
  EXPECT_LE(worst<T>(VT_FUNCTION(log1p), -1e-30L, -0.9L, true), 2.0L);
}

TYPED_TEST(Math, SineAndCosineStayWithinTheirBounds) {
  using T = TypeParam;
  EXPECT_LE(worst<T>(VT_FUNCTION(sin), -10, 10), 1.0L);
  EXPECT_LE(worst<T>(VT_FUNCTION(cos), -10, 10), 1.0L);
  const auto largest = static_cast<long double>(std::numeric_limits<T>::max());
  EXPECT_LE(worst<T>(VT_FUNCTION(sin), 1e-30L, largest, true), 1.0L);
  EXPECT_LE(worst<T>(VT_FUNCTION(cos), 1e-30L, largest, true), 1.0L);
  // Next to the end of the products with parts of pi.
  EXPECT_LE(worst<T>(VT_FUNCTION(sin), 0x1p28L - 100, 0x1p28L + 100), 1.0L);
  // Next to multiples of pi, where reduction cancels.
  for (int k = 1; k < 100000; ++k) {
    const auto x = static_cast<T>(static_cast<long double>(k) * 3.14159265358979323846264338327950288L);
    ASSERT_LE(ulps(math::sin(x), std::sin(static_cast<long double>(x))), 1.0L) << k;
  }
}

TYPED_TEST(Math, OtherBasesStayWithinTheirBounds) {
  using T = TypeParam;
  const auto smallest = static_cast<long double>(std::numeric_limits<T>::denorm_min());
  const auto largest = static_cast<long double>(std::numeric_limits<T>::max());
  EXPECT_LE(worst<T>(VT_FUNCTION(exp2), -1, 1), 1.5L);
  EXPECT_LE(worst<T>(VT_FUNCTION(exp2), std::is_same_v<T, float> ? -149 : -1074, std::is_same_v<T, float> ? 128 : 1024),
            1.5L);
  EXPECT_LE(worst<T>(VT_FUNCTION(log10), smallest, largest, true), 1.0L);
  EXPECT_LE(worst<T>(VT_FUNCTION(log10), 0.3L, 3), 1.0L);
  const int most = std::is_same_v<T, float> ? 38 : 308;
  for (int k = -most; k <= most; ++k) {
    const auto power = std::pow(10.0L, k);
    if (static_cast<long double>(static_cast<T>(power)) == power) {
      EXPECT_EQ(math::log10(static_cast<T>(power)), k);
    }
  }
  for (int k = -126; k < 128; ++k) EXPECT_EQ(math::exp2(static_cast<T>(k)), std::ldexp(T{1}, k));
}

TYPED_TEST(Math, TrigonometricFunctionsStayWithinTheirBounds) {
  using T = TypeParam;
  const auto smallest = static_cast<long double>(std::numeric_limits<T>::denorm_min());
  const auto largest = static_cast<long double>(std::numeric_limits<T>::max());
  EXPECT_LE(worst<T>(VT_FUNCTION(tan), -10, 10), 2.5L);
  EXPECT_LE(worst<T>(VT_FUNCTION(tan), 1e-30L, static_cast<long double>(std::numeric_limits<T>::max()), true), 2.5L);
  EXPECT_LE(worst<T>(VT_FUNCTION(asin), -1, 1), 2.5L);
  EXPECT_LE(worst<T>(VT_FUNCTION(asin), smallest, 1, true), 2.5L);
  EXPECT_LE(worst<T>(VT_FUNCTION(acos), -1, 1), 2.0L);
  EXPECT_LE(worst<T>(VT_FUNCTION(acos), 0.9L, 1), 2.0L);
  EXPECT_LE(worst<T>(VT_FUNCTION(atan), -10, 10), 2.0L);
  EXPECT_LE(worst<T>(VT_FUNCTION(atan), smallest, largest, true), 2.0L);
}

TYPED_TEST(Math, HyperbolicFunctionsStayWithinTheirBounds) {
  using T = TypeParam;
  const auto smallest = static_cast<long double>(std::numeric_limits<T>::denorm_min());
  const auto largest = static_cast<long double>(std::numeric_limits<T>::max());
  const long double top = std::is_same_v<T, float> ? 89.41L : 710.47L;
  EXPECT_LE(worst<T>(VT_FUNCTION(sinh), -3, 3), 2.0L);
  EXPECT_LE(worst<T>(VT_FUNCTION(sinh), smallest, top, true), 2.0L);
  EXPECT_LE(worst<T>(VT_FUNCTION(sinh), -top, top), 2.0L);
  EXPECT_LE(worst<T>(VT_FUNCTION(cosh), -top, top), 2.0L);
  EXPECT_LE(worst<T>(VT_FUNCTION(asinh), -10, 10), 4.0L);
  EXPECT_LE(worst<T>(VT_FUNCTION(asinh), smallest, largest, true), 4.0L);
  EXPECT_LE(worst<T>(VT_FUNCTION(acosh), 1, 10), 4.0L);
  EXPECT_LE(worst<T>(VT_FUNCTION(acosh), 1, 1.001L), 4.0L);
  EXPECT_LE(worst<T>(VT_FUNCTION(acosh), 1, largest, true), 4.0L);
  EXPECT_LE(worst<T>(VT_FUNCTION(atanh), -1, 1), 4.0L);
  EXPECT_LE(worst<T>(VT_FUNCTION(atanh), smallest, 1, true), 4.0L);
}

TYPED_TEST(Math, SaturatingFunctionsStayWithinTheirBounds) {
  using T = TypeParam;
  const auto logistic = [](long double x) { return 1 / (1 + std::exp(-x)); };
  EXPECT_LE(worst<T>(VT_FUNCTION(tanh), -25, 25), 3.0L);
  EXPECT_LE(worst<T>(VT_FUNCTION(tanh), -1, 1), 3.0L);
  EXPECT_LE(worst<T>(VT_FUNCTION(tanh), 1e-30L, 1, true), 3.0L);
  EXPECT_LE(worst<T>(VT_FUNCTION(erf), -7, 7), 2.0L);
  EXPECT_LE(worst<T>(VT_FUNCTION(erf), 1e-30L, 1.1L, true), 2.0L);
  EXPECT_LE(worst<T>(VT_FUNCTION(erfc), -4, 4), 7.0L);
  EXPECT_LE(worst<T>(VT_FUNCTION(erfc), 0, std::is_same_v<T, float> ? 9.1L : 26), 7.0L);
  EXPECT_LE(worst<T>([](T x) { return math::sigmoid(x); }, logistic, -80, 80), 2.5L);
}

TYPED_TEST(Math, SpecialValues) {
  using T = TypeParam;
  constexpr T kInfinity = std::numeric_limits<T>::infinity();
  constexpr T kNaN = std::numeric_limits<T>::quiet_NaN();
  const T zeros[] = {math::expm1(T{-0.0}), math::log1p(T{-0.0}), math::sin(T{-0.0}), math::tanh(T{-0.0}),
                     math::erf(T{-0.0})};
  for (const T zero : zeros) EXPECT_TRUE(zero == 0 && std::signbit(zero));

  EXPECT_EQ(math::exp(T{0}), T{1});
  EXPECT_EQ(math::exp(kInfinity), kInfinity);
  EXPECT_EQ(math::exp(-kInfinity), T{0});
  EXPECT_EQ(math::exp(T{-1000}), T{0});
  EXPECT_EQ(math::expm1(kInfinity), kInfinity);
  EXPECT_EQ(math::expm1(-kInfinity), T{-1});
  EXPECT_EQ(math::log(T{1}), T{0});
  EXPECT_EQ(math::log(T{0}), -kInfinity);
  EXPECT_EQ(math::log(kInfinity), kInfinity);
  EXPECT_EQ(math::log1p(T{-1}), -kInfinity);
  EXPECT_EQ(math::log1p(kInfinity), kInfinity);
  EXPECT_EQ(math::log2(T{0}), -kInfinity);
  EXPECT_EQ(math::log2(kInfinity), kInfinity);
  for (int e = -140; e < 128; ++e) EXPECT_EQ(math::log2(std::ldexp(T{1}, e)), static_cast<T>(e));
  EXPECT_EQ(math::cos(T{0}), T{1});
  EXPECT_EQ(math::tanh(kInfinity), T{1});
  EXPECT_EQ(math::tanh(-kInfinity), T{-1});
  EXPECT_EQ(math::erf(kInfinity), T{1});
  EXPECT_EQ(math::erf(-kInfinity), T{-1});
  EXPECT_EQ(math::sigmoid(kInfinity), T{1});
  EXPECT_EQ(math::sigmoid(-kInfinity), T{0});
  EXPECT_EQ(math::sigmoid(T{0}), T{0.5});

  const T not_numbers[] = {math::exp(kNaN),   math::expm1(kNaN),    math::log(kNaN),       math::log1p(kNaN),
                           math::log2(kNaN),  math::sin(kNaN),      math::cos(kNaN),       math::tanh(kNaN),
                           math::erf(kNaN),   math::sigmoid(kNaN),  math::log(T{-1}),      math::log1p(T{-2}),
                           math::log2(T{-1}), math::sin(kInfinity), math::cos(-kInfinity), math::log(-kInfinity)};
  for (const T value : not_numbers) EXPECT_TRUE(std::isnan(value));
}

// Pairs (x, y) spread over a square, evenly in their logarithms with all signs that `function` takes.
template <class T, class Function, class Reference>
long double worst_of_pairs(Function function, Reference reference, long double low_x, long double high_x,
                           long double low_y, long double high_y) {
  constexpr int kSide = 500;
  long double largest = 0;
  for (int i = 0; i <= kSide; ++i) {
    for (int j = 0; j <= kSide; ++j) {
      const auto x = static_cast<T>(low_x * std::pow(high_x / low_x, i / static_cast<long double>(kSide)));
      const auto y = static_cast<T>(low_y * std::pow(high_y / low_y, j / static_cast<long double>(kSide)));
      for (const T signed_y : {y, -y})
        largest = std::fmax(largest, ulps(function(x, signed_y),
                                          reference(static_cast<long double>(x), static_cast<long double>(signed_y))));
    }
  }
  return largest;
}

TYPED_TEST(Math, PowersAndAnglesStayWithinTheirBounds) {
  using T = TypeParam;
  constexpr long double kBound = std::is_same_v<T, float> ? 1.0L : 2.0L;
  EXPECT_LE(worst_of_pairs<T>(VT_FUNCTION_OF_TWO(pow), 0.5L, 1.9L, 1e-3L, 1000), kBound);
  EXPECT_LE(worst_of_pairs<T>(VT_FUNCTION_OF_TWO(pow), 0.999L, 1.001L, 10, 1e5L), kBound);
  EXPECT_LE(worst_of_pairs<T>(VT_FUNCTION_OF_TWO(pow), 1e-30L, 1e30L, 1e-3L, 12), kBound);
  EXPECT_LE(worst_of_pairs<T>(VT_FUNCTION_OF_TWO(atan2), 1e-3L, 1e3L, 1e-3L, 1e3L), 2.0L);
  EXPECT_LE(worst_of_pairs<T>(VT_FUNCTION_OF_TWO(atan2), -1e-3L, -1e3L, 1e-3L, 1e3L), 2.0L);
  EXPECT_LE(worst_of_pairs<T>(VT_FUNCTION_OF_TWO(atan2), 1e-30L, 1e30L, 1e-30L, 1e30L), 2.0L);
}

TYPED_TEST(Math, PowersAndAnglesOfSpecialValuesAreThoseOfC) {
  using T = TypeParam;
  constexpr T kInfinity = std::numeric_limits<T>::infinity();
  constexpr T kNaN = std::numeric_limits<T>::quiet_NaN();
  constexpr T kLargest = std::numeric_limits<T>::max();
  const T values[] = {T{0},        T{-0.0},
                      T{1},        T{-1},
                      T{2},        T{-2},
                      T{3},        T{-3},
                      T{0.5},      T{-0.5},
                      T{2.5},      T{-2.5},
                      kInfinity,   -kInfinity,
                      kNaN,        kLargest,
                      -kLargest,   T(1e-30),
                      T{1e9},      T{-1e9},
                      T(16777217), std::numeric_limits<T>::denorm_min()};
  for (const T x : values) {
    for (const T y : values) {
      EXPECT_TRUE(same(math::pow(x, y), std::pow(x, y))) << x << " ** " << y << ": " << math::pow(x, y);
      EXPECT_TRUE(same(math::atan2(x, y), std::atan2(x, y))) << "atan2 " << x << ", " << y << ": " << math::atan2(x, y);
    }
  }
}

#undef VT_FUNCTION_OF_TWO
#undef VT_FUNCTION

}  // namespace
}  // namespace vt
