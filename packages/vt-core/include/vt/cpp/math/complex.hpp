// SPDX-License-Identifier: Apache-2.0
// Elementary functions of complex numbers.
#pragma once

#include <vt/cpp/math.hpp>

// Note [Complex functions]
// They compute in double, complex64 too: its parts are few enough bits for naive formulas to be exact there, and the care
// for overflow is needed once. Infinities, NaN and signs of zeros are those of C (Annex G). Inverse functions follow Kahan,
// "Branch cuts for complex elementary functions", in The State of the Art in Numerical Analysis, 1987.
namespace vt::math::complex {

struct Complex {
  double real;
  double imag;
};

namespace detail {

using math::detail::kInfinity;
using math::detail::kNaN;
using math::detail::magnitude;
using math::detail::Pair;
using math::detail::product_of;
using math::detail::square_root;
using math::detail::sum_of;
using math::detail::with_sign_of;

inline constexpr double kHalfPi = 0x1.921fb54442d18p+0;
inline constexpr double kLn2 = 0x1.62e42fefa39efp-1;

VT_MATH bool is_nan(double x) noexcept { return x != x; }
VT_MATH bool is_infinite(double x) noexcept { return magnitude(x) == kInfinity<double>; }
VT_MATH bool is_finite(double x) noexcept { return magnitude(x) < kInfinity<double>; }

VT_MATH Complex negated(Complex z) noexcept { return {-z.real, -z.imag}; }
VT_MATH Complex conjugate(Complex z) noexcept { return {z.real, -z.imag}; }
VT_MATH Complex times_i(Complex z) noexcept { return {-z.imag, z.real}; }
VT_MATH Complex over_i(Complex z) noexcept { return {z.imag, -z.real}; }
VT_MATH Complex scaled(Complex z, double factor) noexcept { return {z.real * factor, z.imag * factor}; }
// The real and the imaginary part of a product, and of one with its first factor conjugated.
VT_MATH double product_real(Complex a, Complex b) noexcept { return a.real * b.real - a.imag * b.imag; }
VT_MATH double conjugate_product_real(Complex a, Complex b) noexcept { return a.real * b.real + a.imag * b.imag; }
VT_MATH double conjugate_product_imag(Complex a, Complex b) noexcept { return a.real * b.imag - a.imag * b.real; }

// e^x times the direction, where e^x alone may overflow.
VT_MATH Complex exp_times(double x, double cosine, double sine) noexcept {
  const double excess = x > 700.0 ? 700.0 : 0.0;
  const double rest = math::exp(x - excess);
  const double part = math::exp(excess);
  return {rest * cosine * part, rest * sine * part};
}

// sqrt(x^2 + y^2) within 2 ulp; infinite where either is, even beside a NaN.
VT_MATH double length(double x, double y) noexcept {
  const double a = magnitude(x);
  const double b = magnitude(y);
  if (a == kInfinity<double> || b == kInfinity<double>) return kInfinity<double>;
  const double high = a > b ? a : b;
  const double low = a > b ? b : a;
  if (high == 0.0) return 0.0;
  if (high < 0x1p500 && high > 0x1p-400) return square_root(high * high + low * low);
  const double scale = high < 1.0 ? 0x1p600 : 0x1p-600;
  const double back = high < 1.0 ? 0x1p-600 : 0x1p600;
  return square_root(high * scale * (high * scale) + low * scale * (low * scale)) * back;
}

// log |x + iy|; next to 1 from |x + iy|^2 - 1 to twice the precision.
VT_MATH double log_length(double x, double y) noexcept {
  const double a = magnitude(x);
  const double b = magnitude(y);
  if (a == kInfinity<double> || b == kInfinity<double>) return kInfinity<double>;
  const double high = a > b ? a : b;
  const double low = a > b ? b : a;
  if (high > 0.5 && high < 1.5) {
    const Pair aa = product_of(high, high);
    const Pair bb = product_of(low, low);
    const Pair less = sum_of(aa.value, -1.0);
    const Pair sum = sum_of(less.value, bb.value);
    return 0.5 * math::log1p(sum.value + (sum.rest + less.rest + (aa.rest + bb.rest)));
  }
  const double ratio = (a == 0.0) & (b == 0.0) ? 0.0 : low / high;
  return math::log(high) + 0.5 * math::log1p(ratio * ratio);
}

// Smith's method (CACM 5, 1962): no overflow where the quotient has none.
VT_MATH Complex inverse(Complex z) noexcept {
  const bool real_leads = magnitude(z.real) >= magnitude(z.imag);
  const double ratio = real_leads ? z.imag / z.real : z.real / z.imag;
  const double scale = 1.0 / (real_leads ? z.real + z.imag * ratio : z.real * ratio + z.imag);
  return real_leads ? Complex{scale, -ratio * scale} : Complex{ratio * scale, -scale};
}

}  // namespace detail

VT_MATH double abs(Complex z) noexcept { return detail::length(z.real, z.imag); }
VT_MATH double angle(Complex z) noexcept { return math::atan2(z.imag, z.real); }

VT_MATH Complex exp(Complex z) noexcept {
  if (z.imag == 0.0) return {math::exp(z.real), z.imag};
  if (!detail::is_finite(z.imag)) {
    if (z.real == -detail::kInfinity<double>) return {0.0, detail::with_sign_of(0.0, z.imag)};
    if (z.real == detail::kInfinity<double>) return {z.real, detail::kNaN<double>};
    return {detail::kNaN<double>, detail::kNaN<double>};
  }
  return detail::exp_times(z.real, math::cos(z.imag), math::sin(z.imag));
}
VT_MATH Complex exp2(Complex z) noexcept {
  if (z.imag == 0.0) return {math::exp2(z.real), z.imag};
  return exp(detail::scaled(z, detail::kLn2));
}
// e^z - 1 = (e^x - 1) cos y - 2 sin^2(y / 2) + i e^x sin y.
VT_MATH Complex expm1(Complex z) noexcept {
  if (z.imag == 0.0) return {math::expm1(z.real), z.imag};
  if (!(z.real < 700.0) || !detail::is_finite(z.imag)) {
    const Complex power = exp(z);
    return {power.real - 1.0, power.imag};
  }
  const double half = math::sin(0.5 * z.imag);
  return {math::expm1(z.real) * math::cos(z.imag) - 2.0 * half * half, math::exp(z.real) * math::sin(z.imag)};
}

VT_MATH Complex log(Complex z) noexcept { return {detail::log_length(z.real, z.imag), angle(z)}; }
VT_MATH Complex log2(Complex z) noexcept { return detail::scaled(log(z), 0x1.71547652b82fep+0); }
VT_MATH Complex log10(Complex z) noexcept { return detail::scaled(log(z), 0x1.bcb7b1526e50ep-2); }
// |1 + z|^2 - 1 = 2 x + x^2 + y^2, which is small next to z = 0 and to all of the circle around -1.
VT_MATH Complex log1p(Complex z) noexcept {
  const double turned = math::atan2(z.imag, 1.0 + z.real);
  const double a = detail::magnitude(z.real);
  const double b = detail::magnitude(z.imag);
  if (!(a < 2.5 && b < 1.5)) return {detail::log_length(1.0 + z.real, z.imag), turned};
  const detail::Pair xx = detail::product_of(z.real, z.real);
  const detail::Pair yy = detail::product_of(z.imag, z.imag);
  const detail::Pair first = detail::sum_of(2.0 * z.real, xx.value);
  const detail::Pair sum = detail::sum_of(first.value, yy.value);
  const double square = sum.value + (sum.rest + first.rest + (xx.rest + yy.rest));
  return {square < -0.5 ? detail::log_length(1.0 + z.real, z.imag) : 0.5 * math::log1p(square), turned};
}

VT_MATH Complex sqrt(Complex z) noexcept {
  const double x = z.real;
  const double y = z.imag;
  if (x == 0.0 && y == 0.0) return {0.0, y};
  if (detail::is_infinite(y)) return {detail::kInfinity<double>, y};
  if (x == detail::kInfinity<double>) return {x, detail::is_nan(y) ? y : detail::with_sign_of(0.0, y)};
  if (x == -detail::kInfinity<double>)
    return {detail::is_nan(y) ? y : 0.0, detail::with_sign_of(detail::kInfinity<double>, y)};
  const double high = detail::magnitude(x) > detail::magnitude(y) ? detail::magnitude(x) : detail::magnitude(y);
  // By even powers of two away from overflow and from subnormal numbers.
  const double scale = high > 0x1p1000 ? 0x1p-4 : high < 0x1p-900 ? 0x1p120 : 1.0;
  const double back = high > 0x1p1000 ? 0x1p2 : high < 0x1p-900 ? 0x1p-60 : 1.0;
  const double a = detail::magnitude(x * scale);
  const double b = y * scale;
  const double t = detail::square_root(0.5 * (a + detail::length(a, b)));
  const double other = b / (2.0 * t);
  if (x >= 0.0) return {t * back, other * back};
  return {detail::magnitude(other) * back, detail::with_sign_of(t * back, y)};
}
VT_MATH Complex rsqrt(Complex z) noexcept {
  const Complex root = sqrt(z);
  if (root.real == 0.0 && root.imag == 0.0) return {detail::kInfinity<double>, detail::kNaN<double>};
  if (detail::is_infinite(root.real) || detail::is_infinite(root.imag))
    return {0.0, -detail::with_sign_of(0.0, z.imag)};
  return detail::inverse(root);
}
VT_MATH Complex sigmoid(Complex z) noexcept {
  const Complex power = exp(detail::negated(z));
  if (detail::is_infinite(power.real) || detail::is_infinite(power.imag)) return {0.0, 0.0};
  return detail::inverse({1.0 + power.real, power.imag});
}

// cosh(z) = cosh x cos y + i sinh x sin y
VT_MATH Complex cosh(Complex z) noexcept {
  const double x = z.real;
  const double y = z.imag;
  if (y == 0.0) return {math::cosh(x), detail::with_sign_of(1.0, x) * y};
  if (x == 0.0) return {math::cos(y), detail::is_finite(y) ? x * math::sin(y) : 0.0};
  if (!detail::is_finite(y)) return {detail::is_infinite(x) ? detail::kInfinity<double> : y - y, detail::kNaN<double>};
  const double size = detail::magnitude(x);
  if (size < 700.0) return {math::cosh(x) * math::cos(y), math::sinh(x) * math::sin(y)};
  return detail::exp_times(size, 0.5 * math::cos(y), detail::with_sign_of(0.5, x) * math::sin(y));
}
// sinh(z) = sinh x cos y + i cosh x sin y
VT_MATH Complex sinh(Complex z) noexcept {
  const double x = z.real;
  const double y = z.imag;
  if (y == 0.0) return {math::sinh(x), y};
  if (x == 0.0) return {detail::is_finite(y) ? x * math::cos(y) : x, math::sin(y)};
  if (!detail::is_finite(y)) return {detail::is_infinite(x) ? x : y - y, detail::kNaN<double>};
  const double size = detail::magnitude(x);
  if (size < 700.0) return {math::sinh(x) * math::cos(y), math::cosh(x) * math::sin(y)};
  return detail::exp_times(size, detail::with_sign_of(0.5, x) * math::cos(y), 0.5 * math::sin(y));
}
VT_MATH Complex tanh(Complex z) noexcept {
  const double x = z.real;
  const double y = z.imag;
  if (y == 0.0) return {math::tanh(x), y};
  if (!detail::is_finite(y)) {
    if (detail::is_infinite(x)) return {detail::with_sign_of(1.0, x), detail::with_sign_of(0.0, y)};
    return {x == 0.0 ? x : detail::kNaN<double>, detail::kNaN<double>};
  }
  const double size = detail::magnitude(x);
  if (size >= 22.0) return {detail::with_sign_of(1.0, x), 4.0 * math::sin(y) * math::cos(y) * math::exp(-2.0 * size)};
  const double t = math::tan(y);
  const double beta = 1.0 + t * t;
  const double s = math::sinh(x);
  const double below = 1.0 + beta * s * s;
  return {beta * detail::square_root(1.0 + s * s) * s / below, t / below};
}
// The circular functions are hyperbolic ones of iz.
VT_MATH Complex sin(Complex z) noexcept { return detail::over_i(sinh(detail::times_i(z))); }
VT_MATH Complex cos(Complex z) noexcept { return cosh(detail::times_i(z)); }
VT_MATH Complex tan(Complex z) noexcept { return detail::over_i(tanh(detail::times_i(z))); }

// asin and acos of infinite or NaN arguments: the angle of the point is all that is left of it.
namespace detail {

VT_MATH Complex asin_at_infinity(Complex z) noexcept {
  const double x = z.real;
  const double y = z.imag;
  if (is_nan(x)) return is_infinite(y) ? Complex{x, y} : Complex{x, x};
  if (is_nan(y)) {
    if (is_infinite(x)) return {y, kInfinity<double>};
    return x == 0.0 ? Complex{x, y} : Complex{y, y};
  }
  const double steep = is_infinite(y) ? 0.5 * kHalfPi : kHalfPi;
  const double turned = is_infinite(x) ? steep : 0.0;
  return {with_sign_of(turned, x), with_sign_of(kInfinity<double>, y)};
}

}  // namespace detail

VT_MATH Complex asin(Complex z) noexcept {
  if (!detail::is_finite(z.real) || !detail::is_finite(z.imag)) return detail::asin_at_infinity(z);
  const Complex below = sqrt({1.0 - z.real, -z.imag});
  const Complex above = sqrt({1.0 + z.real, z.imag});
  return {math::atan2(z.real, detail::product_real(below, above)),
          math::asinh(detail::conjugate_product_imag(below, above))};
}
VT_MATH Complex acos(Complex z) noexcept {
  if (!detail::is_finite(z.real) || !detail::is_finite(z.imag)) {
    const Complex other = detail::asin_at_infinity(z);
    return {detail::kHalfPi - other.real, -other.imag};
  }
  const Complex below = sqrt({1.0 - z.real, -z.imag});
  const Complex above = sqrt({1.0 + z.real, z.imag});
  return {2.0 * math::atan2(below.real, above.real), math::asinh(detail::conjugate_product_imag(above, below))};
}
// -i asin(iz)
VT_MATH Complex asinh(Complex z) noexcept { return detail::over_i(asin(detail::times_i(z))); }
VT_MATH Complex acosh(Complex z) noexcept {
  if (!detail::is_finite(z.real) || !detail::is_finite(z.imag)) {
    // i acos(z) or -i acos(z), whichever has the real part positive.
    const Complex other = acos(z);
    return {detail::magnitude(other.imag), detail::with_sign_of(other.real, z.imag)};
  }
  const Complex below = sqrt({z.real - 1.0, z.imag});
  const Complex above = sqrt({z.real + 1.0, z.imag});
  return {math::asinh(detail::conjugate_product_real(below, above)), 2.0 * math::atan2(below.imag, above.real)};
}
VT_MATH Complex atanh(Complex z) noexcept {
  const double x = z.real;
  const double y = z.imag;
  const double a = detail::magnitude(x);
  const double b = detail::magnitude(y);
  const double quarter = detail::with_sign_of(detail::kHalfPi, y);
  if (detail::is_infinite(y)) return {detail::with_sign_of(0.0, x), quarter};
  if (detail::is_infinite(x)) return {detail::with_sign_of(0.0, x), detail::is_nan(y) ? y : quarter};
  if (detail::is_nan(y) && x == 0.0) return {x, y};
  if (detail::is_nan(x) || detail::is_nan(y)) return {detail::kNaN<double>, detail::kNaN<double>};
  if (a > 0x1p400 || b > 0x1p400) return {detail::inverse(z).real, quarter};
  if (a == 1.0 && b < 0x1p-500 && b > 0.0)
    return {detail::with_sign_of(0.5 * (detail::kLn2 - math::log(b)), x), 0.5 * quarter};
  const double gap = 1.0 - a;
  const double real = 0.25 * math::log1p(4.0 * a / (gap * gap + b * b));
  return {detail::with_sign_of(real, x), 0.5 * math::atan2(2.0 * y, gap * (1.0 + a) - b * b)};
}
// -i atanh(iz)
VT_MATH Complex atan(Complex z) noexcept { return detail::over_i(atanh(detail::times_i(z))); }

// z / |z|, 0 for 0.
VT_MATH Complex sgn(Complex z) noexcept {
  const double size = abs(z);
  return size == 0.0 ? Complex{0.0, 0.0} : Complex{z.real / size, z.imag / size};
}

// sin(pi z) / (pi z), 1 at 0.
VT_MATH Complex sinc(Complex z) noexcept {
  if (detail::magnitude(z.real) < 0x1p-500 && detail::magnitude(z.imag) < 0x1p-500) return {1.0, 0.0};
  const Complex product = detail::scaled(z, 0x1.921fb54442d18p+1);
  const Complex s = sin(product);
  const Complex over = detail::inverse(product);
  return {s.real * over.real - s.imag * over.imag, s.real * over.imag + s.imag * over.real};
}

}  // namespace vt::math::complex
