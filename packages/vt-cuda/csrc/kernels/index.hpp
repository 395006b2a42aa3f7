// SPDX-License-Identifier: Apache-2.0
// The parameters of the kernels that read and write at indices, and the record of an index out of range.
#pragma once

#include "params.hpp"

namespace vt::cuda {

// Note [Index errors]
// A kernel cannot raise. The first index out of range is noted in a record in device memory, the access is left out, and
// whoever next waits for the device reads the record, clears it and raises.
enum class IndexOp : int32_t {
  kIndex,
  kIndexPut,
  kIndexSelect,
  kIndexAdd,
  kGather,
  kScatter,
  kScatterAdd,
  kEmbedding,
  kEmbeddingBackward,
  kMaxUnpool
};
inline constexpr const char* kIndexOpNames[] = {
    "index",   "index_put",   "index_select", "index_add",          "gather",
    "scatter", "scatter_add", "embedding",    "embedding_backward", "max_unpool"};
struct IndexErrorRecord {
  uint32_t is_set;
  IndexOp op;
  int64_t index;
  int64_t dim;
  int64_t size;
};

// Stands for the offset of an index out of range, or of one that is to be skipped.
inline constexpr int64_t kNoOffset = INT64_MIN;

// offsets[i] = (or +=) the index times `stride`.
struct OffsetParams {
  int64_t* offsets;
  const char* index;
  int64_t num;
  Walk<int64_t, 1> walk;  // of the index
  int64_t size;
  int64_t stride;
  int64_t dim;
  int64_t skipped;  // an index without an offset, or -1
  IndexOp op;
  bool is_int64;
  bool wraps;
  bool adds;
  IndexErrorRecord* record;
};

// out[i] = self[i] moved by its offset, 0 where there is none; operands dense, self, offsets.
template <class Index>
struct TakeParams {
  char* out;
  const char* self;
  const char* offsets;
  int64_t num;
  Walk<Index, 3> walk;
};
inline constexpr int kTakeElementsPerThread = 4;

// Note [Ordered writes]
// Values for one element form a chain in their order: next[i] is the number of the next index of equal offset, or -1. The
// first of a chain adds all its values, the last one is what a plain write leaves. No result depends on timing.
struct LinkParams {
  const int64_t* offsets;
  int32_t* next;
  uint8_t* follows;  // 1 for all but the first of a chain; zeroed before
  int64_t num;
};
struct PutParams {
  char* self;
  const char* values;
  const int64_t* offsets;
  const int32_t* next;
  const uint8_t* follows;
  int64_t num_indices;
  int64_t num_columns;
  Walk<int64_t, 1> index_walk;   // from the number of an index to its values, in bytes
  Walk<int64_t, 2> column_walk;  // of the values and of self over the dimensions that are taken whole
  bool accumulates;
};

// scatter and scatter_add: each thread has one position outside of the dimension and goes along it.
struct ScatterParams {
  char* self;
  const char* values;
  const char* index;
  int64_t num_columns;
  int64_t length;
  Walk<int64_t, 3> walk;  // of values, self and index without the dimension
  int64_t value_stride;
  int64_t index_stride;
  int64_t self_stride;
  int64_t size;
  int64_t dim;
  IndexOp op;
  bool is_int64;
  bool accumulates;
  bool has_number;
  ElementCell number;
  IndexErrorRecord* record;
};

// nonzero: blocks of kMaskBlock elements are counted, the counts added up, the positions written.
inline constexpr int kMaskPerThread = 16;
inline constexpr int kMaskBlock = kBlockThreads * kMaskPerThread;
struct MaskParams {
  const uint8_t* mask;
  int64_t num;
  int64_t num_blocks;
  int64_t* counts;  // one per block, and the total behind them
  int64_t* out;
  int32_t ndim;
  int64_t sizes[kWideDims];
};

const void* offset_kernel() noexcept;
const void* take_kernel(int64_t itemsize, bool wide) noexcept;
const void* link_kernel() noexcept;
const void* put_kernel(DtypeIndex dtype) noexcept;
const void* scatter_kernel(DtypeIndex dtype) noexcept;
const void* mask_count_kernel() noexcept;
const void* mask_scan_kernel() noexcept;
const void* mask_write_kernel() noexcept;

}  // namespace vt::cuda
