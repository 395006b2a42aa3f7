// SPDX-License-Identifier: Apache-2.0
// The formulas of the unary family.
#pragma once

#include <vt/cpp/pairs.hpp>
#include <vt/cpp/pointwise/op.hpp>

namespace vt::pointwise {

struct Neg {
  static constexpr const char* kName = "neg";
  static constexpr uint32_t kTakes = kTakesIntegers | kTakesFloats | kTakesComplex;
  static constexpr Computes kComputes = Computes::kInKind;
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    return detail::negative(x);
  }
};

struct Abs {
  static constexpr const char* kName = "abs";
  static constexpr uint32_t kTakes = kTakesIntegers | kTakesFloats | kTakesFloat8 | kTakesComplex;
  static constexpr Computes kComputes = Computes::kInKind;
  static constexpr bool kGivesReal = true;
  template <class W>
  VT_POINTWISE auto of(W x) noexcept {
    if constexpr (detail::kIsComplex<W>) {
      return pairs::length(x.real, x.imag);
    } else if constexpr (std::is_unsigned_v<W>) {
      return x;
    } else if constexpr (std::is_integral_v<W>) {
      return x < 0 ? detail::negative(x) : x;
    } else {
      return math::detail::magnitude(x);
    }
  }
};

// The angle in the complex plane; of real numbers 0 or pi.
struct Angle {
  static constexpr const char* kName = "angle";
  static constexpr uint32_t kTakes = kTakesBool | kTakesIntegers | kTakesFloats | kTakesComplex;
  static constexpr Computes kComputes = Computes::kInFloat;
  static constexpr bool kGivesReal = true;
  template <class W>
  VT_POINTWISE auto of(W x) noexcept {
    if constexpr (detail::kIsComplex<W>) {
      return math::atan2(x.imag, x.real);
    } else {
      return x < W{0} ? math::detail::kPi<W> : x != x ? x : W{0};
    }
  }
};

struct Sign {
  static constexpr const char* kName = "sign";
  static constexpr uint32_t kTakes = kTakesBool | kTakesIntegers | kTakesFloats;
  static constexpr Computes kComputes = Computes::kInKind;
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    if constexpr (std::is_unsigned_v<W>) {
      return static_cast<W>(x != 0);
    } else {
      return static_cast<W>((x > W{0} ? W{1} : W{0}) - (x < W{0} ? W{1} : W{0}));
    }
  }
};

// The sign; z / |z| of complex numbers.
struct Sgn {
  static constexpr const char* kName = "sgn";
  static constexpr uint32_t kTakes = kTakesBool | kTakesIntegers | kTakesFloats | kTakesComplex;
  static constexpr Computes kComputes = Computes::kInKind;
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    if constexpr (detail::kIsComplex<W>) {
      return detail::narrow<W>(math::complex::sgn(detail::wide(x)));
    } else {
      return Sign::of(x);
    }
  }
};

struct Square {
  static constexpr const char* kName = "square";
  static constexpr uint32_t kTakes = kTakesIntegers | kTakesFloats | kTakesComplex;
  static constexpr Computes kComputes = Computes::kInKind;
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    if constexpr (detail::kIsComplex<W>) {
      return W{x.real * x.real - x.imag * x.imag, x.real * x.imag + x.imag * x.real};
    } else if constexpr (std::is_integral_v<W>) {
      return static_cast<W>(static_cast<uint64_t>(x) * static_cast<uint64_t>(x));
    } else {
      return x * x;
    }
  }
};

