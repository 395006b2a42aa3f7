// SPDX-License-Identifier: Apache-2.0
// Variance and mean by Welford's recurrence, and logarithms of summed exponentials, in double.
#include <vt/cpp/math/complex.hpp>

#include "reduce_engine.cuh"

namespace vt::cuda {
namespace {

// Welford, 1962; merged as Chan, Golub and LeVeque, 1979.
struct Moments {
  double count = 0;
  double mean = 0;
  double squares = 0;  // of distances from the mean, summed
  VT_DEVICE void add(double value) {
    count += 1;
    const double distance = value - mean;
    mean += distance / count;
    squares += distance * (value - mean);
  }
  VT_DEVICE void add(const Number& n, int64_t, const ReduceSettings&) { add(n.real); }
  VT_DEVICE void add(const Moments& other) {
    if (other.count == 0) return;
    const double total = count + other.count;
    const double distance = other.mean - mean;
    const double part = other.count / total;
    mean += distance * part;
    squares += other.squares + distance * distance * count * part;
    count = total;
  }
  VT_DEVICE void store(char* const* out, const DtypeIndex* dtypes, const ReduceSettings& settings) const {
    store_slot(out[0], dtypes[0], real_number(spread_of(squares, settings)));
    store_slot(out[1], dtypes[1], real_number(known_mean()));
  }
  // NaN for no elements.
  VT_DEVICE double known_mean() const { return count > 0 ? mean : count / count; }
  // The variance of summed squares of distances, or its root.
  static VT_DEVICE double spread_of(double squares, const ReduceSettings& settings) {
    const double rest = settings.count - settings.correction;
    const double variance = squares / (rest > 0 ? rest : 0);
    return settings.root ? sqrt(variance) : variance;
  }
};

// The variance of complex numbers is the sum of those of their parts.
struct ComplexMoments : PairOfCells<Moments> {
  VT_DEVICE void store(char* const* out, const DtypeIndex* dtypes, const ReduceSettings& settings) const {
    store_slot(out[0], dtypes[0], real_number(Moments::spread_of(real.squares + imag.squares, settings)));
    store_slot(out[1], dtypes[1], complex_number(real.known_mean(), imag.known_mean()));
  }
};

// The sum of exp(x - shift), where the shift is the largest x so far; 0 before there is any above -inf.
struct Exponentials {
  double shift = 0;
  double sum = 0;
  VT_DEVICE void add(const Number& n, int64_t, const ReduceSettings&) {
    const bool finite = n.real - n.real == 0;
    add(finite ? Exponentials{n.real, 1} : Exponentials{0, math::exp(n.real)});
  }
  VT_DEVICE void add(const Exponentials& other) {
    if (other.sum == 0) return;
    if (sum == 0) {
      *this = other;
      return;
    }
    const double total = sum + other.sum;
    const double largest = shift > other.shift ? shift : other.shift;
    const bool finite = total - total == 0;
    sum = finite ? sum * math::exp(shift - largest) + other.sum * math::exp(other.shift - largest) : total;
    shift = largest;
  }
  VT_DEVICE void store(char* const* out, const DtypeIndex* dtypes, const ReduceSettings&) const {
    store_slot(out[0], dtypes[0], real_number(math::log(sum) + shift));
  }
};

// The same of complex numbers, where sums of powers may be zero; the shift is the largest real part.
struct ComplexExponentials {
  double shift = 0;
  math::complex::Complex sum{0, 0};
  bool is_empty = true;
  VT_DEVICE void add(const Number& n, int64_t, const ReduceSettings&) {
    const bool finite = n.real - n.real == 0;
    const math::complex::Complex power = math::complex::exp({finite ? 0.0 : n.real, n.imag});
    // Of minus infinity nothing is added.
    if (power.real == 0 && power.imag == 0) return;
    ComplexExponentials own;
    own.shift = finite ? n.real : 0;
    own.sum = power;
    own.is_empty = false;
    add(own);
  }
  VT_DEVICE void add(const ComplexExponentials& other) {
    if (other.is_empty) return;
    if (is_empty) {
      *this = other;
      return;
    }
    const double largest = shift > other.shift ? shift : other.shift;
    const double total = sum.real + sum.imag + other.sum.real + other.sum.imag;
    const bool finite = total - total == 0;
    const double own_scale = finite ? math::exp(shift - largest) : 1;
    const double other_scale = finite ? math::exp(other.shift - largest) : 1;
    sum.real = sum.real * own_scale + other.sum.real * other_scale;
    sum.imag = sum.imag * own_scale + other.sum.imag * other_scale;
    shift = largest;
  }
  VT_DEVICE void store(char* const* out, const DtypeIndex* dtypes, const ReduceSettings&) const {
    const math::complex::Complex log = math::complex::log(sum);
    store_slot(out[0], dtypes[0], complex_number(log.real + shift, log.imag));
  }
};

}  // namespace

ReduceKernels moment_kernels(ReduceKind kind, DtypeIndex in, DtypeIndex element, bool wide) noexcept {
  if (dtype_info(element).category == Category::kComplex)
    return kind == ReduceKind::kMoments ? kernels_of<ComplexMoments>(in, element, wide)
                                        : kernels_of<ComplexExponentials>(in, element, wide);
  return kind == ReduceKind::kMoments ? kernels_of<Moments, Half, BFloat, float, double>(in, element, wide)
                                      : kernels_of<Exponentials, Half, BFloat, float, double>(in, element, wide);
}

}  // namespace vt::cuda
