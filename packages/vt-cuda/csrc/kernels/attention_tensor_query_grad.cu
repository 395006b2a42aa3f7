// SPDX-License-Identifier: Apache-2.0
// The gradient of the queries on tensor cores: a tile of queries over all keys (Note [Attention on the device] in
// attention.hpp). It also leaves the sums of each query for the kernel of the keys.
#include "attention_tensor_grad.cuh"

namespace vt::cuda {
namespace {

using namespace tensor;

template <int kWidth>
struct QueryGradCut {
  static constexpr int kColumns = kWidth <= 64 ? 64 : 32;
  static constexpr int kWarps = kWidth <= 64 ? 8 : 4;
  static constexpr int kBlocks = kWidth <= 64 ? 2 : 3;
};

template <class T, int kWidth, bool kPlain, class Cut = QueryGradCut<kWidth>>
__global__ void __launch_bounds__(Cut::kWarps* kLanes, Cut::kBlocks)
    attention_tensor_query_grad(const __grid_constant__ AttentionParams p) {
  wait_for_previous_kernel();
  constexpr int kColumns = Cut::kColumns;
  using Rows = Tile<kWidth>;
  const Lane lane;
  const int own_row = warp_index() * kGroup;
  const int rows = num_warps() * kGroup;
  const Rows queries{dynamic_shared()};
  const Rows grads{queries.base + static_cast<uint32_t>(rows * Rows::kRowBytes)};
  const SharedAddress behind = grads.base + static_cast<uint32_t>(rows * Rows::kRowBytes);
  const auto keys_of = [&](int tile) {
    return Rows{behind + static_cast<uint32_t>(tile % 2 * 2 * kColumns * Rows::kRowBytes)};
  };
  const auto values_of = [&](int tile) {
    return Rows{behind + static_cast<uint32_t>((tile % 2 * 2 + 1) * kColumns * Rows::kRowBytes)};
  };

  const auto num_queries = static_cast<int>(p.queries);
  const auto num_keys = static_cast<int>(p.keys);
  const int tiles = (num_queries + rows - 1) / rows;
  const Place place(p, blockIdx.x, tiles, p.heads);
  const int first = (tiles - 1 - static_cast<int>(place.tile)) * rows;
  const int64_t matrix = place.batch * p.heads + place.head;
  const char* key = head_of(p.key, place, place.head / p.group);
  const char* value = head_of(p.value, place, place.head / p.group);
  const char* grad = head_of(p.grad, place, place.head);
  const char* mask = !kPlain && p.mask.data ? head_of(p.mask, place, place.head) : nullptr;
  const float factor = static_cast<float>(p.scale) * kLog2E;

  const int end = p.is_causal && first + rows < num_keys ? first + rows : num_keys;
  const int key_tiles = (end + kColumns - 1) / kColumns;
  const auto stage_tile = [&](int tile) {
    // Of the last tile only the groups that some query sees.
    const int count = groups_before<kColumns>(end - tile * kColumns).end * kGroup;
    stage<T>(keys_of(tile), key, p.key, tile * kColumns, num_keys, count, p.width);
    stage<T>(values_of(tile), value, p.value, tile * kColumns, num_keys, count, p.value_width);
  };
  stage<T>(queries, head_of(p.query, place, place.head), p.query, first, num_queries, rows, p.width);
  stage<T>(grads, grad, p.grad, first, num_queries, rows, p.value_width);
  if (key_tiles > 0) stage_tile(0);
  end_copies();

  // The sums of the rows that a lane holds come by way of the warp, each lane summing a chunk of one row at a time.
  RowSums sums[2] = {};
  {
    const char* out = head_of(p.out, place, place.head);
    constexpr int kRowsAtOnce = kLanes / Rows::kChunks;
    for (int r = 0; r < kGroup; r += kRowsAtOnce) {
      const int own = lane.index / Rows::kChunks;
      const int query = first + own_row + r + own;
      const RowSums row = sum_row<T, kWidth>(p, grad, out, matrix, query);
      if (lane.index % Rows::kChunks == 0 && query < num_queries) {
        static_cast<float*>(p.delta)[matrix * p.queries + query] = row.delta;
        p.base2_lse[matrix * p.queries + query] = row.lse;
      }
#pragma unroll
      for (int half = 0; half < 2; ++half) {
        const int wanted = lane.row + half * 8 - r;
        const int source = wanted >= 0 && wanted < kRowsAtOnce ? wanted * Rows::kChunks : 0;
        const float delta = __shfl_sync(0xffffffff, row.delta, source);
        const float lse = __shfl_sync(0xffffffff, row.lse, source);
        if (wanted >= 0 && wanted < kRowsAtOnce) sums[half] = {delta, lse};
      }
    }
  }

  float query_grad[1][kWidth / 8][4] = {};
  for (int tile = 0; tile < key_tiles; ++tile) {
    const int begin = tile * kColumns;
    wait_for_copies<0>();
    __syncthreads();
    if (tile + 1 < key_tiles) stage_tile(tile + 1);
    end_copies();
    const Seen seen(num_keys - begin, p.is_causal, first + own_row - begin, kGroup);
    const Groups groups = groups_before<kColumns>(seen.most);
    const auto add_tile = [&]<bool kWhole>() {
      float products[1][kColumns / 8][4] = {};
      float weight_grads[1][kColumns / 8][4] = {};
      add_products<T, kWhole, 1, kColumns>(queries, own_row, keys_of(tile), groups, lane, products);
      add_products<T, kWhole, 1, kColumns>(grads, own_row, values_of(tile), groups, lane, weight_grads);
#pragma unroll
      for (int half = 0; half < 2; ++half) {
        const int row = first + own_row + lane.row + half * 8;
        const int limit = Seen(num_keys - begin, p.is_causal, row - begin, 1).least;
#pragma unroll
        for (int n = 0; n < kColumns / 8; ++n) {
          if (!kWhole && !groups.has(n / 2)) continue;
          const int column = n * 8 + lane.column;
          float* product = products[0][n] + 2 * half;
          float* weight_grad = weight_grads[0][n] + 2 * half;
          DropPair drop{1, 1};
          if (!kPlain && p.dropout_p > 0) drop = drop_factors(p, matrix, row, begin + column);
#pragma unroll
          for (int i = 0; i < 2; ++i) {
            float exponent = -kInfinite<float>;
            if (!kPlain) {
              exponent = score(p, mask, row, begin + column + i, product[i]) * kLog2E - sums[half].lse;
            } else if (kWhole || column + i < limit) {
              exponent = __fmaf_rn(product[i], factor, -sums[half].lse);
            }
            weight_grad[i] =
                differentiate(exponent, weight_grad[i], i == 0 ? drop.first : drop.second, sums[half].delta).score_grad;
          }
        }
      }
      add_weighted<T, kWhole, 1, kColumns>(weight_grads, keys_of(tile), groups, lane, query_grad);
    };
    if (kPlain && seen.least >= kColumns) {
      add_tile.template operator()<true>();
    } else if (groups.end > 0) {
      add_tile.template operator()<false>();
    }
  }
  const float scale = static_cast<float>(p.scale);
  store_sums<T>(query_grad[0], {scale, scale}, head_of(p.query_grad, place, place.head), p.query_grad, first + own_row,
                num_queries, 0, p.width, lane);
}

template <class T, int kWidth>
AttentionKernel query_grad_kernel(bool is_plain) noexcept {
  using Cut = QueryGradCut<kWidth>;
  constexpr int kRowBytes = Tile<kWidth>::kRowBytes;
  const void* symbol = is_plain ? reinterpret_cast<const void*>(&attention_tensor_query_grad<T, kWidth, true>)
                                : reinterpret_cast<const void*>(&attention_tensor_query_grad<T, kWidth, false>);
  return {symbol, kGroup, 1, Cut::kWarps, 4 * Cut::kColumns * kRowBytes, 2 * kGroup * kRowBytes};
}

}  // namespace

AttentionKernel attention_tensor_query_grad_kernel(DtypeIndex dtype, int64_t width, bool is_plain) noexcept {
  return visit_tensor_width(dtype, width,
                            [&]<class T, int kWidth>() { return query_grad_kernel<T, kWidth>(is_plain); });
}

}  // namespace vt::cuda
