// SPDX-License-Identifier: Apache-2.0
// How a reduction's dimensions are laid out for the device, and how its work is cut into blocks.
#pragma once

#include <vt/cpp/iter/reduce_rules.hpp>

#include <algorithm>
#include <bit>
#include <vector>

#include "../kernels/reduce.hpp"
#include "launch.hpp"

namespace vt::cuda {

// Enough blocks to fill a device, and what makes a slice worth a block of its own.
inline constexpr int64_t kFullBlocks = 1024;
inline constexpr int64_t kMinElementsPerLane = 8;

struct ReduceDim {
  int64_t size;
  int64_t strides[1 + kReduceSlots];  // bytes: of the input, then of the slots
};

// Some dimensions of the input, innermost first, merged where one stride walks both.
class ReduceDims {
 public:
  std::vector<ReduceDim> list;
  int64_t numel = 1;

  void add(const ReduceDim& dim) {
    numel *= dim.size;
    if (dim.size == 1) return;
    if (!list.empty()) {
      ReduceDim& last = list.back();
      bool joins = true;
      for (int k = 0; k <= kReduceSlots; ++k) joins &= last.size * last.strides[k] == dim.strides[k];
      if (joins) {
        last.size *= dim.size;
        return;
      }
    }
    list.push_back(dim);
  }
  template <class Index, int kOperands>
  Walk<Index, kOperands> walk() const noexcept {
    Walk<Index, kOperands> walk;
    walk.ndim = static_cast<int32_t>(numel == 0 ? 0 : list.size());
    for (int32_t d = 0; d < walk.ndim; ++d) {
      const ReduceDim& dim = list[static_cast<size_t>(d)];
      walk.sizes[d] = Extent<Index>::make(dim.size);
      for (int k = 0; k < kOperands; ++k) walk.strides[d][k] = static_cast<Index>(dim.strides[k]);
    }
    return walk;
  }
};

struct ReduceLayout {
  ReduceDims kept;
  ReduceDims reduced;
  bool columns = false;  // the innermost dimension is kept
  bool wide = false;
};

// `out[slot]` is null, or a tensor of the sizes of `t` without the reduced dimensions, or with ones for them.
inline ReduceLayout lay_out(const VtTensor* t, const ReducedDims& dims, const VtTensor* const* out) {
  const auto ndim = static_cast<size_t>(t->dl.ndim);
  InlineVector<size_t, 4> permutation;
  order_dims(t, permutation);
  Sizes out_strides[kReduceSlots];
  for (int slot = 0; slot < kReduceSlots; ++slot) {
    out_strides[slot].assign(ndim, 0);
    if (out[slot] == nullptr) continue;
    const bool keeps = static_cast<size_t>(out[slot]->dl.ndim) == ndim;
    size_t at = 0;
    for (size_t d = 0; d < ndim; ++d) {
      if (!dims[d]) out_strides[slot][d] = out[slot]->dl.strides[at] * itemsize_of(out[slot]->dl.dtype);
      if (keeps || !dims[d]) ++at;
    }
  }

  ReduceLayout layout;
  bool innermost = true;
  int64_t reach[1 + kReduceSlots] = {};
  for (const size_t d : permutation) {
    ReduceDim dim{t->dl.shape[d], {t->dl.strides[d] * itemsize_of(t->dl.dtype)}};
    for (int slot = 0; slot < kReduceSlots; ++slot) dim.strides[1 + slot] = out_strides[slot][d];
    if (dim.size != 1 && innermost) {
      layout.columns = !dims[d];
      innermost = false;
    }
    (dims[d] ? layout.reduced : layout.kept).add(dim);
    for (int k = 0; k <= kReduceSlots; ++k) reach[k] += std::max<int64_t>(dim.size - 1, 0) * std::abs(dim.strides[k]);
  }
  constexpr int64_t kLimit = std::numeric_limits<int32_t>::max() - 16;  // room for an element
  layout.wide = *std::max_element(reach, reach + 1 + kReduceSlots) > kLimit || t->numel > kLimit ||
                layout.kept.list.size() > kNarrowDims || layout.reduced.list.size() > kNarrowDims;
  return layout;
}

inline bool has_vectors(const VtTensor* t, const ReduceLayout& layout) noexcept {
  if (layout.columns || !is_aligned(t->dl.data) || layout.reduced.list.size() != 1 ||
      layout.reduced.list[0].strides[0] != itemsize_of(t->dl.dtype))
    return false;
  return std::all_of(layout.kept.list.begin(), layout.kept.list.end(),
                     [](const ReduceDim& dim) { return dim.strides[0] % 16 == 0; });
}

// Whether neighbouring outputs can be read by 16 bytes, whatever is reduced.
inline bool has_column_vectors(const VtTensor* t, const ReduceLayout& layout) noexcept {
  const int64_t itemsize = itemsize_of(t->dl.dtype);
  if (!layout.columns || !is_aligned(t->dl.data) || layout.kept.list[0].strides[0] != itemsize ||
      layout.kept.list[0].size * itemsize % 16 != 0)
    return false;
  const auto whole = [](const ReduceDim& dim) { return dim.strides[0] % 16 == 0; };
  return std::all_of(layout.kept.list.begin() + 1, layout.kept.list.end(), whole) &&
         std::all_of(layout.reduced.list.begin(), layout.reduced.list.end(), whole);
}

inline int64_t power_of_two(int64_t n) noexcept {
  return static_cast<int64_t>(std::bit_ceil(static_cast<uint64_t>(std::max<int64_t>(n, 1))));
}

// Fills in how the work is cut: by sizes alone, so that a result is the same on each run. `unit` elements are read at once, of
// neighbouring outputs where the innermost dimension is kept, else of one.
template <class Index>
void cut(ReduceParams<Index>& p, int64_t unit) noexcept {
  const int64_t across = p.columns ? unit : 1;
  const int64_t along = p.columns ? 1 : unit;
  const int64_t units = ceil_divide(p.num_reduced, along);
  int64_t lanes = 0;
  if (p.columns) {
    const int64_t packs = ceil_divide(p.num_outputs, across);
    lanes = std::min(kBlockThreads / std::min<int64_t>(32, power_of_two(packs)), power_of_two(units));
  } else {
    lanes =
        std::min<int64_t>(kBlockThreads, std::max(power_of_two(units / 4), std::min<int64_t>(32, power_of_two(units))));
  }
  const int64_t outputs = kBlockThreads / lanes * across;
  p.outputs_log2 = std::countr_zero(static_cast<uint64_t>(outputs));
  const int64_t blocks = ceil_divide(p.num_outputs, outputs);
  const int64_t worthwhile = p.num_reduced / (lanes * along * kMinElementsPerLane);
  const int64_t slices = std::clamp<int64_t>(std::min(kFullBlocks / blocks, worthwhile), 1, kFullBlocks);
  const int64_t grain = lanes * along;
  p.slice = std::max<int64_t>(ceil_divide(ceil_divide(p.num_reduced, slices), grain) * grain, 1);
  p.num_slices = static_cast<int32_t>(std::max<int64_t>(ceil_divide(p.num_reduced, p.slice), 1));
}

}  // namespace vt::cuda
