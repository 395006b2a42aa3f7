// SPDX-License-Identifier: Apache-2.0
// Kernels that sort row numbers.
#include "sort_rows.hpp"

namespace vt::cuda {
namespace {

constexpr int kWarps = kBlockThreads / 32;
constexpr int kRowsAhead = 4;  // loaded before the first is dealt with

VT_DEVICE int digit_of(const SortRowsParams& p, int64_t row, int pass) {
  return static_cast<int>((row < 0 ? p.past_last : row) >> (kDigitBits * pass)) & (kDigits - 1);
}

// Counts the digits of the rows that a thread has in a tile: `first`, and on by `step`.
VT_DEVICE void count_digits(const SortRowsParams& p, const int64_t* rows, int pass, int64_t first, int64_t step,
                            int32_t* counts) {
  for (int done = 0; done < p.rows_per_thread; done += kRowsAhead) {
    int digits[kRowsAhead];
#pragma unroll
    for (int e = 0; e < kRowsAhead; ++e) {
      const int64_t i = first + (done + e) * step;
      digits[e] = done + e < p.rows_per_thread && i < p.num ? digit_of(p, rows[i], pass) : kDigits;
    }
#pragma unroll
    for (int e = 0; e < kRowsAhead; ++e)
      if (digits[e] < kDigits) atomicAdd(&counts[digits[e]], 1);
  }
}

__global__ void __launch_bounds__(kBlockThreads) count_rows(const __grid_constant__ SortRowsParams p) {
  __shared__ int32_t counts[kDigits];
  counts[threadIdx.x] = 0;
  __syncthreads();
  const int64_t first = static_cast<int64_t>(blockIdx.x) * kBlockThreads * p.rows_per_thread + threadIdx.x;
  count_digits(p, p.from.rows, p.first_pass, first, kBlockThreads, counts);
  __syncthreads();
  p.counts[static_cast<int64_t>(blockIdx.x) * kDigits + threadIdx.x] = counts[threadIdx.x];
}

// The sum of the values of the threads before this one.
VT_DEVICE int32_t sum_before(int32_t value) {
  __shared__ int32_t sums[2][kBlockThreads];
  const int thread = static_cast<int>(threadIdx.x);
  sums[0][thread] = value;
  __syncthreads();
  int side = 0;
  for (int distance = 1; distance < kBlockThreads; distance *= 2, side ^= 1) {
    sums[side ^ 1][thread] = sums[side][thread] + (thread >= distance ? sums[side][thread - distance] : 0);
    __syncthreads();
  }
  return sums[side][thread] - value;
}

// targets[w][d] = where the first row of digit d in the stretch of warp w goes.
VT_DEVICE void find_targets(const SortRowsParams& p, const SortedRows& from, int pass, int64_t first,
                            int32_t (&targets)[kWarps][kDigits]) {
  const int digit = static_cast<int>(threadIdx.x);
  const int warp = digit / 32;
  for (int w = 0; w < kWarps; ++w) targets[w][digit] = 0;
  __syncthreads();
  count_digits(p, from.rows, pass, first, 32, targets[warp]);
  __syncthreads();
  int32_t before = 0;  // in the tiles before this one
  int32_t total = 0;
  if (p.num_tiles == 1) {
    for (int w = 0; w < kWarps; ++w) total += targets[w][digit];
  } else {
#pragma unroll 8
    for (int t = 0; t < p.num_tiles; ++t) {
      const int32_t count = p.counts[t * kDigits + digit];
      total += count;
      before += t < static_cast<int>(blockIdx.x) ? count : 0;
    }
  }
  int32_t target = sum_before(total) + before;
  for (int w = 0; w < kWarps; ++w) {
    const int32_t count = targets[w][digit];
    targets[w][digit] = target;
    target += count;
  }
  __syncthreads();
}

__global__ void __launch_bounds__(kBlockThreads) sort_rows(const __grid_constant__ SortRowsParams p) {
  __shared__ int32_t targets[kWarps][kDigits];
  const int lane = static_cast<int>(threadIdx.x) % 32;
  const int warp = static_cast<int>(threadIdx.x) / 32;
  const uint32_t lower_lanes = (1u << lane) - 1;
  const int64_t first =
      (static_cast<int64_t>(blockIdx.x) * kWarps + warp) * 32 * p.rows_per_thread + lane;  // of the thread
  SortedRows from = p.from;
  SortedRows to = p.to;
  for (int pass = p.first_pass; pass < p.end_pass; ++pass) {
    find_targets(p, from, pass, first, targets);
    for (int done = 0; done < p.rows_per_thread; done += kRowsAhead) {
      int64_t rows[kRowsAhead];
      int64_t places[kRowsAhead];
#pragma unroll
      for (int e = 0; e < kRowsAhead; ++e) {
        const int64_t i = first + static_cast<int64_t>(done + e) * 32;
        const bool is_given = done + e < p.rows_per_thread && i < p.num;
        rows[e] = is_given ? from.rows[i] : 0;
        places[e] = !is_given ? -1 : pass == 0 ? i : from.places[i];
      }
#pragma unroll
      for (int e = 0; e < kRowsAhead; ++e) {
        if (done + e >= p.rows_per_thread) break;
        const bool is_given = places[e] >= 0;
        const int digit = is_given ? digit_of(p, rows[e], pass) : kDigits;
        const uint32_t peers = __match_any_sync(0xffffffffu, digit);
        if (is_given) {
          const int32_t target = targets[warp][digit] + __popc(peers & lower_lanes);
          int64_t place[1] = {places[e]};
          if (pass == p.num_passes - 1) p.walk.offsets(places[e], place);
          to.rows[target] = rows[e];
          to.places[target] = place[0];
        }
        __syncwarp();
        if (is_given && (peers & lower_lanes) == 0) targets[warp][digit] += __popc(peers);
        __syncwarp();
      }
    }
    __syncthreads();  // what a single tile has written is read in the next pass
    const SortedRows last = from;
    from = to;
    to = last;
  }
}

}  // namespace

const void* count_rows_kernel() noexcept { return reinterpret_cast<const void*>(&count_rows); }
const void* sort_rows_kernel() noexcept { return reinterpret_cast<const void*>(&sort_rows); }

}  // namespace vt::cuda
