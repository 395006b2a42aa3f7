// SPDX-License-Identifier: Apache-2.0
// What kernels that read and write at indices share.
#pragma once

#include "elements.cuh"
#include "index.hpp"

namespace vt::cuda {

struct Unit16 {
  uint64_t half[2];
};

VT_DEVICE void report(IndexErrorRecord* record, IndexOp op, int64_t index, int64_t dim, int64_t size,
                      IndexFault fault = IndexFault::kOutOfBounds) {
  if (atomicCAS(&record->is_set, 0u, 1u) != 0u) return;
  record->op = op;
  record->index = index;
  record->dim = dim;
  record->size = size;
  record->fault = fault;
}

VT_DEVICE int64_t load_index(const char* at, bool is_int64) {
  return is_int64 ? *reinterpret_cast<const int64_t*>(at) : *reinterpret_cast<const int32_t*>(at);
}

}  // namespace vt::cuda
