// SPDX-License-Identifier: Apache-2.0
// All gradients of float attention at once, where a block has room for the keys (Note [Attention on the device] in
// attention.hpp).
#include <vt/cpp/math.hpp>

#include "attention_tiles.cuh"
#include "device/tensor_core.cuh"

namespace vt::cuda {
namespace {

// How a block is cut that holds kGroups * kSide keys of up to kWidth elements: its tiles of queries are as long as two blocks
// leave room for on a multiprocessor.
template <int kGroups, int kWidth>
struct ShortCut {
  static constexpr int kKeys = kGroups * kSide;
  static constexpr int kQueryGroups = kGroups == 8 ? kWidth / 16 : kGroups == 5 && kWidth == 64 ? 3 : kGroups;
  static constexpr int kQueries = kQueryGroups * kSide;
  static constexpr int kBlocks = kGroups == 8 && kWidth == 64 ? 1 : 2;
  static constexpr int kStride = kWidth + kPad;
  // Differentials lie by keys, and in the first of the two tables later by queries.
  static constexpr int kByKeys = kKeys * (kQueries + kPad);
  static constexpr int kByQueries = kQueries * (kKeys + kPad);
  static constexpr int kTable = kByKeys > kByQueries ? kByKeys : kByQueries;
  static constexpr int kElements = 2 * (kKeys + kQueries) * kStride + kTable + kByKeys + 2 * kQueries;
};

// A warp has 4 rows and 8 columns of the 16 x 16 threads: it reads fewest distinct vectors of both sides of a product.
constexpr int kWarpColumns = 8;
constexpr int kWarpRows = 4;
VT_DEVICE Thread thread_of_product() {
  const int index = static_cast<int>(threadIdx.x);
  const int lane = index % 32;
  const int warp = index / 32;
  return {index, warp / 2 * kWarpRows + lane / kWarpColumns, warp % 2 * kWarpColumns + lane % kWarpColumns};
}

// What half of the threads gather of a product with a tile: all rows, kWarpColumns columns of vectors of four elements.
template <int kWidth>
inline constexpr int kHalfOwned = kWidth / kWarpColumns;
VT_DEVICE int half_element(int column, int i) { return i / 4 * 4 * kWarpColumns + column * 4 + i % 4; }

// sums[r][i] += sum over j of weights[row r][j] * b[j][element i].
template <int kRows, int kDepth, int kWidth>
VT_DEVICE void add_half_weighted(const float* weights, const float* b, int row, int column,
                                 float (&sums)[kRows][kHalfOwned<kWidth>]) {
#pragma unroll 1
  for (int j = 0; j < kDepth; j += 4) {
    Four<float> left[kRows];
#pragma unroll
    for (int r = 0; r < kRows; ++r)
      left[r] = *reinterpret_cast<const Four<float>*>(weights + (row + r * kSide) * (kDepth + kPad) + j);
#pragma unroll
    for (int k = 0; k < 4; ++k)
#pragma unroll
      for (int i = 0; i < kHalfOwned<kWidth>; i += 4) {
        const auto right =
            *reinterpret_cast<const Four<float>*>(b + (j + k) * (kWidth + kPad) + half_element(column, i));
#pragma unroll
        for (int r = 0; r < kRows; ++r)
#pragma unroll
          for (int x = 0; x < 4; ++x) sums[r][i + x] = multiply_add(left[r].values[k], right.values[x], sums[r][i + x]);
      }
  }
}

// lse, and rowsum(grad * out) - d lse, of a tile of queries: kWarpColumns lanes to a row.
template <int kRows>
VT_DEVICE void stage_row_sums(const AttentionParams& p, const Place& place, int64_t head, int begin, float* lses,
                              float* deltas) {
  constexpr int kStep = kBlockThreads / kWarpColumns;
  const int first = static_cast<int>(threadIdx.x) / kWarpColumns;
  const int column = static_cast<int>(threadIdx.x) % kWarpColumns;
  const char* grad = head_of(p.grad, place, head);
  const char* out = head_of(p.out, place, head);
  for (int base = 0; base < kRows; base += kStep) {
    const int64_t row = begin + base + first;
    float sum = 0;
    if (row < p.queries)
      for (int64_t e = column; e < p.value_width; e += kWarpColumns)
        sum = multiply_add(load_as<float, float>(grad + row * p.grad.row + e * p.grad.column),
                           load_as<float, float>(out + row * p.out.row + e * p.out.column), sum);
#pragma unroll
    for (int step = kWarpColumns / 2; step > 0; step /= 2) sum += __shfl_xor_sync(0xffffffff, sum, step);
    if (column != 0 || base + first >= kRows || row >= p.queries) continue;
    const int64_t at = (place.batch * p.heads + head) * p.queries + row;
    if (p.lse_grad != nullptr) sum -= static_cast<const float*>(p.lse_grad)[at];
    lses[base + first] = static_cast<const float*>(p.lse)[at];
    deltas[base + first] = sum;
  }
}

// One half of the threads gathers the gradient of the keys, the other that of the values; those of a tile of queries are
// complete with each tile, since all keys are here.
template <int kGroups, int kWidth, class K = ShortCut<kGroups, kWidth>>
__global__ void __launch_bounds__(kBlockThreads, K::kBlocks)
    attention_short_grad(const __grid_constant__ AttentionParams p) {
  wait_for_previous_kernel();
  constexpr int kRowsOf = K::kQueryGroups;
  constexpr int kByKeysStride = K::kQueries + kPad;
  constexpr int kByQueriesStride = K::kKeys + kPad;
  auto* keys = static_cast<float*>(dynamic_shared_memory());
  float* values = keys + K::kKeys * K::kStride;
  float* queries = values + K::kKeys * K::kStride;
  float* grads = queries + K::kQueries * K::kStride;
  float* weights = grads + K::kQueries * K::kStride;
  float* score_grads = weights + K::kTable;
  float* lses = score_grads + K::kByKeys;
  float* deltas = lses + K::kQueries;

  const Thread thread = thread_of_product();
  const bool is_for_keys = thread.index >= kBlockThreads / 2;
  const int half_row = thread.index % (kBlockThreads / 2) / kWarpColumns;
  const int half_column = thread.index % kWarpColumns;
  const Place place(p, blockIdx.x, 1, p.heads / p.group);
  stage<float, float, K::kKeys, kWidth>(keys, head_of(p.key, place, place.head), p.key, 0, p.keys, 0, p.width);
  stage<float, float, K::kKeys, kWidth>(values, head_of(p.value, place, place.head), p.value, 0, p.keys, 0,
                                        p.value_width);
  const auto num_keys = static_cast<int>(p.keys);
  const auto num_queries = static_cast<int>(p.queries);
  const auto scale = static_cast<float>(p.scale);

  float key_grad[kGroups][kHalfOwned<kWidth>] = {};  // or that of the values
  for (int64_t head = place.head * p.group; head < (place.head + 1) * p.group; ++head) {
    for (int begin = 0; begin < num_queries; begin += K::kQueries) {
      stage<float, float, K::kQueries, kWidth>(queries, head_of(p.query, place, head), p.query, begin, p.queries, 0,
                                               p.width);
      stage<float, float, K::kQueries, kWidth>(grads, head_of(p.grad, place, head), p.grad, begin, p.queries, 0,
                                               p.value_width);
      stage_row_sums<K::kQueries>(p, place, head, begin, lses, deltas);
      __syncthreads();
      float products[kRowsOf][kGroups] = {};
      float weight_grads[kRowsOf][kGroups] = {};
      add_products<kRowsOf, kGroups, kWidth>(queries, keys, thread, products);
      add_products<kRowsOf, kGroups, kWidth>(grads, values, thread, weight_grads);
#pragma unroll
      for (int r = 0; r < kRowsOf; ++r) {
        const int row = thread.row + r * kSide;
        const int query = begin + row;
        const float lse = lses[row];
        const float delta = deltas[row];
#pragma unroll
        for (int c = 0; c < kGroups; ++c) {
          const int key = thread.column + c * kSide;
          const bool is_seen =
              query < num_queries && key < num_keys && !(p.is_causal && key > query) && lse != -kInfinite<float>;
          const float weight = is_seen ? math::exp(products[r][c] * scale - lse) : 0.0f;
          weight_grads[r][c] = is_seen ? weight * (weight_grads[r][c] - delta) * scale : 0.0f;
          weights[key * kByKeysStride + row] = weight;
          score_grads[key * kByKeysStride + row] = weight_grads[r][c];
        }
      }
      __syncthreads();
      add_half_weighted<kGroups, K::kQueries, kWidth>(is_for_keys ? score_grads : weights,
                                                      is_for_keys ? queries : grads, half_row, half_column, key_grad);
      __syncthreads();
#pragma unroll
      for (int r = 0; r < kRowsOf; ++r)
#pragma unroll
        for (int c = 0; c < kGroups; ++c)
          weights[(thread.row + r * kSide) * kByQueriesStride + thread.column + c * kSide] = weight_grads[r][c];
      __syncthreads();
      float query_grad[kRowsOf][kOwned<kWidth>] = {};
      add_weighted<kRowsOf, K::kKeys, kWidth>(weights, keys, thread, query_grad);
      store_rows<float, kRowsOf, kWidth>(head_of(p.query_grad, place, head), p.query_grad, thread, begin, p.queries, 0,
                                         p.width, query_grad);
    }
  }
  const AttentionOperand& operand = is_for_keys ? p.key_grad : p.value_grad;
  const int64_t width = is_for_keys ? p.width : p.value_width;
  char* result = head_of(operand, place, place.head);
#pragma unroll
  for (int r = 0; r < kGroups; ++r) {
    const int key = half_row + r * kSide;
    if (key >= num_keys) continue;
#pragma unroll
    for (int i = 0; i < kHalfOwned<kWidth>; ++i) {
      const int element = half_element(half_column, i);
      if (element < width) store_as<float>(result + key * operand.row + element * operand.column, key_grad[r][i]);
    }
  }
}

template <int kGroups, int kWidth>
AttentionKernel short_kernel() noexcept {
  using K = ShortCut<kGroups, kWidth>;
  constexpr int kWarps = kBlockThreads / 32;
  return {reinterpret_cast<const void*>(&attention_short_grad<kGroups, kWidth>),
          K::kKeys / kWarps,
          kWarps,
          kWarps,
          K::kElements * static_cast<int>(sizeof(float)),
          0};
}

template <int kWidth>
AttentionKernel short_kernel_for(int64_t keys) noexcept {
  if (keys <= 32) return short_kernel<2, kWidth>();
  if (keys <= 64) return short_kernel<4, kWidth>();
  if (keys <= 80) return short_kernel<5, kWidth>();
  return short_kernel<8, kWidth>();
}

}  // namespace

AttentionKernel attention_short_grad_kernel(DtypeIndex dtype, int64_t width, int64_t keys) noexcept {
  if (dtype != DtypeIndex::kFloat32 || width > 64 || keys > 128) return {};
  return width <= 32 ? short_kernel_for<32>(keys) : short_kernel_for<64>(keys);
}

}  // namespace vt::cuda
