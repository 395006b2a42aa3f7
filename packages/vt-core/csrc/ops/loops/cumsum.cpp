// SPDX-License-Identifier: Apache-2.0
// Loops of running sums: floating dtypes add in double and round each sum once.
#include "ops/loops/extremes.hpp"
#include "ops/loops/reduction.hpp"

namespace vt::core::VT_ISA {

namespace {

template <class T>
void cumsum(const char* src, char* out, const ScanLine& line) {
  using Sum = std::conditional_t<std::is_floating_point_v<Wide<T>>, double, uint64_t>;
  if (line.columns == 1) {
    Sum sum{};
    for (int64_t i = 0; i < line.length; ++i) {
      sum += static_cast<Sum>(widen(load<T>(src + i * line.src_stride)));
      store(out + i * line.out_stride, convert_element<T>(sum));
    }
    return;
  }
  Sum sums[kReduceColumns] = {};
  for (int64_t i = 0; i < line.length; ++i) VT_INDEPENDENT_LOOP for (int64_t c = 0; c < line.columns; ++c) {
      sums[c] += static_cast<Sum>(widen(load<T>(src + i * line.src_stride + c * line.src_column)));
      store(out + i * line.out_stride + c * line.out_column, convert_element<T>(sums[c]));
    }
}

}  // namespace

void fill_cumsum() {
  ReductionLoops& table = chosen_loops<ReductionLoops>;
  for_each_dtype([&]<class T, size_t Index>() {
    if constexpr (kIsOrdered<T> && !std::is_same_v<T, Bool>) table.cumsum[Index] = &cumsum<T>;
  });
}

}  // namespace vt::core::VT_ISA
