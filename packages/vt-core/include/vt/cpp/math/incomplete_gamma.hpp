// SPDX-License-Identifier: Apache-2.0
// The incomplete gamma functions, in double, by branches.
#pragma once

#include <vt/cpp/math/error_function.hpp>
#include <vt/cpp/math/gamma.hpp>
#include <vt/cpp/math/power.hpp>

// Note [Incomplete gamma functions]
// P(a, x) and Q(a, x) = 1 - P(a, x), whichever is smaller is computed and the other is the rest. P has a power series, Q a
// continued fraction, each good on one side of x = a; for small a and x, where P is close to 1 and has the series, Q is made
// of what it lacks. Where a is large and x close to it both would take long: Temme's uniform expansion serves there ("The
// asymptotic expansion of the incomplete gamma functions", SIAM Journal on Mathematical Analysis 10, 1979).
namespace vt::math {

namespace detail {

// mu - log(1 + mu), which does not cancel for small mu.
VT_MATH double log1p_deficit(double mu) noexcept {
  const LogParts<double> p = log_parts(1.0 + mu);
  if (p.exponent != 0.0) return mu - log1p(mu);
  const double s = mu / (2.0 + mu);
  const double half_square = 0.5 * mu * mu;
  const double z = s * s;
  const double r =
      z * polynomial(z, 0x1.5555555555597p-1, 0x1.999999997e3dfp-2, 0x1.2492494379784p-2, 0x1.c71c50b67d6ccp-3,
                     0x1.7466884be4bd9p-3, 0x1.3999f6f4f6a10p-3, 0x1.2f5723f16a84dp-3);
  return half_square - s * (half_square + r);
}

// x^a e^-x / gamma(a + 1) for positive a and x.
VT_MATH double gamma_density(double a, double x) noexcept {
  if (a < 10.0) {
    // gamma(1 + a) by the recurrence from gamma(1 + t).
    const Descent<double> d = descend<10>(Descent<double>{a, 1.0, 0.0});
    const double gamma = d.product * exp(lgamma_from_one_to_two(d.t));
    if (x < 700.0) return pow(x, a) * exp(-x) / gamma;
    return exp(a * log(x) - x) / gamma;
  }
  const double mu = (x - a) / a;
  const double inverse = 1.0 / a;
  const double exponent = -a * log1p_deficit(mu) - inverse * stirling_rest(inverse * inverse);
  return exp(exponent) / square_root(0x1.921fb54442d18p+2 * a);
}

// P, by the powers of x.
VT_MATH double gamma_by_series(double a, double x) noexcept {
  double term = 1.0;
  double sum = 1.0;
  for (int n = 1; n < 3000 && term > sum * 0x1p-54; ++n) {
    term *= x / (a + n);
    sum += term;
  }
  return gamma_density(a, x) * sum;
}

// Q, by Legendre's continued fraction (Lentz's method).
VT_MATH double gamma_by_fraction(double a, double x) noexcept {
  double b = x + 1.0 - a;
  double c = 0x1p900;
  double d = 1.0 / b;
  double value = d;
  for (int n = 1; n < 3000; ++n) {
    const double numerator = -n * (n - a);
    b += 2.0;
    d = numerator * d + b;
    c = b + numerator / c;
    d = 1.0 / (magnitude(d) < 0x1p-900 ? 0x1p-900 : d);
    c = magnitude(c) < 0x1p-900 ? 0x1p-900 : c;
    const double factor = c * d;
    value *= factor;
    if (magnitude(factor - 1.0) < 0x1p-53) break;
  }
  return gamma_density(a, x) * a * value;
}

// Q for x about 1 and less and a below it: 1 - x^a / gamma(1 + a), and the rest of the series of P.
VT_MATH double gamma_by_what_lacks(double a, double x) noexcept {
  const double exponent = a * log(x) - (a < 1.0 ? lgamma_from_one_to_two(a) : lgamma(1.0 + a));
  double power = 1.0;
  double sum = 0.0;
  for (int n = 1; n < 200; ++n) {
    power *= -x / n;
    const double term = power / (a + n);
    sum += term;
    if (magnitude(term) <= magnitude(sum) * 0x1p-54) break;
  }
  return -expm1(exponent) - exp(exponent) * a * sum;
}

// Q, or P where `is_lower`, for a >= 64 and x within two fifths of it.
VT_MATH double gamma_by_expansion(double a, double x, bool is_lower) noexcept {
  const double mu = (x - a) / a;
  const double half_square = log1p_deficit(mu);
  const double size = square_root(2.0 * half_square);
  const double eta = mu < 0.0 ? -size : size;
  const double z = 1.0 / a;
  const double c0 =
      long_polynomial(eta, -0x1.5555555555555p-2, 0x1.5555555555555p-4, -0x1.e573ac901e574p-7, 0x1.2f684bda12f68p-10,
                      0x1.71de3a556c734p-12, -0x1.76e06fec7273bp-13, 0x1.48c5892f7cd83p-15, -0x1.255370652afc1p-19,
                      -0x1.f1b22f594c6b5p-20, 0x1.bd6d21e4b4109p-21, -0x1.7b5f9a2d0465cp-23, 0x1.ccf5ceb7f0d9fp-28,
                      0x1.6097d55c37c1cp-27, -0x1.2d2197c7a2faap-28, 0x1.f6e66d24d5c8ap-31, -0x1.c0d9b6edf2b0bp-36,
                      -0x1.0070a87340428p-34, 0x1.ac9475c463659p-36, -0x1.61ca701fd754ap-38);
  const double c1 =
      long_polynomial(eta, -0x1.e573ac901e574p-10, -0x1.c71c71c71c71cp-9, 0x1.5ac056b015ac0p-9, -0x1.0394f6f09e723p-10,
                      0x1.af83440e53dbcp-13, -0x1.af83440e53dbcp-22, -0x1.2fa4ae89e5af0p-16, 0x1.00a9cabd6b83ep-17,
                      -0x1.b0bdfcc629cbap-20, 0x1.3f59230a8357cp-28, 0x1.280f2cde3f847p-23, -0x1.ee23d0cba8aeep-25,
                      0x1.9aa7a30de114cp-27, -0x1.349fbca3a377bp-36, -0x1.1564ecff73d58p-30, 0x1.c9b434bf3c34ep-32,
                      -0x1.78a5056f8ce45p-34);
  const double c2 =
      long_polynomial(eta, 0x1.0ee643b990ee6p-8, -0x1.5f7268edab4c8p-9, 0x1.948b0fcd6e9e0p-11, 0x1.0db20a88f4696p-19,
                      -0x1.c253efaa1a932p-14, 0x1.bbf43daf4fe53p-15, -0x1.ac2d05890f2c3p-17, 0x1.26154ae39151dp-25,
                      0x1.7058929663937p-20, -0x1.522cb05171911p-21, 0x1.32ac81c15d3d7p-23, -0x1.c24bd0e740a6cp-33,
                      -0x1.e437343a46f5dp-27, 0x1.ac0d455e25360p-28, -0x1.77c5829460139p-30);
  const double c3 =
      long_polynomial(eta, 0x1.547d93b34e2b6p-11, 0x1.e13ce465fa859p-13, -0x1.ebfb188b7ca00p-12, 0x1.18b9b5bf2d984p-12,
                      -0x1.3d2a3a29b5d9dp-14, -0x1.0152a1871f27ap-22, 0x1.73df462204ef4p-17, -0x1.7cd6f27b3f020p-18,
                      0x1.7e0201539310ep-20, -0x1.ea23269c140a7p-36, -0x1.6c2dcffbefeefp-23, 0x1.5bde8ef4c4dc7p-24,
                      -0x1.4853ced169327p-26);
  const double c4 =
      long_polynomial(eta, -0x1.c3e0b02da7bf9p-11, 0x1.9b0ff6874f2c4p-11, -0x1.3999a85a4237ap-12,
                      -0x1.88f2ae1def9d0p-20, 0x1.16908b48ce058p-14, -0x1.4ce3fd902bcadp-15, 0x1.7db4c02846e81p-17,
                      0x1.13b3c5b7cb45ep-32, -0x1.c71c074985d3fp-20, 0x1.de37d9f09164cp-21, -0x1.ec676cf33153cp-23);
  const double c5 = long_polynomial(eta, -0x1.6128ac5a4fa71p-12, -0x1.247604839c038p-14, 0x1.22be87360ef1fp-12,
                                    -0x1.a2042c5148e27p-13, 0x1.1d1e9cb24760bp-14, 0x1.30bdcf208080ep-23,
                                    -0x1.c823fc1b3cc36p-17, 0x1.0d0e229150428p-17, -0x1.338eb19652fd9p-19);
  const double c6 = polynomial(eta, 0x1.168ef1b0931c8p-11, -0x1.36773bdb97b48p-11, 0x1.1c0950d3ecb9dp-12,
                               0x1.a8411da6cab49p-21, -0x1.5600945495b37p-14, 0x1.d6bdf83130dc1p-15);
  const double c7 =
      polynomial(eta, 0x1.691879c01efb4p-12, 0x1.b1d75d3346711p-15, -0x1.5f3385098cebfp-12, 0x1.26eeb5ece1d9fp-12);
  const double rest = polynomial(z, c0, c1, c2, c3, c4, c5, c6, c7);
  const double bell = exp(-a * half_square) / square_root(0x1.921fb54442d18p+2 * a);
  const double root = eta * square_root(0.5 * a);
  return is_lower ? 0.5 * erfc(-root) - bell * rest : 0.5 * erfc(root) + bell * rest;
}

VT_MATH bool is_near(double a, double x) noexcept { return a >= 64.0 && magnitude(x - a) <= 0.4 * a; }

// Whether the continued fraction serves rather than a series.
VT_MATH bool by_fraction(double a, double x) noexcept { return x > 1.1 && x > a; }

// Whether P is the smaller one, for x up to 1.1.
VT_MATH bool is_small_lower(double a, double x) noexcept { return x <= 0.5 ? -0.4 / log(x) < a : x * 1.1 < a; }

}  // namespace detail

// P(a, x), the lower one: NaN for negative arguments and where both are zero or infinite.
VT_MATH double gammainc(double a, double x) noexcept {
  using detail::kInfinity;
  using detail::kNaN;
  if (!(a >= 0.0 && x >= 0.0)) return kNaN<double>;
  if (a == 0.0) return x > 0.0 ? 1.0 : kNaN<double>;
  if (x == 0.0) return 0.0;
  if (a == kInfinity<double>) return x == a ? kNaN<double> : 0.0;
  if (x == kInfinity<double>) return 1.0;
  if (detail::is_near(a, x)) return detail::gamma_by_expansion(a, x, true);
  if (detail::by_fraction(a, x)) return 1.0 - detail::gamma_by_fraction(a, x);
  if (x <= 1.1 && !detail::is_small_lower(a, x)) return 1.0 - detail::gamma_by_what_lacks(a, x);
  return detail::gamma_by_series(a, x);
}

// Q(a, x), the upper one.
VT_MATH double gammaincc(double a, double x) noexcept {
  using detail::kInfinity;
  using detail::kNaN;
  if (!(a >= 0.0 && x >= 0.0)) return kNaN<double>;
  if (a == 0.0) return x > 0.0 ? 0.0 : kNaN<double>;
  if (x == 0.0) return 1.0;
  if (a == kInfinity<double>) return x == a ? kNaN<double> : 1.0;
  if (x == kInfinity<double>) return 0.0;
  if (detail::is_near(a, x)) return detail::gamma_by_expansion(a, x, false);
  if (detail::by_fraction(a, x)) return detail::gamma_by_fraction(a, x);
  if (x <= 1.1 && !detail::is_small_lower(a, x)) return detail::gamma_by_what_lacks(a, x);
  return 1.0 - detail::gamma_by_series(a, x);
}

}  // namespace vt::math
