// SPDX-License-Identifier: Apache-2.0
// The formulas of the unary and activation ops, once for the loops of the CPU and the kernels of CUDA devices.
#pragma once

#include <vt/cpp/math.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>

// Note [Pointwise ops]
// An op is a type. `of` computes one element in W, which is float or double, an integer type, or a complex type with members
// `real` and `imag`; the small floating dtypes are computed in float. `kTakes` lists the dtypes of the op by kinds. Ops of
// two inputs take a gradient first. Since both sides use these formulas and those of vt/cpp/math.hpp, results on CUDA
// devices are those of the CPU to the bit.
namespace vt::pointwise {

#define VT_POINTWISE VT_HOST_DEVICE [[gnu::always_inline]] static inline

// Kinds of dtypes.
inline constexpr uint32_t kTakesBool = 1;
inline constexpr uint32_t kTakesIntegers = 2;
inline constexpr uint32_t kTakesFloats = 4;  // halves, float and double
inline constexpr uint32_t kTakesFloat8 = 8;
inline constexpr uint32_t kTakesComplex = 16;
inline constexpr uint32_t kTakesAll = 31;

// What an op does to the dtype.
enum class Computes {
  kInKind,     // in the dtype itself
  kInFloat,    // integers and bool become float32 first
  kPredicate,  // the result is bool; integers and bool are looked at in float
  kInBool,     // elements become bool first
};

// Numbers of a call: what they are is said by the op.
struct Parameters {
  double first;
  double second;
};

namespace detail {

template <class W>
inline constexpr bool kIsComplex = requires(W w) { w.imag; };

template <class W>
VT_HOST_DEVICE [[gnu::always_inline]] inline W negative(W x) noexcept {
  if constexpr (kIsComplex<W>) {
    return W{-x.real, -x.imag};
  } else if constexpr (std::is_integral_v<W>) {
    return static_cast<W>(uint64_t{0} - static_cast<uint64_t>(x));
  } else {
    return -x;
  }
}

// The integral of the standard normal distribution up to x, and e^(-x^2 / 2). In float erfc(a) = e^(-a^2) t Q(t) with
// t = 1 / (1 + 0.35 a), a form of Hastings (Approximations for Digital Computers, 1955): both parts share the exponential,
// and the lower tail does not cancel.
template <class W>
struct Normal {
  W integral;
  W bell;
};
template <class W>
VT_HOST_DEVICE [[gnu::always_inline]] inline Normal<W> normal(W x) noexcept {
  const W bell = math::exp(W{-0.5} * x * x);
  if constexpr (std::is_same_v<W, float>) {
    const float t = 1.0f / (1.0f + 0.247487373f * math::detail::magnitude(x));
    const float q = math::detail::polynomial(t, 0x1.9038ecp-3f, 0x1.cb2c92p-3f, 0x1.5f75f2p-5f, 0x1.20055ap-1f,
                                             -0x1.05c222p-1f, 0x1.44b412p-1f, -0x1.176a1ep-3f, -0x1.7b6062p-7f);
    const float tail = 0.5f * bell * (t * q);
    return {x < 0.0f ? tail : 1.0f - tail, bell};
  } else {
    return {W{0.5} * (W{1} + math::erf(x * W(0.70710678118654752440))), bell};
  }
}

// gelu by tanh is x sigmoid(u) for this u, and its derivative by x.
template <class W>
VT_HOST_DEVICE [[gnu::always_inline]] inline W gelu_argument(W x) noexcept {
  return W(1.5957691216057307117) * x * (W{1} + W(0.044715) * x * x);
}
template <class W>
VT_HOST_DEVICE [[gnu::always_inline]] inline W gelu_argument_slope(W x) noexcept {
  return W(1.5957691216057307117) * (W{1} + W(0.134145) * x * x);
}

}  // namespace detail

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

// An op of the floats, to which integers are promoted.
struct OfFloats {
  static constexpr uint32_t kTakes = kTakesBool | kTakesIntegers | kTakesFloats;
  static constexpr Computes kComputes = Computes::kInFloat;
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

// An op that rounds floats and leaves integers as they are.
struct OfNumbers {
  static constexpr uint32_t kTakes = kTakesIntegers | kTakesFloats;
  static constexpr Computes kComputes = Computes::kInKind;
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

struct Predicate {
  static constexpr uint32_t kTakes = kTakesAll;
  static constexpr Computes kComputes = Computes::kPredicate;
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

// An op of floats alone.
struct OnlyFloats {
  static constexpr uint32_t kTakes = kTakesFloats;
  static constexpr Computes kComputes = Computes::kInKind;
};

struct TanhBackward : OnlyFloats {
  static constexpr const char* kName = "tanh_backward";
  template <class W>
  VT_POINTWISE W of(W grad, W output) noexcept {
    return grad * (W{1} - output * output);
  }
};

struct Relu : OfNumbers {
  static constexpr const char* kName = "relu";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    if constexpr (std::is_unsigned_v<W>) {
      return x;
    } else {
      return x < W{0} ? W{0} : x;  // keeps NaN
    }
  }
};
struct ReluBackward : OfNumbers {
  static constexpr const char* kName = "relu_backward";
  template <class W>
  VT_POINTWISE W of(W grad, W output) noexcept {
    return output <= W{0} ? W{0} : grad;
  }
};

struct Sigmoid : OfFloats {
  static constexpr const char* kName = "sigmoid";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    return math::sigmoid(x);
  }
};
struct SigmoidBackward : OnlyFloats {
  static constexpr const char* kName = "sigmoid_backward";
  template <class W>
  VT_POINTWISE W of(W grad, W output) noexcept {
    return grad * (output * (W{1} - output));
  }
};

struct Silu : OnlyFloats {
  static constexpr const char* kName = "silu";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    return x / (W{1} + math::exp(-x));
  }
};
struct SiluBackward : OnlyFloats {
  static constexpr const char* kName = "silu_backward";
  template <class W>
  VT_POINTWISE W of(W grad, W x) noexcept {
    const W s = math::sigmoid(x);
    return grad * (s * (W{1} + x * (W{1} - s)));
  }
};

struct Gelu : OnlyFloats {
  static constexpr const char* kName = "gelu";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    return x * detail::normal(x).integral;
  }
};
struct GeluBackward : OnlyFloats {
  static constexpr const char* kName = "gelu_backward";
  template <class W>
  VT_POINTWISE W of(W grad, W x) noexcept {
    const detail::Normal<W> normal = detail::normal(x);
    return grad * (normal.integral + x * (W(0.39894228040143267794) * normal.bell));
  }
};

