// SPDX-License-Identifier: Apache-2.0
// Attention without tensor cores (Note [Attention on the device] in attention.hpp).
#include <vt/cpp/math.hpp>

#include "attention_tiles.cuh"

namespace vt::cuda {
namespace {

template <class T, int kWidth>
__global__ void __launch_bounds__(kBlockThreads) attention_forward(const __grid_constant__ AttentionParams p) {
  wait_for_previous_kernel();
  using C = ComputeOf<T>;
  using K = Cut<C, kWidth>;
  constexpr int kRowsOf = K::kForwardRows / kSide;
  constexpr int kColumnsOf = K::kColumns / kSide;
  alignas(16) __shared__ C queries[K::kForwardRows * K::kStride];
  alignas(16) __shared__ C keys[K::kColumns * K::kStride];
  alignas(16) __shared__ C values[K::kColumns * K::kStride];
  alignas(16) __shared__ C weights[K::kForwardRows * (K::kColumns + kPad)];
  const Thread thread;
  const int64_t tiles = (p.queries + K::kForwardRows - 1) / K::kForwardRows;
  const Place place(p, blockIdx.x, tiles, p.heads);
  // With a causal mask the last queries have the most to do.
  const int64_t first = (tiles - 1 - place.tile) * K::kForwardRows;
  const int64_t matrix = place.batch * p.heads + place.head;
  const char* query = head_of(p.query, place, place.head);
  const char* key = head_of(p.key, place, place.head / p.group);
  const char* value = head_of(p.value, place, place.head / p.group);
  const char* mask = p.mask.data ? head_of(p.mask, place, place.head) : nullptr;

  C out[K::kChunks][kRowsOf][kOwned<K::kChunk>] = {};
  C top[kRowsOf];
  C total[kRowsOf];
#pragma unroll
  for (int r = 0; r < kRowsOf; ++r) {
    top[r] = -kInfinite<C>;
    total[r] = 0;
  }
  if (K::kStays) stage<T, C, K::kForwardRows, K::kChunk>(queries, query, p.query, first, p.queries, 0, p.width);
  const int64_t end = p.is_causal ? smaller(p.keys, first + K::kForwardRows) : p.keys;
  for (int64_t begin = 0; begin < end; begin += K::kColumns) {
    C products[kRowsOf][kColumnsOf] = {};
#pragma unroll 1
    for (int c = 0; c < K::kChunks; ++c) {
      __syncthreads();
      if (!K::kStays)
        stage<T, C, K::kForwardRows, K::kChunk>(queries, query, p.query, first, p.queries, c * K::kChunk, p.width);
      stage<T, C, K::kColumns, K::kChunk>(keys, key, p.key, begin, p.keys, c * K::kChunk, p.width);
      if (c == 0) stage<T, C, K::kColumns, K::kChunk>(values, value, p.value, begin, p.keys, 0, p.value_width);
      __syncthreads();
      add_products<kRowsOf, kColumnsOf, K::kChunk>(queries, keys, thread, products);
    }
#pragma unroll
    for (int r = 0; r < kRowsOf; ++r) {
      const int64_t row = first + thread.row + r * kSide;
      C block_top = -kInfinite<C>;
#pragma unroll
      for (int c = 0; c < kColumnsOf; ++c) {
        products[r][c] = score(p, mask, row, begin + thread.column + c * kSide, products[r][c]);
        block_top = products[r][c] > block_top ? products[r][c] : block_top;
      }
      block_top = largest_of_row(block_top);
      const C new_top = block_top > top[r] ? block_top : top[r];
      const C offset = new_top == -kInfinite<C> ? C{0} : new_top;
      const C factor = math::exp(top[r] - offset);
      top[r] = new_top;
      C sum = 0;
#pragma unroll
      for (int c = 0; c < kColumnsOf; ++c) {
        C weight = math::exp(products[r][c] - offset);
        sum += weight;
        const int64_t column = begin + thread.column + c * kSide;
        if (p.dropout_p > 0) weight *= drop_factor<C>(p, matrix, row, column);
        weights[(thread.row + r * kSide) * (K::kColumns + kPad) + thread.column + c * kSide] = weight;
      }
      total[r] = total[r] * factor + sum_of_row(sum);
#pragma unroll
      for (int c = 0; c < K::kChunks; ++c)
#pragma unroll
        for (int i = 0; i < kOwned<K::kChunk>; ++i) out[c][r][i] *= factor;
    }
    __syncthreads();
#pragma unroll
    for (int c = 0; c < K::kChunks; ++c) {
      if (c > 0) {
        __syncthreads();
        stage<T, C, K::kColumns, K::kChunk>(values, value, p.value, begin, p.keys, c * K::kChunk, p.value_width);
        __syncthreads();
      }
      add_weighted<kRowsOf, K::kColumns, K::kChunk>(weights, values, thread, out[c]);
    }
  }

  char* result = head_of(p.out, place, place.head);
#pragma unroll
  for (int r = 0; r < kRowsOf; ++r) {
    const int64_t row = first + thread.row + r * kSide;
    if (row >= p.queries) continue;
    const bool empty = total[r] == 0;
    const C inverse = empty ? C{0} : C{1} / total[r];
    if (thread.column == 0)
      static_cast<C*>(p.lse)[matrix * p.queries + row] = empty ? -kInfinite<C> : top[r] + math::log(total[r]);
#pragma unroll
    for (int c = 0; c < K::kChunks; ++c)
#pragma unroll
      for (int i = 0; i < kOwned<K::kChunk>; ++i) {
        const int64_t element = c * K::kChunk + owned_element(thread, i);
        if (element < p.value_width)
          store_as<T>(result + row * p.out.row + element * p.out.column, out[c][r][i] * inverse);
      }
  }
}

}  // namespace

AttentionKernel attention_forward_kernel(DtypeIndex dtype, int64_t width) noexcept {
  return visit_width(dtype, width, [&]<class T, int kWidth>() -> AttentionKernel {
    return whole_blocks(reinterpret_cast<const void*>(&attention_forward<T, kWidth>),
                        Cut<ComputeOf<T>, kWidth>::kForwardRows);
  });
}

}  // namespace vt::cuda
