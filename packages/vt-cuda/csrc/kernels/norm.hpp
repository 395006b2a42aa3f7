// SPDX-License-Identifier: Apache-2.0
// Parameters of the kernels of layer_norm and rms_norm, and how they share out their work.
#pragma once

#include "row.hpp"

namespace vt::cuda {

// Weight or bias, or NULL: in the dtype of the rows, or in the one that they are computed in.
struct NormParameter {
  const void* data;
  bool like_rows;
};

// Dense rows; mean and rstd in the compute dtype. Of the gradients of held rows: also a row of sums for each block.
struct NormKernel {
  const void* input;
  const void* grad;
  NormParameter weight;
  NormParameter bias;
  void* out;  // the result, or the input's gradient, NULL when it is not wanted
  void* mean;
  void* rstd;
  void* weight_sums;  // [block][size] in the compute dtype; NULL when not needed
  void* bias_sums;
  int64_t num_rows;
  int64_t size;
  double eps;
  double share;  // 1 / size
  int lanes;     // threads of a held row
  bool centred;
  bool vectors;  // rows are aligned to 16 bytes and a multiple of that long
};

// Note [Norm rows]
// A thread holds a few packs of its row. A row is given to as many lanes as it needs, a power of two: of a warp, or whole warps. A
// block has one or several such groups, side by side. Rows that do not fit, and long ones that are no whole packs, are read again
// for each pass, by a block. All is chosen by sizes and alignment alone, and with it the order of sums.
//
// Note [Norm gradients]
// Blocks take rows in turn and have sums of their columns in registers, so that input and gradient are read once. The rows to come
// are copied to shared memory meanwhile: a thread copies what it reads itself, and waits for that alone. There are as many blocks
// as the multiprocessors of an H100 or H200 hold.
struct NormGroups {
  static constexpr int kForwardPacks = 4;  // of a thread
  static constexpr int kGradientPacks = 2;
  static constexpr int kRowsAhead = 3;  // in shared memory, the one that is worked on included
  static constexpr int kMostGradientThreads = 512;
  static constexpr int64_t kMultiprocessors = 132;
  // Shared memory of a block whose groups are whole warps: the rows to come, and then what warps add up.
  static constexpr int kSlotBytes = kRowsAhead * kGradientPacks * 2 * 16 * kMostGradientThreads;
  static constexpr int kSumBytes = 2 * 2 * 8 * kMostGradientThreads / 32;
  static constexpr int kColumnBytes = 32;  // of a thread, a pack of sums of columns

  bool held;
  bool whole_warps;
  int lanes;
  int threads;  // of a block
  int64_t blocks;
  int64_t shared_bytes;

  static NormGroups of_forward(int64_t num_rows, int64_t size, int64_t itemsize, bool vectors) noexcept {
    NormGroups g = of(size, itemsize, vectors, kForwardPacks, kBlockThreads);
    g.threads = g.whole_warps ? g.lanes : kBlockThreads;
    g.blocks = g.blocks_for(num_rows);
    return g;
  }
  static NormGroups of_gradients(int64_t num_rows, int64_t size, int64_t itemsize, bool vectors) noexcept {
    NormGroups g = of(size, itemsize, vectors, kGradientPacks, kMostGradientThreads);
    g.threads = g.whole_warps ? kMostGradientThreads : kBlockThreads;
    g.blocks = g.blocks_for(num_rows);
    const int64_t most = kMultiprocessors * (kMostGradientThreads / g.threads);
    if (g.blocks > most) g.blocks = most;
    g.shared_bytes = g.whole_warps ? kSlotBytes + kSumBytes
                     : vectors     ? kSlotBytes / kMostGradientThreads * g.threads
                                   : kColumnBytes * g.threads;
    return g;
  }

 private:
  static NormGroups of(int64_t size, int64_t itemsize, bool vectors, int packs, int most_lanes) noexcept {
    const int64_t wanted = ((size * itemsize + 15) / 16 + packs - 1) / packs;
    NormGroups g{};
    g.whole_warps = wanted > 32;
    g.held = !g.whole_warps || (vectors && wanted <= most_lanes);
    g.lanes = 1;
    while (g.held && g.lanes < wanted) g.lanes *= 2;
    return g;
  }
  int64_t blocks_for(int64_t num_rows) const noexcept {
    const int64_t rows = threads / lanes;
    return (num_rows + rows - 1) / rows;
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
inline constexpr int kFinishColumns = 16;  // of a block
struct NormFinish {
  struct One {
    const void* sums;
    void* grad;
    DtypeIndex dtype;
  };
  One parts[2];  // blocks of row y of the grid work on the y-th
  int64_t size;
  int64_t num_slices;
};

// NULL for dtypes without rows.
const void* norm_forward_kernel(DtypeIndex dtype, int lanes, bool vectors) noexcept;
const void* norm_forward_long_kernel(DtypeIndex dtype) noexcept;
const void* norm_gradients_kernel(DtypeIndex dtype, bool whole_warps, bool vectors, bool bias) noexcept;
const void* norm_gradient_long_kernel(DtypeIndex dtype) noexcept;  // of the input alone
const void* norm_columns_kernel(DtypeIndex dtype) noexcept;
const void* norm_finish_kernel(DtypeIndex compute) noexcept;

}  // namespace vt::cuda
