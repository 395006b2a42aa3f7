// SPDX-License-Identifier: Apache-2.0
// The parameters of the attention kernels. Shared by the host and nvcc.
#pragma once

#include "params.hpp"
#include "random_numbers.hpp"

namespace vt::cuda {

// Note [Attention on the device]
// The blockwise algorithm of the CPU's loops: a block of threads is 16 x 16, each thread holding some rows and columns of a
// tile of scores and the same rows of the results. Rows of `width` elements are staged in shared memory in chunks; up to
// kAttentionChunk elements they stay there. Three kernels make the gradients: delta = rowsum(grad * out) - d lse, then a
// tile of keys over all queries, then a tile of queries over all keys; each sum has one order, so results are the
// same on each run.
inline constexpr int kAttentionLeads = 4;
inline constexpr int kAttentionChunk = 64;
inline constexpr int kAttentionMaxWidth = 256;

// Strides in bytes.
struct AttentionOperand {
  char* data;
  int64_t lead[kAttentionLeads];
  int64_t head;
  int64_t row;
  int64_t column;
};

struct AttentionParams {
  AttentionOperand query;
  AttentionOperand key;
  AttentionOperand value;
  AttentionOperand mask;  // without data there is none
  AttentionOperand out;
  AttentionOperand grad;
  AttentionOperand query_grad;
  AttentionOperand key_grad;
  AttentionOperand value_grad;
  void* lse;                            // dense, of the compute type
  const void* lse_grad;                 // likewise, may be null
  void* delta;                          // likewise
  int64_t lead_sizes[kAttentionLeads];  // innermost first
  int64_t heads;
  int64_t group;  // query heads that share a key head
  int64_t queries;
  int64_t keys;
  int64_t width;
  int64_t value_width;
  double scale;
  double dropout_p;
  RandomNumbers numbers;
  DtypeIndex mask_dtype;
  bool is_causal;
};

// A kernel and the rows of its tile, of which each block has one.
struct AttentionKernel {
  const void* symbol;
  int64_t rows;
};

// For the wider of both widths; null where there is none.
AttentionKernel attention_forward_kernel(DtypeIndex dtype, int64_t width) noexcept;
AttentionKernel attention_delta_kernel(DtypeIndex dtype) noexcept;
AttentionKernel attention_key_grad_kernel(DtypeIndex dtype, int64_t width) noexcept;
AttentionKernel attention_query_grad_kernel(DtypeIndex dtype, int64_t width) noexcept;

}  // namespace vt::cuda
