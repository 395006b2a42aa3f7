// SPDX-License-Identifier: Apache-2.0
// The formulas of the trigonometric family: tan, the hyperbolic functions and the inverses of all.
#pragma once

#include <vt/cpp/pointwise/op.hpp>

namespace vt::pointwise {

struct Tan : OfAngles {
  static constexpr const char* kName = "tan";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    if constexpr (detail::kIsComplex<W>) {
      return detail::narrow<W>(math::complex::tan(detail::wide(x)));
    } else {
      return math::tan(x);
    }
  }
  struct Common {
    template <class W>
    VT_POINTWISE W of(W x) noexcept {
      return math::moderate_tan(x);
    }
  };
};
struct Asin : OfFloatsAndComplex {
  static constexpr const char* kName = "asin";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    if constexpr (detail::kIsComplex<W>) {
      return detail::narrow<W>(math::complex::asin(detail::wide(x)));
    } else {
      return math::asin(x);
    }
  }
};
struct Acos : OfFloatsAndComplex {
  static constexpr const char* kName = "acos";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    if constexpr (detail::kIsComplex<W>) {
      return detail::narrow<W>(math::complex::acos(detail::wide(x)));
    } else {
      return math::acos(x);
    }
  }
};
struct Atan : OfFloatsAndComplex {
  static constexpr const char* kName = "atan";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    if constexpr (detail::kIsComplex<W>) {
      return detail::narrow<W>(math::complex::atan(detail::wide(x)));
    } else {
      return math::atan(x);
    }
  }
};
struct Sinh : OfFloatsAndComplex {
  static constexpr const char* kName = "sinh";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    if constexpr (detail::kIsComplex<W>) {
      return detail::narrow<W>(math::complex::sinh(detail::wide(x)));
    } else {
      return math::sinh(x);
    }
  }
};
struct Cosh : OfFloatsAndComplex {
  static constexpr const char* kName = "cosh";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    if constexpr (detail::kIsComplex<W>) {
      return detail::narrow<W>(math::complex::cosh(detail::wide(x)));
    } else {
      return math::cosh(x);
    }
  }
};
struct Asinh : OfFloatsAndComplex {
  static constexpr const char* kName = "asinh";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    if constexpr (detail::kIsComplex<W>) {
      return detail::narrow<W>(math::complex::asinh(detail::wide(x)));
    } else {
      return math::asinh(x);
    }
  }
};
struct Acosh : OfFloatsAndComplex {
  static constexpr const char* kName = "acosh";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    if constexpr (detail::kIsComplex<W>) {
      return detail::narrow<W>(math::complex::acosh(detail::wide(x)));
    } else {
      return math::acosh(x);
    }
  }
};
struct Atanh : OfFloatsAndComplex {
  static constexpr const char* kName = "atanh";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    if constexpr (detail::kIsComplex<W>) {
      return detail::narrow<W>(math::complex::atanh(detail::wide(x)));
    } else {
      return math::atanh(x);
    }
  }
};

using TrigonometricOps = OpList<Tan, Asin, Acos, Atan, Sinh, Cosh, Asinh, Acosh, Atanh>;

}  // namespace vt::pointwise