struct Exp : OfFloatsAndComplex {
  static constexpr const char* kName = "exp";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    if constexpr (detail::kIsComplex<W>) {
      return detail::narrow<W>(math::complex::exp(detail::wide(x)));
    } else {
      return math::exp(x);
    }
  }
};
struct Exp2 : OfFloatsAndComplex {
  static constexpr const char* kName = "exp2";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    if constexpr (detail::kIsComplex<W>) {
      return detail::narrow<W>(math::complex::exp2(detail::wide(x)));
    } else {
      return math::exp2(x);
    }
  }
};
struct Expm1 : OfFloatsAndComplex {
  static constexpr const char* kName = "expm1";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    if constexpr (detail::kIsComplex<W>) {
      return detail::narrow<W>(math::complex::expm1(detail::wide(x)));
    } else {
      return math::expm1(x);
    }
  }
};
struct Log : OfFloatsAndComplex {
  static constexpr const char* kName = "log";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    if constexpr (detail::kIsComplex<W>) {
      return detail::narrow<W>(math::complex::log(detail::wide(x)));
    } else {
      return math::log(x);
    }
  }
};
struct Log1p : OfFloatsAndComplex {
  static constexpr const char* kName = "log1p";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    if constexpr (detail::kIsComplex<W>) {
      return detail::narrow<W>(math::complex::log1p(detail::wide(x)));
    } else {
      return math::log1p(x);
    }
  }
};
struct Log2 : OfFloatsAndComplex {
  static constexpr const char* kName = "log2";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    if constexpr (detail::kIsComplex<W>) {
      return detail::narrow<W>(math::complex::log2(detail::wide(x)));
    } else {
      return math::log2(x);
    }
  }
};
struct Log10 : OfFloatsAndComplex {
  static constexpr const char* kName = "log10";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    if constexpr (detail::kIsComplex<W>) {
      return detail::narrow<W>(math::complex::log10(detail::wide(x)));
    } else {
      return math::log10(x);
    }
  }
};
struct Sqrt : OfFloatsAndComplex {
  static constexpr const char* kName = "sqrt";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    if constexpr (detail::kIsComplex<W>) {
      return detail::narrow<W>(math::complex::sqrt(detail::wide(x)));
    } else {
      return math::detail::square_root(x);
    }
  }
};
struct Rsqrt : OfFloatsAndComplex {
  static constexpr const char* kName = "rsqrt";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    if constexpr (detail::kIsComplex<W>) {
      return detail::narrow<W>(math::complex::rsqrt(detail::wide(x)));
    } else {
      return W{1} / math::detail::square_root(x);
    }
  }
};
struct Sin : OfAngles {
  static constexpr const char* kName = "sin";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    if constexpr (detail::kIsComplex<W>) {
      return detail::narrow<W>(math::complex::sin(detail::wide(x)));
    } else {
      return math::sin(x);
    }
  }
  struct Common {
    template <class W>
    VT_POINTWISE W of(W x) noexcept {
      return math::moderate_sin(x);
    }
  };
};
struct Cos : OfAngles {
  static constexpr const char* kName = "cos";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    if constexpr (detail::kIsComplex<W>) {
      return detail::narrow<W>(math::complex::cos(detail::wide(x)));
    } else {
      return math::cos(x);
    }
  }
  struct Common {
    template <class W>
    VT_POINTWISE W of(W x) noexcept {
      return math::moderate_cos(x);
    }
  };
};
struct Tanh : OfFloatsAndComplex {
  static constexpr const char* kName = "tanh";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    if constexpr (detail::kIsComplex<W>) {
      return detail::narrow<W>(math::complex::tanh(detail::wide(x)));
    } else {
      return math::tanh(x);
    }
  }
};
struct Erf : OfFloats {
  static constexpr const char* kName = "erf";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    return math::erf(x);
  }
};

struct Reciprocal {
  static constexpr const char* kName = "reciprocal";
  static constexpr uint32_t kTakes = kTakesBool | kTakesIntegers | kTakesFloats | kTakesComplex;
  static constexpr Computes kComputes = Computes::kInFloat;
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    if constexpr (detail::kIsComplex<W>) {
      // Divided by the larger part first (Smith, CACM 1962), so that squares do not overflow.
      using Part = decltype(W::real);
      const bool real_leads = math::detail::magnitude(x.real) >= math::detail::magnitude(x.imag);
      const Part ratio = real_leads ? x.imag / x.real : x.real / x.imag;
      const Part scale = Part{1} / (real_leads ? x.real + x.imag * ratio : x.real * ratio + x.imag);
      return real_leads ? W{scale, -ratio * scale} : W{ratio * scale, -scale};
    } else {
      return W{1} / x;
    }
  }
};

struct Floor : OfNumbers {
  static constexpr const char* kName = "floor";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    if constexpr (std::is_same_v<W, float>) {
      return __builtin_floorf(x);
    } else if constexpr (std::is_same_v<W, double>) {
      return __builtin_floor(x);
    } else {
      return x;
    }
  }
};
struct Ceil : OfNumbers {
  static constexpr const char* kName = "ceil";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    return detail::negative(Floor::of(detail::negative(x)));
  }
};
struct Trunc : OfNumbers {
  static constexpr const char* kName = "trunc";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    if constexpr (std::is_same_v<W, float>) {
      return __builtin_truncf(x);
    } else if constexpr (std::is_same_v<W, double>) {
      return __builtin_trunc(x);
    } else {
      return x;
    }
  }
};
// Halves to even.
struct Round : OfNumbers {
  static constexpr const char* kName = "round";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    if constexpr (std::is_same_v<W, float>) {
      return __builtin_rintf(x);
    } else if constexpr (std::is_same_v<W, double>) {
      return __builtin_rint(x);
    } else {
      return x;
    }
  }
};

struct Frac : OnlyFloats {
  static constexpr const char* kName = "frac";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    return x - Trunc::of(x);
  }
};

struct Deg2rad : OfFloats {
  static constexpr const char* kName = "deg2rad";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    return x * W(0.017453292519943295769);
  }
};
struct Rad2deg : OfFloats {
  static constexpr const char* kName = "rad2deg";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    return x * W(57.295779513082320877);
  }
};

// Parameters: what stands for NaN, infinity and minus infinity.
struct NanToNum {
  static constexpr const char* kName = "nan_to_num";
  static constexpr uint32_t kTakes = kTakesBool | kTakesIntegers | kTakesFloats | kTakesComplex;
  static constexpr Computes kComputes = Computes::kInKind;
  template <class W>
  VT_POINTWISE W of(W x, const Parameters& p) noexcept {
    if constexpr (detail::kIsComplex<W>) {
      return W{of(x.real, p), of(x.imag, p)};
    } else if constexpr (std::is_integral_v<W>) {
      return x;
    } else {
      constexpr W kInfinity = math::detail::kInfinity<W>;
      const W above = x == kInfinity ? static_cast<W>(p.second) : x;
      const W bounded = x == -kInfinity ? static_cast<W>(p.third) : above;
      return x != x ? static_cast<W>(p.first) : bounded;
    }
  }
};

