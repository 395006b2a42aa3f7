// SPDX-License-Identifier: Apache-2.0
// Kernels of the attention family (Note [Attention on the device] in attention.hpp).
#include "attention.hpp"

#include <vt/cpp/math.hpp>
#include <vt/cpp/philox.hpp>

#include <limits>

#include "elements.cuh"

namespace vt::cuda {
namespace {

constexpr int kSide = 16;  // threads along each dimension of a tile
constexpr int kPad = 4;    // elements behind a staged row, so that neighbouring rows lie in other banks
constexpr int kHalfWarp = 16;

template <class T>
using ComputeOf = std::conditional_t<std::is_same_v<T, double>, double, float>;

VT_DEVICE float multiply_add(float a, float b, float c) { return __fmaf_rn(a, b, c); }
VT_DEVICE double multiply_add(double a, double b, double c) { return __fma_rn(a, b, c); }

template <class C>
inline constexpr C kInfinite = std::numeric_limits<C>::infinity();

template <class C, class T>
VT_DEVICE C load_as(const char* p) {
  const T value = *reinterpret_cast<const T*>(p);
  if constexpr (kIsSmallFloat<T>) {
    return widen(value);
  } else {
    return value;
  }
}
template <class T, class C>
VT_DEVICE void store_as(char* p, C value) {
  if constexpr (kIsSmallFloat<T>) {
    *reinterpret_cast<T*>(p) = narrow<T>(value);
  } else {
    *reinterpret_cast<T*>(p) = value;
  }
}

// How rows of up to kWidth elements are cut. Doubles take tiles of a quarter.
template <class C, int kWidth>
struct Cut {
  static constexpr bool kIsDouble = std::is_same_v<C, double>;
  static constexpr int kChunk = kWidth < kAttentionChunk ? kWidth : kAttentionChunk;
  static constexpr int kChunks = kWidth / kChunk;
  static constexpr bool kStays = kChunks == 1;
  static constexpr int kStride = kChunk + kPad;
  static constexpr int kForwardRows = kIsDouble ? 16 : 64;
  static constexpr int kGradRows = kIsDouble ? 16 : kWidth <= 32 ? 64 : 32;
  static constexpr int kColumns = kIsDouble ? 16 : 32;
};

// Which head a block works on, and where its operands begin.
struct Place {
  int64_t tile;
  int64_t head;  // of the queries, or the keys
  int64_t batch;

