// SPDX-License-Identifier: Apache-2.0
// Tiles of the attention kernels without tensor cores: staging, products and sums of a block of 16 x 16 threads.
#pragma once

#include "attention_walk.cuh"

namespace vt::cuda {

inline constexpr int kSide = 16;  // threads along each dimension of a tile
inline constexpr int kPad = 4;    // elements behind a staged row, so that neighbouring rows lie in other banks
inline constexpr int kHalfWarp = 16;

VT_DEVICE float multiply_add(float a, float b, float c) { return __fmaf_rn(a, b, c); }
VT_DEVICE double multiply_add(double a, double b, double c) { return __fma_rn(a, b, c); }

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
#pragma unroll(kRows* kColumns < 16 ? 2 : 1)
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
inline constexpr int kPair = 2;
template <int kChunk>
inline constexpr int kOwned = kChunk / kSide;
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

// A kernel whose blocks all have kBlockThreads threads and `rows` rows.
inline AttentionKernel whole_blocks(const void* symbol, int rows) noexcept {
  constexpr int kWarps = kBlockThreads / 32;
  return {symbol, rows / kWarps, kWarps, kWarps, 0, 0};
}
// Calls visit.operator()<T>() for the dtypes of attention; a null kernel for others.
template <class Visit>
AttentionKernel visit_float(DtypeIndex dtype, Visit&& visit) noexcept {
  switch (dtype) {
    case DtypeIndex::kFloat16: return visit.template operator()<Half>();
    case DtypeIndex::kBFloat16: return visit.template operator()<BFloat>();
    case DtypeIndex::kFloat32: return visit.template operator()<float>();
    case DtypeIndex::kFloat64: return visit.template operator()<double>();
    default: return {};
  }
}
// Calls visit.operator()<T, kWidth>() with the least width that has room. Half types come here only where they are too wide
// for tensor cores.
template <class Visit>
AttentionKernel visit_width(DtypeIndex dtype, int64_t width, Visit&& visit) noexcept {
  if (width > kAttentionMaxWidth) return {};
  return visit_float(dtype, [&]<class T>() {
    if constexpr (!kIsSmallFloat<T>) {
      if (width <= 32) return visit.template operator()<T, 32>();
      if (width <= 64) return visit.template operator()<T, 64>();
      if (width <= 128) return visit.template operator()<T, 128>();
    }
    return visit.template operator()<T, 256>();
  });
}

}  // namespace vt::cuda
