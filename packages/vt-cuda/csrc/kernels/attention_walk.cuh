// SPDX-License-Identifier: Apache-2.0
// Where a block of attention finds its operands, and what a score is: shared by all attention kernels.
#pragma once

#include <limits>

#include "attention.hpp"
#include "elements.cuh"

namespace vt::cuda {

template <class T>
using ComputeOf = std::conditional_t<std::is_same_v<T, double>, double, float>;

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

// Which head a block works on, and where its operands begin. A grid has fewer than 2^31 blocks, so 32-bit division does.
struct Place {
  int64_t tile;
  int64_t head;  // of the queries, or the keys
  int64_t batch;
  uint32_t lead[kAttentionLeads];  // of the batch

  VT_DEVICE Place(const AttentionParams& p, uint32_t index, int64_t tiles, int64_t heads) {
    const auto num_tiles = static_cast<uint32_t>(tiles);
    const auto num_heads = static_cast<uint32_t>(heads);
    tile = index % num_tiles;
    head = index / num_tiles % num_heads;
    uint32_t rest = index / num_tiles / num_heads;
    batch = rest;
#pragma unroll
    for (int d = 0; d < kAttentionLeads; ++d) {
      const auto size = static_cast<uint32_t>(p.lead_sizes[d]);
      lead[d] = size == 1 ? 0 : rest % size;
      rest = size == 1 ? rest : rest / size;
    }
  }
};

VT_DEVICE char* head_of(const AttentionOperand& operand, const Place& place, int64_t head) {
  char* at = operand.data + head * operand.head;
#pragma unroll
  for (int d = 0; d < kAttentionLeads; ++d) at += place.lead[d] * operand.lead[d];
  return at;
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
VT_DEVICE float drop_factor_of(const AttentionParams& p, const PhiloxWords& words, int index) {
  const uint32_t picked =
      index < 2 ? (index ? words.word[1] : words.word[0]) : (index == 3 ? words.word[3] : words.word[2]);
  const float uniform = static_cast<float>(picked >> 8) * 0x1p-24f;
  return uniform >= static_cast<float>(p.dropout_p) ? static_cast<float>(1 / (1 - p.dropout_p)) : 0.0f;
}
VT_DEVICE uint64_t drop_element(const AttentionParams& p, int64_t matrix, int64_t query, int64_t key) {
  return static_cast<uint64_t>((matrix * p.queries + query) * p.keys + key);
}
template <class C>
VT_DEVICE C drop_factor(const AttentionParams& p, int64_t matrix, int64_t query, int64_t key) {
  const uint64_t element = drop_element(p, matrix, query, key);
  return static_cast<C>(drop_factor_of(p, p.numbers(element / 4), static_cast<int>(element % 4)));
}

}  // namespace vt::cuda
