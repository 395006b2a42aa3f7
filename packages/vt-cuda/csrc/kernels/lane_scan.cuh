// SPDX-License-Identifier: Apache-2.0
// Scans over the threads of a block: what the kernels that need running totals share.
#pragma once

#include "params.hpp"

namespace vt::cuda {

// Threads of a block that scan together: `lanes` of them (a power of two), `stride` threads apart.
struct LaneGroup {
  int lane;
  int lanes;
  int stride;
};

// Joins the cells of the lanes before this one, in their order; `total` is that of all lanes. Every thread of the block makes
// the call. `memory` holds 2 * kBlockThreads cells, and may be used again at once.
template <class Cell>
VT_DEVICE Cell scan_before(Cell* memory, const LaneGroup& group, const Cell& own, Cell& total) {
  const int thread = static_cast<int>(threadIdx.x);
  Cell* from = memory;
  Cell* to = memory + kBlockThreads;
  from[thread] = own;
  __syncthreads();
  for (int distance = 1; distance < group.lanes; distance *= 2) {
    Cell cell = from[thread];
    if (group.lane >= distance) cell = Cell::joined(from[thread - distance * group.stride], cell);
    to[thread] = cell;
    Cell* const written = to;
    to = from;
    from = written;
    __syncthreads();
  }
  total = from[thread + (group.lanes - 1 - group.lane) * group.stride];
  const Cell before = group.lane > 0 ? from[thread - group.stride] : Cell{};
  __syncthreads();
  return before;
}

}  // namespace vt::cuda
