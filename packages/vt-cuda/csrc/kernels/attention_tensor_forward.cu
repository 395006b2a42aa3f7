// SPDX-License-Identifier: Apache-2.0
// Attention on tensor cores (Note [Attention on the device] in attention.hpp).
#include "attention_tensor_forward.cuh"

namespace vt::cuda {
namespace {

using namespace tensor;

// How rows of up to kWidth elements are cut: by groups of rows of a warp, keys of a tile, and warps of a block.
template <int kWidth>
struct ForwardCut {
  static constexpr int kTiles = kWidth <= 64 ? 1 : 2;
  static constexpr int kColumns = 64;
  static constexpr int kWarps = kWidth <= 64 ? 8 : 4;
  static constexpr int kBlocks = 2;  // of a multiprocessor, so many registers has a thread
};

// Drops weights; `query` and `key` are those of the first.
template <int kTiles, int kColumns>
VT_DEVICE void drop(const AttentionParams& p, int64_t matrix, int query, int key,
                    float (&weights)[kTiles][kColumns / 8][4]) {
#pragma unroll
  for (int t = 0; t < kTiles; ++t)
#pragma unroll
    for (int n = 0; n < kColumns / 8; ++n)
#pragma unroll
      for (int half = 0; half < 2; ++half) {
        const DropPair pair = drop_factors(p, matrix, query + t * kGroup + half * 8, key + n * 8);
        weights[t][n][2 * half] *= pair.first;
        weights[t][n][2 * half + 1] *= pair.second;
      }
}

template <class T, int kWidth, bool kPlain, class Cut = ForwardCut<kWidth>>
__global__ void __launch_bounds__(Cut::kWarps* kLanes, Cut::kBlocks)
    attention_tensor_forward(const __grid_constant__ AttentionParams p) {
  wait_for_previous_kernel();
  constexpr int kTiles = Cut::kTiles;
  constexpr int kColumns = Cut::kColumns;
  constexpr int kRows = kTiles * kGroup;
  using Rows = Tile<kWidth>;
  const Lane lane;
  const int own_row = warp_index() * kRows;  // the first of this warp
  const int rows = num_warps() * kRows;
  const Rows queries{dynamic_shared()};
  const SharedAddress behind = queries.base + static_cast<uint32_t>(rows * Rows::kRowBytes);
  const auto keys_of = [&](int tile) {
    return Rows{behind + static_cast<uint32_t>(tile % 2 * kColumns * Rows::kRowBytes)};
  };
  const auto values_of = [&](int tile) {
    return Rows{behind + static_cast<uint32_t>((2 + tile % 2) * kColumns * Rows::kRowBytes)};
  };

  const auto num_queries = static_cast<int>(p.queries);
  const auto num_keys = static_cast<int>(p.keys);
  const int tiles = (num_queries + rows - 1) / rows;
  const Place place(p, blockIdx.x, tiles, p.heads);
  // With a causal mask the last queries have the most to do.
  const int first = (tiles - 1 - static_cast<int>(place.tile)) * rows;
  const int64_t matrix = place.batch * p.heads + place.head;
  const char* key = head_of(p.key, place, place.head / p.group);
  const char* value = head_of(p.value, place, place.head / p.group);
  const char* mask = !kPlain && p.mask.data ? head_of(p.mask, place, place.head) : nullptr;
  const float factor = kPlain ? static_cast<float>(p.scale) * kLog2E : kLog2E;

  const int end = p.is_causal && first + rows < num_keys ? first + rows : num_keys;
  const int key_tiles = (end + kColumns - 1) / kColumns;
  // Of the last tile only the groups that some query sees.
  const auto rows_of = [&](int tile) { return groups_before<kColumns>(end - tile * kColumns).end * kGroup; };
  const auto stage_keys = [&](int tile) {
    stage<T>(keys_of(tile), key, p.key, tile * kColumns, num_keys, rows_of(tile), p.width);
  };
  const auto stage_values = [&](int tile) {
    stage<T>(values_of(tile), value, p.value, tile * kColumns, num_keys, rows_of(tile), p.value_width);
  };
  stage<T>(queries, head_of(p.query, place, place.head), p.query, first, num_queries, rows, p.width);
  if (key_tiles > 0) stage_keys(0);
  end_copies();
  if (key_tiles > 0) stage_values(0);
  end_copies();

  Gathered<kTiles, kWidth> gathered;
  for (int tile = 0; tile < key_tiles; ++tile) {
    const int begin = tile * kColumns;
    const bool has_next = tile + 1 < key_tiles;
    const Seen seen(num_keys - begin, p.is_causal, first + own_row - begin, kRows);
    const bool is_whole = kPlain && seen.least >= kColumns;
    const Groups groups = groups_before<kColumns>(seen.most);

    wait_for_copies<1>();
    __syncthreads();
    if (has_next) stage_keys(tile + 1);
    end_copies();
    float scores[kTiles][kColumns / 8][4] = {};
    if (is_whole) {
      add_products<T, true, kTiles, kColumns>(queries, own_row, keys_of(tile), groups, lane, scores);
      weigh<true, kTiles, kColumns>(scores, factor, groups, gathered);
    } else if (groups.end > 0) {
      add_products<T, false, kTiles, kColumns>(queries, own_row, keys_of(tile), groups, lane, scores);
#pragma unroll
      for (int t = 0; t < kTiles; ++t)
#pragma unroll
        for (int i = 0; i < 4; ++i) {
          const int row = first + own_row + t * kGroup + lane.row + i / 2 * 8;
          const int limit = Seen(num_keys - begin, p.is_causal, row - begin, 1).least;
#pragma unroll
          for (int n = 0; n < kColumns / 8; ++n) {
            if (!groups.has(n / 2)) continue;
            const int column = n * 8 + lane.column + i % 2;
            if (!kPlain) {
              scores[t][n][i] = score(p, mask, row, begin + column, scores[t][n][i]);
            } else if (column >= limit) {
              scores[t][n][i] = -kInfinite<float>;
            }
          }
        }
      weigh<false, kTiles, kColumns>(scores, factor, groups, gathered);
      if (!kPlain && p.dropout_p > 0)
        drop<kTiles, kColumns>(p, matrix, first + own_row + lane.row, begin + lane.column, scores);
    }
    wait_for_copies<1>();
    __syncthreads();
    if (has_next) stage_values(tile + 1);
    end_copies();
    if (is_whole) {
      add_weighted<T, true, kTiles, kColumns>(scores, values_of(tile), groups, lane, gathered.out);
    } else {
      add_weighted<T, false, kTiles, kColumns>(scores, values_of(tile), groups, lane, gathered.out);
    }
  }

  write_gathered<T>(p, gathered, factor, place, first + own_row, lane);
}

template <class T, int kWidth>
AttentionKernel forward_kernel(bool is_plain) noexcept {
  using Cut = ForwardCut<kWidth>;
  constexpr int kRows = Cut::kTiles * kGroup;
  constexpr int kRowBytes = Tile<kWidth>::kRowBytes;
  const void* symbol = is_plain ? reinterpret_cast<const void*>(&attention_tensor_forward<T, kWidth, true>)
                                : reinterpret_cast<const void*>(&attention_tensor_forward<T, kWidth, false>);
  return {symbol, kRows, 1, Cut::kWarps, 4 * Cut::kColumns * kRowBytes, kRows * kRowBytes};
}

}  // namespace

AttentionKernel attention_tensor_forward_kernel(DtypeIndex dtype, int64_t width, bool is_plain) noexcept {
  return visit_tensor_width(dtype, width, [&]<class T, int kWidth>() { return forward_kernel<T, kWidth>(is_plain); });
}

}  // namespace vt::cuda
