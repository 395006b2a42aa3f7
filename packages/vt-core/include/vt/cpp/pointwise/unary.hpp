// SPDX-License-Identifier: Apache-2.0
// The formulas of the unary family.
#pragma once

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
  static constexpr uint32_t kTakes = kTakesIntegers | kTakesFloats | kTakesFloat8;
  static constexpr Computes kComputes = Computes::kInKind;
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    if constexpr (std::is_unsigned_v<W>) {
      return x;
    } else if constexpr (std::is_integral_v<W>) {
      return x < 0 ? detail::negative(x) : x;
    } else {
      return math::detail::magnitude(x);
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

struct Exp : OfFloats {
  static constexpr const char* kName = "exp";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    return math::exp(x);
  }
};
struct Expm1 : OfFloats {
  static constexpr const char* kName = "expm1";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    return math::expm1(x);
  }
};
struct Log : OfFloats {
  static constexpr const char* kName = "log";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    return math::log(x);
  }
};
struct Log1p : OfFloats {
  static constexpr const char* kName = "log1p";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    return math::log1p(x);
  }
};
struct Log2 : OfFloats {
  static constexpr const char* kName = "log2";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    return math::log2(x);
  }
};
struct Sqrt : OfFloats {
  static constexpr const char* kName = "sqrt";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    if constexpr (std::is_same_v<W, float>) {
      return __builtin_sqrtf(x);
    } else {
      return __builtin_sqrt(x);
    }
  }
};
struct Rsqrt : OfFloats {
  static constexpr const char* kName = "rsqrt";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    return W{1} / Sqrt::of(x);
  }
};
struct Sin : OfFloats {
  static constexpr const char* kName = "sin";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    return math::sin(x);
  }
};
struct Cos : OfFloats {
  static constexpr const char* kName = "cos";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    return math::cos(x);
  }
};
struct Tanh : OfFloats {
  static constexpr const char* kName = "tanh";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    return math::tanh(x);
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

struct TanhBackward : OnlyFloats {
  static constexpr const char* kName = "tanh_backward";
  template <class W>
  VT_POINTWISE W of(W grad, W output) noexcept {
    return grad * (W{1} - output * output);
  }
};

using UnaryOps =
    OpList<Neg, Abs, Sign, Square, Exp, Expm1, Log, Log1p, Log2, Sqrt, Rsqrt, Sin, Cos, Tanh, Erf, Reciprocal, Floor,
           Ceil, Trunc, Round, IsNan, IsInf, IsFinite, LogicalNot, BitwiseNot, Conj, TanhBackward>;

}  // namespace vt::pointwise
