// SPDX-License-Identifier: Apache-2.0
// The parameters of the reducing and scanning kernels, and their look-up.
#pragma once

#include <vt/cpp/iter/reduce_kinds.hpp>

#include "params.hpp"

namespace vt::cuda {

// Note [Reductions on the device]
// A block of threads is `outputs` x `lanes`: each output's elements of one slice are dealt to its lanes in turn and gathered
// in cells, and the lanes' cells are merged as a tree. Where the innermost dimension is kept and its runs of 16 bytes are aligned, a
// thread of a sum has the outputs of a whole run. Slices are merged by a second kernel. The cut depends on sizes alone, so that a
// result is the same on each run. Sums are gathered in double, sums of doubles with the rounding error kept. A reduction is a cell
// type; the engine is one.
inline constexpr int kReduceSlots = 2;

template <class Index>
struct ReduceParams {
  const char* in;
  char* out[kReduceSlots];  // a slot without memory is not wanted
  void* partials;           // cells of [slice][output], when there is more than one slice
  int64_t num_outputs;
  int64_t num_reduced;
  int64_t slice;  // reduced elements per slice
  int32_t num_slices;
  int32_t outputs_log2;  // outputs per block; lanes fill up the block
  bool columns;          // neighbouring threads take neighbouring outputs
  bool vectors;          // runs of 16 bytes are dense and aligned: of a row, or of neighbouring outputs for `columns`
  DtypeIndex in_dtype;
  DtypeIndex element_dtype;  // what elements are cast to first
  DtypeIndex out_dtypes[kReduceSlots];
  ReduceSettings settings;
  Walk<Index, 1 + kReduceSlots> kept;  // in, then the slots
  Walk<Index, 1> reduced;
};
struct ReduceFinish {
  const void* partials;
  char* out[kReduceSlots];
  int64_t num_outputs;
  int32_t num_slices;
  DtypeIndex out_dtypes[kReduceSlots];
  ReduceSettings settings;
  Walk<int64_t, 1 + kReduceSlots> kept;
};
inline constexpr int kFinishLanes = 32;

struct ReduceKernels {
  const void* slices;
  const void* columns;  // where vectors of neighbouring outputs can be read; NULL for a reduction without it
  const void* finish;
  int64_t cell_bytes;
};
ReduceKernels reduce_kernels(ReduceKind kind, DtypeIndex in, DtypeIndex element, bool wide) noexcept;

// By the file that has them.
ReduceKernels sum_kernels(DtypeIndex in, DtypeIndex element, bool wide) noexcept;
ReduceKernels extreme_kernels(ReduceKind kind, DtypeIndex in, DtypeIndex element, bool wide) noexcept;
ReduceKernels position_kernels(ReduceKind kind, DtypeIndex in, DtypeIndex element, bool wide) noexcept;
ReduceKernels moment_kernels(ReduceKind kind, DtypeIndex in, DtypeIndex element, bool wide) noexcept;
ReduceKernels norm_kernels(ReduceKind kind, DtypeIndex in, DtypeIndex element, bool wide) noexcept;

}  // namespace vt::cuda
