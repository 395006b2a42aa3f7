// SPDX-License-Identifier: Apache-2.0
// Loops of div, its rounding modes, remainder and fmod.
#include <vt/cpp/math.hpp>

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

// The remainder of a by b with the sign of a, exactly, by a quotient that is at most one off. `failed` is set where
// that may not hold: for quotients of too many bits, zeros, infinities and NaN. In float the product of quotient and divisor is
// exact in double, in double it is a pair.
[[gnu::always_inline]] inline float quick_modulo(float a, float b, uint64_t& failed) noexcept {
  const auto x = static_cast<double>(math::detail::magnitude(a));
  const auto y = static_cast<double>(math::detail::magnitude(b));
  const double quotient = rounded_to_zero(x / y);
  failed |= (quotient < 0x1p29) & (y < 0x1p1000) ? uint64_t{0} : uint64_t{1};
  const double rest = x - quotient * y;
  const double raised = rest < 0 ? rest + y : rest;
  return math::detail::with_sign_of(static_cast<float>(raised >= y ? raised - y : raised), a);
}
[[gnu::always_inline]] inline double quick_modulo(double a, double b, uint64_t& failed) noexcept {
  const double x = math::detail::magnitude(a);
  const double y = math::detail::magnitude(b);
  const double quotient = rounded_to_zero(x / y);
  failed |= (quotient < 0x1p52) & (y < 0x1p900) & (y > 0x1p-900) ? uint64_t{0} : uint64_t{1};
  const math::detail::Pair product = math::detail::product_of(quotient, y);
  const double rest = (x - product.value) - product.rest;
  const double raised = rest < 0 ? rest + y : rest;
  return math::detail::with_sign_of(raised >= y ? raised - y : raised, a);
}

// Whether a remainder that is not zero has another sign than the divisor.
template <class T>
[[gnu::always_inline]] inline bool differs(T rest, T b) noexcept {
  return ((rest < 0) & (b > 0)) | ((rest > 0) & (b < 0));
}

// As Python divides: the remainder is exact and has the divisor's sign, the quotient is the difference over the divisor.
// `rest` has the dividend's sign.
template <class T>
[[gnu::always_inline]] inline T float_remainder(T, T b, T rest) noexcept {
  return differs(rest, b) ? rest + b : rest;
}
template <class T>
[[gnu::always_inline]] inline T float_floor_quotient(T a, T b, T rest) noexcept {
  const T exact = a / b;
  T quotient = (a - rest) / b;
  quotient = differs(rest, b) ? quotient - 1 : quotient;
  const T whole = rounded_down(quotient);
  const T nearest = quotient - whole > T(0.5) ? whole + 1 : whole;
  const T rounded = quotient == 0 ? zero_with_sign(exact) : nearest;
  return b == 0 ? exact : rounded;
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
  } else {
    if constexpr (Kind == kTruncDivide) return truncated_quotient(a, b);
    if constexpr (Kind == kFloorDivide) return floored_quotient(a, b);
    if constexpr (Kind == kRemainder) return integer_remainder(a, b);
    if constexpr (Kind == kFmod) return truncated_remainder(a, b);
  }
}

// Integers of 32 bits in double and shorter ones in float, which vectors divide: a rounded quotient that is not whole lies on the
// right side of every whole number, by more than its error. -2^31 / -1 wraps.
template <BinaryKind Kind, class T>
[[gnu::always_inline]] inline T divided_as_real(T a, T b) noexcept {
  using Real = std::conditional_t<sizeof(T) <= 2, float, double>;
  using Whole = std::conditional_t<sizeof(T) <= 2, int32_t, int64_t>;
  const auto x = static_cast<Real>(a);
  const auto y = static_cast<Real>(b);
  constexpr bool kDown = Kind == kFloorDivide || Kind == kRemainder;
  const Real quotient = kDown ? rounded_down(x / y) : rounded_to_zero(x / y);
  const Real result = Kind == kRemainder || Kind == kFmod ? x - quotient * y : quotient;
  return static_cast<T>(static_cast<Whole>(result));
}

// What depends on an exact remainder, a block at a time: by vectors where that is exact, else by the C library's function.
template <BinaryKind Kind, class T, class B>
void modulo_loop(char* out, const char* a, const char* b, int64_t n, const int64_t* strides) {
  using Wide = Compute<T>;
  constexpr int64_t kBlock = 256;
  Wide x[kBlock];
  Wide y[kBlock];
  Wide rest[kBlock];
  const auto load_block = []<class From>(From, Wide* to, const char* from, int64_t stride, int64_t count) {
    if (stride == static_cast<int64_t>(sizeof(From))) {
      for (int64_t i = 0; i < count; ++i) to[i] = load_wide<From>(from + i * static_cast<int64_t>(sizeof(From)));
    } else {
      for (int64_t i = 0; i < count; ++i) to[i] = load_wide<From>(from + i * stride);
    }
  };
  for (int64_t first = 0; first < n; first += kBlock) {
    const int64_t count = n - first < kBlock ? n - first : kBlock;
    load_block(T{}, x, a + first * strides[1], strides[1], count);
    load_block(B{}, y, b + first * strides[2], strides[2], count);
    uint64_t failed = 0;
    VT_INDEPENDENT_LOOP
    for (int64_t i = 0; i < count; ++i) rest[i] = quick_modulo(x[i], y[i], failed);
    if (failed)
      for (int64_t i = 0; i < count; ++i) rest[i] = modulo(x[i], y[i]);
    VT_INDEPENDENT_LOOP
    for (int64_t i = 0; i < count; ++i) {
      if constexpr (Kind == kRemainder) rest[i] = float_remainder(x[i], y[i], rest[i]);
      if constexpr (Kind == kFloorDivide) rest[i] = float_floor_quotient(x[i], y[i], rest[i]);
    }
    if (strides[0] == static_cast<int64_t>(sizeof(T))) {
      char* to = out + first * static_cast<int64_t>(sizeof(T));
      VT_INDEPENDENT_LOOP
      for (int64_t i = 0; i < count; ++i) store(to + i * static_cast<int64_t>(sizeof(T)), narrow<T>(rest[i]));
    } else {
      for (int64_t i = 0; i < count; ++i) store(out + (first + i) * strides[0], narrow<T>(rest[i]));
    }
  }
}

template <BinaryKind Kind, class T, class B>
struct Division {
  static void run(char* out, const char* a, const char* b, int64_t n, const int64_t* strides, const void*) {
    constexpr bool kNeedsRemainder = Kind == kFmod || Kind == kRemainder || Kind == kFloorDivide;
    if constexpr (kNeedsRemainder && std::is_floating_point_v<Compute<T>>) {
      modulo_loop<Kind, T, B>(out, a, b, n, strides);
    } else if constexpr (std::is_integral_v<T> && sizeof(T) <= 4) {
      binary_loop<T, T, B>(out, a, b, n, strides, [](Compute<T> x, Compute<T> y) {
        return divided_as_real<Kind>(static_cast<T>(x), static_cast<T>(y));
      });
    } else {
      binary_loop<T, T, B>(out, a, b, n, strides, [](Compute<T> x, Compute<T> y) { return apply<Kind>(x, y); });
    }
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
