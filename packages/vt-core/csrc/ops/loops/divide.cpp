// SPDX-License-Identifier: Apache-2.0
// Loops of div, its rounding modes, remainder and fmod.
#include "ops/loops/arithmetic.hpp"
#include "ops/loops/binary.hpp"
#include "ops/loops/binary_loop.hpp"

// Note [Integer division]
// The callers refuse divisors of zero before a loop runs, since hardware traps on them; the quotient of the smallest
// integer and -1, which traps as well, wraps.
namespace vt::core::VT_ISA {

namespace {

[[gnu::always_inline]] inline float modulo(float a, float b) noexcept { return __builtin_fmodf(a, b); }
[[gnu::always_inline]] inline double modulo(double a, double b) noexcept { return __builtin_fmod(a, b); }
[[gnu::always_inline]] inline float rounded_down(float v) noexcept { return __builtin_floorf(v); }
[[gnu::always_inline]] inline double rounded_down(double v) noexcept { return __builtin_floor(v); }
[[gnu::always_inline]] inline float rounded_to_zero(float v) noexcept { return __builtin_truncf(v); }
[[gnu::always_inline]] inline double rounded_to_zero(double v) noexcept { return __builtin_trunc(v); }
[[gnu::always_inline]] inline float zero_with_sign(float v) noexcept { return __builtin_copysignf(0.0f, v); }
[[gnu::always_inline]] inline double zero_with_sign(double v) noexcept { return __builtin_copysign(0.0, v); }

// As Python divides: the remainder is exact and has the divisor's sign, the quotient is the difference over the divisor.
template <class T>
[[gnu::always_inline]] inline T float_remainder(T a, T b) noexcept {
  const T rest = modulo(a, b);
  return rest != 0 && (b < 0) != (rest < 0) ? rest + b : rest;
}
template <class T>
[[gnu::always_inline]] inline T float_floor_quotient(T a, T b) noexcept {
  if (b == 0) return a / b;
  const T rest = modulo(a, b);
  T quotient = (a - rest) / b;
  if (rest != 0 && (b < 0) != (rest < 0)) quotient -= 1;
  if (quotient == 0) return zero_with_sign(a / b);
  const T whole = rounded_down(quotient);
  return quotient - whole > T(0.5) ? whole + 1 : whole;
}

template <class T>
[[gnu::always_inline]] inline T truncated_quotient(T a, T b) noexcept {
  if constexpr (std::is_signed_v<T>)
    if (b == T(-1)) return static_cast<T>(std::make_unsigned_t<T>{0} - static_cast<std::make_unsigned_t<T>>(a));
  return static_cast<T>(a / b);
}
template <class T>
[[gnu::always_inline]] inline T truncated_remainder(T a, T b) noexcept {
  if constexpr (std::is_signed_v<T>)
    if (b == T(-1)) return 0;
  return static_cast<T>(a % b);
}
template <class T>
[[gnu::always_inline]] inline T integer_remainder(T a, T b) noexcept {
  if constexpr (std::is_signed_v<T>) {
    if (b == T(-1)) return 0;
    const T rest = static_cast<T>(a % b);
    return rest != 0 && (b < 0) != (rest < 0) ? static_cast<T>(rest + b) : rest;
  }
  return static_cast<T>(a % b);
}
template <class T>
[[gnu::always_inline]] inline T floored_quotient(T a, T b) noexcept {
  const T quotient = truncated_quotient(a, b);
  if constexpr (std::is_signed_v<T>)
    if (b != T(-1) && (a < 0) != (b < 0) && static_cast<T>(quotient * b) != a) return static_cast<T>(quotient - 1);
  return quotient;
}

template <BinaryKind Kind, class Wide>
[[gnu::always_inline]] inline Wide apply(Wide a, Wide b) noexcept {
  if constexpr (kIsComplex<Wide>) {
    return quotient_of(a, b);
  } else if constexpr (std::is_floating_point_v<Wide>) {
    if constexpr (Kind == kDiv) return quotient_of(a, b);
    if constexpr (Kind == kTruncDivide) return rounded_to_zero(a / b);
    if constexpr (Kind == kFloorDivide) return float_floor_quotient(a, b);
    if constexpr (Kind == kRemainder) return float_remainder(a, b);
    if constexpr (Kind == kFmod) return modulo(a, b);
  } else {
    if constexpr (Kind == kTruncDivide) return truncated_quotient(a, b);
    if constexpr (Kind == kFloorDivide) return floored_quotient(a, b);
    if constexpr (Kind == kRemainder) return integer_remainder(a, b);
    if constexpr (Kind == kFmod) return truncated_remainder(a, b);
  }
}

template <BinaryKind Kind, class T, class B>
struct Division {
  static void run(char* out, const char* a, const char* b, int64_t n, const int64_t* strides, const void*) {
    binary_loop<T, T, B>(out, a, b, n, strides, [](Compute<T> x, Compute<T> y) { return apply<Kind>(x, y); });
  }
};

template <BinaryKind Kind>
void fill_kind(BinaryLoops& table) {
  for_each_dtype([&]<class T, size_t Index>() {
    constexpr bool kIsFloating = std::is_floating_point_v<T> || std::is_same_v<T, Half> || std::is_same_v<T, BFloat>;
    constexpr bool kHas = Kind == kDiv ? kIsFloating || kIsComplex<T> : kIsFloating || std::is_integral_v<T>;
    if constexpr (kHas) fill_binary_row<Kind, Division, T, Index>(table);
  });
}

template <class T>
bool has_zero(const char* src, int64_t stride, int64_t n) {
  bool any = false;
  if (stride == sizeof(T)) {
    for (int64_t i = 0; i < n; ++i) any |= load<T>(src + i * static_cast<int64_t>(sizeof(T))) == 0;
  } else {
    for (int64_t i = 0; i < n; ++i) any |= load<T>(src + i * stride) == 0;
  }
  return any;
}

}  // namespace

void fill_divide() {
  BinaryLoops& table = chosen_loops<BinaryLoops>;
  fill_kind<kDiv>(table);
  fill_kind<kFloorDivide>(table);
  fill_kind<kTruncDivide>(table);
  fill_kind<kRemainder>(table);
  fill_kind<kFmod>(table);
  for_each_dtype([&]<class T, size_t Index>() {
    if constexpr (std::is_integral_v<T>) {
      table.has_zero[Index] = &has_zero<std::make_unsigned_t<T>>;
    } else if constexpr (std::is_same_v<T, Bool>) {
      table.has_zero[Index] = &has_zero<uint8_t>;
    }
  });
}

}  // namespace vt::core::VT_ISA
