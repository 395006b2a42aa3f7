// SPDX-License-Identifier: Apache-2.0
// The parameters of the kernels that read at indices and of masks, and the record of an index out of range.
#pragma once

#include "params.hpp"

namespace vt::cuda {

// Note [Index errors]
// A kernel cannot raise. The first index out of range is noted in a record in device memory, the access is left out, and
// whoever next waits for the device reads the record, clears it and raises. An operator that is composed of others gives its
// kernels a number beyond those below, for what the program called: `noted_as` in runtime/index_errors.hpp.
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
  kMaxUnpool,
  kCtcLoss,
  kPivots,
  kSearchsorted,
  kScatterReduce,
  kSegmentReduce,
  kEmbeddingBag,
  kCrossEntropy
};
inline constexpr const char* kIndexOpNames[] = {
    "index",        "index_put",      "index_select",       "index_add",     "gather",       "scatter",
    "scatter_add",  "embedding",      "embedding_backward", "max_unpool",    "ctc_loss",     "pivots",
    "searchsorted", "scatter_reduce", "segment_reduce",     "embedding_bag", "cross_entropy"};
// What is wrong with it, which the message says.
enum class IndexFault : int32_t {
  kOutOfBounds,
  kNoClass,     // of `size`; `dim` is the target that does not count
  kWrongOffset  // at position `dim`, into `size` indices
};
struct IndexErrorRecord {
  uint32_t is_set;
  IndexOp op;
  int64_t index;
  int64_t dim;
  int64_t size;
  IndexFault fault;
};

// Stands for the offset of an index out of range, or of one that is to be skipped.
inline constexpr int64_t kNoOffset = INT64_MIN;

// offsets[i] = (or +=) the index times `stride`, and what the walk adds: bytes, or another unit of the caller.
template <class Index>
struct OffsetParams {
  int64_t* offsets;
  const char* index;
  int64_t num;
  Walk<Index, 2> walk;  // of the index, and of the dimensions that have none
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

const void* offset_kernel(bool wide) noexcept;
const void* take_kernel(int64_t itemsize, bool wide) noexcept;
const void* mask_count_kernel() noexcept;
const void* mask_scan_kernel() noexcept;
const void* mask_write_kernel() noexcept;

}  // namespace vt::cuda