  VT_DEVICE Place(int64_t index, int64_t tiles, int64_t heads) {
    tile = index % tiles;
    head = index / tiles % heads;
    batch = index / tiles / heads;
  }
};

VT_DEVICE char* head_of(const AttentionParams& p, const AttentionOperand& operand, int64_t batch, int64_t head) {
  char* at = operand.data + head * operand.head;
  for (int d = 0; d < kAttentionLeads; ++d) {
    at += batch % p.lead_sizes[d] * operand.lead[d];
    batch /= p.lead_sizes[d];
  }
  return at;
}

struct Thread {
  int index = static_cast<int>(threadIdx.x);
  int row = index / kSide;
  int column = index % kSide;
};

// Copies kRows rows from `first` on, elements from `begin` on, to shared memory; zeros beyond `rows` and `width`.
template <class T, class C, int kRows, int kChunk>
VT_DEVICE void stage(C* to, const char* from, const AttentionOperand& operand, int64_t first, int64_t rows,
                     int64_t begin, int64_t width) {
  constexpr int kStep = kBlockThreads / kChunk;  // rows at a time
  const int element = static_cast<int>(threadIdx.x) % kChunk;
  const int first_row = static_cast<int>(threadIdx.x) / kChunk;
  const char* at = from + (first + first_row) * operand.row + (begin + element) * operand.column;
  const bool in_row = begin + element < width;
#pragma unroll 8
  for (int r = first_row; r < kRows; r += kStep) {
    to[r * (kChunk + kPad) + element] = in_row && first + r < rows ? load_as<C, T>(at) : C{0};
    at += kStep * operand.row;
  }
}

template <class C>
struct alignas(16) Four {
  C values[4];
};

// sums[r][c] += a[row r] . b[column c], over staged elements.
template <int kRows, int kColumns, int kChunk, class C>
VT_DEVICE void add_products(const C* a, const C* b, const Thread& thread, C (&sums)[kRows][kColumns]) {
  constexpr int kStride = kChunk + kPad;
#pragma unroll 2
  for (int e = 0; e < kChunk; e += 4) {
    Four<C> left[kRows];
    Four<C> right[kColumns];
#pragma unroll
    for (int r = 0; r < kRows; ++r)
      left[r] = *reinterpret_cast<const Four<C>*>(a + (thread.row + r * kSide) * kStride + e);
#pragma unroll
    for (int c = 0; c < kColumns; ++c)
      right[c] = *reinterpret_cast<const Four<C>*>(b + (thread.column + c * kSide) * kStride + e);
#pragma unroll
    for (int k = 0; k < 4; ++k)
#pragma unroll
      for (int r = 0; r < kRows; ++r)
#pragma unroll
        for (int c = 0; c < kColumns; ++c) sums[r][c] = multiply_add(left[r].values[k], right[c].values[k], sums[r][c]);
  }
}

// The elements of a chunk that a thread gathers: pairs of neighbours, pairs of threads side by side.
constexpr int kPair = 2;
template <int kChunk>
constexpr int kOwned = kChunk / kSide;
VT_DEVICE int owned_element(const Thread& thread, int i) {
  return i / kPair * kPair * kSide + thread.column * kPair + i % kPair;
}

// sums[r][i] += sum over j of weights[row r][j] * b[j][element i].
template <int kRows, int kDepth, int kChunk, class C>
VT_DEVICE void add_weighted(const C* weights, const C* b, const Thread& thread, C (&sums)[kRows][kOwned<kChunk>]) {
  constexpr int kStride = kChunk + kPad;
  constexpr int kWeightStride = kDepth + kPad;
  struct alignas(kPair * sizeof(C)) Pair {
    C values[kPair];
  };
#pragma unroll 2
  for (int j = 0; j < kDepth; j += 4) {
    Four<C> left[kRows];
#pragma unroll
    for (int r = 0; r < kRows; ++r)
      left[r] = *reinterpret_cast<const Four<C>*>(weights + (thread.row + r * kSide) * kWeightStride + j);
#pragma unroll
    for (int k = 0; k < 4; ++k)
#pragma unroll
      for (int i = 0; i < kOwned<kChunk>; i += kPair) {
        const Pair right = *reinterpret_cast<const Pair*>(b + (j + k) * kStride + owned_element(thread, i));
#pragma unroll
        for (int r = 0; r < kRows; ++r)
#pragma unroll
          for (int x = 0; x < kPair; ++x)
            sums[r][i + x] = multiply_add(left[r].values[k], right.values[x], sums[r][i + x]);
      }
  }
}

// The score of a query and a key, from their product; -infinity where the key is not seen.
template <class C>
VT_DEVICE C score(const AttentionParams& p, const char* mask, int64_t query, int64_t key, C product) {
  if (query >= p.queries || key >= p.keys || (p.is_causal && key > query)) return -kInfinite<C>;
  const C scaled = product * static_cast<C>(p.scale);
  if (p.mask.data == nullptr) return scaled;
  const char* at = mask + query * p.mask.row + key * p.mask.column;
  switch (p.mask_dtype) {
    case DtypeIndex::kBool: return load_as<uint8_t, uint8_t>(at) ? scaled : -kInfinite<C>;
    case DtypeIndex::kFloat16: return scaled + load_as<C, Half>(at);
    case DtypeIndex::kBFloat16: return scaled + load_as<C, BFloat>(at);
    case DtypeIndex::kFloat32: return scaled + load_as<C, float>(at);
    default: return scaled + static_cast<C>(load_as<double, double>(at));
  }
}

// The dropout's factor of a probability: 0 or 1 / (1 - p) (Philox by element number, as on the CPU).
template <class C>
VT_DEVICE C drop_factor(const AttentionParams& p, int64_t matrix, int64_t query, int64_t key) {
  const auto element = static_cast<uint64_t>((matrix * p.queries + query) * p.keys + key);
  const PhiloxWords words = p.numbers(element / 4);
  const uint32_t picked =
      element % 4 < 2 ? (element % 2 ? words.word[1] : words.word[0]) : (element % 2 ? words.word[3] : words.word[2]);
  const float uniform = static_cast<float>(picked >> 8) * 0x1p-24f;
  const bool kept = uniform >= static_cast<float>(p.dropout_p);
  return kept ? static_cast<C>(static_cast<float>(1 / (1 - p.dropout_p))) : C{0};
}

template <class C>
VT_DEVICE C largest_of_row(C value) {
  for (int step = kHalfWarp / 2; step > 0; step /= 2) {
    const C other = __shfl_xor_sync(0xffffffff, value, step);
    value = other > value ? other : value;
  }
  return value;
}
template <class C>
VT_DEVICE C sum_of_row(C value) {
  for (int step = kHalfWarp / 2; step > 0; step /= 2) value += __shfl_xor_sync(0xffffffff, value, step);
  return value;
}

VT_DEVICE int64_t smaller(int64_t a, int64_t b) { return a < b ? a : b; }

template <class T, int kWidth>
__global__ void __launch_bounds__(kBlockThreads) attention_forward(const __grid_constant__ AttentionParams p) {
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
  const Place place(blockIdx.x, tiles, p.heads);
  // With a causal mask the last queries have the most to do.
  const int64_t first = (tiles - 1 - place.tile) * K::kForwardRows;
  const int64_t matrix = place.batch * p.heads + place.head;
  const char* query = head_of(p, p.query, place.batch, place.head);
  const char* key = head_of(p, p.key, place.batch, place.head / p.group);
  const char* value = head_of(p, p.value, place.batch, place.head / p.group);
  const char* mask = p.mask.data ? head_of(p, p.mask, place.batch, place.head) : nullptr;

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

  char* result = head_of(p, p.out, place.batch, place.head);
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

// A half-warp per query.
template <class T>
__global__ void __launch_bounds__(kBlockThreads) attention_delta(const __grid_constant__ AttentionParams p) {
  using C = ComputeOf<T>;
  const Thread thread;
  const int64_t tiles = (p.queries + kSide - 1) / kSide;
  const Place place(blockIdx.x, tiles, p.heads);
  const int64_t row = place.tile * kSide + thread.row;
  const int64_t at = (place.batch * p.heads + place.head) * p.queries + row;
  C sum = 0;
  if (row < p.queries) {
    const char* grad = head_of(p, p.grad, place.batch, place.head) + row * p.grad.row;
    const char* out = head_of(p, p.out, place.batch, place.head) + row * p.out.row;
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

// Writes the chunks a thread gathered.
template <class T, int kRows, int kChunk, class C>
VT_DEVICE void store_rows(char* to, const AttentionOperand& operand, const Thread& thread, int64_t first, int64_t rows,
                          int64_t begin, int64_t width, const C (&sums)[kRows][kOwned<kChunk>]) {
#pragma unroll
  for (int r = 0; r < kRows; ++r) {
    const int64_t row = first + thread.row + r * kSide;
    if (row >= rows) continue;
#pragma unroll
    for (int i = 0; i < kOwned<kChunk>; ++i) {
      const int64_t element = begin + owned_element(thread, i);
      if (element < width) store_as<T>(to + row * operand.row + element * operand.column, sums[r][i]);
    }
  }
}

// The gradients of a tile of keys and values: rows are keys, columns queries.
template <class T, int kWidth>
__global__ void __launch_bounds__(kBlockThreads) attention_key_grad(const __grid_constant__ AttentionParams p) {
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
  const Place place(blockIdx.x, tiles, key_heads);
  const int64_t first = place.tile * K::kGradRows;
  const char* key = head_of(p, p.key, place.batch, place.head);
  const char* value = head_of(p, p.value, place.batch, place.head);
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
    const char* query = head_of(p, p.query, place.batch, head);
    const char* grad = head_of(p, p.grad, place.batch, head);
    const char* mask = p.mask.data ? head_of(p, p.mask, place.batch, head) : nullptr;
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
  char* key_result = head_of(p, p.key_grad, place.batch, place.head);
  char* value_result = head_of(p, p.value_grad, place.batch, place.head);
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
  const Place place(blockIdx.x, tiles, p.heads);
  const int64_t first = (tiles - 1 - place.tile) * K::kGradRows;
  const int64_t matrix = place.batch * p.heads + place.head;
  const char* query = head_of(p, p.query, place.batch, place.head);
  const char* grad = head_of(p, p.grad, place.batch, place.head);
  const char* key = head_of(p, p.key, place.batch, place.head / p.group);
  const char* value = head_of(p, p.value, place.batch, place.head / p.group);
  const char* mask = p.mask.data ? head_of(p, p.mask, place.batch, place.head) : nullptr;
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
  char* result = head_of(p, p.query_grad, place.batch, place.head);
#pragma unroll
  for (int c = 0; c < K::kChunks; ++c)
    store_rows<T, kRowsOf, K::kChunk>(result, p.query_grad, thread, first, p.queries, c * K::kChunk, p.width,
                                      query_grad[c]);
}

// Calls visit.operator()<T>() for the dtypes of attention; a null kernel for others.
template <class Visit>
AttentionKernel visit_float(DtypeIndex dtype, Visit&& visit) noexcept {
  switch (dtype) {
    case DtypeIndex::kFloat16: return visit.template operator()<Half>();
    case DtypeIndex::kBFloat16: return visit.template operator()<BFloat>();
    case DtypeIndex::kFloat32: return visit.template operator()<float>();
    case DtypeIndex::kFloat64: return visit.template operator()<double>();
    default: return {nullptr, 1};
  }
}
// Calls visit.operator()<T, kWidth>() with the least width that has room.
template <class Visit>
AttentionKernel visit_width(DtypeIndex dtype, int64_t width, Visit&& visit) noexcept {
  if (width > kAttentionMaxWidth) return {nullptr, 1};
  return visit_float(dtype, [&]<class T>() {
    if (width <= 32) return visit.template operator()<T, 32>();
    if (width <= 64) return visit.template operator()<T, 64>();
    if (width <= 128) return visit.template operator()<T, 128>();
    return visit.template operator()<T, 256>();
  });
}

}  // namespace

AttentionKernel attention_forward_kernel(DtypeIndex dtype, int64_t width) noexcept {
  return visit_width(dtype, width, [&]<class T, int kWidth>() -> AttentionKernel {
    return {reinterpret_cast<const void*>(&attention_forward<T, kWidth>), Cut<ComputeOf<T>, kWidth>::kForwardRows};
  });
}

AttentionKernel attention_delta_kernel(DtypeIndex dtype) noexcept {
  return visit_float(
      dtype, [&]<class T>() -> AttentionKernel { return {reinterpret_cast<const void*>(&attention_delta<T>), kSide}; });
}

AttentionKernel attention_key_grad_kernel(DtypeIndex dtype, int64_t width) noexcept {
  return visit_width(dtype, width, [&]<class T, int kWidth>() -> AttentionKernel {
    return {reinterpret_cast<const void*>(&attention_key_grad<T, kWidth>), Cut<ComputeOf<T>, kWidth>::kGradRows};
  });
}

AttentionKernel attention_query_grad_kernel(DtypeIndex dtype, int64_t width) noexcept {
  return visit_width(dtype, width, [&]<class T, int kWidth>() -> AttentionKernel {
    return {reinterpret_cast<const void*>(&attention_query_grad<T, kWidth>), Cut<ComputeOf<T>, kWidth>::kGradRows};
  });
}

}  // namespace vt::cuda
