// SPDX-License-Identifier: Apache-2.0
// The classical orthogonal polynomials at a point, in double, by their recurrences.
#pragma once

#include <vt/cpp/math/trigonometric.hpp>

// Note [Orthogonal polynomials]
// Each goes from degree to degree by its recurrence of three terms, until it has left the range; those of Chebyshev inside
// (-1, 1) are trigonometric functions of degrees above a few. A degree is truncated to a whole number; below zero the
// polynomial is 0, of NaN it is NaN.
namespace vt::math {

namespace detail {

// The last of `degree` steps next(k, p, q) -> r from two neighbours p and q, of degrees 0 and 1.
template <class Next>
VT_MATH double recurrence(int64_t degree, double first, double second, const Next& next) noexcept {
  if (degree == 0) return first;
  double p = first;
  double q = second;
  for (int64_t k = 1; k < degree && q == q; ++k) {
    const double r = next(static_cast<double>(k), p, q);
    p = q;
    q = r;
  }
  return q;
}

// Degrees that int64_t holds; what is beyond has no meaning, and no polynomial that ends.
VT_MATH int64_t whole_degree(double n) noexcept { return static_cast<int64_t>(at_most(at_least(n, -1.0), 0x1p62)); }

VT_MATH double alternating(int64_t degree) noexcept { return degree % 2 == 0 ? 1.0 : -1.0; }

// All four of Chebyshev start at 1 and at `second`.
VT_MATH double chebyshev(double x, int64_t degree, double second) noexcept {
  return recurrence(degree, 1.0, second, [x](double, double p, double q) { return (x + x) * q - p; });
}
inline constexpr int64_t kFewDegrees = 8;
VT_MATH bool by_angle(double x, int64_t degree) noexcept { return degree > kFewDegrees && magnitude(x) < 1.0; }

}  // namespace detail

// cos(n acos(x)) and its continuation.
VT_MATH double chebyshev_t(double x, double n) noexcept {
  if (!(n > -1.0)) return n != n ? n : 0.0;
  const int64_t degree = detail::whole_degree(n);
  if (detail::magnitude(x) == 1.0) return x > 0.0 ? 1.0 : detail::alternating(degree);
  if (detail::by_angle(x, degree)) return cos(static_cast<double>(degree) * acos(x));
  return detail::chebyshev(x, degree, x);
}
// sin((n + 1) t) / sin(t) for x = cos(t).
VT_MATH double chebyshev_u(double x, double n) noexcept {
  if (!(n > -1.0)) return n != n ? n : 0.0;
  const int64_t degree = detail::whole_degree(n);
  const double next = static_cast<double>(degree) + 1.0;
  if (detail::magnitude(x) == 1.0) return x > 0.0 ? next : detail::alternating(degree) * next;
  if (detail::by_angle(x, degree)) {
    const double angle = acos(x);
    return sin(next * angle) / sin(angle);
  }
  return detail::chebyshev(x, degree, x + x);
}
// cos((n + 1/2) t) / cos(t / 2).
VT_MATH double chebyshev_v(double x, double n) noexcept {
  if (!(n > -1.0)) return n != n ? n : 0.0;
  const int64_t degree = detail::whole_degree(n);
  const double middle = static_cast<double>(degree) + 0.5;
  if (detail::magnitude(x) == 1.0) return x > 0.0 ? 1.0 : detail::alternating(degree) * (middle + middle);
  if (detail::by_angle(x, degree)) {
    const double angle = acos(x);
    return cos(middle * angle) / cos(0.5 * angle);
  }
  return detail::chebyshev(x, degree, x + x - 1.0);
}
// sin((n + 1/2) t) / sin(t / 2).
VT_MATH double chebyshev_w(double x, double n) noexcept {
  if (!(n > -1.0)) return n != n ? n : 0.0;
  const int64_t degree = detail::whole_degree(n);
  const double middle = static_cast<double>(degree) + 0.5;
  if (detail::magnitude(x) == 1.0) return x > 0.0 ? middle + middle : detail::alternating(degree);
  if (detail::by_angle(x, degree)) {
    const double angle = acos(x);
    return sin(middle * angle) / sin(0.5 * angle);
  }
  return detail::chebyshev(x, degree, x + x + 1.0);
}

// Physicists' and probabilists'.
VT_MATH double hermite_h(double x, double n) noexcept {
  if (!(n > -1.0)) return n != n ? n : 0.0;
  return detail::recurrence(detail::whole_degree(n), 1.0, x + x,
                            [x](double k, double p, double q) { return (x + x) * q - (k + k) * p; });
}
VT_MATH double hermite_he(double x, double n) noexcept {
  if (!(n > -1.0)) return n != n ? n : 0.0;
  return detail::recurrence(detail::whole_degree(n), 1.0, x,
                            [x](double k, double p, double q) { return x * q - k * p; });
}
VT_MATH double laguerre(double x, double n) noexcept {
  if (!(n > -1.0)) return n != n ? n : 0.0;
  if (x == 0.0) return 1.0;
  return detail::recurrence(detail::whole_degree(n), 1.0, 1.0 - x, [x](double k, double p, double q) {
    return (((k + k) + (1.0 - x)) * q - k * p) / (k + 1.0);
  });
}
VT_MATH double legendre(double x, double n) noexcept {
  if (!(n > -1.0)) return n != n ? n : 0.0;
  const int64_t degree = detail::whole_degree(n);
  if (detail::magnitude(x) == 1.0) return x > 0.0 ? 1.0 : detail::alternating(degree);
  return detail::recurrence(degree, 1.0, x,
                            [x](double k, double p, double q) { return ((k + k + 1.0) * x * q - k * p) / (k + 1.0); });
}

}  // namespace vt::math
