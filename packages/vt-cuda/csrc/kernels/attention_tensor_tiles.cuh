// SPDX-License-Identifier: Apache-2.0
// Tiles of the attention kernels on tensor cores: how they lie in shared memory, how they are filled, multiplied and written.
#pragma once

#include <device/tensor_core.cuh>

#include "attention_walk.cuh"

// Note [Tiles on tensor cores]
// A tile holds rows of kWidth half-type elements in chunks of 16 bytes. The chunks of a row are permuted by its number, so that
// the eight rows of a matrix that is loaded at once lie in different banks. A tile is the left side of a product by rows, or
// the right side either by its rows (scores: rows times rows) or as it lies (sums of rows by weights); which of the two is a
// matter of how fragments are loaded, so each operand is staged once. Weights go from the sums of one product to the left
// side of the next in registers: Note [Fragments] in device/tensor_core.cuh.
//
// Rows beyond an operand, and columns up to kWidth, are zeros. Groups are of 16 rows of a tile; a warp leaves out those that
// it has no score with. Reference: Dao, "FlashAttention-2", arXiv:2307.08691.
namespace vt::cuda::tensor {

inline constexpr int kLanes = 32;
inline constexpr int kGroup = 16;  // rows of a warp's part of a tile, and of what it is multiplied by at a time
inline constexpr float kLog2E = 0x1.715476p+0f;
inline constexpr float kLn2 = 0x1.62e43p-1f;

struct Lane {
  int index = static_cast<int>(threadIdx.x) % kLanes;
  int row = index / 4;         // of a fragment, and 8 further on
  int column = index % 4 * 2;  // likewise, with the next
};

VT_DEVICE int num_warps() { return static_cast<int>(blockDim.x) / kLanes; }
VT_DEVICE int warp_index() { return static_cast<int>(threadIdx.x) / kLanes; }

// Aligned to its rows, so that a chunk is exchanged for another by bits of the address.
template <int kWidth>
struct Tile {
  static constexpr int kChunks = kWidth / 8;
  static constexpr int kRowBytes = kWidth * 2;
  SharedAddress base;

