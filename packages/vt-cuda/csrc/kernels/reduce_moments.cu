// SPDX-License-Identifier: Apache-2.0
// Variance and mean by Welford's recurrence, and logarithms of summed exponentials, in double.
#include <vt/cpp/math.hpp>

#include "reduce_engine.cuh"

namespace vt::cuda {
namespace {

// Welford, 1962; merged as Chan, Golub and LeVeque, 1979.
struct Moments {
  double count = 0;
  double mean = 0;
  double squares = 0;  // of distances from the mean, summed
  VT_DEVICE void add(const Number& n, int64_t, const ReduceSettings&) {
    count += 1;
    const double distance = n.real - mean;
    mean += distance / count;
    squares += distance * (n.real - mean);
  }
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
    const double rest = settings.count - settings.correction;
    const double variance = squares / (rest > 0 ? rest : 0);
    store_slot(out[0], dtypes[0], real_number(settings.root ? sqrt(variance) : variance));
    store_slot(out[1], dtypes[1], real_number(count > 0 ? mean : count / count));
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

}  // namespace

ReduceKernels moment_kernels(ReduceKind kind, DtypeIndex in, DtypeIndex element, bool wide) noexcept {
  return kind == ReduceKind::kMoments ? kernels_of<Moments, Half, BFloat, float, double>(in, element, wide)
                                      : kernels_of<Exponentials, Half, BFloat, float, double>(in, element, wide);
}

}  // namespace vt::cuda
