// SPDX-License-Identifier: Apache-2.0
// div and its rounding modes, remainder, fmod, maximum and minimum.
//
// Note [Integer division by zero]
// Finding a zero would take a wait, so nothing is refused: a quotient by zero has all bits set, and the remainder is the
// dividend. The smallest integer divided by -1 wraps.
#include "arithmetic.cuh"
#include "binary.cuh"

namespace vt::cuda {
namespace {

template <class W>
VT_DEVICE W truncated_quotient(W a, W b) {
  if (b == 0) return static_cast<W>(~W{0});
  if constexpr (std::is_signed_v<W>)
    if (b == W(-1)) return static_cast<W>(std::make_unsigned_t<W>{0} - static_cast<std::make_unsigned_t<W>>(a));
  return static_cast<W>(a / b);
}
template <class W>
VT_DEVICE W truncated_remainder(W a, W b) {
  if (b == 0) return a;
  if constexpr (std::is_signed_v<W>)
    if (b == W(-1)) return 0;
  return static_cast<W>(a % b);
}
template <class W>
VT_DEVICE W integer_remainder(W a, W b) {
  if (b == 0) return a;
  if constexpr (std::is_signed_v<W>) {
    if (b == W(-1)) return 0;
    const W rest = static_cast<W>(a % b);
    return rest != 0 && (b < 0) != (rest < 0) ? static_cast<W>(rest + b) : rest;
  }
  return static_cast<W>(a % b);
}
template <class W>
VT_DEVICE W floored_quotient(W a, W b) {
  const W quotient = truncated_quotient(a, b);
  if constexpr (std::is_signed_v<W>)
    if (b != 0 && b != W(-1) && (a < 0) != (b < 0) && static_cast<W>(quotient * b) != a)
      return static_cast<W>(quotient - 1);
  return quotient;
}

VT_DEVICE float modulo(float a, float b) { return fmodf(a, b); }
VT_DEVICE double modulo(double a, double b) { return fmod(a, b); }
VT_DEVICE float rounded_down(float v) { return floorf(v); }
VT_DEVICE double rounded_down(double v) { return floor(v); }
VT_DEVICE float rounded_to_zero(float v) { return truncf(v); }
VT_DEVICE double rounded_to_zero(double v) { return trunc(v); }
VT_DEVICE float zero_with_sign(float v) { return copysignf(0.0f, v); }
VT_DEVICE double zero_with_sign(double v) { return copysign(0.0, v); }

// As Python divides: the remainder is exact and has the divisor's sign, the quotient is the difference over the divisor.
template <class W>
VT_DEVICE W float_remainder(W a, W b) {
  const W rest = modulo(a, b);
  return rest != 0 && (b < 0) != (rest < 0) ? rest + b : rest;
}
template <class W>
VT_DEVICE W float_floor_quotient(W a, W b) {
  if (b == 0) return a / b;
  const W rest = modulo(a, b);
  W quotient = (a - rest) / b;
  if (rest != 0 && (b < 0) != (rest < 0)) quotient -= 1;
  if (quotient == 0) return zero_with_sign(a / b);
  const W whole = rounded_down(quotient);
  return quotient - whole > W(0.5) ? whole + 1 : whole;
}

struct Division {
  template <class T>
  using Wide = Signed<T>;
  template <class T>
  using Out = T;
  BinaryKind kind;
  VT_DEVICE explicit Division(BinaryKind k) : kind(k) {}
  template <class T>
  VT_DEVICE Wide<T> apply(Wide<T> a, Wide<T> b, Wide<T>) const {
    using W = Wide<T>;
    if constexpr (kIsComplex<W>) {
      return quotient_of(a, b);
    } else if constexpr (std::is_same_v<W, Bool>) {
      return kind == BinaryKind::kMaximum ? larger_of(a, b) : smaller_of(a, b);
    } else {
      if (kind == BinaryKind::kMaximum) return larger_of(a, b);
      if (kind == BinaryKind::kMinimum) return smaller_of(a, b);
      if constexpr (std::is_floating_point_v<W>) {
        switch (kind) {
          case BinaryKind::kDiv: return a / b;
          case BinaryKind::kTruncDivide: return rounded_to_zero(a / b);
          case BinaryKind::kFloorDivide: return float_floor_quotient(a, b);
          case BinaryKind::kFmod: return modulo(a, b);
          default: return float_remainder(a, b);
        }
      } else {
        switch (kind) {
          case BinaryKind::kTruncDivide: return truncated_quotient(a, b);
          case BinaryKind::kFloorDivide: return floored_quotient(a, b);
          case BinaryKind::kFmod: return truncated_remainder(a, b);
          default: return integer_remainder(a, b);
        }
      }
    }
  }
};

template <BinaryKind kKind>
struct Known : Division {
  VT_DEVICE explicit Known(BinaryKind) : Division(kKind) {}
};

template <BinaryKind kKind>
BinaryKernels of_kind(DtypeIndex dtype) noexcept {
  return for_dtype(dtype, [&]<class T>() -> BinaryKernels {
    constexpr bool kIsExtreme = kKind == BinaryKind::kMaximum || kKind == BinaryKind::kMinimum;
    constexpr bool kHas = kKind == BinaryKind::kDiv
                              ? kIsReal<T> || kIsComplex<T>
                              : kIsReal<T> || std::is_integral_v<T> || (kIsExtreme && std::is_same_v<T, Bool>);
    if constexpr (kHas) return kernels_for<Known<kKind>, Division, T>();
    return {};
  });
}

}  // namespace

BinaryKernels division_kernels(BinaryKind kind, DtypeIndex dtype) noexcept {
  switch (kind) {
    case BinaryKind::kMaximum: return of_kind<BinaryKind::kMaximum>(dtype);
    case BinaryKind::kMinimum: return of_kind<BinaryKind::kMinimum>(dtype);
    case BinaryKind::kDiv: return of_kind<BinaryKind::kDiv>(dtype);
    case BinaryKind::kFloorDivide: return of_kind<BinaryKind::kFloorDivide>(dtype);
    case BinaryKind::kTruncDivide: return of_kind<BinaryKind::kTruncDivide>(dtype);
    case BinaryKind::kFmod: return of_kind<BinaryKind::kFmod>(dtype);
    default: return of_kind<BinaryKind::kRemainder>(dtype);
  }
}

}  // namespace vt::cuda