  VT_DEVICE SharedAddress at(int row, int chunk) const {
    const int twist = kChunks >= 8 ? row % 8 : row / 2 % 4;
    return base + static_cast<uint32_t>(row * kRowBytes + (chunk ^ twist) * 16);
  }
  // The word of elements `column` and `column` + 1.
  VT_DEVICE SharedAddress word_at(int row, int column) const {
    return at(row, column / 8) + static_cast<uint32_t>(column % 8 * 2);
  }
  // As `at` of 16 k more elements and `rows` more rows, a multiple of 16: little arithmetic where these are constants.
  VT_DEVICE SharedAddress further(SharedAddress from, int k, int rows) const {
    return (from ^ static_cast<uint32_t>(k * 32)) + static_cast<uint32_t>(rows * kRowBytes);
  }
};

// The fragments of 16 rows from `row` on and 16 columns from 16 k on, with `row` a multiple of 16: as left matrix; as right
// matrices whose columns are the rows; and with rows and columns exchanged.
template <int kWidth>
VT_DEVICE void load_left(const Tile<kWidth>& tile, int row, int k, const Lane& lane, uint32_t (&words)[4]) {
  load_matrices(words, tile.further(tile.at(lane.index % 16, lane.index / 16), k, row));
}
template <int kWidth>
VT_DEVICE void load_right(const Tile<kWidth>& tile, int row, int k, const Lane& lane, uint32_t (&words)[4]) {
  load_matrices(words, tile.further(tile.at(lane.index % 8 + lane.index / 16 * 8, lane.index / 8 % 2), k, row));
}
template <int kWidth>
VT_DEVICE void load_left_transposed(const Tile<kWidth>& tile, int row, int k, const Lane& lane, uint32_t (&words)[4]) {
  load_transposed(words, tile.further(tile.at(lane.index % 8 + lane.index / 16 * 8, lane.index / 8 % 2), k, row));
}
template <int kWidth>
VT_DEVICE void load_right_transposed(const Tile<kWidth>& tile, int row, int k, const Lane& lane, uint32_t (&words)[4]) {
  load_transposed(words, tile.further(tile.at(lane.index % 16, lane.index / 16), k, row));
}

template <class T>
VT_DEVICE uint32_t pack(float first, float second) {
  uint32_t word;
  if constexpr (std::is_same_v<T, Half>) {
    const __half2 pair = __floats2half2_rn(first, second);
    memcpy(&word, &pair, sizeof word);
  } else {
    const __nv_bfloat162 pair = __floats2bfloat162_rn(first, second);
    memcpy(&word, &pair, sizeof word);
  }
  return word;
}

// Which groups of a tile a warp works on.
struct Groups {
  int begin;
  int end;
  VT_DEVICE bool has(int group) const { return group >= begin && group < end; }
};

// The groups of a tile of kColumns rows that begin before row `end`.
template <int kColumns>
VT_DEVICE Groups groups_before(int end) {
  return {0, end >= kColumns ? kColumns / kGroup : (end + kGroup - 1) / kGroup};
}
// The keys that queries `query` .. `query` + num - 1 see, of `keys` in all: each of them the first `least`, some `most`.
struct Seen {
  int least;
  int most;
  VT_DEVICE Seen(int keys, bool is_causal, int query, int num) {
    least = is_causal && query + 1 < keys ? query + 1 : keys;
    most = is_causal && query + num < keys ? query + num : keys;
  }
};

// sums[t][n] += the rows of `left` from `row` + 16 t on times the rows of `right`. With kAll all groups.
template <class T, bool kAll, int kTiles, int kColumns, int kWidth>
VT_DEVICE void add_products(const Tile<kWidth>& left, int row, const Tile<kWidth>& right, const Groups& groups,
                            const Lane& lane, float (&sums)[kTiles][kColumns / 8][4]) {
#pragma unroll
  for (int k = 0; k < kWidth / 16; ++k) {
    uint32_t a[kTiles][4];
#pragma unroll
    for (int t = 0; t < kTiles; ++t) load_left(left, row + t * kGroup, k, lane, a[t]);
#pragma unroll
    for (int g = 0; g < kColumns / kGroup; ++g) {
      if (!kAll && !groups.has(g)) continue;
      uint32_t b[4];
      load_right(right, g * kGroup, k, lane, b);
#pragma unroll
      for (int t = 0; t < kTiles; ++t) {
        multiply_accumulate<T>(a[t], b[0], b[1], sums[t][2 * g]);
        multiply_accumulate<T>(a[t], b[2], b[3], sums[t][2 * g + 1]);
      }
    }
  }
}

// sums[t] += weights[t] times the rows of `right` as they lie.
template <class T, bool kAll, int kTiles, int kColumns, int kWidth>
VT_DEVICE void add_weighted(const float (&weights)[kTiles][kColumns / 8][4], const Tile<kWidth>& right,
                            const Groups& groups, const Lane& lane, float (&sums)[kTiles][kWidth / 8][4]) {
#pragma unroll
  for (int g = 0; g < kColumns / kGroup; ++g) {
    if (!kAll && !groups.has(g)) continue;
    uint32_t a[kTiles][4];
#pragma unroll
    for (int t = 0; t < kTiles; ++t) {
      a[t][0] = pack<T>(weights[t][2 * g][0], weights[t][2 * g][1]);
      a[t][1] = pack<T>(weights[t][2 * g][2], weights[t][2 * g][3]);
      a[t][2] = pack<T>(weights[t][2 * g + 1][0], weights[t][2 * g + 1][1]);
      a[t][3] = pack<T>(weights[t][2 * g + 1][2], weights[t][2 * g + 1][3]);
    }
#pragma unroll
    for (int k = 0; k < kWidth / 16; ++k) {
      uint32_t b[4];
      load_right_transposed(right, g * kGroup, k, lane, b);
#pragma unroll
      for (int t = 0; t < kTiles; ++t) {
        multiply_accumulate<T>(a[t], b[0], b[1], sums[t][2 * k]);
        multiply_accumulate<T>(a[t], b[2], b[3], sums[t][2 * k + 1]);
      }
    }
  }
}

// The eight elements of a row from `column` on, zeros from `width` on.
template <class T>
VT_DEVICE uint4 load_chunk(const char* row, const AttentionOperand& operand, int column, int64_t width) {
  if (operand.has_vectors)
    return column < width ? *reinterpret_cast<const uint4*>(row + column * 2) : uint4{0, 0, 0, 0};
  T elements[8];
#pragma unroll
  for (int i = 0; i < 8; ++i)
    elements[i] = column + i < width ? *reinterpret_cast<const T*>(row + (column + i) * operand.column) : T(0.0f);
  uint4 words;
  memcpy(&words, elements, sizeof words);
  return words;
}

// Fills `count` rows of a tile with those of an operand of `rows` rows from `first` on. The copies are of the thread's
// present group.
template <class T, int kWidth>
VT_DEVICE void stage(const Tile<kWidth>& tile, const char* from, const AttentionOperand& operand, int first, int rows,
                     int count, int64_t width) {
  constexpr int kChunks = Tile<kWidth>::kChunks;
  const int chunk = static_cast<int>(threadIdx.x) % kChunks;
  const int step = static_cast<int>(blockDim.x) / kChunks;
  const int column = chunk * 8;
  int row = static_cast<int>(threadIdx.x) / kChunks;
  const char* at = from + (first + row) * operand.row;
  const int num = rows - first < count ? rows - first : count;
  for (; row < count; row += step, at += step * operand.row) {
    const bool is_row = row < num;
    if (operand.has_vectors) {
      const bool is_read = is_row && column < width;
      copy_async<16>(tile.at(row, chunk), is_read ? at + column * 2 : from, is_read ? 16 : 0);
    } else {
      store_shared(tile.at(row, chunk), is_row ? load_chunk<T>(at, operand, column, width) : uint4{0, 0, 0, 0});
    }
  }
}

// Word `source` of each lane of four becomes word `lane` of that source: a 4 x 4 transposition in two exchanges.
VT_DEVICE uint4 transpose_words(const uint32_t (&words)[4], const Lane& lane) {
  constexpr unsigned kAll = 0xffffffff;
  const bool is_odd = lane.index % 2 != 0;
  const uint32_t low = __shfl_xor_sync(kAll, is_odd ? words[0] : words[1], 1);
  const uint32_t high = __shfl_xor_sync(kAll, is_odd ? words[2] : words[3], 1);
  const uint32_t upper[2] = {is_odd ? low : words[0], is_odd ? words[1] : low};
  const uint32_t lower[2] = {is_odd ? high : words[2], is_odd ? words[3] : high};
  const bool is_second = lane.index % 4 >= 2;
  const uint32_t x = __shfl_xor_sync(kAll, is_second ? upper[0] : lower[0], 2);
  const uint32_t y = __shfl_xor_sync(kAll, is_second ? upper[1] : lower[1], 2);
  return is_second ? uint4{x, y, lower[0], lower[1]} : uint4{upper[0], upper[1], x, y};
}

// Writes 16 rows from `first` on of an operand of `rows` rows, columns from `begin` on: sums times the factor of their row.
template <class T, int kBlocks>
VT_DEVICE void store_sums(const float (&sums)[kBlocks][4], const float (&factors)[2], char* to,
                          const AttentionOperand& operand, int first, int rows, int begin, int64_t width,
                          const Lane& lane) {
#pragma unroll
  for (int n = 0; n < kBlocks; n += 2) {
    const uint32_t words[4] = {pack<T>(sums[n][0] * factors[0], sums[n][1] * factors[0]),
                               pack<T>(sums[n + 1][0] * factors[0], sums[n + 1][1] * factors[0]),
                               pack<T>(sums[n][2] * factors[1], sums[n][3] * factors[1]),
                               pack<T>(sums[n + 1][2] * factors[1], sums[n + 1][3] * factors[1])};
    if (operand.has_vectors) {
      // Lanes 0 and 1 of four get the upper row, 2 and 3 the lower one.
      const uint4 chunk = transpose_words(words, lane);
      const int row = first + lane.row + lane.index % 4 / 2 * 8;
      const int column = begin + n * 8 + lane.index % 2 * 8;
      if (row < rows && column < width) *reinterpret_cast<uint4*>(to + row * operand.row + column * 2) = chunk;
    } else {
#pragma unroll
      for (int i = 0; i < 8; ++i) {
        const int row = first + lane.row + i / 4 * 8;
        const int column = begin + (n + i / 2 % 2) * 8 + lane.column + i % 2;
        T pair[2];
        memcpy(pair, &words[i / 2], sizeof pair);
        if (row < rows && column < width)
          *reinterpret_cast<T*>(to + row * operand.row + column * operand.column) = pair[i % 2];
      }
    }
  }
}

// The dropout's factors of two neighbouring keys of a query.
struct DropPair {
  float first;
  float second;
};
VT_DEVICE DropPair drop_factors(const AttentionParams& p, int64_t matrix, int64_t query, int64_t key) {
  const uint64_t element = drop_element(p, matrix, query, key);
  const auto index = static_cast<int>(element % 4);
  const PhiloxWords words = p.numbers(element / 4);
  const float first = drop_factor_of(p, words, index);
  return {first, index < 3 ? drop_factor_of(p, words, index + 1) : drop_factor_of(p, p.numbers(element / 4 + 1), 0)};
}

// Calls visit.operator()<T, kWidth>() with the least width that has room; a null kernel where tensor cores do not serve.
template <class Visit>
AttentionKernel visit_tensor_width(DtypeIndex dtype, int64_t width, Visit&& visit) noexcept {
  const auto visit_width = [&]<class T>() -> AttentionKernel {
    if (width <= 32) return visit.template operator()<T, 32>();
    if (width <= 64) return visit.template operator()<T, 64>();
    return visit.template operator()<T, 128>();
  };
  if (width > kAttentionTensorWidth) return {};
  if (dtype == DtypeIndex::kFloat16) return visit_width.template operator()<Half>();
  if (dtype == DtypeIndex::kBFloat16) return visit_width.template operator()<BFloat>();
  return {};
}

}  // namespace vt::cuda::tensor
