// SPDX-License-Identifier: Apache-2.0
// Kernels that write and add at indices.
#include "put.hpp"

#include <array>

#include "index.cuh"
#include "row.cuh"

namespace vt::cuda {
namespace {

constexpr int kValuesAhead = 8;  // loaded before the first is added

template <class T>
__global__ void __launch_bounds__(kBlockThreads) write_rows(const __grid_constant__ PutParams p) {
  const int64_t i = static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x;
  const int64_t at = i / p.num_columns;
  if (at >= p.num) return;
  const int64_t row = p.rows[at];
  if (row < 0 || (at + 1 < p.num && p.rows[at + 1] == row)) return;
  int64_t column[2];
  p.column_walk.offsets(i - at * p.num_columns, column);
  *reinterpret_cast<T*>(p.self + column[1] + row * p.row_bytes) =
      *reinterpret_cast<const T*>(p.values + column[0] + p.offsets[at]);
}

template <class W>
VT_DEVICE W plus(W a, W b) {
  if constexpr (std::is_same_v<W, Bool>) {
    return Bool{static_cast<uint8_t>((a.bits | b.bits) != 0)};
  } else if constexpr (kIsComplex<W>) {
    return {a.real + b.real, a.imag + b.imag};
  } else {
    return static_cast<W>(a + b);
  }
}

// Neighbouring elements that a thread has: one, or 16 bytes of them (before they are widened).
template <class T, int kNum>
struct alignas(kNum == 1 ? alignof(T) : 16) Few {
  T of[kNum];
};

template <class T, int kNum>
VT_DEVICE Few<T, kNum> load_few(const char* at) {
  return *reinterpret_cast<const Few<T, kNum>*>(at);
}
template <class T, int kNum>
VT_DEVICE Few<Wide<T>, kNum> widened(const Few<T, kNum>& values) {
  Few<Wide<T>, kNum> out;
#pragma unroll
  for (int k = 0; k < kNum; ++k) out.of[k] = to_wide(values.of[k]);
  return out;
}
template <class W, int kNum>
VT_DEVICE void add_to(Few<W, kNum>& sums, const Few<W, kNum>& values) {
#pragma unroll
  for (int k = 0; k < kNum; ++k) sums.of[k] = plus(sums.of[k], values.of[k]);
}
template <class T, int kNum>
VT_DEVICE void store_rounded(char* at, const Few<Wide<T>, kNum>& sums) {
  Few<T, kNum> out;
#pragma unroll
  for (int k = 0; k < kNum; ++k) out.of[k] = from_wide<T>(sums.of[k]);
  *reinterpret_cast<Few<T, kNum>*>(at) = out;
}

// The first in [low, high) that is not before `row`. Rows that are left out come last, as if unsigned.
VT_DEVICE int32_t find_row(const int64_t* rows, int64_t row, int32_t low, int32_t high) {
  while (low < high) {
    const int32_t middle = low + (high - low) / 2;
    if (static_cast<uint64_t>(rows[middle]) < static_cast<uint64_t>(row)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

// Where the sum of a piece is kept: of the one that begins a run in the chunk, or of one that carries on in it.
template <class W, int kNum>
VT_DEVICE Few<W, kNum>* partial_of(const PutParams& p, int64_t chunk, bool begins, int64_t column) {
  return reinterpret_cast<Few<W, kNum>*>(p.partials) + (2 * chunk + begins) * p.num_columns + column;
}

// The values of `num` places from `offsets` on, added to the sums. They wait in whole registers.
template <class T, int kNum>
VT_DEVICE void add_values(const char* values, const int64_t* offsets, int32_t num, Few<Wide<T>, kNum>& sums) {
  using Raw = std::conditional_t<kNum == 1, T, Few<uint32_t, 4>>;
  for (int32_t done = 0; done < num; done += kValuesAhead) {
    int64_t at[kValuesAhead];
    Raw ahead[kValuesAhead];
#pragma unroll
    for (int e = 0; e < kValuesAhead; ++e) at[e] = done + e < num ? offsets[done + e] : 0;
#pragma unroll
    for (int e = 0; e < kValuesAhead; ++e)
      if (done + e < num) ahead[e] = *reinterpret_cast<const Raw*>(values + at[e]);
#pragma unroll
    for (int e = 0; e < kValuesAhead; ++e) {
      if (done + e >= num) break;
      Few<T, kNum> few;
      memcpy(&few, &ahead[e], sizeof few);
      add_to(sums, widened<T, kNum>(few));
    }
  }
}

// All pieces that begin in the chunk.
template <class T, int kNum>
VT_DEVICE void add_chunk(const PutParams& p, int32_t chunk, int64_t column) {
  int64_t at_column[2];
  p.column_walk.offsets(column, at_column);
  const char* values = p.values + at_column[0];
  const int64_t* rows = p.rows;
  const int32_t first = chunk * kPiece;
  const int32_t end = p.num - first < kPiece ? p.num : first + kPiece;
  for (int32_t at = first; at < end;) {
    const int64_t row = rows[at];
    if (row < 0) return;
    bool begins = true;
    if (at == first && at > 0 && rows[at - 1] == row) {
      const int32_t begin = find_row(rows, row, 0, at);
      const int32_t over = (at - begin) % kPiece;
      const int32_t missing = over > 0 ? kPiece - over : 0;  // to where its next piece begins
      if (end - first <= missing || rows[first + missing] != row) {
        at = find_row(rows, row + 1, first, end - first <= missing ? end : first + missing);
        continue;
      }
      at = first + missing;
      begins = false;
    }
    const int32_t piece = p.num - at < kPiece ? p.num - at : kPiece;
    int32_t num = 1;
    if (rows[at + piece - 1] == row) {
      num = piece;
    } else {
      while (rows[at + num] == row) ++num;
    }
    char* self = p.self + at_column[1] + row * p.row_bytes;
    const int32_t taken = begins ? 0 : 1;
    Few<Wide<T>, kNum> sums = widened<T, kNum>(load_few<T, kNum>(begins ? self : values + p.offsets[at]));
    add_values<T, kNum>(values, p.offsets + at + taken, num - taken, sums);
    at += num;
    if (begins && (at == p.num || rows[at] != row)) {
      store_rounded<T, kNum>(self, sums);
    } else {
      *partial_of<Wide<T>, kNum>(p, chunk, begins, column) = sums;
    }
  }
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) add_pieces(const __grid_constant__ PutParams p) {
  const int64_t i = static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x;
  const int64_t chunk = i / p.num_columns;
  if (chunk * kPiece >= p.num) return;
  if (p.vectors) {
    add_chunk<T, kPack<T>>(p, static_cast<int32_t>(chunk), i - chunk * p.num_columns);
  } else {
    add_chunk<T, 1>(p, static_cast<int32_t>(chunk), i - chunk * p.num_columns);
  }
}

// A run of several pieces that begins in the chunk of the block: warps have shares of its pieces, lanes have columns.
template <class T, int kNum>
VT_DEVICE void add_run(const PutParams& p) {
  using Sums = Few<Wide<T>, kNum>;
  __shared__ Sums shares[kShares][32];
  const int64_t* rows = p.rows;
  const int64_t num_groups = (p.num_columns + 31) / 32;
  const auto chunk = static_cast<int32_t>(blockIdx.x / num_groups);
  const int32_t first = chunk * kPiece;
  if (p.num - first <= kPiece) return;
  const int64_t row = rows[first + kPiece];
  if (row < 0 || rows[first + kPiece - 1] != row || (first > 0 && rows[first - 1] == row)) return;
  const int32_t begin = find_row(rows, row, first, first + kPiece);
  if (p.num - begin <= kPiece || rows[begin + kPiece] != row) return;
  const int32_t end = find_row(rows, row + 1, begin + kPiece, p.num);
  const int32_t num_pieces = (end - begin - 1) / kPiece + 1;
  const int32_t share = (num_pieces + kShares - 1) / kShares;
  const int warp = static_cast<int>(threadIdx.x) / 32;
  const int lane = static_cast<int>(threadIdx.x) % 32;
  const int64_t column = (blockIdx.x - chunk * num_groups) * 32 + lane;
  const int32_t share_begin = warp * share;
  const int32_t share_end = share_begin + share < num_pieces ? share_begin + share : num_pieces;
  if (column < p.num_columns && share_begin < share_end) {
    Sums sums = *partial_of<Wide<T>, kNum>(p, chunk + share_begin, share_begin == 0, column);
#pragma unroll 4
    for (int32_t piece = share_begin + 1; piece < share_end; ++piece)
      add_to(sums, *partial_of<Wide<T>, kNum>(p, chunk + piece, false, column));
    shares[warp][lane] = sums;
  }
  __syncthreads();
  if (warp > 0 || column >= p.num_columns) return;
  Sums sums = shares[0][lane];
  for (int w = 1; w * share < num_pieces; ++w) add_to(sums, shares[w][lane]);
  int64_t at_column[2];
  p.column_walk.offsets(column, at_column);
  store_rounded<T, kNum>(p.self + at_column[1] + row * p.row_bytes, sums);
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) add_partials(const __grid_constant__ PutParams p) {
  if (p.vectors) {
    add_run<T, kPack<T>>(p);
  } else {
    add_run<T, 1>(p);
  }
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) scatter(const __grid_constant__ ScatterParams p) {
  const int64_t i = static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x;
  if (i >= p.num_columns) return;
  int64_t at[3];
  p.walk.offsets(i, at);
  for (int64_t k = 0; k < p.length; ++k) {
    const int64_t index = load_index(p.index + at[2] + k * p.index_stride, p.is_int64);
    if (index < 0 || index >= p.size) {
      report(p.record, p.op, index, p.dim, p.size);
      continue;
    }
    const T value = *reinterpret_cast<const T*>(p.has_number ? reinterpret_cast<const char*>(p.number.bytes)
                                                             : p.values + at[0] + k * p.value_stride);
    T* self = reinterpret_cast<T*>(p.self + at[1] + index * p.self_stride);
    *self = p.accumulates ? from_wide<T>(plus(to_wide(*self), to_wide(value))) : value;
  }
}

template <class T>
struct AddPiecesOf {
  static constexpr auto kSymbol = &add_pieces<T>;
};
template <class T>
struct AddPartialsOf {
  static constexpr auto kSymbol = &add_partials<T>;
};
struct NoAddition {
  static constexpr void (*kSymbol)(PutParams) = nullptr;
};
template <>
struct AddPiecesOf<E4M3> : NoAddition {};
template <>
struct AddPiecesOf<E5M2> : NoAddition {};
template <>
struct AddPartialsOf<E4M3> : NoAddition {};
template <>
struct AddPartialsOf<E5M2> : NoAddition {};
template <class T>
struct ScatterOf {
  static constexpr auto kSymbol = &scatter<T>;
};

// The symbol of each dtype, in the order of DtypeIndex.
template <template <class> class Of>
inline constexpr std::array kByDtype{Of<Bool>::kSymbol,           Of<uint8_t>::kSymbol,        Of<uint16_t>::kSymbol,
                                     Of<uint32_t>::kSymbol,       Of<uint64_t>::kSymbol,       Of<int8_t>::kSymbol,
                                     Of<int16_t>::kSymbol,        Of<int32_t>::kSymbol,        Of<int64_t>::kSymbol,
                                     Of<E4M3>::kSymbol,           Of<E5M2>::kSymbol,           Of<Half>::kSymbol,
                                     Of<BFloat>::kSymbol,         Of<float>::kSymbol,          Of<double>::kSymbol,
                                     Of<Complex<float>>::kSymbol, Of<Complex<double>>::kSymbol};

}  // namespace

const void* write_rows_kernel(int64_t unit) noexcept {
  switch (unit) {
    case 1: return reinterpret_cast<const void*>(&write_rows<uint8_t>);
    case 2: return reinterpret_cast<const void*>(&write_rows<uint16_t>);
    case 4: return reinterpret_cast<const void*>(&write_rows<uint32_t>);
    case 8: return reinterpret_cast<const void*>(&write_rows<uint64_t>);
    default: return reinterpret_cast<const void*>(&write_rows<Unit16>);
  }
}

const void* add_pieces_kernel(DtypeIndex dtype) noexcept {
  return reinterpret_cast<const void*>(kByDtype<AddPiecesOf>[static_cast<size_t>(dtype)]);
}
const void* add_partials_kernel(DtypeIndex dtype) noexcept {
  return reinterpret_cast<const void*>(kByDtype<AddPartialsOf>[static_cast<size_t>(dtype)]);
}
const void* scatter_kernel(DtypeIndex dtype) noexcept {
  return reinterpret_cast<const void*>(kByDtype<ScatterOf>[static_cast<size_t>(dtype)]);
}

}  // namespace vt::cuda