struct IsNan : Predicate {
  static constexpr const char* kName = "isnan";
  template <class W>
  VT_POINTWISE bool of(W x) noexcept {
    if constexpr (detail::kIsComplex<W>) {
      return of(x.real) | of(x.imag);
    } else {
      return x != x;
    }
  }
};
struct IsInf : Predicate {
  static constexpr const char* kName = "isinf";
  template <class W>
  VT_POINTWISE bool of(W x) noexcept {
    if constexpr (detail::kIsComplex<W>) {
      return of(x.real) | of(x.imag);
    } else {
      return math::detail::magnitude(x) == math::detail::kInfinity<W>;
    }
  }
};
struct IsFinite : Predicate {
  static constexpr const char* kName = "isfinite";
  template <class W>
  VT_POINTWISE bool of(W x) noexcept {
    if constexpr (detail::kIsComplex<W>) {
      return of(x.real) & of(x.imag);
    } else {
      return math::detail::magnitude(x) < math::detail::kInfinity<W>;
    }
  }
};

struct IsReal : Predicate {
  static constexpr const char* kName = "isreal";
  template <class W>
  VT_POINTWISE bool of(W x) noexcept {
    if constexpr (detail::kIsComplex<W>) {
      return x.imag == decltype(W::imag){0};
    } else {
      return true;
    }
  }
};

// A predicate of what is ordered.
struct RealPredicate {
  static constexpr uint32_t kTakes = kTakesBool | kTakesIntegers | kTakesFloats;
  static constexpr Computes kComputes = Computes::kPredicate;
};
struct IsPosInf : RealPredicate {
  static constexpr const char* kName = "isposinf";
  template <class W>
  VT_POINTWISE bool of(W x) noexcept {
    return x == math::detail::kInfinity<W>;
  }
};
struct IsNegInf : RealPredicate {
  static constexpr const char* kName = "isneginf";
  template <class W>
  VT_POINTWISE bool of(W x) noexcept {
    return x == -math::detail::kInfinity<W>;
  }
};
struct Signbit : RealPredicate {
  static constexpr const char* kName = "signbit";
  template <class W>
  VT_POINTWISE bool of(W x) noexcept {
    return (math::detail::bits_as<math::detail::Bits<W>>(x) & math::detail::kSignBit<W>) != 0;
  }
};

struct LogicalNot {
  static constexpr const char* kName = "logical_not";
  static constexpr uint32_t kTakes = kTakesAll;
  static constexpr Computes kComputes = Computes::kInBool;
  VT_POINTWISE bool of(bool x) noexcept { return !x; }
};
struct BitwiseNot {
  static constexpr const char* kName = "bitwise_not";
  static constexpr uint32_t kTakes = kTakesBool | kTakesIntegers;
  static constexpr Computes kComputes = Computes::kInKind;
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    if constexpr (std::is_same_v<W, bool>) {
      return !x;
    } else {
      return static_cast<W>(~static_cast<uint64_t>(x));
    }
  }
};

// Of complex numbers alone: a real one is its own conjugate.
struct Conj {
  static constexpr const char* kName = "conj";
  static constexpr uint32_t kTakes = kTakesComplex;
  static constexpr Computes kComputes = Computes::kInKind;
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    return W{x.real, -x.imag};
  }
};

// The conjugates in memory of their own; real numbers are copied.
struct ConjPhysical {
  static constexpr const char* kName = "conj_physical";
  static constexpr uint32_t kTakes = kTakesAll;
  static constexpr Computes kComputes = Computes::kInKind;
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    if constexpr (detail::kIsComplex<W>) {
      return Conj::of(x);
    } else {
      return x;
    }
  }
};

// The slope of tanh enters conjugated, as every factor of a complex gradient.
struct TanhBackward : OnlyFloatsAndComplex {
  static constexpr const char* kName = "tanh_backward";
  template <class W>
  VT_POINTWISE W of(W grad, W output) noexcept {
    if constexpr (detail::kIsComplex<W>) {
      using Part = decltype(W::real);
      const W square = Square::of(output);
      return detail::product(grad, W{Part{1} - square.real, square.imag});
    } else {
      return grad * (W{1} - output * output);
    }
  }
};

using UnaryOps =
    OpList<Neg, Abs, Angle, Sign, Sgn, Square, Exp, Exp2, Expm1, Log, Log1p, Log2, Log10, Sqrt, Rsqrt, Sin, Cos, Tanh,
           Erf, Reciprocal, Floor, Ceil, Trunc, Round, Frac, Deg2rad, Rad2deg, NanToNum, IsNan, IsInf, IsFinite, IsReal,
           IsPosInf, IsNegInf, Signbit, LogicalNot, BitwiseNot, Conj, ConjPhysical, TanhBackward>;

}  // namespace vt::pointwise
