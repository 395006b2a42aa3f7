// SPDX-License-Identifier: Apache-2.0
// Loops of pow and atan2.
#include <vt/cpp/math.hpp>
#include <vt/cpp/pairs.hpp>

#include "ops/loops/arithmetic.hpp"
#include "ops/loops/binary.hpp"
#include "ops/loops/binary_loop.hpp"

namespace vt::core::VT_ISA {

namespace {

// By squaring; integers wrap. A negative power is that of 1 or -1, or rounds to zero.
template <class T>
[[gnu::always_inline]] inline T integer_power(T base, T exponent) noexcept {
  if constexpr (std::is_signed_v<T>) {
    if (exponent < 0) return base == 1 ? T{1} : base == T(-1) ? (exponent & 1 ? T(-1) : T{1}) : T{0};
  }
  auto square = static_cast<uint64_t>(base);
  uint64_t power = 1;
  for (auto rest = static_cast<uint64_t>(exponent); rest != 0; rest >>= 1) {
    if (rest & 1) power *= square;
    square *= square;
  }
  return static_cast<T>(power);
}

[[gnu::always_inline]] inline float root_of(float v) noexcept { return __builtin_sqrtf(v); }
[[gnu::always_inline]] inline double root_of(double v) noexcept { return __builtin_sqrt(v); }

// Functions that are inlined into every loop: a lambda in the loops of several dtypes might be merged with its likes and
// called, and the loops not vectorise.
struct PowerOf {
  template <class W>
  [[gnu::always_inline]] W operator()(W x, W y) const noexcept {
    return math::pow(x, y);
  }
};
struct AngleOf {
  template <class W>
  [[gnu::always_inline]] W operator()(W y, W x) const noexcept {
    return math::atan2(y, x);
  }
};

// One exponent for all elements: the commonest ones are products, quotients and roots, as in PyTorch.
template <class T>
void power_number(char* out, const char* a, const char* b, int64_t n, const int64_t* strides, Compute<T> exponent) {
  using Wide = Compute<T>;
  const auto run = [&](auto op) { binary_loop<T, T, T>(out, a, b, n, strides, [op](Wide x, Wide) { return op(x); }); };
  if (exponent == 1) return run([](Wide x) { return x; });
  if (exponent == 2) return run([](Wide x) { return x * x; });
  if (exponent == 3) return run([](Wide x) { return x * x * x; });
  if (exponent == -1) return run([](Wide x) { return 1 / x; });
  if (exponent == -2) return run([](Wide x) { return 1 / (x * x); });
  if (exponent == Wide(0.5)) return run([](Wide x) { return root_of(x); });
  if (exponent == Wide(-0.5)) return run([](Wide x) { return 1 / root_of(x); });
  // From a row of copies: with the exponent in a register the compiler branches on it and the loop does not vectorise.
  constexpr int64_t kRow = 256;
  Wide row[kRow];
  for (Wide& copy : row) copy = exponent;
  const int64_t row_strides[3] = {strides[0], strides[1], sizeof(Wide)};
  for (int64_t i = 0; i < n; i += kRow)
    binary_loop<T, T, Wide>(out + i * strides[0], a + i * strides[1], reinterpret_cast<const char*>(row),
                            n - i < kRow ? n - i : kRow, row_strides, PowerOf{});
}

// One base for all elements, from such a row too.
template <class T, class B>
void number_power(char* out, const char* a, const char* b, int64_t n, const int64_t* strides) {
  constexpr int64_t kRow = 256;
  T row[kRow];
  for (T& copy : row) copy = load<T>(a);
  const int64_t row_strides[3] = {strides[0], sizeof(T), strides[2]};
  for (int64_t i = 0; i < n; i += kRow)
    binary_loop<T, T, B>(out + i * strides[0], reinterpret_cast<const char*>(row), b + i * strides[2],
                         n - i < kRow ? n - i : kRow, row_strides, PowerOf{});
}

// The same of complex numbers: products and quotients for whole exponents.
template <class T>
void complex_power_number(char* out, const char* a, const char* b, int64_t n, const int64_t* strides) {
  const T exponent = load<T>(b);
  const auto run = [&](auto op) { binary_loop<T, T, T>(out, a, b, n, strides, op); };
  if (exponent.imag == 0) {
    if (exponent.real == 1) return run([](T x, T) { return x; });
    if (exponent.real == 2) return run([](T x, T) { return product_of(x, x); });
    if (exponent.real == 3) return run([](T x, T) { return product_of(product_of(x, x), x); });
    if (exponent.real == -1) return run([](T x, T) { return quotient_of(T{1, 0}, x); });
    if (exponent.real == -2) return run([](T x, T) { return quotient_of(T{1, 0}, product_of(x, x)); });
  }
  run([](T x, T y) { return pairs::complex_power(x, y); });
}

template <BinaryKind Kind, class T, class B>
struct Power {
  static void run(char* out, const char* a, const char* b, int64_t n, const int64_t* strides, const void*) {
    using Wide = Compute<T>;
    if constexpr (std::is_integral_v<T>) {
      binary_loop<T, T, B>(out, a, b, n, strides,
                           [](Wide x, Wide y) { return integer_power(static_cast<T>(x), static_cast<T>(y)); });
    } else if constexpr (kIsComplex<T>) {
      if (strides[2] == 0) return complex_power_number<T>(out, a, b, n, strides);
      binary_loop<T, T, B>(out, a, b, n, strides, [](T x, T y) { return pairs::complex_power(x, y); });
    } else if constexpr (Kind == kAtan2) {
      binary_loop<T, T, B>(out, a, b, n, strides, AngleOf{});
    } else if (strides[2] == 0) {
      power_number<T>(out, a, b, n, strides, load_wide<B>(b));
    } else if (strides[1] == 0) {
      number_power<T, B>(out, a, b, n, strides);
    } else {
      binary_loop<T, T, B>(out, a, b, n, strides, PowerOf{});
    }
  }
};

}  // namespace

void fill_power() {
  BinaryLoops& table = chosen_loops<BinaryLoops>;
  for_each_dtype([&]<class T, size_t Index>() {
    constexpr bool kIsFloating = std::is_floating_point_v<T> || std::is_same_v<T, Half> || std::is_same_v<T, BFloat>;
    if constexpr (kIsFloating || kIsComplex<T> || std::is_integral_v<T>) fill_binary_row<kPow, Power, T, Index>(table);
    if constexpr (kIsFloating) fill_binary_row<kAtan2, Power, T, Index>(table);
  });
}

}  // namespace vt::core::VT_ISA
