// SPDX-License-Identifier: Apache-2.0
// xlogy and xlog1py, the zeta and incomplete gamma functions, and the orthogonal polynomials.
#include <vt/cpp/math/incomplete_gamma.hpp>
#include <vt/cpp/math/orthogonal.hpp>
#include <vt/cpp/math/zeta.hpp>

#include "binary.cuh"

namespace vt::cuda {
namespace {

template <class W>
VT_DEVICE W times_log(W x, W y, W log) {
  return (x == W{0}) & (y == y) ? W{0} : x * log;
}

// Computed in double. Not inlined: one copy serves all kernels, and a call is short beside it.
template <BinaryKind kKind>
__device__ [[gnu::noinline]] double in_double(double x, double y) {
  if constexpr (kKind == BinaryKind::kZeta) return math::zeta(x, y);
  if constexpr (kKind == BinaryKind::kGammainc) return math::gammainc(x, y);
  if constexpr (kKind == BinaryKind::kGammaincc) return math::gammaincc(x, y);
  if constexpr (kKind == BinaryKind::kChebyshevT) return math::chebyshev_t(x, y);
  if constexpr (kKind == BinaryKind::kChebyshevU) return math::chebyshev_u(x, y);
  if constexpr (kKind == BinaryKind::kChebyshevV) return math::chebyshev_v(x, y);
  if constexpr (kKind == BinaryKind::kChebyshevW) return math::chebyshev_w(x, y);
  if constexpr (kKind == BinaryKind::kHermiteH) return math::hermite_h(x, y);
  if constexpr (kKind == BinaryKind::kHermiteHe) return math::hermite_he(x, y);
  if constexpr (kKind == BinaryKind::kLaguerre) return math::laguerre(x, y);
  if constexpr (kKind == BinaryKind::kLegendre) return math::legendre(x, y);
}

struct SpecialPair {
  template <class T>
  using Wide = Signed<T>;
  template <class T>
  using Out = T;
  BinaryKind kind;
  VT_DEVICE explicit SpecialPair(BinaryKind k) : kind(k) {}

  VT_DEVICE double other(double x, double y) const {
    const double shifted = x + x - 1.0;
    switch (kind) {
      case BinaryKind::kZeta: return in_double<BinaryKind::kZeta>(x, y);
      case BinaryKind::kGammainc: return in_double<BinaryKind::kGammainc>(x, y);
      case BinaryKind::kGammaincc: return in_double<BinaryKind::kGammaincc>(x, y);
      case BinaryKind::kChebyshevT: return in_double<BinaryKind::kChebyshevT>(x, y);
      case BinaryKind::kChebyshevU: return in_double<BinaryKind::kChebyshevU>(x, y);
      case BinaryKind::kChebyshevV: return in_double<BinaryKind::kChebyshevV>(x, y);
      case BinaryKind::kChebyshevW: return in_double<BinaryKind::kChebyshevW>(x, y);
      case BinaryKind::kShiftedChebyshevT: return in_double<BinaryKind::kChebyshevT>(shifted, y);
      case BinaryKind::kShiftedChebyshevU: return in_double<BinaryKind::kChebyshevU>(shifted, y);
      case BinaryKind::kShiftedChebyshevV: return in_double<BinaryKind::kChebyshevV>(shifted, y);
      case BinaryKind::kShiftedChebyshevW: return in_double<BinaryKind::kChebyshevW>(shifted, y);
      case BinaryKind::kHermiteH: return in_double<BinaryKind::kHermiteH>(x, y);
      case BinaryKind::kHermiteHe: return in_double<BinaryKind::kHermiteHe>(x, y);
      case BinaryKind::kLaguerre: return in_double<BinaryKind::kLaguerre>(x, y);
      default: return in_double<BinaryKind::kLegendre>(x, y);
    }
  }
  template <class T>
  VT_DEVICE Wide<T> apply(Wide<T> x, Wide<T> y, Wide<T>) const {
    if (kind == BinaryKind::kXlogy) return times_log(x, y, math::log(y));
    if (kind == BinaryKind::kXlog1py) return times_log(x, y, math::log1p(y));
    return static_cast<Wide<T>>(other(static_cast<double>(x), static_cast<double>(y)));
  }
};

template <BinaryKind kKind>
struct Known : SpecialPair {
  VT_DEVICE explicit Known(BinaryKind) : SpecialPair(kKind) {}
};

template <class T>
BinaryKernels of_dtype(BinaryKind kind) noexcept {
  if (kind == BinaryKind::kXlogy) return kernels_for<Known<BinaryKind::kXlogy>, SpecialPair, T>();
  if (kind == BinaryKind::kXlog1py) return kernels_for<Known<BinaryKind::kXlog1py>, SpecialPair, T>();
  // The rest computes for longer than it reads.
  return {nullptr, reinterpret_cast<const void*>(&binary_strided<SpecialPair, T, int32_t>),
          reinterpret_cast<const void*>(&binary_strided<SpecialPair, T, int64_t>)};
}

}  // namespace

BinaryKernels special_pair_kernels(BinaryKind kind, DtypeIndex dtype) noexcept {
  return for_dtype(dtype, [&]<class T>() -> BinaryKernels {
    if constexpr (kIsReal<T>) return of_dtype<T>(kind);
    return {};
  });
}

}  // namespace vt::cuda
