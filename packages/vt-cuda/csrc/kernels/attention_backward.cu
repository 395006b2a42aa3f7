// SPDX-License-Identifier: Apache-2.0
// The gradients of attention without tensor cores (Note [Attention on the device] in attention.hpp).
#include <vt/cpp/math.hpp>

#include "attention_tiles.cuh"

namespace vt::cuda {
namespace {

// A half-warp per query.
template <class T>
__global__ void __launch_bounds__(kBlockThreads) attention_delta(const __grid_constant__ AttentionParams p) {
  wait_for_previous_kernel();
  using C = ComputeOf<T>;
  const Thread thread;
  const int64_t tiles = (p.queries + kSide - 1) / kSide;
  const Place place(p, blockIdx.x, tiles, p.heads);
  const int64_t row = place.tile * kSide + thread.row;
  const int64_t at = (place.batch * p.heads + place.head) * p.queries + row;
  C sum = 0;
  if (row < p.queries) {
    const char* grad = head_of(p.grad, place, place.head) + row * p.grad.row;
    const char* out = head_of(p.out, place, place.head) + row * p.out.row;
    for (int64_t e = thread.column; e < p.value_width; e += kSide)
      sum = multiply_add(load_as<C, T>(grad + e * p.grad.column), load_as<C, T>(out + e * p.out.column), sum);
  }
  sum = sum_of_row(sum);
  if (row >= p.queries || thread.column != 0) return;
  if (p.lse_grad != nullptr) sum -= static_cast<const C*>(p.lse_grad)[at];
  static_cast<C*>(p.delta)[at] = sum;
}

// A probability with dropout, and the gradient of the product q k^T, of one element.
template <class C>
struct Differential {
  C weight;
  C score_grad;
};
template <class C>
VT_DEVICE Differential<C> differentiate(const AttentionParams& p, const char* mask, int64_t matrix, int64_t query,
                                        int64_t key, C product, C weight_grad) {
  const C value = score(p, mask, query, key, product);
  if (value == -kInfinite<C>) return {0, 0};
  const C lse = static_cast<const C*>(p.lse)[matrix * p.queries + query];
  const C delta = static_cast<const C*>(p.delta)[matrix * p.queries + query];
  const C weight = lse == -kInfinite<C> ? C{0} : math::exp(value - lse);
  const C factor = p.dropout_p > 0 ? drop_factor<C>(p, matrix, query, key) : C{1};
  return {weight * factor, weight * (weight_grad * factor - delta) * static_cast<C>(p.scale)};
}

// The gradients of a tile of keys and values: rows are keys, columns queries.
template <class T, int kWidth>
__global__ void __launch_bounds__(kBlockThreads) attention_key_grad(const __grid_constant__ AttentionParams p) {
  wait_for_previous_kernel();
  using C = ComputeOf<T>;
  using K = Cut<C, kWidth>;
  constexpr int kRowsOf = K::kGradRows / kSide;
  constexpr int kColumnsOf = K::kColumns / kSide;
  constexpr int kBuffers = K::kStays ? 2 : 1;
  constexpr int kWeightStride = K::kColumns + kPad;
  // Keys, then values; queries, then gradients: in one buffer where they come in chunks.
  alignas(16) __shared__ C row_data[kBuffers][K::kGradRows * K::kStride];
  alignas(16) __shared__ C column_data[kBuffers][K::kColumns * K::kStride];
  alignas(16) __shared__ C exchange[K::kGradRows * kWeightStride];
  const Thread thread;
  const int64_t tiles = (p.keys + K::kGradRows - 1) / K::kGradRows;
  const int64_t key_heads = p.heads / p.group;
  const Place place(p, blockIdx.x, tiles, key_heads);
  const int64_t first = place.tile * K::kGradRows;
  const char* key = head_of(p.key, place, place.head);
  const char* value = head_of(p.value, place, place.head);
  C* keys = row_data[0];
  C* values = row_data[kBuffers - 1];
  C* queries = column_data[0];
  C* grads = column_data[kBuffers - 1];

  C key_grad[K::kChunks][kRowsOf][kOwned<K::kChunk>] = {};
  C value_grad[K::kChunks][kRowsOf][kOwned<K::kChunk>] = {};
  if (K::kStays) {
    stage<T, C, K::kGradRows, K::kChunk>(keys, key, p.key, first, p.keys, 0, p.width);
    stage<T, C, K::kGradRows, K::kChunk>(values, value, p.value, first, p.keys, 0, p.value_width);
  }
  for (int64_t head = place.head * p.group; head < (place.head + 1) * p.group; ++head) {
    const int64_t matrix = place.batch * p.heads + head;
    const char* query = head_of(p.query, place, head);
    const char* grad = head_of(p.grad, place, head);
    const char* mask = p.mask.data ? head_of(p.mask, place, head) : nullptr;
    for (int64_t begin = p.is_causal ? first / K::kColumns * K::kColumns : 0; begin < p.queries; begin += K::kColumns) {
      C products[kRowsOf][kColumnsOf] = {};
      C weight_grads[kRowsOf][kColumnsOf] = {};
#pragma unroll 1
      for (int c = 0; c < K::kChunks; ++c) {
        __syncthreads();
        stage<T, C, K::kColumns, K::kChunk>(queries, query, p.query, begin, p.queries, c * K::kChunk, p.width);
        if (K::kStays) {
          stage<T, C, K::kColumns, K::kChunk>(grads, grad, p.grad, begin, p.queries, 0, p.value_width);
        } else {
          stage<T, C, K::kGradRows, K::kChunk>(keys, key, p.key, first, p.keys, c * K::kChunk, p.width);
        }
        __syncthreads();
        add_products<kRowsOf, kColumnsOf, K::kChunk>(keys, queries, thread, products);
        if (!K::kStays) {
          __syncthreads();
          stage<T, C, K::kColumns, K::kChunk>(grads, grad, p.grad, begin, p.queries, c * K::kChunk, p.value_width);
          stage<T, C, K::kGradRows, K::kChunk>(values, value, p.value, first, p.keys, c * K::kChunk, p.value_width);
          __syncthreads();
        }
        add_products<kRowsOf, kColumnsOf, K::kChunk>(values, grads, thread, weight_grads);
      }
#pragma unroll
      for (int r = 0; r < kRowsOf; ++r)
#pragma unroll
        for (int c = 0; c < kColumnsOf; ++c) {
          const int row = thread.row + r * kSide;
          const int column = thread.column + c * kSide;
          const Differential<C> d =
              differentiate(p, mask, matrix, begin + column, first + row, products[r][c], weight_grads[r][c]);
          exchange[row * kWeightStride + column] = d.weight;
          products[r][c] = d.score_grad;
        }
      __syncthreads();
#pragma unroll
      for (int c = 0; c < K::kChunks; ++c) {
        if (!K::kStays) {
          stage<T, C, K::kColumns, K::kChunk>(grads, grad, p.grad, begin, p.queries, c * K::kChunk, p.value_width);
          __syncthreads();
        }
        add_weighted<kRowsOf, K::kColumns, K::kChunk>(exchange, grads, thread, value_grad[c]);
        __syncthreads();
      }
#pragma unroll
      for (int r = 0; r < kRowsOf; ++r)
#pragma unroll
        for (int c = 0; c < kColumnsOf; ++c)
          exchange[(thread.row + r * kSide) * kWeightStride + thread.column + c * kSide] = products[r][c];
#pragma unroll
      for (int c = 0; c < K::kChunks; ++c) {
        if (!K::kStays)
          stage<T, C, K::kColumns, K::kChunk>(queries, query, p.query, begin, p.queries, c * K::kChunk, p.width);
        __syncthreads();
        add_weighted<kRowsOf, K::kColumns, K::kChunk>(exchange, queries, thread, key_grad[c]);
        if (!K::kStays) __syncthreads();
      }
    }
  }
  char* key_result = head_of(p.key_grad, place, place.head);
  char* value_result = head_of(p.value_grad, place, place.head);
#pragma unroll
  for (int c = 0; c < K::kChunks; ++c) {
    store_rows<T, kRowsOf, K::kChunk>(key_result, p.key_grad, thread, first, p.keys, c * K::kChunk, p.width,
                                      key_grad[c]);
    store_rows<T, kRowsOf, K::kChunk>(value_result, p.value_grad, thread, first, p.keys, c * K::kChunk, p.value_width,
                                      value_grad[c]);
  }
}

// The gradient of a tile of queries: rows are queries, columns keys.
template <class T, int kWidth>
__global__ void __launch_bounds__(kBlockThreads) attention_query_grad(const __grid_constant__ AttentionParams p) {
  wait_for_previous_kernel();
  using C = ComputeOf<T>;
  using K = Cut<C, kWidth>;
  constexpr int kRowsOf = K::kGradRows / kSide;
  constexpr int kColumnsOf = K::kColumns / kSide;
  constexpr int kBuffers = K::kStays ? 2 : 1;
  constexpr int kWeightStride = K::kColumns + kPad;
  alignas(16) __shared__ C row_data[kBuffers][K::kGradRows * K::kStride];
  alignas(16) __shared__ C column_data[kBuffers][K::kColumns * K::kStride];
  alignas(16) __shared__ C exchange[K::kGradRows * kWeightStride];
  const Thread thread;
  const int64_t tiles = (p.queries + K::kGradRows - 1) / K::kGradRows;
  const Place place(p, blockIdx.x, tiles, p.heads);
  const int64_t first = (tiles - 1 - place.tile) * K::kGradRows;
  const int64_t matrix = place.batch * p.heads + place.head;
  const char* query = head_of(p.query, place, place.head);
  const char* grad = head_of(p.grad, place, place.head);
  const char* key = head_of(p.key, place, place.head / p.group);
  const char* value = head_of(p.value, place, place.head / p.group);
  const char* mask = p.mask.data ? head_of(p.mask, place, place.head) : nullptr;
  C* queries = row_data[0];
  C* grads = row_data[kBuffers - 1];
  C* keys = column_data[0];
  C* values = column_data[kBuffers - 1];

  C query_grad[K::kChunks][kRowsOf][kOwned<K::kChunk>] = {};
  if (K::kStays) {
    stage<T, C, K::kGradRows, K::kChunk>(queries, query, p.query, first, p.queries, 0, p.width);
    stage<T, C, K::kGradRows, K::kChunk>(grads, grad, p.grad, first, p.queries, 0, p.value_width);
  }
  const int64_t end = p.is_causal ? smaller(p.keys, first + K::kGradRows) : p.keys;
  for (int64_t begin = 0; begin < end; begin += K::kColumns) {
    C products[kRowsOf][kColumnsOf] = {};
    C weight_grads[kRowsOf][kColumnsOf] = {};
#pragma unroll 1
    for (int c = 0; c < K::kChunks; ++c) {
      __syncthreads();
      if (!K::kStays) {
        stage<T, C, K::kGradRows, K::kChunk>(grads, grad, p.grad, first, p.queries, c * K::kChunk, p.value_width);
        stage<T, C, K::kColumns, K::kChunk>(values, value, p.value, begin, p.keys, c * K::kChunk, p.value_width);
        __syncthreads();
        add_products<kRowsOf, kColumnsOf, K::kChunk>(grads, values, thread, weight_grads);
        __syncthreads();
        stage<T, C, K::kGradRows, K::kChunk>(queries, query, p.query, first, p.queries, c * K::kChunk, p.width);
      } else {
        stage<T, C, K::kColumns, K::kChunk>(values, value, p.value, begin, p.keys, 0, p.value_width);
      }
      stage<T, C, K::kColumns, K::kChunk>(keys, key, p.key, begin, p.keys, c * K::kChunk, p.width);
      __syncthreads();
      add_products<kRowsOf, kColumnsOf, K::kChunk>(queries, keys, thread, products);
      if (K::kStays) add_products<kRowsOf, kColumnsOf, K::kChunk>(grads, values, thread, weight_grads);
    }
#pragma unroll
    for (int r = 0; r < kRowsOf; ++r)
#pragma unroll
      for (int c = 0; c < kColumnsOf; ++c) {
        const int row = thread.row + r * kSide;
        const int column = thread.column + c * kSide;
        exchange[row * kWeightStride + column] =
            differentiate(p, mask, matrix, first + row, begin + column, products[r][c], weight_grads[r][c]).score_grad;
      }
    __syncthreads();
#pragma unroll
    for (int c = 0; c < K::kChunks; ++c) {
      if (!K::kStays) {
        stage<T, C, K::kColumns, K::kChunk>(keys, key, p.key, begin, p.keys, c * K::kChunk, p.width);
        __syncthreads();
      }
      add_weighted<kRowsOf, K::kColumns, K::kChunk>(exchange, keys, thread, query_grad[c]);
      if (!K::kStays) __syncthreads();
    }
  }
  char* result = head_of(p.query_grad, place, place.head);
#pragma unroll
  for (int c = 0; c < K::kChunks; ++c)
    store_rows<T, kRowsOf, K::kChunk>(result, p.query_grad, thread, first, p.queries, c * K::kChunk, p.width,
                                      query_grad[c]);
}

}  // namespace

AttentionKernel attention_delta_kernel(DtypeIndex dtype) noexcept {
  return visit_float(dtype, [&]<class T>() -> AttentionKernel {
    return whole_blocks(reinterpret_cast<const void*>(&attention_delta<T>), kSide);
  });
}

AttentionKernel attention_key_grad_kernel(DtypeIndex dtype, int64_t width) noexcept {
  return visit_width(dtype, width, [&]<class T, int kWidth>() -> AttentionKernel {
    return whole_blocks(reinterpret_cast<const void*>(&attention_key_grad<T, kWidth>),
                        Cut<ComputeOf<T>, kWidth>::kGradRows);
  });
}

AttentionKernel attention_query_grad_kernel(DtypeIndex dtype, int64_t width) noexcept {
  return visit_width(dtype, width, [&]<class T, int kWidth>() -> AttentionKernel {
    return whole_blocks(reinterpret_cast<const void*>(&attention_query_grad<T, kWidth>),
                        Cut<ComputeOf<T>, kWidth>::kGradRows);
  });
}

}  // namespace vt::cuda
