// SPDX-License-Identifier: Apache-2.0
// Attention of long heads on warpgroups (Note [Attention on the device] in attention.hpp).
#include <device/warpgroup.cuh>

#include "attention_tensor_forward.cuh"

namespace vt::cuda {
namespace {

using namespace tensor;

constexpr int kWidth = kAttentionTensorWidth;
constexpr int kGroupWarps = 4;
constexpr int kRows = 2 * kGroupWarps * kGroup;  // of a block: two warpgroups, so that one multiplies while one weighs
constexpr int kColumns = 128;                    // keys of a tile
constexpr int kPanelBytes = kColumns * 128;
constexpr int kTileBytes = 2 * kPanelBytes;
constexpr int kTiles = 5;  // queries, then keys and values of two tiles
static_assert(kRows == kColumns);

// Fills the two panels of a tile.
VT_DEVICE void stage_panels(SharedAddress base, const char* from, const AttentionOperand& operand, int first, int rows,
                            int64_t width) {
  constexpr int kChunks = kWidth / 8;
  const int chunk = static_cast<int>(threadIdx.x) % kChunks;
  const int step = static_cast<int>(blockDim.x) / kChunks;
  const int column = chunk * 8;
  const Tile<64> panel{base + static_cast<uint32_t>(chunk / 8 * kPanelBytes)};
  int row = static_cast<int>(threadIdx.x) / kChunks;
  const char* at = from + (first + row) * operand.row + column * 2;
  for (; row < kColumns; row += step, at += step * operand.row) {
    const bool is_read = first + row < rows && column < width;
    copy_async<16>(panel.at(row, chunk % 8), is_read ? at : from, is_read ? 16 : 0);
  }
}

// Hides the scores of keys that a query does not see.
VT_DEVICE void hide(const AttentionParams& p, int keys, int query, const Lane& lane, float (&scores)[16][4]) {
#pragma unroll
  for (int i = 0; i < 4; ++i) {
    const int limit = Seen(keys, p.is_causal, query + lane.row + i / 2 * 8, 1).least;
#pragma unroll
    for (int n = 0; n < kColumns / 8; ++n)
      if (n * 8 + lane.column + i % 2 >= limit) scores[n][i] = -kInfinite<float>;
  }
}

template <class T>
__global__ void __launch_bounds__(kRows / kGroup * kLanes, 1)
    attention_warpgroup_forward(const __grid_constant__ AttentionParams p) {
  wait_for_previous_kernel();
  const Lane lane;
  const int own_row = warp_index() * kGroup;
  const SharedAddress queries = dynamic_shared();
  const SharedAddress own_queries =
      queries + static_cast<uint32_t>(warp_index() / kGroupWarps * kGroupWarps * kGroup * 128);
  const auto keys_of = [&](int tile) { return queries + static_cast<uint32_t>((1 + tile % 2 * 2) * kTileBytes); };
  const auto values_of = [&](int tile) { return queries + static_cast<uint32_t>((2 + tile % 2 * 2) * kTileBytes); };

  const auto num_queries = static_cast<int>(p.queries);
  const auto num_keys = static_cast<int>(p.keys);
  const int tiles = (num_queries + kRows - 1) / kRows;
  const Place place(p, blockIdx.x, tiles, p.heads);
  // With a causal mask the last queries have the most to do.
  const int first = (tiles - 1 - static_cast<int>(place.tile)) * kRows;
  const char* key = head_of(p.key, place, place.head / p.group);
  const char* value = head_of(p.value, place, place.head / p.group);
  const float factor = static_cast<float>(p.scale) * kLog2E;
  const int end = p.is_causal && first + kRows < num_keys ? first + kRows : num_keys;
  const int key_tiles = (end + kColumns - 1) / kColumns;
  const auto stage_tile = [&](int tile) {
    stage_panels(keys_of(tile), key, p.key, tile * kColumns, num_keys, p.width);
    stage_panels(values_of(tile), value, p.value, tile * kColumns, num_keys, p.value_width);
  };
  const auto stage_next = [&](int tile) {
    if (tile + 1 < key_tiles) stage_tile(tile + 1);
    end_copies();
  };
  const bool is_second = warp_index() >= kGroupWarps;
  stage_panels(queries, head_of(p.query, place, place.head), p.query, first, num_queries, p.width);
  if (key_tiles > 0) stage_tile(0);
  end_copies();

  Gathered<1, kWidth> gathered;
  for (int tile = 0; tile < key_tiles; ++tile) {
    const int begin = tile * kColumns;
    wait_for_copies<0>();
    publish_copies();
    __syncthreads();
    // The second warpgroup multiplies after the first: it stages its part of the next tile before, the first does after.
    if (is_second) stage_next(tile);
    if (is_second) wait_for_first_warpgroup();
    float scores[1][kColumns / 8][4];
    fence_products();
#pragma unroll
    for (int k = 0; k < kWidth / 16; ++k) {
      const auto offset = static_cast<uint32_t>(k / 4 * kPanelBytes + k % 4 * 32);
      multiply_rows<T>(describe_rows(own_queries + offset), describe_rows(keys_of(tile) + offset), k > 0, scores[0]);
    }
    wait_for_products();
    if (!is_second) let_second_warpgroup_go();
    if (!is_second) stage_next(tile);
    if (Seen(num_keys - begin, p.is_causal, first + own_row - begin, kGroup).least < kColumns)
      hide(p, num_keys - begin, first + own_row - begin, lane, scores[0]);
    weigh<true, 1, kColumns>(scores, factor, {0, kColumns / kGroup}, gathered);
    uint32_t weights[kColumns / kGroup][4];
#pragma unroll
    for (int g = 0; g < kColumns / kGroup; ++g)
#pragma unroll
      for (int i = 0; i < 4; ++i) {
        const float* pair = scores[0][2 * g + i / 2] + i % 2 * 2;
        weights[g][i] = pack<T>(pair[0], pair[1]);
      }
    fence_products();
#pragma unroll
    for (int g = 0; g < kColumns / kGroup; ++g)
      multiply_weighted<T>(weights[g],
                           describe_as_it_lies(values_of(tile) + static_cast<uint32_t>(g * kGroup * 128), kPanelBytes),
                           gathered.out[0]);
    wait_for_products();
  }
  write_gathered<T>(p, gathered, factor, place, first + own_row, lane);
}

}  // namespace

AttentionKernel attention_warpgroup_forward_kernel(DtypeIndex dtype) noexcept {
  const void* symbol = dtype == DtypeIndex::kFloat16
                           ? reinterpret_cast<const void*>(&attention_warpgroup_forward<Half>)
                           : reinterpret_cast<const void*>(&attention_warpgroup_forward<BFloat>);
  constexpr int kWarps = kRows / kGroup;
  return {symbol, kGroup, kWarps, kWarps, kTiles * kTileBytes, 0};
}

}  // namespace vt::cuda
