// SPDX-License-Identifier: Apache-2.0
// The formulas of the special functions that are computed one element at a time, in double: they branch.
#pragma once

#include <vt/cpp/math/bessel_real.hpp>
#include <vt/cpp/math/zeta.hpp>
#include <vt/cpp/pointwise/op.hpp>

namespace vt::pointwise {

// The derivative of order n of digamma, n >= 1: (-1)^(n + 1) n! zeta(n + 1, x). Parameters: n + 1 and the factor.
struct Polygamma : OfFloats {
  static constexpr const char* kName = "polygamma";
  template <class W>
  VT_POINTWISE W of(W x, const Parameters& p) noexcept {
    return static_cast<W>(p.second * math::zeta(p.first, static_cast<double>(x)));
  }
};

struct BesselJ0 : OfFloats {
  static constexpr const char* kName = "special_bessel_j0";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    return static_cast<W>(math::bessel_j0(static_cast<double>(x)));
  }
};
struct BesselJ1 : OfFloats {
  static constexpr const char* kName = "special_bessel_j1";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    return static_cast<W>(math::bessel_j1(static_cast<double>(x)));
  }
};
struct BesselY0 : OfFloats {
  static constexpr const char* kName = "special_bessel_y0";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    return static_cast<W>(math::bessel_y0(static_cast<double>(x)));
  }
};
struct BesselY1 : OfFloats {
  static constexpr const char* kName = "special_bessel_y1";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    return static_cast<W>(math::bessel_y1(static_cast<double>(x)));
  }
};
struct ModifiedBesselK0 : OfFloats {
  static constexpr const char* kName = "special_modified_bessel_k0";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    return static_cast<W>(math::modified_bessel_k0<false>(static_cast<double>(x)));
  }
};
struct ModifiedBesselK1 : OfFloats {
  static constexpr const char* kName = "special_modified_bessel_k1";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    return static_cast<W>(math::modified_bessel_k1<false>(static_cast<double>(x)));
  }
};
struct ScaledModifiedBesselK0 : OfFloats {
  static constexpr const char* kName = "special_scaled_modified_bessel_k0";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    return static_cast<W>(math::modified_bessel_k0<true>(static_cast<double>(x)));
  }
};
struct ScaledModifiedBesselK1 : OfFloats {
  static constexpr const char* kName = "special_scaled_modified_bessel_k1";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    return static_cast<W>(math::modified_bessel_k1<true>(static_cast<double>(x)));
  }
};
struct SphericalBesselJ0 : OfFloats {
  static constexpr const char* kName = "special_spherical_bessel_j0";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    return static_cast<W>(math::spherical_bessel_j0(static_cast<double>(x)));
  }
};
struct AiryAi : OfFloats {
  static constexpr const char* kName = "special_airy_ai";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    return static_cast<W>(math::airy_ai(static_cast<double>(x)));
  }
};

using SpecialScalarOps = OpList<Polygamma, BesselJ0, BesselJ1, BesselY0, BesselY1, ModifiedBesselK0, ModifiedBesselK1,
                                ScaledModifiedBesselK0, ScaledModifiedBesselK1, SphericalBesselJ0, AiryAi>;

}  // namespace vt::pointwise
