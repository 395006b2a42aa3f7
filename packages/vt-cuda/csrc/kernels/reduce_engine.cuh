// SPDX-License-Identifier: Apache-2.0
// The engine of all reductions: gathers slices in cells, merges them, stores results (Note [Reductions on the device]).
//
// A cell is trivially copyable, empty when default-constructed, and has
//   add(Number, position, settings)   one more element
//   add(cell)                         those of another cell
//   store(out, dtypes, settings)      the results, by store_slot
#pragma once

#include "elements.cuh"
#include "reduce.hpp"

namespace vt::cuda {

// Any dtype, cast to the element dtype first; known at run time only.
struct AnyElement {};

template <class T>
struct alignas(16) Vector {
  static constexpr int kNum = 16 / sizeof(T);
  T values[kNum];
};

VT_DEVICE Number real_number(double value) { return {Number::kReal, 0, value, 0}; }
VT_DEVICE Number complex_number(double real, double imag) { return {Number::kComplexPair, 0, real, imag}; }
VT_DEVICE Number integer_number(int64_t value) { return {Number::kSigned, value, 0, 0}; }

VT_DEVICE void store_slot(char* out, DtypeIndex dtype, const Number& n) {
  if (out != nullptr) store_any(out, dtype, n);
}

// What cells of complex elements share: a cell of their real parts and one of their imaginary parts.
template <class Part>
struct PairOfCells {
  Part real;
  Part imag;
  VT_DEVICE void add(const Number& n, int64_t, const ReduceSettings&) {
    real.add(n.real);
    imag.add(n.imag);
  }
  VT_DEVICE void add(const PairOfCells& other) {
    real.add(other.real);
    imag.add(other.imag);
  }
};

template <class Src, class Cell, class Index>
VT_DEVICE void add_element(Cell& cell, const char* at, int64_t position, const ReduceParams<Index>& p) {
  if constexpr (std::is_same_v<Src, AnyElement>) {
    Number n = load_any(at, p.in_dtype);
    if (p.in_dtype != p.element_dtype) n = round_to(p.element_dtype, n);
    cell.add(n, position, p.settings);
  } else {
    cell.add(number_of(*reinterpret_cast<const Src*>(at)), position, p.settings);
  }
}

// Gathers the lane's part of the slice.
template <class Src, class Cell, class Index>
VT_DEVICE Cell gather_lane(const ReduceParams<Index>& p, const char* base, int lane, int lanes) {
  const int64_t begin = blockIdx.y * p.slice;
  const int64_t end = begin + p.slice < p.num_reduced ? begin + p.slice : p.num_reduced;
  Cell cell{};
  if constexpr (!std::is_same_v<Src, AnyElement>) {
    if (p.vectors) {
      constexpr int kNum = Vector<Src>::kNum;
      const auto* row = reinterpret_cast<const Src*>(base);
      const int64_t step = static_cast<int64_t>(lanes) * kNum;
      int64_t i = begin + static_cast<int64_t>(lane) * kNum;
      Cell second{};
      for (; i + kNum + step <= end; i += 2 * step) {
        const auto x = *reinterpret_cast<const Vector<Src>*>(row + i);
        const auto y = *reinterpret_cast<const Vector<Src>*>(row + i + step);
#pragma unroll
        for (int k = 0; k < kNum; ++k) {
          cell.add(number_of(x.values[k]), i + k, p.settings);
          second.add(number_of(y.values[k]), i + step + k, p.settings);
        }
      }
      for (; i < end; i += step)
        for (int k = 0; k < kNum && i + k < end; ++k) cell.add(number_of(row[i + k]), i + k, p.settings);
      cell.add(second);
      return cell;
    }
  }
#pragma unroll 4
  for (int64_t i = begin + lane; i < end; i += lanes) {
    Index at[1];
    p.reduced.offsets(static_cast<Index>(i), at);
    add_element<Src>(cell, base + at[0], i, p);
  }
  return cell;
}

// Merges the cells of the lanes of one output, `stride` apart in shared memory, into that of lane 0.
template <class Cell>
VT_DEVICE void merge_lanes(Cell* shared, Cell& cell, int first, int lane, int lanes, int stride) {
  shared[first + lane * stride] = cell;
  for (int half = lanes / 2; half > 0; half /= 2) {
    __syncthreads();
    if (lane < half) {
      cell.add(shared[first + (lane + half) * stride]);
      shared[first + lane * stride] = cell;
    }
  }
}

template <class Params, class Index, class Cell>
VT_DEVICE void store_results(const Params& p, const Index (&at)[1 + kReduceSlots], const Cell& cell) {
  char* out[kReduceSlots];
  for (int slot = 0; slot < kReduceSlots; ++slot)
    out[slot] = p.out[slot] == nullptr ? nullptr : p.out[slot] + at[1 + slot];
  cell.store(out, p.out_dtypes, p.settings);
}

template <class Src, class Cell, class Index>
__global__ void __launch_bounds__(kBlockThreads) reduce_slices(const __grid_constant__ ReduceParams<Index> p) {
  wait_for_previous_kernel();
  alignas(16) __shared__ unsigned char memory[kBlockThreads * sizeof(Cell)];
  const int outputs = 1 << p.outputs_log2;
  const int lanes = kBlockThreads >> p.outputs_log2;
  const int thread = static_cast<int>(threadIdx.x);
  const int local = p.columns ? thread & (outputs - 1) : thread / lanes;
  const int lane = p.columns ? thread >> p.outputs_log2 : thread & (lanes - 1);
  const int64_t output = static_cast<int64_t>(blockIdx.x) * outputs + local;
  Index at[1 + kReduceSlots] = {};
  Cell cell{};
  if (output < p.num_outputs) {
    p.kept.offsets(static_cast<Index>(output), at);
    cell = gather_lane<Src, Cell>(p, p.in + at[0], lane, lanes);
  }
  merge_lanes(reinterpret_cast<Cell*>(memory), cell, p.columns ? local : local * lanes, lane, lanes,
              p.columns ? outputs : 1);
  if (lane != 0 || output >= p.num_outputs) return;
  if (p.num_slices > 1) {
    static_cast<Cell*>(p.partials)[blockIdx.y * p.num_outputs + output] = cell;
  } else {
    store_results(p, at, cell);
  }
}

// Columns that lie side by side: a thread has those of one vector, and the lanes of a block take rows in turn. Each output's cells are
// then added in the order of lanes by one thread.
template <class Src, class Cell, class Index>
__global__ void __launch_bounds__(kBlockThreads) reduce_columns(const __grid_constant__ ReduceParams<Index> p) {
  wait_for_previous_kernel();
  constexpr int kNum = Vector<Src>::kNum;
  alignas(16) __shared__ unsigned char memory[kBlockThreads * kNum * sizeof(Cell)];
  auto* shared = reinterpret_cast<Cell*>(memory);
  const int outputs = 1 << p.outputs_log2;
  const int lanes = kBlockThreads * kNum >> p.outputs_log2;
  const int column = static_cast<int>(threadIdx.x) * kNum & (outputs - 1);
  const int lane = static_cast<int>(threadIdx.x) * kNum >> p.outputs_log2;
  const int64_t first = static_cast<int64_t>(blockIdx.x) * outputs;
  Cell cells[kNum]{};
  if (first + column < p.num_outputs) {
    Index at[1 + kReduceSlots];
    p.kept.offsets(static_cast<Index>(first + column), at);
    const char* base = p.in + at[0];
    const int64_t begin = blockIdx.y * p.slice;
    const int64_t end = begin + p.slice < p.num_reduced ? begin + p.slice : p.num_reduced;
#pragma unroll 4
    for (int64_t i = begin + lane; i < end; i += lanes) {
      Index row[1];
      p.reduced.offsets(static_cast<Index>(i), row);
      const auto x = *reinterpret_cast<const Vector<Src>*>(base + row[0]);
#pragma unroll
      for (int k = 0; k < kNum; ++k) cells[k].add(number_of(x.values[k]), i, p.settings);
    }
  }
#pragma unroll
  for (int k = 0; k < kNum; ++k) shared[lane * outputs + column + k] = cells[k];
  __syncthreads();
  for (int o = static_cast<int>(threadIdx.x); o < outputs && first + o < p.num_outputs; o += kBlockThreads) {
    Cell cell = shared[o];
    for (int l = 1; l < lanes; ++l) cell.add(shared[l * outputs + o]);
    if (p.num_slices > 1) {
      static_cast<Cell*>(p.partials)[blockIdx.y * p.num_outputs + first + o] = cell;
    } else {
      Index at[1 + kReduceSlots];
      p.kept.offsets(static_cast<Index>(first + o), at);
      store_results(p, at, cell);
    }
  }
}

template <class Cell>
__global__ void __launch_bounds__(kBlockThreads) reduce_finish(const __grid_constant__ ReduceFinish p) {
  wait_for_previous_kernel();
  alignas(16) __shared__ unsigned char memory[kBlockThreads * sizeof(Cell)];
  const int thread = static_cast<int>(threadIdx.x);
  const int lane = thread % kFinishLanes;
  const int64_t output = static_cast<int64_t>(blockIdx.x) * (kBlockThreads / kFinishLanes) + thread / kFinishLanes;
  const Cell* partials = static_cast<const Cell*>(p.partials);
  Cell cell{};
  if (output < p.num_outputs)
#pragma unroll 4
    for (int64_t slice = lane; slice < p.num_slices; slice += kFinishLanes)
      cell.add(partials[slice * p.num_outputs + output]);
  merge_lanes(reinterpret_cast<Cell*>(memory), cell, thread - lane, lane, kFinishLanes, 1);
  if (lane != 0 || output >= p.num_outputs) return;
  int64_t at[1 + kReduceSlots];
  p.kept.offsets(output, at);
  store_results(p, at, cell);
}

template <class Src, class Cell>
const void* slices_kernel(bool wide) noexcept {
  return wide ? reinterpret_cast<const void*>(&reduce_slices<Src, Cell, int64_t>)
              : reinterpret_cast<const void*>(&reduce_slices<Src, Cell, int32_t>);
}

template <class Src, class Cell>
const void* columns_kernel(bool wide) noexcept {
  return wide ? reinterpret_cast<const void*>(&reduce_columns<Src, Cell, int64_t>)
              : reinterpret_cast<const void*>(&reduce_columns<Src, Cell, int32_t>);
}

// The kernels of a cell type. Elements of the types `Typed` that need no cast have an instance of their own.
template <class Cell, class... Typed>
ReduceKernels kernels_of(DtypeIndex in, DtypeIndex element, bool wide) noexcept {
  const void* slices = nullptr;
  if (in == element) ((kIndexOf<Typed> == in ? void(slices = slices_kernel<Typed, Cell>(wide)) : void()), ...);
  return {slices != nullptr ? slices : slices_kernel<AnyElement, Cell>(wide), nullptr,
          reinterpret_cast<const void*>(&reduce_finish<Cell>), sizeof(Cell)};
}
// These, and one for columns of each type.
template <class Cell, class... Typed>
ReduceKernels kernels_with_columns(DtypeIndex in, DtypeIndex element, bool wide) noexcept {
  ReduceKernels kernels = kernels_of<Cell, Typed...>(in, element, wide);
  if (in == element)
    ((kIndexOf<Typed> == in ? void(kernels.columns = columns_kernel<Typed, Cell>(wide)) : void()), ...);
  return kernels;
}

}  // namespace vt::cuda
