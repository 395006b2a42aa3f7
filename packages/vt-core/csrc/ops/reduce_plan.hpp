// SPDX-License-Identifier: Apache-2.0
// ReducePlan: how the elements of one tensor are dealt to jobs on the CPU.
#pragma once

#include <vt/cpp/iter/reduce_rules.hpp>

#include "ops/loops/reduction.hpp"
#include "ops/runs.hpp"

// Note [Reductions]
// Dimensions are sorted by stride, merged and parted into kept and reduced ones. When the innermost is reduced, each
// output element is gathered from runs; when it is kept, up to kReduceColumns neighbouring outputs are gathered row by row.
// A job is one output element or one block of columns, over one slice of the reduced elements. There is one slice unless
// the outputs are few and the elements many. How work is cut depends on sizes and strides alone, and slices are merged in
// order, so the result does not depend on the number of threads.
namespace vt::core {

inline constexpr int64_t kSliceElements = 4 * kGrain;
inline constexpr int64_t kMaxSlices = 256;
inline constexpr int64_t kShortRun = 16;

// Some of the dimensions of an input, innermost first, strides in bytes.
class ReduceDims {
 public:
  static constexpr int kNumSlots = 2;

  Sizes sizes;
  Sizes strides;
  Sizes out_strides[kNumSlots];  // of the kept ones
  int64_t numel = 1;

  void add(int64_t size, int64_t stride, const int64_t* out_stride) {
    numel *= size;
    if (size == 1) return;
    const size_t n = sizes.size();
    if (n > 0) {
      bool joins = sizes[n - 1] * strides[n - 1] == stride;
      for (int slot = 0; slot < kNumSlots; ++slot) joins &= sizes[n - 1] * out_strides[slot][n - 1] == out_stride[slot];
      if (joins) {
        sizes[n - 1] *= size;
        return;
      }
    }
    push(sizes, size);
    push(strides, stride);
    for (int slot = 0; slot < kNumSlots; ++slot) push(out_strides[slot], out_stride[slot]);
  }
  int64_t offset(int64_t index, const Sizes& by) const noexcept {
    int64_t bytes = 0;
    for (size_t d = 0; d < sizes.size(); ++d) {
      bytes += index % sizes[d] * by[d];
      index /= sizes[d];
    }
    return bytes;
  }

 private:
  static void push(Sizes& list, int64_t value) {
    const size_t n = list.size();
    Sizes kept;
    kept.assign(std::span<const int64_t>(list));
    list.resize(n + 1);
    std::copy(kept.begin(), kept.end(), list.begin());
    list[n] = value;
  }
};

struct ReducePlan {
  const char* src = nullptr;
  char* out[ReduceDims::kNumSlots] = {};
  ReduceDims kept;
  ReduceDims reduced;
  bool columns = false;  // the innermost dimension is kept
  int64_t block = 1;     // outputs per job
  int64_t num_blocks = 1;
  int64_t num_slices = 1;
  const ReduceLoops* loops = nullptr;
  ReduceSettings settings;
  bool positional = false;
};

// The outputs of one job. Blocks never straddle a row of the innermost kept dimension.
struct ReduceBlock {
  ReduceBlock(const ReducePlan& p, int64_t index) noexcept {
    if (!p.columns) {
      first = index;
      outputs = 1;
      return;
    }
    const int64_t row = p.kept.sizes[0];
    const int64_t per_row = (row + p.block - 1) / p.block;
    const int64_t column = index % per_row * p.block;
    first = index / per_row * row + column;
    outputs = std::min(p.block, row - column);
  }
  int64_t first;
  int64_t outputs;
};

// Fills in dimensions and how the work is cut. `out[slot]` is NULL, or a tensor of the sizes of `t` with 1 in the reduced
// dimensions.
inline void plan_reduction(const VtTensor* t, const ReducedDims& dims, const VtTensor* const* out, ReducePlan& p) {
  InlineVector<size_t, 4> permutation;
  order_dims(t, permutation);
  p.src = static_cast<const char*>(t->dl.data);
  for (int slot = 0; slot < ReduceDims::kNumSlots; ++slot)
    if (out[slot]) p.out[slot] = static_cast<char*>(out[slot]->dl.data);
  const int64_t itemsize = itemsize_of(t->dl.dtype);
  bool innermost = true;
  for (const size_t d : permutation) {
    const int64_t stride = t->dl.strides[d] * itemsize;
    if (t->dl.shape[d] != 1 && innermost) {
      p.columns = !dims[d];
      innermost = false;
    }
    int64_t out_strides[ReduceDims::kNumSlots] = {};
    for (int slot = 0; slot < ReduceDims::kNumSlots; ++slot)
      if (out[slot] && !dims[d]) out_strides[slot] = out[slot]->dl.strides[d] * itemsize_of(out[slot]->dl.dtype);
    (dims[d] ? p.reduced : p.kept).add(t->dl.shape[d], stride, out_strides);
  }
  if (p.kept.numel == 0) return;
  // Short runs are gathered side by side, though their elements are not neighbours.
  p.columns |= p.reduced.numel <= kShortRun && p.kept.sizes.size() > 0;
  if (p.columns) {
    p.block = std::min(kReduceColumns, p.kept.sizes[0]);
    p.num_blocks = p.kept.numel / p.kept.sizes[0] * ((p.kept.sizes[0] + p.block - 1) / p.block);
  } else {
    p.num_blocks = p.kept.numel;
  }
  if (p.num_blocks < 16 && p.reduced.numel * p.block >= 2 * kSliceElements)
    p.num_slices = std::min(p.reduced.numel * p.block / kSliceElements, kMaxSlices);
}

// nansum(self, dim, keepdim, *, dtype) of a tensor on the CPU (reduce.cpp).
void sum_without_nan(const VtValue* args, VtValue* result);

// Gathers and stores all outputs of a plan (reduce_engine.cpp).
void run_reduction(const ReducePlan& plan);

}  // namespace vt::core
