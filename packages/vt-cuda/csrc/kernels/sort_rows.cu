// SPDX-License-Identifier: Apache-2.0
// Few row numbers sorted by one block (Note [Sorted rows]).
#include "sort_rows.hpp"

#include "radix_keys.cuh"

namespace vt::cuda {
namespace {

constexpr int kWarps = kBlockThreads / 32;
constexpr int kRows = kMostRowsPerThread;

VT_DEVICE int digit_of_row(const SortRowsParams& p, int64_t row, int pass) {
  return digit_of(row < 0 ? p.past_last : row, pass);
}

// targets[w][d] = where the first row of digit d in the stretch of warp w goes; `first` is the thread's first row.
VT_DEVICE void find_targets(const SortRowsParams& p, const int64_t* rows, int pass, int first,
                            uint32_t (&targets)[kWarps][kDigits]) {
  const int digit = static_cast<int>(threadIdx.x);
  const int warp = digit / 32;
  for (int w = 0; w < kWarps; ++w) targets[w][digit] = 0;
  __syncthreads();
  for (int r = 0; r < p.rows_per_thread && first + r * 32 < p.num; ++r)
    atomicAdd(&targets[warp][digit_of_row(p, rows[first + r * 32], pass)], 1u);
  __syncthreads();
  uint32_t total = 0;
  for (int w = 0; w < kWarps; ++w) total += targets[w][digit];
  uint32_t target = sum_before(total);
  for (int w = 0; w < kWarps; ++w) {
    const uint32_t count = targets[w][digit];
    targets[w][digit] = target;
    target += count;
  }
  __syncthreads();
}

__global__ void __launch_bounds__(kBlockThreads) sort_rows(const __grid_constant__ SortRowsParams p) {
  wait_for_previous_kernel();
  __shared__ uint32_t targets[kWarps][kDigits];
  const int lane = static_cast<int>(threadIdx.x) % 32;
  const int warp = static_cast<int>(threadIdx.x) / 32;
  const uint32_t lower_lanes = (1u << lane) - 1;
  const int first = warp * 32 * p.rows_per_thread + lane;
  SortedRows from = p.from;
  SortedRows to = p.to;
  for (int pass = 0; pass < p.num_passes; ++pass) {
    find_targets(p, from.rows, pass, first, targets);
    int64_t rows[kRows];
    int64_t places[kRows];
#pragma unroll
    for (int r = 0; r < kRows; ++r) {
      const int i = first + r * 32;
      const bool is_given = r < p.rows_per_thread && i < p.num;
      rows[r] = is_given ? from.rows[i] : 0;
      places[r] = !is_given ? -1 : pass == 0 ? i : from.places[i];
    }
#pragma unroll
    for (int r = 0; r < kRows; ++r) {
      if (r >= p.rows_per_thread) break;
      const bool is_given = places[r] >= 0;
      const int digit = is_given ? digit_of_row(p, rows[r], pass) : kDigits;
      const uint32_t peers = __match_any_sync(0xffffffffu, digit);
      if (is_given) {
        const uint32_t target = targets[warp][digit] + static_cast<uint32_t>(__popc(peers & lower_lanes));
        int64_t place[1] = {places[r]};
        if (pass == p.num_passes - 1) p.walk.offsets(places[r], place);
        to.rows[target] = rows[r];
        to.places[target] = place[0];
      }
      __syncwarp();
      if (is_given && (peers & lower_lanes) == 0) targets[warp][digit] += static_cast<uint32_t>(__popc(peers));
      __syncwarp();
    }
    __syncthreads();  // what has been written is read in the next pass
    const SortedRows last = from;
    from = to;
    to = last;
  }
}

}  // namespace

const void* sort_rows_kernel() noexcept { return reinterpret_cast<const void*>(&sort_rows); }

}  // namespace vt::cuda
