// SPDX-License-Identifier: Apache-2.0
// One element of an optimiser's step, the same on every instruction set and on CUDA devices.
#pragma once

#include <vt/cpp/philox.hpp>

#include <cstdint>

// Note [Optimiser steps]
// Hyperparameters are combined in double, on the host or where they are, and rounded once to the type of the arithmetic, as
// PyTorch's fused kernels do; half types compute in float and round what they store once. Built without contraction, so that the CPU and
// CUDA devices agree bit by bit (Note [Bits of a function] in vt/cpp/math.hpp).
namespace vt {

// What is added up, or the extreme of what is taken, for a norm of tensors.
enum class NormKind : uint8_t { kSquares, kMagnitudes, kLargest, kSmallest, kCount, kPowers };

}  // namespace vt

namespace vt::optim {

#define VT_OPTIM [[gnu::always_inline]] VT_HOST_DEVICE inline

VT_OPTIM float square_root(float x) noexcept {
#if defined(__CUDA_ARCH__)
  return __fsqrt_rn(x);
#else
  return __builtin_sqrtf(x);
#endif
}
VT_OPTIM double square_root(double x) noexcept {
#if defined(__CUDA_ARCH__)
  return __dsqrt_rn(x);
#else
  return __builtin_sqrt(x);
#endif
}

// What momentum does to the gradient.
enum class Momentum : int { kNone, kFirst, kPlain, kNesterov, kFirstNesterov };
inline constexpr int kNumMomenta = 5;

struct SgdScalars {
  double sign;  // -1 to maximise
  double decay;
  double momentum;
  double gain;  // 1 - dampening
  double lr;
};

// g = sign grad + decay p; b = momentum b + gain g, g itself in the first step; p -= lr (b, or g + momentum b by Nesterov).
template <Momentum Kind, bool Decay, class T>
VT_OPTIM void sgd_element(T& p, T grad, T& b, T sign, T decay, T momentum, T gain, T lr) noexcept {
  T g = sign * grad;
  if constexpr (Decay) g = g + decay * p;
  if constexpr (Kind == Momentum::kFirst || Kind == Momentum::kFirstNesterov) b = g;
  if constexpr (Kind == Momentum::kPlain || Kind == Momentum::kNesterov) b = momentum * b + gain * g;
  if constexpr (Kind == Momentum::kFirst || Kind == Momentum::kPlain) g = b;
  if constexpr (Kind == Momentum::kNesterov || Kind == Momentum::kFirstNesterov) g = g + momentum * b;
  p = p - lr * g;
}

struct AdamScalars {
  double sign;          // -1 to maximise
  double decay;         // added to the gradient; 0 when decoupled
  double keep;          // the parameter is multiplied by it first; 1 unless decoupled
  double beta1;         // of the mean m
  double beta2;         // of the mean square v
  double step_size;     // lr / (1 - beta1^step)
  double inverse_root;  // 1 / sqrt(1 - beta2^step)
  double eps;
};

// base^exponent, the same on every machine for whole exponents from 0 on.
VT_OPTIM double power(double base, double exponent) noexcept {
  if (!(exponent >= 0 && exponent < 0x1p53)) return __builtin_pow(base, exponent);
  auto left = static_cast<uint64_t>(exponent);
  if (static_cast<double>(left) != exponent) return __builtin_pow(base, exponent);
  double result = 1;
  for (; left > 0; left >>= 1, base *= base)
    if (left & 1) result *= base;
  return result;
}

// What stays the same from step to step.
struct AdamRule {
  double beta1;
  double beta2;
  double eps;
  double weight_decay;
  bool decoupled;
  bool maximize;
};
VT_OPTIM AdamScalars adam_scalars(const AdamRule& r, double lr, double step) noexcept {
  return {r.maximize ? -1.0 : 1.0,
          r.decoupled ? 0.0 : r.weight_decay,
          r.decoupled ? 1 - lr * r.weight_decay : 1.0,
          r.beta1,
          r.beta2,
          lr / (1 - power(r.beta1, step)),
          1 / square_root(1 - power(r.beta2, step)),
          r.eps};
}

// The scalars rounded to the type of the arithmetic.
template <class T>
struct AdamConstants {
  VT_OPTIM explicit AdamConstants(const AdamScalars& s) noexcept
      : sign(static_cast<T>(s.sign)),
        decay(static_cast<T>(s.decay)),
        keep(static_cast<T>(s.keep)),
        from_mean(1 - s.beta1 < 0.5),
        weight(static_cast<T>(from_mean ? 1 - s.beta1 : -s.beta1)),
        beta2(static_cast<T>(s.beta2)),
        rest2(static_cast<T>(1 - s.beta2)),
        step_size(static_cast<T>(s.step_size)),
        inverse_root(static_cast<T>(s.inverse_root)),
        eps(static_cast<T>(s.eps)) {}
  T sign, decay, keep;
  bool from_mean;  // which end of the way from m to g is nearer
  T weight, beta2, rest2, step_size, inverse_root, eps;
};

// g = sign grad + decay p; m moves to g by 1 - beta1, reckoned from the nearer end; v = beta2 v + (1 - beta2) g g;
// p = keep p - step_size m / (sqrt(v) inverse_root + eps), with the largest v so far for Maximum. Reference: Kingma and Ba,
// "Adam", ICLR 2015; Loshchilov and Hutter, "Decoupled weight decay regularization", ICLR 2019; Reddi et al., "On the
// convergence of Adam and beyond", ICLR 2018.
template <bool Decay, bool Maximum, class T>
VT_OPTIM void adam_element(T& p, T grad, T& m, T& v, T& largest, const AdamConstants<T>& c) noexcept {
  T g = c.sign * grad;
  if constexpr (Decay) g = g + c.decay * p;
  m = (c.from_mean ? m : g) + (g - m) * c.weight;
  v = v * c.beta2 + g * g * c.rest2;
  T square = v;
  if constexpr (Maximum) {
    largest = v > largest || v != v ? v : largest;
    square = largest;
  }
  p = p * c.keep - c.step_size * m / (square_root(square) * c.inverse_root + c.eps);
}

// Norms of kinds other than kPowers: where they start, one more element x, two parts joined. NaN stays.
template <NormKind Kind>
VT_OPTIM double norm_start() noexcept {
  return Kind == NormKind::kSmallest ? __builtin_inf() : 0;
}
template <NormKind Kind>
VT_OPTIM double norm_join(double a, double b) noexcept {
  if constexpr (Kind == NormKind::kLargest) return b > a || b != b ? b : a;
  if constexpr (Kind == NormKind::kSmallest) return b < a || b != b ? b : a;
  return a + b;
}
template <NormKind Kind>
VT_OPTIM double norm_add(double total, double x) noexcept {
  if constexpr (Kind == NormKind::kSquares) return total + x * x;
  if constexpr (Kind == NormKind::kCount) return total + (x != 0 ? 1.0 : 0.0);
  return norm_join<Kind>(total, x < 0 ? -x : x);
}

// What gradients of norm `total` are multiplied by, so that it becomes at most `max_norm`. NaN stays.
template <class T>
VT_OPTIM T clip_factor(T total, T max_norm) noexcept {
  const T factor = max_norm / (total + T{1e-6});
  return factor > T{1} ? T{1} : factor;
}
template <class T>
VT_OPTIM T clamped(T x, bool has_min, T min, bool has_max, T max) noexcept {
  const T raised = has_min && x < min ? min : x;
  return has_max && raised > max ? max : raised;
}

#undef VT_OPTIM

}  // namespace vt::optim
