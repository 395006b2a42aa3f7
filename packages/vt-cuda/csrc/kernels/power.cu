// SPDX-License-Identifier: Apache-2.0
// pow and atan2.
#include <vt/cpp/math.hpp>
#include <vt/cpp/pairs.hpp>

#include "arithmetic.cuh"
#include "binary.cuh"

namespace vt::cuda {
namespace {

// Integers by squaring; they wrap. A negative power is that of 1 or -1, or rounds to zero.
template <class W>
VT_DEVICE W integer_power(W base, W exponent) {
  if constexpr (std::is_signed_v<W>) {
    if (exponent < 0) return base == 1 ? W{1} : base == W(-1) ? (exponent & 1 ? W(-1) : W{1}) : W{0};
  }
  uint64_t square = static_cast<uint64_t>(base);
  uint64_t power = 1;
  for (auto rest = static_cast<std::make_unsigned_t<W>>(exponent); rest != 0;
       rest = static_cast<decltype(rest)>(rest >> 1)) {
    if (rest & 1) power *= square;
    square *= square;
  }
  return static_cast<W>(power);
}

VT_DEVICE float root_of(float v) { return sqrtf(v); }
VT_DEVICE double root_of(double v) { return sqrt(v); }

// One exponent for all elements: as on the CPU, the commonest ones are products, quotients and roots.
template <class W>
VT_DEVICE W power_number(W base, W exponent) {
  if (exponent == W(1)) return base;
  if (exponent == W(2)) return base * base;
  if (exponent == W(3)) return base * base * base;
  if (exponent == W(-1)) return W(1) / base;
  if (exponent == W(-2)) return W(1) / (base * base);
  if (exponent == W(0.5)) return root_of(base);
  if (exponent == W(-0.5)) return W(1) / root_of(base);
  return math::pow(base, exponent);
}

template <class C>
VT_DEVICE C complex_power_number(C base, C exponent) {
  using Part = decltype(C::real);
  const C one{Part{1}, Part{0}};
  if (exponent.imag == 0) {
    if (exponent.real == 1) return base;
    if (exponent.real == 2) return product_of(base, base);
    if (exponent.real == 3) return product_of(product_of(base, base), base);
    if (exponent.real == -1) return quotient_of(one, base);
    if (exponent.real == -2) return quotient_of(one, product_of(base, base));
  }
  return pairs::complex_power(base, exponent);
}

struct Power {
  template <class T>
  using Wide = Signed<T>;
  template <class T>
  using Out = T;
  BinaryKind kind;
  VT_DEVICE explicit Power(BinaryKind k) : kind(k) {}
  template <class T>
  VT_DEVICE Wide<T> apply(Wide<T> a, Wide<T> b, Wide<T>) const {
    if constexpr (std::is_integral_v<Wide<T>>) {
      return integer_power(a, b);
    } else if constexpr (kIsComplex<Wide<T>>) {
      return kind == BinaryKind::kPowNumber ? complex_power_number(a, b) : pairs::complex_power(a, b);
    } else {
      if (kind == BinaryKind::kAtan2) return math::atan2(a, b);
      return kind == BinaryKind::kPowNumber ? power_number(a, b) : math::pow(a, b);
    }
  }
};

template <BinaryKind kKind>
struct Known : Power {
  VT_DEVICE explicit Known(BinaryKind) : Power(kKind) {}
};

template <BinaryKind kKind>
BinaryKernels of_kind(DtypeIndex dtype) noexcept {
  return for_dtype(dtype, [&]<class T>() -> BinaryKernels {
    if constexpr (kIsReal<T> || (kKind != BinaryKind::kAtan2 && (kIsComplex<T> || std::is_integral_v<T>)))
      return kernels_for<Known<kKind>, Power, T>();
    return {};
  });
}

}  // namespace

BinaryKernels power_kernels(BinaryKind kind, DtypeIndex dtype) noexcept {
  switch (kind) {
    case BinaryKind::kPow: return of_kind<BinaryKind::kPow>(dtype);
    case BinaryKind::kPowNumber: return of_kind<BinaryKind::kPowNumber>(dtype);
    default: return of_kind<BinaryKind::kAtan2>(dtype);
  }
}

}  // namespace vt::cuda
