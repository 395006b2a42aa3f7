// SPDX-License-Identifier: Apache-2.0
// The zeta function of Hurwitz, of which the derivatives of digamma are multiples.
#pragma once

#include <vt/cpp/math/power.hpp>

namespace vt::math {

namespace detail {

// B_2k / (2k)! for k from 1 on, with Bernoulli's numbers.
VT_MATH double bernoulli_ratio(int k) noexcept {
  constexpr double kRatios[] = {0x1.5555555555555p-4,   -0x1.6c16c16c16c17p-10, 0x1.1566abc011567p-15,
                                -0x1.bbd779334ef0bp-21, 0x1.66a8f2bf70ebep-26,  -0x1.22805d644267fp-31,
                                0x1.d6db2c4e09162p-37,  -0x1.7da4e1f79955cp-42, 0x1.355871d652e9ep-47,
                                -0x1.f57d968caacf1p-53, 0x1.967e1f09c376fp-58,  -0x1.497d9033a2b5cp-63};
  return kRatios[k - 1];
}

// The sum of (q + k)^-s over k >= 0, for s > 1 and finite q > 0: the first terms one by one, which are all that counts where s
// is large beside q, then by Euler and Maclaurin's formula.
VT_MATH double zeta_of_positive(double s, double q) noexcept {
  // (q + k)^-s, with what the rounding of q + k would take.
  const auto term_of = [s, q](double k) {
    const Pair a = sum_of(q, k);
    const double power = pow(a.value, -s);
    return a.rest == 0.0 ? power : power - power * (s * a.rest / a.value);
  };
  constexpr int kTerms = 14;
  double sum = 0.0;
  for (int k = 0; k < kTerms; ++k) {
    const double term = term_of(k);
    sum += term;
    if (term <= sum * 0x1p-56) return sum;
  }
  const double a = q + kTerms;
  const double power = term_of(kTerms);
  double rest = power * (a / (s - 1.0) + 0.5);
  double factor = s * power / a;
  for (int k = 1; k <= 12; ++k) {
    const double term = factor * bernoulli_ratio(k);
    rest += term;
    if (magnitude(term) <= rest * 0x1p-56) break;
    factor *= (s + (2 * k - 1)) * (s + 2 * k) / (a * a);
  }
  return sum + rest;
}

}  // namespace detail

// zeta(s, q), within 6 ulp for q > 0. Infinite for s = 1 and at q = 0, -1, ...; NaN for s < 1, and for broken s where q is
// negative. There whole s sum the terms on both sides of zero, each as a zeta function of its own.
VT_MATH double zeta(double s, double q) noexcept {
  using detail::kInfinity;
  using detail::kNaN;
  if (s != s || q != q || s < 1.0) return kNaN<double>;
  if (s == 1.0) return kInfinity<double>;
  if (q == kInfinity<double>) return 0.0;
  if (q > 0.0) return detail::zeta_of_positive(s, q);
  const double size = -q;
  if (size >= 0x1p52) return kInfinity<double>;  // whole, as is what is infinite
  const double near = (size + 0x1p52) - 0x1p52;
  const double below = near > size ? near - 1.0 : near;  // floor(-q)
  const double to_left = size - below;                   // of the last term on the left of zero
  if (to_left == 0.0) return kInfinity<double>;
  const double half = s * 0.5;
  const double half_whole = half >= 0x1p52 ? half : (half + 0x1p52) - 0x1p52;
  const bool is_even = half == half_whole;
  if (!is_even && detail::magnitude(half - half_whole) != 0.5) return kNaN<double>;
  const double left = detail::zeta_of_positive(s, to_left) - detail::zeta_of_positive(s, size + 1.0);
  const double right = detail::zeta_of_positive(s, (below + 1.0) - size);
  return is_even ? right + left : right - left;
}
// In double, rounded once.
VT_MATH float zeta(float s, float q) noexcept {
  return static_cast<float>(zeta(static_cast<double>(s), static_cast<double>(q)));
}

}  // namespace vt::math
