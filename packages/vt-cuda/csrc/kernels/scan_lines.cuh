// SPDX-License-Identifier: Apache-2.0
// Scans along long dense lines (Note [Scans on the device]): a block goes through a chunk of one line by vectors of 16 bytes.
#pragma once

#include "scan.cuh"

namespace vt::cuda {

inline constexpr int kScanWarps = kBlockThreads / 32;

// A tile is a stretch for each warp, which is rows of a vector for each lane.
template <class Src>
struct LineTile {
  static constexpr int kVector = 16 / sizeof(Src);
  static constexpr int kRows = sizeof(Src) == 2 ? 2 : 4;
  static constexpr int kRow = 32 * kVector;
  static constexpr int kSize = kScanWarps * kRows * kRow;
};

// What lane `lane` gives, by words.
template <class Cell>
VT_DEVICE Cell cell_of_lane(const Cell& cell, int lane) {
  static_assert(sizeof(Cell) % 4 == 0);
  uint32_t words[sizeof(Cell) / 4];
  memcpy(words, &cell, sizeof cell);
#pragma unroll
  for (uint32_t& word : words) word = __shfl_sync(0xffffffffu, word, lane);
  Cell out;
  memcpy(&out, words, sizeof out);
  return out;
}
// Each of the lanes' cells joined with those of the lanes before it.
template <class Cell>
VT_DEVICE void scan_warp(Cell& cell) {
  const int lane = static_cast<int>(threadIdx.x) % 32;
#pragma unroll
  for (int distance = 1; distance < 32; distance *= 2) {
    const Cell other = cell_of_lane(cell, lane - distance);
    if (lane >= distance) cell = Cell::joined(other, cell);
  }
}

// A thread's elements of a tile.
template <class Src>
struct LineElements {
  using Tile = LineTile<Src>;
  Packed<Src, Tile::kVector> of[Tile::kRows];

  VT_DEVICE static int64_t place(int64_t tile, int row) {
    const auto thread = static_cast<int64_t>(threadIdx.x);
    return tile + (thread / 32 * Tile::kRows + row) * Tile::kRow + thread % 32 * Tile::kVector;
  }
  // How many elements from a place on are in the chunk.
  VT_DEVICE static int num(int64_t at, int64_t end) {
    const int64_t left = end - at;
    return left <= 0 ? 0 : left < Tile::kVector ? static_cast<int>(left) : Tile::kVector;
  }
  VT_DEVICE void load(const Src* line, int64_t tile, int64_t end) {
#pragma unroll
    for (int row = 0; row < Tile::kRows; ++row) {
      const int64_t at = place(tile, row);
      if (end - at >= Tile::kVector) {
        of[row] = *reinterpret_cast<const Packed<Src, Tile::kVector>*>(line + at);
      } else {
#pragma unroll
        for (int k = 0; k < Tile::kVector; ++k)
          if (at + k < end) of[row].of[k] = line[at + k];
      }
    }
  }
  template <class Value>
  VT_DEVICE Value get(int row, int k) const {
    Value value;
    take(number_of(of[row].of[k]), value);
    return value;
  }
};

// The steps of a tile that begins at `tile`, in a chunk that ends at `end`.
template <class Src, class Cell>
struct LineSteps {
  using Tile = LineTile<Src>;
  using Value = typename Cell::Value;
  using Elements = LineElements<Src>;
  Elements elements;
  Elements factors;

