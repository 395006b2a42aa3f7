// SPDX-License-Identifier: Apache-2.0
// The gradients of keys and values on tensor cores: a tile of keys over all queries; where the tile holds all keys, that of
// the queries too (Note [Attention on the device] in attention.hpp).
#include "attention_tensor_grad.cuh"

namespace vt::cuda {
namespace {

using namespace tensor;

template <int kWidth, bool kWithQueries>
struct GradCut {
  static constexpr int kColumns = kAttentionGradQueries;
  static constexpr int kWarps = kWidth <= 32 || kWithQueries ? 8 : 4;
  static constexpr int kBlocks = kWidth <= 32 ? 2 : kWarps == 8 ? 1 : kWidth <= 64 ? 3 : 2;
};

// The gradients of all queries of a tile from the differentials of all keys: units of 16 queries and 16 columns, one to a
// warp at a time. `differentials` has a row of queries per key.
template <class T, int kColumns, int kWidth>
VT_DEVICE void write_query_grads(const AttentionParams& p, const Tile<kColumns>& differentials,
                                 const Tile<kWidth>& keys, char* to, int begin, const Lane& lane) {
  constexpr int kParts = kWidth / 16;
  const auto num_queries = static_cast<int>(p.queries);
  const auto num_keys = static_cast<int>(p.keys);
  const int groups = groups_before<kColumns>(num_queries - begin).end;
  const float scale = static_cast<float>(p.scale);
  for (int unit = warp_index(); unit < groups * kParts; unit += num_warps()) {
    const int row = unit / kParts * kGroup;
    const int part = unit % kParts;
    float sums[2][4] = {};
    const int seen = Seen(num_keys, p.is_causal, begin + row, kGroup).most;
    for (int key = 0; key < seen; key += kGroup) {
      uint32_t a[4];
      uint32_t b[4];
      load_left_transposed(differentials, key, row / kGroup, lane, a);
      load_right_transposed(keys, key, part, lane, b);
      multiply_accumulate<T>(a, b[0], b[1], sums[0]);
      multiply_accumulate<T>(a, b[2], b[3], sums[1]);
    }
    store_sums<T>(sums, {scale, scale}, to, p.query_grad, begin + row, num_queries, part * 16, p.width, lane);
  }
}

template <class T, int kWidth, bool kPlain, bool kWithQueries, class Cut = GradCut<kWidth, kWithQueries>>
__global__ void __launch_bounds__(Cut::kWarps* kLanes, Cut::kBlocks)
    attention_tensor_grad(const __grid_constant__ AttentionParams p) {
  wait_for_previous_kernel();
  constexpr int kColumns = Cut::kColumns;
  constexpr int kTileBytes = kColumns * Tile<kWidth>::kRowBytes;
  constexpr int kSumBytes = kColumns * static_cast<int>(sizeof(float));
  using Rows = Tile<kWidth>;
  const Lane lane;
  const int own_row = warp_index() * kGroup;
  const int rows = num_warps() * kGroup;
  // Keys, values, then two tiles of queries and gradients each; with queries the differentials; then the sums of queries:
  // those of all tiles with queries, else of two.
  const Rows keys{dynamic_shared()};
  const Rows values{keys.base + static_cast<uint32_t>(rows * Rows::kRowBytes)};
  const SharedAddress behind = values.base + static_cast<uint32_t>(rows * Rows::kRowBytes);
  const auto queries_of = [&](int step) { return Rows{behind + static_cast<uint32_t>(step % 2 * 2 * kTileBytes)}; };
  const auto grads_of = [&](int step) { return Rows{behind + static_cast<uint32_t>((step % 2 * 2 + 1) * kTileBytes)}; };
  const Tile<kColumns> differentials{behind + 4 * kTileBytes};
  const SharedAddress row_sums =
      differentials.base + static_cast<uint32_t>(kWithQueries ? rows * Tile<kColumns>::kRowBytes : 0);
  const auto sums_of = [&](int step) {
    return row_sums + static_cast<uint32_t>((kWithQueries ? step : step % 2) * 2 * kSumBytes);
  };

  const auto num_queries = static_cast<int>(p.queries);
  const auto num_keys = static_cast<int>(p.keys);
  const Place place(p, blockIdx.x, (num_keys + rows - 1) / rows, p.heads / p.group);
  const int first = static_cast<int>(place.tile) * rows;
  const float factor = static_cast<float>(p.scale) * kLog2E;
  // A step is a tile of the queries of one of the heads that share the keys.
  const int all_tiles = (num_queries + kColumns - 1) / kColumns;
  const int unseen = p.is_causal ? first / kColumns : 0;
  const int skipped = unseen < all_tiles ? unseen : all_tiles;
  const int tiles = all_tiles - skipped;
  const int steps = tiles * static_cast<int>(p.group);
  const auto head_at = [&](int step) { return place.head * p.group + step / tiles; };
  const auto begin_at = [&](int step) { return (skipped + step % tiles) * kColumns; };

  const auto stage_step = [&](int step) {
    const int64_t head = head_at(step);
    const int begin = begin_at(step);
    const int count = groups_before<kColumns>(num_queries - begin).end * kGroup;
    stage<T>(queries_of(step), head_of(p.query, place, head), p.query, begin, num_queries, count, p.width);
    stage<T>(grads_of(step), head_of(p.grad, place, head), p.grad, begin, num_queries, count, p.value_width);
    if (!kWithQueries) {
      const int64_t row = (place.batch * p.heads + head) * p.queries + begin;
      for (int i = static_cast<int>(threadIdx.x); i < count; i += static_cast<int>(blockDim.x)) {
        const SharedAddress at = sums_of(step) + static_cast<uint32_t>(i) * sizeof(float);
        if (begin + i < num_queries) {
          copy_async<4>(at, p.base2_lse + row + i, 4);
          copy_async<4>(at + kSumBytes, static_cast<const float*>(p.delta) + row + i, 4);
        } else {
          store_shared(at, kInfinite<float>);
          store_shared(at + kSumBytes, 0.0f);
        }
      }
    }
  };
  stage<T>(keys, head_of(p.key, place, place.head), p.key, first, num_keys, rows, p.width);
  stage<T>(values, head_of(p.value, place, place.head), p.value, first, num_keys, rows, p.value_width);
  if (steps > 0) stage_step(0);
  end_copies();
  if (kWithQueries) {
    constexpr int kChunks = Rows::kChunks;
    const int rows_at_once = static_cast<int>(blockDim.x) / kChunks;
    for (int base = 0; base < steps * kColumns; base += rows_at_once) {
      const int row = base + static_cast<int>(threadIdx.x) / kChunks;
      const int step = row / kColumns < steps ? row / kColumns : steps - 1;
      const int64_t head = head_at(step);
      const RowSums sums =
          sum_row<T, kWidth>(p, head_of(p.grad, place, head), head_of(p.out, place, head), place.batch * p.heads + head,
                             row < steps * kColumns ? begin_at(step) + row % kColumns : num_queries);
      if (static_cast<int>(threadIdx.x) % kChunks == 0 && row < steps * kColumns) {
        const SharedAddress at = sums_of(step) + static_cast<uint32_t>(row % kColumns) * sizeof(float);
        store_shared(at, sums.lse);
        store_shared(at + kSumBytes, sums.delta);
      }
    }
  }

  float key_grad[1][kWidth / 8][4] = {};
  float value_grad[1][kWidth / 8][4] = {};
  for (int step = 0; step < steps; ++step) {
    const int begin = begin_at(step);
    const int64_t head = head_at(step);
    const int64_t matrix = place.batch * p.heads + head;
    wait_for_copies<0>();
    __syncthreads();
    if (step + 1 < steps) stage_step(step + 1);
    end_copies();

    // Queries see this warp's keys from its first key on where causal.
    const int own_first = first + own_row;
    const int left = num_queries - begin;
    const int seen_from = p.is_causal && own_first > begin ? own_first - begin : 0;
    const Groups groups{seen_from / kGroup, groups_before<kColumns>(left).end};
    const bool is_whole = kPlain && left >= kColumns && own_first + kGroup <= num_keys &&
                          (!p.is_causal || begin >= own_first + kGroup - 1);
    const auto add_step = [&]<bool kWhole>() {
      float products[1][kColumns / 8][4] = {};
      float weight_grads[1][kColumns / 8][4] = {};
      add_products<T, kWhole, 1, kColumns>(keys, own_row, queries_of(step), groups, lane, products);
      add_products<T, kWhole, 1, kColumns>(values, own_row, grads_of(step), groups, lane, weight_grads);
      const char* mask = !kPlain && p.mask.data ? head_of(p.mask, place, head) : nullptr;
#pragma unroll
      for (int n = 0; n < kColumns / 8; ++n) {
        if (!kWhole && !groups.has(n / 2)) continue;
        const int column = n * 8 + lane.column;
        const SharedAddress at = sums_of(step) + static_cast<uint32_t>(column) * sizeof(float);
        const float2 lses = load_shared_pair(at);
        const float2 deltas = load_shared_pair(at + kSumBytes);
#pragma unroll
        for (int i = 0; i < 4; ++i) {
          const int row = own_first + lane.row + i / 2 * 8;
          const int query = begin + column + i % 2;
          const float lse = i % 2 == 0 ? lses.x : lses.y;
          float exponent = -kInfinite<float>;
          float drop = 1;
          if (!kPlain) {
            exponent = score(p, mask, query, row, products[0][n][i]) * kLog2E - lse;
            if (p.dropout_p > 0) drop = drop_factor<float>(p, matrix, query, row);
          } else if (kWhole || (row < num_keys && !(p.is_causal && query < row))) {
            exponent = __fmaf_rn(products[0][n][i], factor, -lse);
          }
          const Differentials d =
              differentiate(exponent, weight_grads[0][n][i], drop, i % 2 == 0 ? deltas.x : deltas.y);
          products[0][n][i] = d.weight;
          weight_grads[0][n][i] = d.score_grad;
        }
        if (kWithQueries) {
          store_shared(differentials.word_at(own_row + lane.row, column),
                       pack<T>(weight_grads[0][n][0], weight_grads[0][n][1]));
          store_shared(differentials.word_at(own_row + lane.row + 8, column),
                       pack<T>(weight_grads[0][n][2], weight_grads[0][n][3]));
        }
      }
      add_weighted<T, kWhole, 1, kColumns>(products, grads_of(step), groups, lane, value_grad);
      add_weighted<T, kWhole, 1, kColumns>(weight_grads, queries_of(step), groups, lane, key_grad);
    };
    if (is_whole) {
      add_step.template operator()<true>();
    } else if (groups.begin < groups.end) {
      add_step.template operator()<false>();
    }
    if (kWithQueries) {
      __syncthreads();
      write_query_grads<T>(p, differentials, keys, head_of(p.query_grad, place, head), begin, lane);
    }
  }
  const float scale = static_cast<float>(p.scale);
  store_sums<T>(key_grad[0], {scale, scale}, head_of(p.key_grad, place, place.head), p.key_grad, first + own_row,
                num_keys, 0, p.width, lane);
  store_sums<T>(value_grad[0], {1.0f, 1.0f}, head_of(p.value_grad, place, place.head), p.value_grad, first + own_row,
                num_keys, 0, p.value_width, lane);
}

template <class T, int kWidth, bool kWithQueries>
AttentionKernel grad_kernel(bool is_plain, int64_t num_tiles) noexcept {
  using Cut = GradCut<kWidth, kWithQueries>;
  constexpr int kRowBytes = Tile<kWidth>::kRowBytes;
  constexpr int kSumBytes = 2 * Cut::kColumns * static_cast<int>(sizeof(float));
  const void* symbol = is_plain ? reinterpret_cast<const void*>(&attention_tensor_grad<T, kWidth, true, kWithQueries>)
                                : reinterpret_cast<const void*>(&attention_tensor_grad<T, kWidth, false, kWithQueries>);
  return {symbol,
          kGroup,
          1,
          Cut::kWarps,
          4 * Cut::kColumns * kRowBytes + static_cast<int>(num_tiles) * kSumBytes,
          kGroup * (2 * kRowBytes + (kWithQueries ? Tile<Cut::kColumns>::kRowBytes : 0))};
}

}  // namespace

AttentionKernel attention_tensor_key_grad_kernel(DtypeIndex dtype, int64_t width, bool is_plain) noexcept {
  return visit_tensor_width(dtype, width,
                            [&]<class T, int kWidth>() { return grad_kernel<T, kWidth, false>(is_plain, 2); });
}

AttentionKernel attention_tensor_grad_kernel(DtypeIndex dtype, int64_t width, bool is_plain, int64_t group,
                                             int64_t queries) noexcept {
  return visit_tensor_width(dtype, width, [&]<class T, int kWidth>() {
    constexpr int kColumns = GradCut<kWidth, true>::kColumns;
    return grad_kernel<T, kWidth, true>(is_plain, group * ((queries + kColumns - 1) / kColumns));
  });
}

}  // namespace vt::cuda
