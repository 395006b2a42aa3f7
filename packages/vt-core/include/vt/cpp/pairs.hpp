// SPDX-License-Identifier: Apache-2.0
// The formulas of further ops on two operands, once for the loops of the CPU and the kernels of CUDA devices.
#pragma once

#include <vt/cpp/math.hpp>

#include <cstdint>
#include <type_traits>

// Elements of a half type come as float, all others as they are. As in vt/cpp/math.hpp nothing is contracted and nothing
// branches, so both sides give the same bits.
namespace vt::pairs {

#define VT_PAIR VT_HOST_DEVICE [[gnu::always_inline]] inline

// The larger and the smaller of two numbers; a NaN loses against any of them.
template <class W>
VT_PAIR W larger_number(W a, W b) noexcept {
  return (a < b) | (a != a) ? b : a;
}
template <class W>
VT_PAIR W smaller_number(W a, W b) noexcept {
  return (a > b) | (a != a) ? b : a;
}

template <class W>
VT_PAIR W with_sign_of(W value, W sign) noexcept {
  return math::detail::with_sign_of(value, sign);
}

// The step function: 0 below zero and for NaN, 1 above, `value` at zero.
template <class W>
VT_PAIR W step(W x, W value) noexcept {
  return x == W{0} ? value : static_cast<W>(x > W{0});
}

// sqrt(x^2 + y^2), correctly rounded but for rare last bits. The squares of floats are exact in double; those of doubles are
// scaled away from overflow and underflow, and summed with their rounding errors.
VT_PAIR float length(float x, float y) noexcept {
  const double a = static_cast<double>(x);
  const double b = static_cast<double>(y);
  const float root = static_cast<float>(__builtin_sqrt(a * a + b * b));
  constexpr float kInfinity = math::detail::kInfinity<float>;
  return (math::detail::magnitude(x) == kInfinity) | (math::detail::magnitude(y) == kInfinity) ? kInfinity : root;
}
VT_PAIR double length(double x, double y) noexcept {
  using math::detail::Pair;
  const double a = math::detail::magnitude(x);
  const double b = math::detail::magnitude(y);
  const double high = a < b ? b : a;
  const bool is_large = high > 0x1p500;
  const bool is_small = high < 0x1p-400;
  const double scale = is_large ? 0x1p-600 : is_small ? 0x1p600 : 1.0;
  const double back = is_large ? 0x1p600 : is_small ? 0x1p-600 : 1.0;
  const Pair aa = math::detail::product_of(a * scale, a * scale);
  const Pair bb = math::detail::product_of(b * scale, b * scale);
  const Pair sum = math::detail::sum_of(aa.value, bb.value);
  const double rest = sum.rest + (aa.rest + bb.rest);
  const double root = __builtin_sqrt(sum.value);
  // One step of Newton's iteration with the exact residual.
  const Pair square = math::detail::product_of(root, root);
  const double residual = ((sum.value - square.value) - square.rest) + rest;
  const double corrected = root + residual / (2.0 * root);
  const double length = sum.value == 0.0 ? 0.0 : corrected * back;
  constexpr double kInfinity = math::detail::kInfinity<double>;
  const double or_nan = (x != x) | (y != y) ? math::detail::kNaN<double> : length;
  return (a == kInfinity) | (b == kInfinity) ? kInfinity : or_nan;
}

// base^exponent of complex numbers, as e^(exponent log(base)) in double. Of zero it is 0, 1 for an exponent of zero.
template <class C>
VT_PAIR C complex_power(C base, C exponent) noexcept {
  using Part = decltype(C::real);
  const double x = static_cast<double>(base.real);
  const double y = static_cast<double>(base.imag);
  const double u = static_cast<double>(exponent.real);
  const double v = static_cast<double>(exponent.imag);
  const double log_size = math::log(length(x, y));
  const double angle = math::atan2(y, x);
  const double size = math::exp(u * log_size - v * angle);
  const double turn = v * log_size + u * angle;
  const double imag = turn == 0.0 ? turn : size * math::sin(turn);  // real powers stay real where they are infinite
  const C power{static_cast<Part>(size * math::cos(turn)), static_cast<Part>(imag)};
  const bool of_zero = (x == 0.0) & (y == 0.0) & (u > 0.0);
  const bool to_zero = (u == 0.0) & (v == 0.0);
  const C known{to_zero ? Part{1} : Part{0}, Part{0}};
  return of_zero | to_zero ? known : power;
}

// log(e^a + e^b) from the larger of both. Equal infinities are no distance apart; it is chosen before the functions, which a
// compiler would else put behind a branch.
template <class W>
VT_PAIR W log_of_sum(W a, W b) noexcept {
  const W high = a < b ? b : a;
  const W distance = a == b ? W{0} : a - b;
  return high + math::log1p(math::exp(-math::detail::magnitude(distance)));
}
// The same to base 2.
template <class W>
VT_PAIR W log2_of_sum(W a, W b) noexcept {
  const W high = a < b ? b : a;
  const W distance = a == b ? W{0} : a - b;
  const W part = math::log1p(math::exp(math::detail::magnitude(distance) * W(-0.69314718055994530942)));
  return high + part * W(1.4426950408889634074);
}

// x 2^exponent for a whole or broken exponent. The power is applied in steps of which only the last can overflow, lose bits
// to underflow, or neither.
template <class W>
VT_PAIR W scaled_by_power(W x, W exponent) noexcept {
  using F = math::detail::Format<W>;
  using Bits = math::detail::Bits<W>;
  using Signed = std::make_signed_t<Bits>;
  constexpr W kMost = W(3 * F::kBias);  // beyond it every finite x but 0 has left the range
  const W kept = math::detail::at_most(math::detail::at_least(exponent, -kMost), kMost);
  const W rounded = kept + F::kRounder;
  const W fraction = math::exp((kept - (rounded - F::kRounder)) * W(0.69314718055994530942));
  const auto whole =
      static_cast<Signed>(math::detail::bits_as<Bits>(rounded) - math::detail::bits_as<Bits>(F::kRounder));
  // A negative step leaves room for the mantissa, so that it ends above the subnormal numbers if the result is not 0.
  const auto step_of = [](Signed n) {
    constexpr Signed kLeast = F::kMantissa + 2 - F::kBias;
    const Signed down = n < 1 - F::kBias ? kLeast : n;
    return n > F::kBias ? Signed{F::kBias} : down;
  };
  const auto power = [](Signed n) {
    return math::detail::bits_as<W>(static_cast<Bits>(static_cast<Bits>(n + F::kBias) << F::kMantissa));
  };
  const Signed first = step_of(whole);
  const Signed second = step_of(whole - first);
  const Signed third = step_of(whole - first - second);
  // What an infinite exponent makes of 0 and infinity, a large one does not.
  const W up = exponent == math::detail::kInfinity<W> ? exponent : W{1};
  const W limit = exponent == -math::detail::kInfinity<W> ? W{0} : up;
  return x * limit * fraction * power(first) * power(second) * power(third);
}

// The neighbour of `from` in the direction of `to`, in a format whose elements have these bits: sign, then magnitude.
template <class Bits, class W>
VT_PAIR Bits next_bits(Bits from_bits, Bits to_bits, W from, W to) noexcept {
  constexpr Bits kSign = static_cast<Bits>(Bits{1} << (8 * sizeof(Bits) - 1));
  const bool grows = (from < to) == (from > W{0});
  const Bits stepped = static_cast<Bits>(grows ? from_bits + 1u : from_bits - 1u);
  const Bits from_zero = static_cast<Bits>((to_bits & kSign) | 1u);
  const Bits moved = from == W{0} ? from_zero : stepped;
  return from == to ? to_bits : moved;
}

namespace detail {
template <class T>
VT_PAIR auto size_of(T v) noexcept {
  using Size = std::make_unsigned_t<T>;
  if constexpr (std::is_signed_v<T>) {
    return static_cast<Size>(v < 0 ? Size{0} - static_cast<Size>(v) : static_cast<Size>(v));
  } else {
    return v;
  }
}
}  // namespace detail

// The greatest common divisor of the magnitudes, by Euclid; of two zeros 0. What does not fit wraps, as everywhere.
template <class T>
VT_PAIR T common_divisor(T a, T b) noexcept {
  auto x = detail::size_of(a);
  auto y = detail::size_of(b);
  while (y != 0) {
    const auto rest = static_cast<decltype(x)>(x % y);
    x = y;
    y = rest;
  }
  return static_cast<T>(x);
}
template <class T>
VT_PAIR T common_multiple(T a, T b) noexcept {
  using Size = std::make_unsigned_t<T>;
  const auto divisor = static_cast<Size>(common_divisor(a, b));
  const auto of_a = static_cast<uint64_t>(divisor == 0 ? Size{0} : static_cast<Size>(detail::size_of(a) / divisor));
  return static_cast<T>(of_a * static_cast<uint64_t>(detail::size_of(b)));
}

// What a shift is computed in: lanes of 32 bits, where they do, shift by vectors.
template <class T>
using Shifted = std::conditional_t<sizeof(T) == 8, uint64_t, uint32_t>;

// Shifts by a negative number or by the width and more, which machines leave undefined, move every bit out.
template <class T>
VT_PAIR T shifted_left(T value, T by) noexcept {
  constexpr Shifted<T> kWidth = 8 * sizeof(T);
  // A negative number is a large one.
  const auto count = static_cast<Shifted<T>>(by);
  const auto shifted = static_cast<T>(static_cast<Shifted<T>>(value) << (count & (kWidth - 1)));
  return count >= kWidth ? T{0} : shifted;
}
// The sign moves in.
template <class T>
VT_PAIR T shifted_right(T value, T by) noexcept {
  constexpr Shifted<T> kWidth = 8 * sizeof(T);
  using Wide = std::conditional_t<std::is_signed_v<T>, std::make_signed_t<Shifted<T>>, Shifted<T>>;
  const auto count = static_cast<Shifted<T>>(by);
  const auto shifted = static_cast<T>(static_cast<Wide>(value) >> (count & (kWidth - 1)));
  const T filled = std::is_signed_v<T> && value < T{0} ? static_cast<T>(~T{0}) : T{0};
  return count >= kWidth ? filled : shifted;
}

#undef VT_PAIR

}  // namespace vt::pairs
