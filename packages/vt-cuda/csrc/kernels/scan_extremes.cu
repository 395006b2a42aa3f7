// SPDX-License-Identifier: Apache-2.0
// The largest and smallest elements so far, and where they are.
#include "scan_lines.cuh"

namespace vt::cuda {
namespace {

// A NaN prevails, and of equal elements the last one counts.
template <class V, bool kLargest>
struct Extreme {
  using Value = V;
  V best{};
  int64_t step = -1;
  VT_DEVICE void add(V x, V, int64_t at) { *this = joined(*this, {x, at}); }
  VT_DEVICE static Extreme joined(const Extreme& before, const Extreme& after) {
    if (before.step < 0 || after.step < 0) return after.step < 0 ? before : after;
    const bool is_number = before.best == before.best;
    const bool prevails = kLargest ? after.best >= before.best : after.best <= before.best;
    return after.best != after.best || (is_number && prevails) ? after : before;
  }
  VT_DEVICE V value() const { return best; }
  VT_DEVICE int64_t place() const { return step; }
};

template <bool kLargest>
ScanKernels by_dtype(DtypeIndex dtype) noexcept {
  if (dtype_info(dtype).category == Category::kFloating)
    return scan_kernels_for<Extreme<double, kLargest>, true, Half, BFloat, float, double>(dtype, dtype);
  if (dtype == DtypeIndex::kUInt64) return scan_kernels_for<Extreme<uint64_t, kLargest>, false>(dtype, dtype);
  return scan_kernels_for<Extreme<int64_t, kLargest>, true, int64_t>(dtype, dtype);
}

}  // namespace

ScanKernels extreme_scan_kernels(ScanKind kind, DtypeIndex dtype) noexcept {
  return kind == ScanKind::kLargest ? by_dtype<true>(dtype) : by_dtype<false>(dtype);
}

}  // namespace vt::cuda
