// SPDX-License-Identifier: Apache-2.0
// Linear recurrences: x[i] + f[i] (x[i - 1] + f[i - 1] (...)), computed in double.
#include "scaled.cuh"
#include "scan_lines.cuh"

namespace vt::cuda {
namespace {

// What a run of steps makes of a value that comes before it: value + factor * before. The factor of the first step of a line
// is never used, whatever it is. A product of factors may overflow where it then meets a zero.
template <class V>
struct Affine {
  using Value = V;
  using Factor = V;
  Scaled<V> factor{};
  V sum{};
  bool any = false;
  VT_DEVICE void add(V x, V f, int64_t) {
    if (any) {
      sum = plus(x, times(f, sum));
      factor = factor * Scaled<V>::of(f);
    } else {
      sum = x;
      factor = Scaled<V>::of(f);
    }
    any = true;
  }
  VT_DEVICE static Affine joined(const Affine& before, const Affine& after) {
    if (!before.any || !after.any) return after.any ? after : before;
    return {before.factor * after.factor, plus(after.sum, after.factor * before.sum), true};
  }
  VT_DEVICE V value() const { return sum; }
};

}  // namespace

ScanKernels affine_scan_kernels(DtypeIndex dtype) noexcept {
  return dtype_info(dtype).category == Category::kComplex
             ? scan_kernels_for<Affine<ComplexNumber>, false>(dtype, dtype)
             : scan_kernels_for<Affine<double>, false, Half, BFloat, float, double>(dtype, dtype);
}

}  // namespace vt::cuda
