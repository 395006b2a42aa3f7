// SPDX-License-Identifier: Apache-2.0
// Reads whole rows at indices, such as those of a table of embeddings.
#include "take_rows.hpp"

#include "index.cuh"

namespace vt::cuda {
namespace {

template <class Index>
__global__ void __launch_bounds__(kBlockThreads) take_rows(const __grid_constant__ TakeRowsParams<Index> p) {
  wait_for_previous_kernel();
  const int64_t first = static_cast<int64_t>(blockIdx.x) * kBlockThreads * kTakeVectorsPerThread + threadIdx.x;
  // By stages, so that loads of all vectors are under way at once.
  Index vectors[kTakeVectorsPerThread];
  int64_t rows[kTakeVectorsPerThread];
  Unit16 values[kTakeVectorsPerThread];
#pragma unroll
  for (int v = 0; v < kTakeVectorsPerThread; ++v) {
    const int64_t i = first + v * kBlockThreads;
    vectors[v] = 0;
    rows[v] = 0;
    if (i >= p.num_vectors) continue;
    auto at = static_cast<Index>(i);
    vectors[v] = p.row_vectors.split(at);
    rows[v] = load_index(p.index + static_cast<int64_t>(at) * (p.is_int64 ? 8 : 4), p.is_int64);
  }
#pragma unroll
  for (int v = 0; v < kTakeVectorsPerThread; ++v) {
    const int64_t row = p.wraps && rows[v] < 0 ? rows[v] + p.size : rows[v];
    values[v] = {};
    if (first + v * kBlockThreads >= p.num_vectors) continue;
    if (row < 0 || row >= p.size) {
      report(p.record, p.op, rows[v], p.dim, p.size);
    } else {
      values[v] = *reinterpret_cast<const Unit16*>(p.self + row * p.row_bytes + static_cast<int64_t>(vectors[v]) * 16);
    }
  }
#pragma unroll
  for (int v = 0; v < kTakeVectorsPerThread; ++v) {
    const int64_t i = first + v * kBlockThreads;
    if (i < p.num_vectors) *reinterpret_cast<Unit16*>(p.out + i * 16) = values[v];
  }
}

}  // namespace

const void* take_rows_kernel(bool wide) noexcept {
  return wide ? reinterpret_cast<const void*>(&take_rows<int64_t>) : reinterpret_cast<const void*>(&take_rows<int32_t>);
}

}  // namespace vt::cuda
