// SPDX-License-Identifier: Apache-2.0
// Running sums, products and exponential sums. Floating dtypes are computed in double and rounded once per element.
#include "scaled.cuh"
#include "scan_lines.cuh"

namespace vt::cuda {
namespace {

template <class V>
struct Sum {
  using Value = V;
  V total{};
  VT_DEVICE void add(V x, V, int64_t) { total = plus(total, x); }
  VT_DEVICE static Sum joined(const Sum& before, const Sum& after) { return {plus(before.total, after.total)}; }
  VT_DEVICE V value() const { return total; }
};

template <class V>
VT_DEVICE V one() {
  if constexpr (std::is_same_v<V, ComplexNumber>) {
    return {1, 0};
  } else {
    return V{1};
  }
}

// A partial product may overflow where the whole one, which began with a zero, does not.
template <class V>
struct Product {
  using Value = V;
  Scaled<V> total{one<V>()};
  VT_DEVICE void add(V x, V, int64_t) { total = total * Scaled<V>::of(x); }
  VT_DEVICE static Product joined(const Product& before, const Product& after) { return {before.total * after.total}; }
  VT_DEVICE V value() const { return total * one<V>(); }
};
template <>
struct Product<uint64_t> {
  using Value = uint64_t;
  uint64_t total = 1;
  VT_DEVICE void add(uint64_t x, uint64_t, int64_t) { total *= x; }
  VT_DEVICE static Product joined(const Product& before, const Product& after) { return {before.total * after.total}; }
  VT_DEVICE uint64_t value() const { return total; }
};

inline constexpr double kLowest = -math::detail::kInfinity<double>;

// log(e^a + e^b) by the distance to the larger one; infinities and NaN prevail.
VT_DEVICE double log_sum(double a, double b) {
  const double largest = a < b || b != b ? b : a;
  const double distance = a < b ? a - b : b - a;
  // Two infinities of one sign have no distance.
  return a == b && a - a != 0 ? a : largest + math::log1p(math::exp(distance));
}
VT_DEVICE ComplexNumber log_sum(ComplexNumber a, ComplexNumber b) {
  if (a.real == kLowest) return b;
  if (b.real == kLowest) return a;
  const double largest = a.real < b.real ? b.real : a.real;
  if (largest - largest != 0) return a.real < b.real || b.real != b.real ? b : a;
  const ComplexNumber x = math::complex::exp(ComplexNumber{a.real - largest, a.imag});
  const ComplexNumber y = math::complex::exp(ComplexNumber{b.real - largest, b.imag});
  const ComplexNumber total = math::complex::log(plus(x, y));
  return {total.real + largest, total.imag};
}

template <class V>
VT_DEVICE V nothing() {
  if constexpr (std::is_same_v<V, ComplexNumber>) {
    return {kLowest, 0};
  } else {
    return kLowest;
  }
}

template <class V>
struct LogSumExp {
  using Value = V;
  V total = nothing<V>();
  VT_DEVICE void add(V x, V, int64_t) { total = log_sum(total, x); }
  VT_DEVICE static LogSumExp joined(const LogSumExp& before, const LogSumExp& after) {
    return {log_sum(before.total, after.total)};
  }
  VT_DEVICE V value() const { return total; }
};

template <template <class> class Cell>
ScanKernels by_category(DtypeIndex in, DtypeIndex out) noexcept {
  switch (dtype_info(out).category) {
    case Category::kComplex: return scan_kernels_for<Cell<ComplexNumber>, false>(in, out);
    case Category::kFloating: return scan_kernels_for<Cell<double>, true, Half, BFloat, float, double>(in, out);
    default: return scan_kernels_for<Cell<uint64_t>, true, int64_t>(in, out);
  }
}

}  // namespace

ScanKernels sum_scan_kernels(DtypeIndex in, DtypeIndex out) noexcept { return by_category<Sum>(in, out); }
ScanKernels product_scan_kernels(DtypeIndex in, DtypeIndex out) noexcept { return by_category<Product>(in, out); }
ScanKernels logsumexp_scan_kernels(DtypeIndex dtype) noexcept {
  return dtype_info(dtype).category == Category::kComplex
             ? scan_kernels_for<LogSumExp<ComplexNumber>, false>(dtype, dtype)
             : scan_kernels_for<LogSumExp<double>, false, Half, BFloat, float, double>(dtype, dtype);
}

ScanKernels scan_kernels(ScanKind kind, DtypeIndex in, DtypeIndex out) noexcept {
  switch (kind) {
    case ScanKind::kSum: return sum_scan_kernels(in, out);
    case ScanKind::kProduct: return product_scan_kernels(in, out);
    case ScanKind::kLogSumExp: return logsumexp_scan_kernels(out);
    case ScanKind::kAffine: return affine_scan_kernels(out);
    default: return extreme_scan_kernels(kind, out);
  }
}

}  // namespace vt::cuda
