// SPDX-License-Identifier: Apache-2.0
// Vector norms of every order, in double.
#include <vt/cpp/math/complex.hpp>

#include "reduce_engine.cuh"

namespace vt::cuda {
namespace {

VT_DEVICE double power_of(double x, double exponent) { return math::exp(exponent * math::log(x)); }

template <bool kComplex>
VT_DEVICE double magnitude_of(const Number& n) {
  if constexpr (kComplex) {
    return math::complex::abs({n.real, n.imag});
  } else {
    return fabs(n.real);
  }
}

template <ReduceKind kKind, bool kComplex>
struct AddedNorm {
  double total = 0;
  VT_DEVICE void add(const Number& n, int64_t, const ReduceSettings& settings) {
    if constexpr (kKind == ReduceKind::kNorm0) total += n.real != 0 || (kComplex && n.imag != 0) ? 1.0 : 0.0;
    if constexpr (kKind == ReduceKind::kNorm1) total += magnitude_of<kComplex>(n);
    if constexpr (kKind == ReduceKind::kNorm2) total += kComplex ? n.real * n.real + n.imag * n.imag : n.real * n.real;
    if constexpr (kKind == ReduceKind::kNormP) total += power_of(magnitude_of<kComplex>(n), settings.exponent);
  }
  VT_DEVICE void add(const AddedNorm& other) { total += other.total; }
  VT_DEVICE void store(char* const* out, const DtypeIndex* dtypes, const ReduceSettings& settings) const {
    double norm = total;
    if constexpr (kKind == ReduceKind::kNorm2) norm = sqrt(total);
    if constexpr (kKind == ReduceKind::kNormP) norm = power_of(total, 1 / settings.exponent);
    store_slot(out[0], dtypes[0], real_number(norm));
  }
};

// A NaN prevails.
template <bool kMaximum, bool kComplex>
struct ExtremeNorm {
  double value = kMaximum ? 0.0 : math::detail::kInfinity<double>;
  VT_DEVICE void take(double x) {
    if ((kMaximum ? x > value : x < value) || x != x) value = x;
  }
  VT_DEVICE void add(const Number& n, int64_t, const ReduceSettings&) { take(magnitude_of<kComplex>(n)); }
  VT_DEVICE void add(const ExtremeNorm& other) { take(other.value); }
  VT_DEVICE void store(char* const* out, const DtypeIndex* dtypes, const ReduceSettings&) const {
    store_slot(out[0], dtypes[0], real_number(value));
  }
};

ReduceKernels complex_norm_kernels(ReduceKind kind, DtypeIndex in, DtypeIndex element, bool wide) noexcept {
  switch (kind) {
    case ReduceKind::kNorm0: return kernels_of<AddedNorm<ReduceKind::kNorm0, true>>(in, element, wide);
    case ReduceKind::kNorm1: return kernels_of<AddedNorm<ReduceKind::kNorm1, true>>(in, element, wide);
    case ReduceKind::kNorm2: return kernels_of<AddedNorm<ReduceKind::kNorm2, true>>(in, element, wide);
    case ReduceKind::kNormMax: return kernels_of<ExtremeNorm<true, true>>(in, element, wide);
    case ReduceKind::kNormMin: return kernels_of<ExtremeNorm<false, true>>(in, element, wide);
    default: return kernels_of<AddedNorm<ReduceKind::kNormP, true>>(in, element, wide);
  }
}

}  // namespace

ReduceKernels norm_kernels(ReduceKind kind, DtypeIndex in, DtypeIndex element, bool wide) noexcept {
  if (dtype_info(element).category == Category::kComplex) return complex_norm_kernels(kind, in, element, wide);
  switch (kind) {
    case ReduceKind::kNorm0: return kernels_of<AddedNorm<ReduceKind::kNorm0, false>>(in, element, wide);
    case ReduceKind::kNorm1: return kernels_of<AddedNorm<ReduceKind::kNorm1, false>, BFloat, float>(in, element, wide);
    case ReduceKind::kNorm2:
      return kernels_of<AddedNorm<ReduceKind::kNorm2, false>, Half, BFloat, float>(in, element, wide);
    case ReduceKind::kNormMax: return kernels_of<ExtremeNorm<true, false>, BFloat, float>(in, element, wide);
    case ReduceKind::kNormMin: return kernels_of<ExtremeNorm<false, false>>(in, element, wide);
    default: return kernels_of<AddedNorm<ReduceKind::kNormP, false>>(in, element, wide);
  }
}

}  // namespace vt::cuda
