// SPDX-License-Identifier: Apache-2.0
// The formulas of the special functions that loops vectorise.
#pragma once

#include <vt/cpp/math/bessel.hpp>
#include <vt/cpp/math/gamma.hpp>
#include <vt/cpp/math/normal.hpp>
#include <vt/cpp/pointwise/op.hpp>

namespace vt::pointwise {

struct Erfc : OfFloats {
  static constexpr const char* kName = "erfc";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    return math::erfc(x);
  }
};
struct Erfcx : OfFloats {
  static constexpr const char* kName = "special_erfcx";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    return math::erfcx(x);
  }
};
struct Erfinv : OfFloats {
  static constexpr const char* kName = "erfinv";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    return math::erfinv(x);
  }
};
struct Lgamma : OfFloats {
  static constexpr const char* kName = "lgamma";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    return math::lgamma(x);
  }
};
struct Digamma : OfFloats {
  static constexpr const char* kName = "digamma";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    return math::digamma(x);
  }
};
struct Ndtr : OfFloats {
  static constexpr const char* kName = "special_ndtr";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    return math::ndtr(x);
  }
};
struct LogNdtr : OfFloats {
  static constexpr const char* kName = "special_log_ndtr";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    return math::log_ndtr(x);
  }
};
struct Ndtri : OfFloats {
  static constexpr const char* kName = "special_ndtri";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    return math::ndtri(x);
  }
};
struct I0 : OfFloats {
  static constexpr const char* kName = "i0";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    return math::i0(x);
  }
};
struct I0e : OfFloats {
  static constexpr const char* kName = "special_i0e";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    return math::i0e(x);
  }
};
struct I1 : OfFloats {
  static constexpr const char* kName = "special_i1";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    return math::i1(x);
  }
};
struct I1e : OfFloats {
  static constexpr const char* kName = "special_i1e";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    return math::i1e(x);
  }
};

// -x log(x); 0 at 0, -infinity below.
struct Entr : OfFloats {
  static constexpr const char* kName = "special_entr";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    const W inside = x == W{0} ? W{0} : -x * math::log(x);
    return x < W{0} ? -math::detail::kInfinity<W> : inside;
  }
};

// sin(pi x) / (pi x), 1 at 0; the angle is reduced exactly, so that real whole numbers give 0.
struct Sinc : OfFloatsAndComplex {
  static constexpr const char* kName = "sinc";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    if constexpr (detail::kIsComplex<W>) {
      using math::complex::Complex;
      constexpr double kPi = 3.14159265358979323846;
      const Complex z = detail::wide(x);
      const Complex angle{kPi * z.real, kPi * z.imag};
      const bool is_zero = (z.real == 0.0) & (z.imag == 0.0);
      const Complex divisor = is_zero ? Complex{1.0, 0.0} : angle;
      const Complex value = detail::product(math::complex::sin(angle), math::complex::detail::inverse(divisor));
      return detail::narrow<W>(is_zero ? Complex{1.0, 0.0} : value);
    } else {
      using Bits = math::detail::Bits<W>;
      const W a = math::detail::magnitude(x);
      const W units = math::detail::Format<W>::kUnits;
      const Bits is_odd = math::detail::bits_as<Bits>(a + units) << (8 * sizeof(W) - 1);
      const W sine = math::detail::sine_of_half_turns(math::detail::distance_to_whole(a));
      const W turned = math::detail::bits_as<W>(math::detail::bits_as<Bits>(sine) ^ is_odd);
      const W value = turned / a + (x - x);  // NaN at infinity
      return a == W{0} ? W{1} : value;
    }
  }
};

// log(x / (1 - x)); near 1/2 by what the quotient lacks to 1. Parameters: how far x is kept from 0 and 1, NaN where it is
// not.
struct Logit : OfFloats {
  static constexpr const char* kName = "logit";
  template <class W>
  VT_POINTWISE W of(W given, const Parameters& p) noexcept {
    const W low = static_cast<W>(p.first);
    const W high = W{1} - low;
    const W x = given < low ? low : given > high ? high : given;  // below first: `low` may be above `high`
    const W rest = W{1} - x;
    const bool is_central = math::detail::magnitude(x - W{0.5}) < W{0.25};
    const W beyond_one = (x + x - W{1}) / rest;
    const W near = W{1} + beyond_one;
    const W in_near = near - W{1};
    const W lost = (W{1} - (near - in_near)) + (beyond_one - in_near);
    return math::detail::log_of_sum(is_central ? near : x / rest, is_central ? lost : W{0});
  }
};

using SpecialOps =
    OpList<Erfc, Erfcx, Erfinv, Lgamma, Digamma, Ndtr, LogNdtr, Ndtri, I0, I0e, I1, I1e, Entr, Sinc, Logit>;

}  // namespace vt::pointwise
