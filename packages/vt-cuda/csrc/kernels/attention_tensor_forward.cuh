// SPDX-License-Identifier: Apache-2.0
// What a warp gathers over the keys of its queries: the online softmax of the attention kernels on tensor cores.
#pragma once

#include <vt/cpp/math.hpp>

#include "attention_tensor_tiles.cuh"

namespace vt::cuda::tensor {

// The sums of a warp's queries: results before they are divided, the largest score and the sum of weights.
template <int kTiles, int kWidth>
struct Gathered {
  float out[kTiles][kWidth / 8][4] = {};
  float top[kTiles][2];
  float total[kTiles][2] = {};

  VT_DEVICE Gathered() {
#pragma unroll
    for (int t = 0; t < kTiles; ++t) top[t][0] = top[t][1] = -kInfinite<float>;
  }
};

// Makes weights of scores, which `factor` brings to base 2, and scales down what was gathered under a lower top.
template <bool kAll, int kTiles, int kColumns, int kWidth>
VT_DEVICE void weigh(float (&scores)[kTiles][kColumns / 8][4], float factor, const Groups& groups,
                     Gathered<kTiles, kWidth>& gathered) {
#pragma unroll
  for (int t = 0; t < kTiles; ++t) {
    float tops[2] = {gathered.top[t][0], gathered.top[t][1]};
#pragma unroll
    for (int n = 0; n < kColumns / 8; ++n) {
      if (!kAll && !groups.has(n / 2)) continue;
#pragma unroll
      for (int i = 0; i < 4; ++i) tops[i / 2] = fmaxf(tops[i / 2], scores[t][n][i]);
    }
    float offsets[2];
#pragma unroll
    for (int half = 0; half < 2; ++half) {
      for (int step = 1; step < 4; step *= 2)
        tops[half] = fmaxf(tops[half], __shfl_xor_sync(0xffffffff, tops[half], step));
      offsets[half] = tops[half] == -kInfinite<float> ? 0.0f : tops[half] * factor;
      const float shrink = fast_exp2(__fmaf_rn(gathered.top[t][half], factor, -offsets[half]));
      gathered.top[t][half] = tops[half];
      gathered.total[t][half] *= shrink;
#pragma unroll
      for (int n = 0; n < kWidth / 8; ++n) {
        gathered.out[t][n][2 * half] *= shrink;
        gathered.out[t][n][2 * half + 1] *= shrink;
      }
    }
#pragma unroll
    for (int n = 0; n < kColumns / 8; ++n) {
      if (!kAll && !groups.has(n / 2)) continue;
#pragma unroll
      for (int i = 0; i < 4; ++i) {
        scores[t][n][i] = fast_exp2(__fmaf_rn(scores[t][n][i], factor, -offsets[i / 2]));
        gathered.total[t][i / 2] += scores[t][n][i];
      }
    }
  }
}

// Writes the results and lse of a warp's queries from `first` on.
template <class T, int kTiles, int kWidth>
VT_DEVICE void write_gathered(const AttentionParams& p, const Gathered<kTiles, kWidth>& gathered, float factor,
                              const Place& place, int first, const Lane& lane) {
  const auto num_queries = static_cast<int>(p.queries);
  const int64_t matrix = place.batch * p.heads + place.head;
  char* result = head_of(p.out, place, place.head);
#pragma unroll
  for (int t = 0; t < kTiles; ++t) {
    const int row = first + t * kGroup;
    float inverses[2];
#pragma unroll
    for (int half = 0; half < 2; ++half) {
      float total = gathered.total[t][half];
      for (int step = 1; step < 4; step *= 2) total += __shfl_xor_sync(0xffffffff, total, step);
      inverses[half] = total == 0 ? 0.0f : 1.0f / total;
      const int query = row + lane.row + half * 8;
      if (lane.column == 0 && query < num_queries)
        static_cast<float*>(p.lse)[matrix * p.queries + query] =
            total == 0 ? -kInfinite<float> : gathered.top[t][half] * factor * kLn2 + math::log(total);
    }
    store_sums<T>(gathered.out[t], inverses, result, p.out, row, num_queries, 0, p.value_width, lane);
  }
}

}  // namespace vt::cuda::tensor
