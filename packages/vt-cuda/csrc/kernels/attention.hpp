// SPDX-License-Identifier: Apache-2.0
// The parameters of the attention kernels. Shared by the host and nvcc.
#pragma once

#include "params.hpp"
#include "random_numbers.hpp"

namespace vt::cuda {

// Note [Attention on the device]
// The blockwise algorithm of the CPU's loops, in two families of kernels. Half types up to kAttentionTensorWidth go to tensor
// cores (attention_tensor_tiles.cuh): a warp has 16 rows, or twice that, of a tile of scores; operands are staged as they
// lie, whatever their strides. On Hopper plain calls of wide heads give 64 rows to a warpgroup. All else runs on blocks of
// 16 x 16 threads (attention_tiles.cuh), each thread holding some rows and columns of a tile; rows of `width` elements are
// staged in chunks, and up to kAttentionChunk elements they stay.
//
// Every sum of the gradients has one order, so results are the same on each run: one kernel sums over the keys of a tile of
// queries, another over the queries of a tile of keys. Where a block holds all keys, one kernel does both:
// on tensor cores, and for floats without mask and dropout (attention_short_grad.cu).
inline constexpr int kAttentionLeads = 4;
inline constexpr int kAttentionChunk = 64;
inline constexpr int kAttentionMaxWidth = 256;
inline constexpr int kAttentionTensorWidth = 128;
inline constexpr int kAttentionGradQueries = 32;  // of a tile, where gradients of keys are summed on tensor cores

// Strides in bytes.
struct AttentionOperand {
  char* data;
  int64_t lead[kAttentionLeads];
  int64_t head;
  int64_t row;
  int64_t column;
  bool has_vectors;  // rows are whole vectors of 16 bytes, aligned and dense
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
  void* delta;                          // likewise: scratch, per query rowsum(grad * out) - d lse
  float* base2_lse;                     // likewise, on tensor cores: lse to base 2, infinite where no key is seen
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

// A kernel, and how its blocks are cut: each warp has some rows of a tile, and a block may have fewer warps than fit.
struct AttentionKernel {
  const void* symbol;  // null where there is none
  int rows_per_warp;
  int min_warps;
  int max_warps;
  int shared_bytes;           // dynamic shared memory: of a block,
  int shared_bytes_per_warp;  // and what each warp adds
};

// For the wider of both widths.
AttentionKernel attention_forward_kernel(DtypeIndex dtype, int64_t width) noexcept;
AttentionKernel attention_delta_kernel(DtypeIndex dtype) noexcept;
AttentionKernel attention_key_grad_kernel(DtypeIndex dtype, int64_t width) noexcept;
AttentionKernel attention_query_grad_kernel(DtypeIndex dtype, int64_t width) noexcept;

// All three gradients of floats without mask and dropout, where a block has room for the keys; null where it has not.
AttentionKernel attention_short_grad_kernel(DtypeIndex dtype, int64_t width, int64_t keys) noexcept;

// On tensor cores; `is_plain` has neither mask nor dropout, and a positive scale.
AttentionKernel attention_tensor_forward_kernel(DtypeIndex dtype, int64_t width, bool is_plain) noexcept;
// For wide heads in vectors, plain, on devices of compute capability 9.0.
AttentionKernel attention_warpgroup_forward_kernel(DtypeIndex dtype) noexcept;
// Writes delta and base2_lse too, which the next one reads.
AttentionKernel attention_tensor_query_grad_kernel(DtypeIndex dtype, int64_t width, bool is_plain) noexcept;
AttentionKernel attention_tensor_key_grad_kernel(DtypeIndex dtype, int64_t width, bool is_plain) noexcept;
// All three gradients, where the keys fit into one tile; `group` heads of `queries` share keys.
AttentionKernel attention_tensor_grad_kernel(DtypeIndex dtype, int64_t width, bool is_plain, int64_t group,
                                             int64_t queries) noexcept;

}  // namespace vt::cuda
