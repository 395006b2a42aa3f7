// SPDX-License-Identifier: Apache-2.0
// Sums, products and tests, and the look-up of all reductions.
#include "reduce_engine.cuh"

namespace vt::cuda {
namespace {

struct IntegerSum {
  uint64_t total = 0;
  VT_DEVICE void add(const Number& n, int64_t, const ReduceSettings&) { total += static_cast<uint64_t>(n.integer); }
  VT_DEVICE void add(const IntegerSum& other) { total += other.total; }
  VT_DEVICE void store(char* const* out, const DtypeIndex* dtypes, const ReduceSettings&) const {
    store_slot(out[0], dtypes[0], integer_number(static_cast<int64_t>(total)));
  }
};

struct RealPart {
  double total = 0;
  VT_DEVICE void add(double v) { total += v; }
  VT_DEVICE void add(const RealPart& other) { total += other.total; }
  VT_DEVICE double value() const { return total; }
};

// Keeps what each addition rounds off (Knuth's two-sum). That counts only while the total is finite: beyond, it is NaN.
struct ExactPart {
  double total = 0;
  double lost = 0;
  VT_DEVICE void add(double v) {
    const double sum = total + v;
    const double shadow = sum - total;
    lost += (total - (sum - shadow)) + (v - shadow);
    total = sum;
  }
  VT_DEVICE void add(const ExactPart& other) {
    add(other.total);
    lost += other.lost;
  }
  VT_DEVICE double value() const { return total - total == 0 ? total + lost : total; }
};

VT_DEVICE double divisor_of(const ReduceSettings& settings) { return settings.mean ? settings.count : 1.0; }

template <class Part>
struct RealSum {
  Part part;
  VT_DEVICE void add(const Number& n, int64_t, const ReduceSettings&) { part.add(n.real); }
  VT_DEVICE void add(const RealSum& other) { part.add(other.part); }
  VT_DEVICE void store(char* const* out, const DtypeIndex* dtypes, const ReduceSettings& settings) const {
    store_slot(out[0], dtypes[0], real_number(part.value() / divisor_of(settings)));
  }
};

template <class Part>
struct ComplexSum : PairOfCells<Part> {
  VT_DEVICE void store(char* const* out, const DtypeIndex* dtypes, const ReduceSettings& settings) const {
    const double divisor = divisor_of(settings);
    store_slot(out[0], dtypes[0], complex_number(this->real.value() / divisor, this->imag.value() / divisor));
  }
};

struct IntegerProduct {
  uint64_t total = 1;
  VT_DEVICE void add(const Number& n, int64_t, const ReduceSettings&) { total *= static_cast<uint64_t>(n.integer); }
  VT_DEVICE void add(const IntegerProduct& other) { total *= other.total; }
  VT_DEVICE void store(char* const* out, const DtypeIndex* dtypes, const ReduceSettings&) const {
    store_slot(out[0], dtypes[0], integer_number(static_cast<int64_t>(total)));
  }
};

struct RealProduct {
  double total = 1;
  VT_DEVICE void add(const Number& n, int64_t, const ReduceSettings&) { total *= n.real; }
  VT_DEVICE void add(const RealProduct& other) { total *= other.total; }
  VT_DEVICE void store(char* const* out, const DtypeIndex* dtypes, const ReduceSettings&) const {
    store_slot(out[0], dtypes[0], real_number(total));
  }
};

struct ComplexProduct {
  double real = 1;
  double imag = 0;
  VT_DEVICE void multiply(double other_real, double other_imag) {
    const double product = real * other_real - imag * other_imag;
    imag = real * other_imag + imag * other_real;
    real = product;
  }
  VT_DEVICE void add(const Number& n, int64_t, const ReduceSettings&) { multiply(n.real, n.imag); }
  VT_DEVICE void add(const ComplexProduct& other) { multiply(other.real, other.imag); }
  VT_DEVICE void store(char* const* out, const DtypeIndex* dtypes, const ReduceSettings&) const {
    store_slot(out[0], dtypes[0], complex_number(real, imag));
  }
};

template <bool kAll>
struct Test {
  bool value = kAll;
  VT_DEVICE void add(const Number& n, int64_t, const ReduceSettings&) {
    const bool holds = convert<Bool>(n).bits != 0;
    value = kAll ? value && holds : value || holds;
  }
  VT_DEVICE void add(const Test& other) { value = kAll ? value && other.value : value || other.value; }
  VT_DEVICE void store(char* const* out, const DtypeIndex* dtypes, const ReduceSettings&) const {
    store_slot(out[0], dtypes[0], integer_number(value));
  }
};

ReduceKernels product_kernels(DtypeIndex in, DtypeIndex element, bool wide) noexcept {
  switch (dtype_info(element).category) {
    case Category::kComplex: return kernels_of<ComplexProduct>(in, element, wide);
    case Category::kFloating: return kernels_of<RealProduct>(in, element, wide);
    default: return kernels_of<IntegerProduct>(in, element, wide);
  }
}

}  // namespace

ReduceKernels sum_kernels(DtypeIndex in, DtypeIndex element, bool wide) noexcept {
  switch (dtype_info(element).category) {
    case Category::kComplex:
      return element == DtypeIndex::kComplex64
                 ? kernels_with_columns<ComplexSum<RealPart>, Complex<float>>(in, element, wide)
                 : kernels_with_columns<ComplexSum<ExactPart>, Complex<double>>(in, element, wide);
    case Category::kFloating:
      return element == DtypeIndex::kFloat64
                 ? kernels_with_columns<RealSum<ExactPart>, double>(in, element, wide)
                 : kernels_with_columns<RealSum<RealPart>, Half, BFloat, float>(in, element, wide);
    default: return kernels_with_columns<IntegerSum, int64_t, int32_t>(in, element, wide);
  }
}

ReduceKernels reduce_kernels(ReduceKind kind, DtypeIndex in, DtypeIndex element, bool wide) noexcept {
  switch (kind) {
    case ReduceKind::kSum: return sum_kernels(in, element, wide);
    case ReduceKind::kProd: return product_kernels(in, element, wide);
    case ReduceKind::kAny: return kernels_of<Test<false>, Bool>(in, element, wide);
    case ReduceKind::kAll: return kernels_of<Test<true>, Bool>(in, element, wide);
    case ReduceKind::kMax:
    case ReduceKind::kMin: return extreme_kernels(kind, in, element, wide);
    case ReduceKind::kArgmax:
    case ReduceKind::kArgmin: return position_kernels(kind, in, element, wide);
    case ReduceKind::kMoments:
    case ReduceKind::kLogSumExp: return moment_kernels(kind, in, element, wide);
    default: return norm_kernels(kind, in, element, wide);
  }
}

}  // namespace vt::cuda
