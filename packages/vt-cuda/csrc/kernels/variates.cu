// SPDX-License-Identifier: Apache-2.0
// Poisson, binomial and gamma numbers: the CPU's, bit for bit (Note [Rejection] in vt/cpp/variates.hpp).
#include "variates.hpp"

#include <vt/cpp/variates.hpp>

#include "elements.cuh"

namespace vt::cuda {
namespace {

// The smallest normal number of the dtype, which takes the place of a gamma number that is none.
VT_DEVICE double smallest_of(DtypeIndex dtype) {
  return dtype == DtypeIndex::kFloat64 ? 0x1p-1022 : dtype == DtypeIndex::kFloat16 ? 0x1p-14 : 0x1p-126;
}

template <Variate kVariate>
VT_DEVICE double drawn(double a, double b, rng::Stream& stream) {
  if constexpr (kVariate == Variate::kPoisson) {
    return a < 0.0 ? math::detail::kNaN<double> : rng::poisson(a, stream);
  } else if constexpr (kVariate == Variate::kBinomial) {
    return rng::binomial(a, b, stream);
  } else if constexpr (kVariate == Variate::kStandardGamma) {
    return rng::standard_gamma(a, stream);
  } else {
    return rng::standard_gamma_slope(a, b);
  }
}

template <Variate kVariate>
__global__ void __launch_bounds__(kBlockThreads) variates(const __grid_constant__ VariateParams p) {
  wait_for_previous_kernel();
  const int64_t i = static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x;
  if (i >= p.num) return;
  const RandomPlace place = p.numbers.place();
  rng::Stream stream(place.seed, place.offset + static_cast<uint64_t>(i));
  const double a = load_any(p.a + i * p.itemsize, p.dtype).real;
  const double b = p.b == nullptr ? 0.0 : load_any(p.b + i * p.itemsize, p.dtype).real;
  double value = drawn<kVariate>(a, b, stream);
  if constexpr (kVariate == Variate::kStandardGamma) value = math::detail::at_least(value, smallest_of(p.dtype));
  store_any(p.out + i * p.itemsize, p.dtype, Number{Number::kReal, 0, value, 0});
}

}  // namespace

const void* variate_kernel(Variate variate) noexcept {
  switch (variate) {
    case Variate::kPoisson: return reinterpret_cast<const void*>(&variates<Variate::kPoisson>);
    case Variate::kBinomial: return reinterpret_cast<const void*>(&variates<Variate::kBinomial>);
    case Variate::kStandardGamma: return reinterpret_cast<const void*>(&variates<Variate::kStandardGamma>);
    default: return reinterpret_cast<const void*>(&variates<Variate::kStandardGammaGrad>);
  }
}

}  // namespace vt::cuda
