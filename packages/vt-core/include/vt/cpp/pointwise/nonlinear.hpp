// SPDX-License-Identifier: Apache-2.0
// The formulas of the activations with bounds, thresholds and gates.
#pragma once

#include <vt/cpp/pointwise/op.hpp>

namespace vt::pointwise {

namespace detail {

// A parameter of an op that takes integers too, of which the host stores the bits (number_parameter in
// vt/cpp/pointwise_rules.hpp).
template <class W>
VT_HOST_DEVICE [[gnu::always_inline]] inline W parameter(double given) noexcept {
  if constexpr (std::is_integral_v<W>) {
    return static_cast<W>(math::detail::bits_as<int64_t>(given));
  } else {
    return static_cast<W>(given);
  }
}

}  // namespace detail

// alpha (e^(input_scale x) - 1) up to 0 and x above, times scale. Parameters: alpha * scale, scale, input_scale.
struct Elu : OnlyFloats {
  static constexpr const char* kName = "elu";
  template <class W>
  VT_POINTWISE W of(W x, const Parameters& p) noexcept {
    const W bent = static_cast<W>(p.first) * math::expm1(x * static_cast<W>(p.third));
    return x <= W{0} ? bent : x * static_cast<W>(p.second);
  }
};
struct EluBackward : OnlyFloats {
  static constexpr const char* kName = "elu_backward";
  template <class W>
  VT_POINTWISE W of(W grad, W x, const Parameters& p) noexcept {
    const W bent = static_cast<W>(p.third) * static_cast<W>(p.first) * math::exp(x * static_cast<W>(p.third));
    return grad * (x > W{0} ? static_cast<W>(p.second) : bent);  // of NaN too
  }
};

// Parameters: the half-width of what becomes 0.
struct Hardshrink : OnlyFloats {
  static constexpr const char* kName = "hardshrink";
  template <class W>
  VT_POINTWISE W of(W x, const Parameters& p) noexcept {
    const W lambd = static_cast<W>(p.first);
    return (x >= -lambd) & (x <= lambd) ? W{0} : x;  // keeps NaN
  }
};
struct Softshrink : OnlyFloats {
  static constexpr const char* kName = "softshrink";
  template <class W>
  VT_POINTWISE W of(W x, const Parameters& p) noexcept {
    const W lambd = static_cast<W>(p.first);
    const W shrunk = x > lambd ? x - lambd : x + lambd;
    return (x >= -lambd) & (x <= lambd) ? W{0} : shrunk;
  }
};
// Of both.
struct ShrinkBackward : OnlyFloats {
  static constexpr const char* kName = "shrink_backward";
  template <class W>
  VT_POINTWISE W of(W grad, W x, const Parameters& p) noexcept {
    const W lambd = static_cast<W>(p.first);
    return (x > lambd) | (x < -lambd) ? grad : W{0};
  }
};

struct Hardsigmoid : OnlyFloats {
  static constexpr const char* kName = "hardsigmoid";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    return math::detail::at_most(math::detail::at_least(x + W{3}, W{0}), W{6}) / W{6};
  }
};
struct HardsigmoidBackward : OnlyFloats {
  static constexpr const char* kName = "hardsigmoid_backward";
  template <class W>
  VT_POINTWISE W of(W grad, W x) noexcept {
    return (x > W{-3}) & (x < W{3}) ? grad / W{6} : W{0};
  }
};

struct Hardswish : OnlyFloats {
  static constexpr const char* kName = "hardswish";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    return x * Hardsigmoid::of(x);
  }
};
struct HardswishBackward : OnlyFloats {
  static constexpr const char* kName = "hardswish_backward";
  template <class W>
  VT_POINTWISE W of(W grad, W x) noexcept {
    const W inner = x >= W{3} ? grad : grad * (x / W{3} + W{0.5});
    return x <= W{-3} ? W{0} : inner;
  }
};

// Parameters: the bounds; for integers as `number_parameter` gives them.
struct Hardtanh : OfNumbers {
  static constexpr const char* kName = "hardtanh";
  template <class W>
  VT_POINTWISE W of(W x, const Parameters& p) noexcept {
    const W low = detail::parameter<W>(p.first);
    const W high = detail::parameter<W>(p.second);
    const W raised = x < low ? low : x;
    return raised > high ? high : raised;
  }
};
struct HardtanhBackward : OfNumbers {
  static constexpr const char* kName = "hardtanh_backward";
  template <class W>
  VT_POINTWISE W of(W grad, W x, const Parameters& p) noexcept {
    return (x > detail::parameter<W>(p.first)) & (x < detail::parameter<W>(p.second)) ? grad : W{0};
  }
};

