// SPDX-License-Identifier: Apache-2.0
// What the gradients of attention on tensor cores share: the rows' sums they read, and weights and their differentials.
#pragma once

#include "attention_tensor_tiles.cuh"

namespace vt::cuda::tensor {

// lse to base 2; infinite where no key was seen, so that 2^(score - lse) is zero there.
VT_DEVICE float base2_lse(float lse) { return lse == -kInfinite<float> ? kInfinite<float> : lse * kLog2E; }

// Of a query: rowsum(grad * out) - d lse, and lse to base 2. Each row is given to kChunks neighbouring lanes that call this
// together, one chunk to a lane; all get the sums. Rows outside count as queries that see no key.
struct RowSums {
  float delta;
  float lse;
};
template <class T, int kWidth>
VT_DEVICE RowSums sum_row(const AttentionParams& p, const char* grad, const char* out, int64_t matrix, int query) {
  constexpr int kChunks = Tile<kWidth>::kChunks;
  const int column = static_cast<int>(threadIdx.x) % kChunks * 8;
  const bool is_row = query < p.queries;
  float sum = 0;
  if (is_row) {
    const uint4 left = load_chunk<T>(grad + query * p.grad.row, p.grad, column, p.value_width);
    const uint4 right = load_chunk<T>(out + query * p.out.row, p.out, column, p.value_width);
    T a[8];
    T b[8];
    memcpy(a, &left, sizeof a);
    memcpy(b, &right, sizeof b);
#pragma unroll
    for (int i = 0; i < 8; ++i) sum = __fmaf_rn(widen(a[i]), widen(b[i]), sum);
  }
#pragma unroll
  for (int step = 1; step < kChunks; step *= 2) sum += __shfl_xor_sync(0xffffffff, sum, step);
  if (!is_row) return {0.0f, kInfinite<float>};
  const int64_t at = matrix * p.queries + query;
  if (p.lse_grad != nullptr) sum -= static_cast<const float*>(p.lse_grad)[at];
  return {sum, base2_lse(static_cast<const float*>(p.lse)[at])};
}

// Of one query and key: the weight with dropout, and the gradient of the scaled score. `exponent` is score - lse to base 2.
struct Differentials {
  float weight;
  float score_grad;
};
VT_DEVICE Differentials differentiate(float exponent, float weight_grad, float drop, float delta) {
  const float weight = fast_exp2(exponent);
  return {weight * drop, weight * __fmaf_rn(weight_grad, drop, -delta)};
}

}  // namespace vt::cuda::tensor