  VT_DEVICE void load(const ScanParams& p, int64_t line, int64_t tile, int64_t end) {
    elements.load(reinterpret_cast<const Src*>(p.in) + line * p.length, tile, end);
    if constexpr (kHasFactors<Cell>) factors.load(reinterpret_cast<const Src*>(p.factors) + line * p.length, tile, end);
  }
  VT_DEVICE void add_to(Cell& cell, int row, int k, int64_t step) const {
    Value factor{};
    if constexpr (kHasFactors<Cell>) factor = factors.template get<Value>(row, k);
    cell.add(elements.template get<Value>(row, k), factor, step);
  }
  // What comes before each of the thread's rows in the warp; returns the cell of all the warp's steps.
  VT_DEVICE Cell scan_rows(int64_t tile, int64_t end, Cell (&before)[Tile::kRows]) const {
    const int lane = static_cast<int>(threadIdx.x) % 32;
    Cell cells[Tile::kRows];
#pragma unroll
    for (int row = 0; row < Tile::kRows; ++row) {
      const int64_t at = Elements::place(tile, row);
      const int num = Elements::num(at, end);
      cells[row] = Cell{};
#pragma unroll
      for (int k = 0; k < Tile::kVector; ++k)
        if (k < num) add_to(cells[row], row, k, at + k);
      scan_warp(cells[row]);
    }
    Cell carried{};
#pragma unroll
    for (int row = 0; row < Tile::kRows; ++row) {
      const Cell lower = cell_of_lane(cells[row], lane - 1);
      before[row] = lane > 0 ? Cell::joined(carried, lower) : carried;
      carried = Cell::joined(carried, cell_of_lane(cells[row], 31));
    }
    return carried;
  }
  // Goes through a row again from `running` on and writes the results.
  VT_DEVICE void write_row(const ScanParams& p, int64_t line, int64_t tile, int64_t end, int row, Cell running) const {
    const int64_t step = Elements::place(tile, row);
    const int num = Elements::num(step, end);
    Packed<Src, Tile::kVector> values;
    Packed<int64_t, Tile::kVector> places;
#pragma unroll
    for (int k = 0; k < Tile::kVector; ++k) {
      if (k >= num) break;
      add_to(running, row, k, step + k);
      values.of[k] = convert<Src>(number_from(running.value()));
      if constexpr (kHasPlaces<Cell>) places.of[k] = running.place();
    }
    Src* const out = reinterpret_cast<Src*>(p.out) + line * p.length + step;
    int64_t* const places_out = p.places + line * p.length + step;
    if (num == Tile::kVector) {
      *reinterpret_cast<Packed<Src, Tile::kVector>*>(out) = values;
      if constexpr (kHasPlaces<Cell>) *reinterpret_cast<Packed<int64_t, Tile::kVector>*>(places_out) = places;
    } else {
#pragma unroll
      for (int k = 0; k < Tile::kVector; ++k) {
        if (k >= num) break;
        out[k] = values.of[k];
        if constexpr (kHasPlaces<Cell>) places_out[k] = places.of[k];
      }
    }
  }
};

// The warps' cells joined in order; `before` is that of the warps before this one. Every thread of the block makes the call.
// Calls in turn have different memory, so that one barrier is enough.
template <class Cell>
VT_DEVICE Cell join_warps(Cell* memory, const Cell& own, Cell& before) {
  const int warp = static_cast<int>(threadIdx.x) / 32;
  if (threadIdx.x % 32 == 0) memory[warp] = own;
  __syncthreads();
  before = Cell{};
  Cell all{};
#pragma unroll
  for (int w = 0; w < kScanWarps; ++w) {
    if (w == warp) before = all;
    all = Cell::joined(all, memory[w]);
  }
  return all;
}

// The total of the chunks before this one: each thread joins a share of them.
template <class Cell>
VT_DEVICE Cell chunks_before(const ScanParams& p, int64_t line, int32_t chunk, Cell* memory) {
  const int32_t share = (chunk + kBlockThreads - 1) / kBlockThreads;
  const int32_t begin = static_cast<int32_t>(threadIdx.x) * share;
  const int32_t end = begin + share < chunk ? begin + share : chunk;
  Cell own{};
  for (int32_t c = begin; c < end; ++c)
    own = Cell::joined(own, static_cast<const Cell*>(p.totals)[c * p.num_lines + line]);
  scan_warp(own);
  Cell before;
  return join_warps(memory, cell_of_lane(own, 31), before);
}

template <class Src, class Cell>
__global__ void __launch_bounds__(kBlockThreads) line_totals(const __grid_constant__ ScanParams p) {
  wait_for_previous_kernel();
  using Tile = LineTile<Src>;
  alignas(16) __shared__ unsigned char memory[2][kScanWarps * sizeof(Cell)];
  const int64_t line = blockIdx.x;
  const int64_t begin = blockIdx.y * p.chunk;
  const int64_t end = begin + p.chunk < p.length ? begin + p.chunk : p.length;
  Cell carried{};
  int side = 0;
  for (int64_t tile = begin; tile < end; tile += Tile::kSize, side ^= 1) {
    LineSteps<Src, Cell> steps;
    steps.load(p, line, tile, end);
    Cell before[Tile::kRows];
    const Cell own = steps.scan_rows(tile, end, before);
    Cell unused;
    carried = Cell::joined(carried, join_warps(reinterpret_cast<Cell*>(memory[side]), own, unused));
  }
  if (threadIdx.x == 0) static_cast<Cell*>(p.totals)[blockIdx.y * p.num_lines + line] = carried;
}

// Chunks are written from the last one on, which has been read most recently.
template <class Src, class Cell>
__global__ void __launch_bounds__(kBlockThreads, sizeof(Cell) == 8 ? 3 : 1)
    line_write(const __grid_constant__ ScanParams p) {
  wait_for_previous_kernel();
  using Tile = LineTile<Src>;
  alignas(16) __shared__ unsigned char memory[2][kScanWarps * sizeof(Cell)];
  const int64_t line = blockIdx.x;
  const auto chunk = p.num_chunks - 1 - static_cast<int32_t>(blockIdx.y);
  const int64_t begin = chunk * p.chunk;
  const int64_t end = begin + p.chunk < p.length ? begin + p.chunk : p.length;
  LineSteps<Src, Cell> steps;
  steps.load(p, line, begin, end);
  Cell carried{};
  if (p.num_chunks > 1) carried = chunks_before(p, line, chunk, reinterpret_cast<Cell*>(memory[1]));
  int side = 0;
  for (int64_t tile = begin; tile < end; tile += Tile::kSize, side ^= 1) {
    LineSteps<Src, Cell> next;
    next.load(p, line, tile + Tile::kSize, end);
    Cell before[Tile::kRows];
    const Cell own = steps.scan_rows(tile, end, before);
    Cell of_warps;
    const Cell all = join_warps(reinterpret_cast<Cell*>(memory[side]), own, of_warps);
    of_warps = Cell::joined(carried, of_warps);
#pragma unroll
    for (int row = 0; row < Tile::kRows; ++row)
      steps.write_row(p, line, tile, end, row, Cell::joined(of_warps, before[row]));
    carried = Cell::joined(carried, all);
    steps = next;
  }
}

template <class Src, class Cell>
LineScanKernels line_kernels_of() noexcept {
  return {reinterpret_cast<const void*>(&line_totals<Src, Cell>), reinterpret_cast<const void*>(&line_write<Src, Cell>),
          LineTile<Src>::kSize};
}

template <class Src, class Cell>
ScanKernels scan_kernels_of() noexcept {
  return {reinterpret_cast<const void*>(&scan_totals<Src, Cell>),
          reinterpret_cast<const void*>(&scan_write<Src, Cell>),
          sizeof(Cell),
          {}};
}
// The kernels of a cell type. Elements of the types `Typed` that need no cast have an instance of their own, and with kLines
// kernels for long lines.
template <class Cell, bool kLines, class... Typed>
ScanKernels scan_kernels_for(DtypeIndex in, DtypeIndex out) noexcept {
  ScanKernels kernels = scan_kernels_of<AnyScanned, Cell>();
  [[maybe_unused]] const auto choose = [&]<class T>() {
    if (in != out || in != kIndexOf<T>) return;
    kernels = scan_kernels_of<T, Cell>();
    if constexpr (kLines) kernels.lines = line_kernels_of<T, Cell>();
  };
  (choose.template operator()<Typed>(), ...);
  return kernels;
}

}  // namespace vt::cuda