// log(1 / (1 + e^-x)) as min(x, 0) - log(1 + e^-|x|), whose exponential cannot overflow.
struct LogSigmoid : OnlyFloats {
  static constexpr const char* kName = "log_sigmoid";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    return math::detail::at_most(x, W{0}) - math::log1p(math::exp(-math::detail::magnitude(x)));
  }
};
struct LogSigmoidBackward : OnlyFloats {
  static constexpr const char* kName = "log_sigmoid_backward";
  template <class W>
  VT_POINTWISE W of(W grad, W x) noexcept {
    return grad * math::sigmoid(-x);
  }
};

namespace detail {

// T = tanh(log(1 + e^x)) and its derivative, as fractions in u = e^-|x|, which neither overflow nor cancel: with t = e^x
// T is t (t + 2) / (t^2 + 2 t + 2) and T' is 4 t (1 + t) / (t^2 + 2 t + 2)^2.
template <class W>
struct MishGate {
  W gate;
  W slope;
};
template <class W>
VT_HOST_DEVICE [[gnu::always_inline]] inline MishGate<W> mish_gate(W x) noexcept {
  const W u = math::exp(-math::detail::magnitude(x));
  const bool is_negative = x < W{0};
  const W bottom = is_negative ? (u + W{2}) * u + W{2} : (W{2} * u + W{2}) * u + W{1};
  const W top = is_negative ? u * (u + W{2}) : W{1} + W{2} * u;
  const W slope_top = is_negative ? u * (W{1} + u) : u * u * (W{1} + u);
  return {top / bottom, W{4} * slope_top / (bottom * bottom)};
}

}  // namespace detail

struct Mish : OnlyFloats {
  static constexpr const char* kName = "mish";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    return x * detail::mish_gate(x).gate;
  }
};
struct MishBackward : OnlyFloats {
  static constexpr const char* kName = "mish_backward";
  template <class W>
  VT_POINTWISE W of(W grad, W x) noexcept {
    const detail::MishGate<W> g = detail::mish_gate(x);
    return grad * (g.gate + x * g.slope);
  }
};

struct Softsign : OfNumbers {
  static constexpr const char* kName = "softsign";
  static constexpr Computes kComputes = Computes::kInFloat;
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    return x / (W{1} + math::detail::magnitude(x));
  }
};
struct SoftsignBackward : OnlyFloats {
  static constexpr const char* kName = "softsign_backward";
  template <class W>
  VT_POINTWISE W of(W grad, W x) noexcept {
    const W bottom = W{1} + math::detail::magnitude(x);
    return grad / (bottom * bottom);
  }
};

struct Tanhshrink : OfNumbers {
  static constexpr const char* kName = "tanhshrink";
  static constexpr Computes kComputes = Computes::kInFloat;
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    return x - math::tanh(x);
  }
};
struct TanhshrinkBackward : OnlyFloats {
  static constexpr const char* kName = "tanhshrink_backward";
  template <class W>
  VT_POINTWISE W of(W grad, W x) noexcept {
    const W t = math::tanh(x);
    return grad * (t * t);
  }
};

// Parameters: the threshold, and what replaces elements up to it; for integers as `number_parameter` gives them.
struct Threshold : OfNumbers {
  static constexpr const char* kName = "threshold";
  template <class W>
  VT_POINTWISE W of(W x, const Parameters& p) noexcept {
    return x <= detail::parameter<W>(p.first) ? detail::parameter<W>(p.second) : x;  // keeps NaN
  }
};
struct ThresholdBackward : OfNumbers {
  static constexpr const char* kName = "threshold_backward";
  template <class W>
  VT_POINTWISE W of(W grad, W x, const Parameters& p) noexcept {
    return x <= detail::parameter<W>(p.first) ? W{0} : grad;
  }
};

// x above 0, else x times a weight of its own.
struct Prelu : OnlyFloats {
  static constexpr const char* kName = "prelu";
  template <class W>
  VT_POINTWISE W of(W x, W weight) noexcept {
    return x > W{0} ? x : x * weight;
  }
};

// The first half of a tensor gated by its second.
struct Glu : OnlyFloats {
  static constexpr const char* kName = "glu";
  template <class W>
  VT_POINTWISE W of(W x, W gate) noexcept {
    return x * math::sigmoid(gate);
  }
};

using NonlinearOps =
    OpList<Elu, EluBackward, Hardshrink, Softshrink, ShrinkBackward, Hardsigmoid, HardsigmoidBackward, Hardswish,
           HardswishBackward, Hardtanh, HardtanhBackward, LogSigmoid, LogSigmoidBackward, Mish, MishBackward, Softsign,
           SoftsignBackward, Tanhshrink, TanhshrinkBackward, Threshold, ThresholdBackward, Prelu, Glu>;

}  // namespace vt::pointwise