// 0.5 x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))), as (1 + tanh(v)) / 2 = sigmoid(2 v).
struct GeluTanh : OnlyFloats {
  static constexpr const char* kName = "gelu";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    return x / (W{1} + math::exp(-detail::gelu_argument(x)));
  }
};
struct GeluTanhBackward : OnlyFloats {
  static constexpr const char* kName = "gelu_backward";
  template <class W>
  VT_POINTWISE W of(W grad, W x) noexcept {
    const W s = math::sigmoid(detail::gelu_argument(x));
    return grad * (s + x * detail::gelu_argument_slope(x) * (s * (W{1} - s)));
  }
};

// log(1 + e^(beta x)) / beta; x itself where beta x is above a threshold. Parameters: beta, threshold.
struct Softplus : OnlyFloats {
  static constexpr const char* kName = "softplus";
  template <class W>
  VT_POINTWISE W of(W x, const Parameters& p) noexcept {
    const W beta = static_cast<W>(p.first);
    const W scaled = x * beta;
    const W curved = math::log1p(math::exp(scaled)) / beta;
    return scaled > static_cast<W>(p.second) ? x : curved;
  }
};
struct SoftplusBackward : OnlyFloats {
  static constexpr const char* kName = "softplus_backward";
  template <class W>
  VT_POINTWISE W of(W grad, W x, const Parameters& p) noexcept {
    const W scaled = x * static_cast<W>(p.first);
    const W slope = math::sigmoid(scaled);
    return scaled > static_cast<W>(p.second) ? grad : grad * slope;
  }
};

// Parameters: the slope of negative numbers.
struct LeakyRelu : OnlyFloats {
  static constexpr const char* kName = "leaky_relu";
  template <class W>
  VT_POINTWISE W of(W x, const Parameters& p) noexcept {
    return x > W{0} ? x : x * static_cast<W>(p.first);
  }
};
struct LeakyReluBackward : OnlyFloats {
  static constexpr const char* kName = "leaky_relu_backward";
  template <class W>
  VT_POINTWISE W of(W grad, W x, const Parameters& p) noexcept {
    return x > W{0} ? grad : grad * static_cast<W>(p.first);
  }
};

#undef VT_POINTWISE

// An op's element, whichever of the arguments it takes.
template <class Op, class W>
VT_HOST_DEVICE [[gnu::always_inline]] inline auto element(W a, W b, const Parameters& p) noexcept {
  if constexpr (requires { Op::of(a, b, p); }) {
    return Op::of(a, b, p);
  } else if constexpr (requires { Op::of(a, p); }) {
    return Op::of(a, p);
  } else if constexpr (requires { Op::of(a, b); }) {
    return Op::of(a, b);
  } else {
    return Op::of(a);
  }
}

// The ops of a family in the order of their tables.
template <class... Ops>
struct OpList {
  static constexpr size_t kCount = sizeof...(Ops);
  template <class Op>
  static constexpr size_t index_of() noexcept {
    constexpr bool kIs[] = {std::is_same_v<Op, Ops>...};
    size_t index = 0;
    while (!kIs[index]) ++index;
    return index;
  }
  // Calls visit.operator()<Op, index>() for each.
  template <class Visit>
  static constexpr void for_each(Visit&& visit) {
    (visit.template operator()<Ops, index_of<Ops>()>(), ...);
  }
};

using UnaryOps =
    OpList<Neg, Abs, Sign, Square, Exp, Expm1, Log, Log1p, Log2, Sqrt, Rsqrt, Sin, Cos, Tanh, Erf, Reciprocal, Floor,
           Ceil, Trunc, Round, IsNan, IsInf, IsFinite, LogicalNot, BitwiseNot, Conj, TanhBackward>;
using ActivationOps = OpList<Relu, ReluBackward, Sigmoid, SigmoidBackward, Silu, SiluBackward, Gelu, GeluBackward,
                             GeluTanh, GeluTanhBackward, Softplus, SoftplusBackward, LeakyRelu, LeakyReluBackward>;

// Whether elements of W are among those that an op computes.
template <class Op, class W>
inline constexpr bool kComputesIn = [] {
  if constexpr (std::is_same_v<W, bool>) {
    return Op::kComputes == Computes::kInBool || (Op::kComputes == Computes::kInKind && (Op::kTakes & kTakesBool) != 0);
  } else if constexpr (std::is_integral_v<W>) {
    return Op::kComputes == Computes::kInKind && (Op::kTakes & kTakesIntegers) != 0;
  } else if constexpr (detail::kIsComplex<W>) {
    return Op::kComputes != Computes::kInBool && (Op::kTakes & kTakesComplex) != 0;
  } else {
    return Op::kComputes != Computes::kInBool && (Op::kTakes & kTakesFloats) != 0;
  }
}();

}  // namespace vt::pointwise
