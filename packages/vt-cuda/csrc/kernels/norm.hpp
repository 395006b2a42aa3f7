// SPDX-License-Identifier: Apache-2.0
// Parameters of the kernels of layer_norm and rms_norm.
#pragma once

#include "row.hpp"

namespace vt::cuda {

// Weight or bias, or NULL: in the dtype of the rows, or in the one that they are computed in.
struct NormParameter {
  const void* data;
  bool like_rows;
};

// norm_forward, norm_backward: dense rows; mean and rstd in the compute dtype. norm_backward_all: also a row of sums for each of
// its blocks.
struct NormKernel {
  const void* input;
  const void* grad;
  NormParameter weight;
  NormParameter bias;
  void* out;  // the result, or the input's gradient, NULL when it is not wanted
  void* mean;
  void* rstd;
  void* weight_sums;  // of norm_backward_all, [block][size] in the compute dtype; NULL when not needed
  void* bias_sums;
  int64_t num_rows;
  int64_t size;
  double eps;
  int lanes;  // threads of a row, of norm_backward_all
  bool centred;
  bool vectors;  // rows are aligned to 16 bytes and a multiple of that long
};

// Note [Norm gradients]
// A block of norm_backward_all takes rows in turn and has sums of its columns in registers, so that input and gradient are read
// once. The rows to come are copied to shared memory meanwhile: a thread copies what it reads itself, and waits for that alone.
// A row is given to as many lanes of a warp as it needs, a power of two, or to a whole block. Blocks and lanes are chosen by sizes
// alone, and with them the order of sums: there are as many blocks as the multiprocessors of an H100 or H200 hold.
struct NormGradients {
  static constexpr int kPacks = 2;           // of a row, that a thread has
  static constexpr int kAhead = 3;           // rows in shared memory, the one that is worked on included
  static constexpr int kWarpsThreads = 256;  // of a block whose warps have rows of their own
  static constexpr int kMostThreads = 512;   // of a block, and of the blocks of a multiprocessor
  static constexpr int64_t kMultiprocessors = 132;

  bool held;  // rows fit
  bool whole_block;
  int lanes;
  int threads;
  int64_t blocks;
  int64_t shared_bytes;

  static NormGradients of(int64_t num_rows, int64_t size, int64_t itemsize) noexcept {
    const int64_t packs = (size * itemsize + 15) / 16;
    const int64_t wanted = (packs + kPacks - 1) / kPacks;
    NormGradients g{};
    g.held = wanted <= kMostThreads;
    g.whole_block = wanted > 32;
    g.lanes = 1;
    while (g.lanes < 32 && g.lanes < wanted) g.lanes *= 2;
    if (g.whole_block) g.lanes = static_cast<int>((wanted + 31) / 32 * 32);
    g.threads = g.whole_block ? g.lanes : kWarpsThreads;
    const int64_t rows_per_block = g.threads / g.lanes;
    g.blocks = (num_rows + rows_per_block - 1) / rows_per_block;
    const int64_t most = kMultiprocessors * (kMostThreads / g.threads);
    if (g.blocks > most) g.blocks = most;
    g.shared_bytes = int64_t{kAhead} * kPacks * 2 * 16 * g.threads;
    return g;
  }
};

// norm_columns: sums of gradients over a slice of rows, into `sums` of [slice][size] in the compute dtype.
struct NormColumns {
  const void* input;
  const void* grad;
  const void* mean;
  const void* rstd;
  void* weight_sums;  // NULL when not needed, as below
  void* bias_sums;
  int64_t num_rows;
  int64_t size;
  int64_t slice;  // rows
  bool centred;
  bool vectors;
};
inline constexpr int kColumnLanes = 32;  // packs side by side in a block; its other threads take further rows

// norm_finish: slices of a column dealt to lanes, which are added as a tree.
inline constexpr int kFinishColumns = 8;  // of a block
struct NormFinish {
  const void* weight_sums;
  const void* bias_sums;
  void* weight_grad;
  void* bias_grad;
  int64_t size;
  int64_t num_slices;
  DtypeIndex weight_dtype;
  DtypeIndex bias_dtype;
};

// NULL for dtypes without rows.
const void* norm_forward_kernel(DtypeIndex dtype, RowForm form) noexcept;
const void* norm_backward_kernel(DtypeIndex dtype) noexcept;  // a block per row, of any size
const void* norm_backward_all_kernel(DtypeIndex dtype, bool whole_block, bool bias) noexcept;
const void* norm_columns_kernel(DtypeIndex dtype) noexcept;
const void* norm_finish_kernel(DtypeIndex compute) noexcept;

}  // namespace vt::cuda
