// SPDX-License-Identifier: Apache-2.0
// The engine of all scans (Note [Scans on the device]).
//
// A cell is trivially copyable, empty when default-constructed, and has
//   Value                      what elements are computed in
//   add(Value, Value, step)    one more element, its factor and its step in the line
//   joined(before, after)      both, in this order
//   value()                    the result so far; place(), if it has one, where that was taken from
#pragma once

#include <vt/cpp/math/complex.hpp>

#include "elements.cuh"
#include "lane_scan.cuh"
#include "scan.hpp"

namespace vt::cuda {

using ComplexNumber = math::complex::Complex;

VT_DEVICE void take(const Number& n, double& value) { value = n.real; }
VT_DEVICE void take(const Number& n, int64_t& value) { value = n.integer; }
VT_DEVICE void take(const Number& n, uint64_t& value) { value = static_cast<uint64_t>(n.integer); }
VT_DEVICE void take(const Number& n, ComplexNumber& value) { value = {n.real, n.imag}; }
VT_DEVICE Number number_from(double value) { return {Number::kReal, 0, value, 0}; }
VT_DEVICE Number number_from(int64_t value) { return {Number::kSigned, value, 0, 0}; }
VT_DEVICE Number number_from(uint64_t value) { return {Number::kUnsigned, static_cast<int64_t>(value), 0, 0}; }
VT_DEVICE Number number_from(ComplexNumber value) { return {Number::kComplexPair, 0, value.real, value.imag}; }

template <class Cell>
inline constexpr bool kHasPlaces = requires(Cell cell) { cell.place(); };
template <class Cell>
inline constexpr bool kHasFactors = requires { typename Cell::Factor; };

// Any dtype, cast to that of the result first; known at run time only.
struct AnyScanned {};

// Where a thread works.
struct ScanPlace {
  int64_t line;
  int64_t first;  // the element of the first step
  int64_t stride;
  LaneGroup group;
  bool is_line;

  VT_DEVICE explicit ScanPlace(const ScanParams& p) {
    const int thread = static_cast<int>(threadIdx.x);
    const int lanes = 1 << p.lanes_log2;
    const int lines = kBlockThreads >> p.lanes_log2;
    const int local = p.columns ? thread & (lines - 1) : thread >> p.lanes_log2;
    group = {p.columns ? thread / lines : thread & (lanes - 1), lanes, p.columns ? lines : 1};
    line = static_cast<int64_t>(blockIdx.x) * lines + local;
    is_line = line < p.num_lines;
    const int64_t outer = line / p.inner;
    first = (outer * p.length + (p.reverse ? p.length - 1 : 0)) * p.inner + (line - outer * p.inner);
    stride = p.reverse ? -p.inner : p.inner;
  }
};

template <class T, int kNum>
struct alignas(sizeof(T) * kNum < 16 ? sizeof(T) * kNum : 16) Packed {
  T of[kNum];
};

// `num` elements of neighbouring steps from `step` on.
template <class Src, class Value>
VT_DEVICE void load_steps(const ScanParams& p, const ScanPlace& place, const char* data, int64_t step, int num,
                          Value (&out)[kScanSteps]) {
  const int64_t at = place.first + step * place.stride;
  if constexpr (std::is_same_v<Src, AnyScanned>) {
    for (int k = 0; k < num; ++k) {
      Number n = load_any(data + (at + k * place.stride) * p.in_size, p.in_dtype);
      if (p.in_dtype != p.out_dtype) n = round_to(p.out_dtype, n);
      take(n, out[k]);
    }
  } else {
    const Src* from = reinterpret_cast<const Src*>(data) + at;
    Packed<Src, kScanSteps> raw;
    if (p.vectors && num == kScanSteps) {
      raw = *reinterpret_cast<const Packed<Src, kScanSteps>*>(from);
    } else {
#pragma unroll
      for (int k = 0; k < kScanSteps; ++k)
        if (k < num) raw.of[k] = from[k * place.stride];
    }
#pragma unroll
    for (int k = 0; k < kScanSteps; ++k)
      if (k < num) take(number_of(raw.of[k]), out[k]);
  }
}

// Goes through `num` steps from `running` on and writes the results.
template <class Src, class Cell, class Value>
VT_DEVICE void write_steps(const ScanParams& p, const ScanPlace& place, int64_t step, int num, Cell running,
                           const Value (&x)[kScanSteps], const Value (&factors)[kScanSteps]) {
  const int64_t at = place.first + step * place.stride;
  if constexpr (std::is_same_v<Src, AnyScanned>) {
    for (int k = 0; k < num; ++k) {
      const int64_t to = at + k * place.stride;
      running.add(x[k], factors[k], step + k);
      store_any(p.out + to * p.out_size, p.out_dtype, number_from(running.value()));
      if constexpr (kHasPlaces<Cell>) p.places[to] = running.place();
    }
  } else {
    Src* out = reinterpret_cast<Src*>(p.out) + at;
    Packed<Src, kScanSteps> raw;
    Packed<int64_t, kScanSteps> raw_places;
#pragma unroll
    for (int k = 0; k < kScanSteps; ++k) {
      if (k >= num) break;
      running.add(x[k], factors[k], step + k);
      raw.of[k] = convert<Src>(number_from(running.value()));
      if constexpr (kHasPlaces<Cell>) raw_places.of[k] = running.place();
    }
    if (p.vectors && num == kScanSteps) {
      *reinterpret_cast<Packed<Src, kScanSteps>*>(out) = raw;
      if constexpr (kHasPlaces<Cell>) *reinterpret_cast<Packed<int64_t, kScanSteps>*>(p.places + at) = raw_places;
    } else {
#pragma unroll
      for (int k = 0; k < kScanSteps; ++k) {
        if (k >= num) break;
        out[k * place.stride] = raw.of[k];
        if constexpr (kHasPlaces<Cell>) p.places[at + k * place.stride] = raw_places.of[k];
      }
    }
  }
}

// The total of the chunks before this one.
template <class Cell>
VT_DEVICE Cell total_before(const ScanParams& p, const ScanPlace& place, Cell* memory) {
  const auto chunk = static_cast<int32_t>(blockIdx.y);
  const int32_t share = (chunk + place.group.lanes - 1) / place.group.lanes;
  const int32_t begin = place.group.lane * share;
  const int32_t end = begin + share < chunk ? begin + share : chunk;
  Cell own{};
  if (place.is_line)
    for (int32_t c = begin; c < end; ++c)
      own = Cell::joined(own, static_cast<const Cell*>(p.totals)[c * p.num_lines + place.line]);
  Cell total;
  scan_before(memory, place.group, own, total);
  return total;
}

// Goes through a chunk. With kWrites the results are written, else its total.
template <class Src, class Cell, bool kWrites>
VT_DEVICE void scan_chunk(const ScanParams& p) {
  using Value = typename Cell::Value;
  alignas(16) __shared__ unsigned char memory[2 * kBlockThreads * sizeof(Cell)];
  auto* const cells = reinterpret_cast<Cell*>(memory);
  const ScanPlace place(p);
  Cell carried{};
  if (kWrites && p.num_chunks > 1) carried = total_before(p, place, cells);
  const int64_t begin = blockIdx.y * p.chunk;
  const int64_t end = begin + p.chunk < p.length ? begin + p.chunk : p.length;
  for (int64_t tile = begin; tile < end; tile += static_cast<int64_t>(place.group.lanes) * kScanSteps) {
    const int64_t step = tile + place.group.lane * kScanSteps;
    const int64_t left = place.is_line ? end - step : 0;
    const int num = left < 0 ? 0 : left < kScanSteps ? static_cast<int>(left) : kScanSteps;
    Value x[kScanSteps];
    Value factors[kScanSteps];
    if (num > 0) load_steps<Src>(p, place, p.in, step, num, x);
    if constexpr (kHasFactors<Cell>)
      if (num > 0) load_steps<Src>(p, place, p.factors, step, num, factors);
    Cell own{};
#pragma unroll
    for (int k = 0; k < kScanSteps; ++k)
      if (k < num) own.add(x[k], factors[k], step + k);
    Cell total;
    const Cell before = scan_before(cells, place.group, own, total);
    if constexpr (kWrites)
      if (num > 0) write_steps<Src>(p, place, step, num, Cell::joined(carried, before), x, factors);
    carried = Cell::joined(carried, total);
  }
  if constexpr (!kWrites)
    if (place.is_line && place.group.lane == 0)
      static_cast<Cell*>(p.totals)[blockIdx.y * p.num_lines + place.line] = carried;
}

template <class Src, class Cell>
__global__ void __launch_bounds__(kBlockThreads) scan_totals(const __grid_constant__ ScanParams p) {
  wait_for_previous_kernel();
  scan_chunk<Src, Cell, false>(p);
}
template <class Src, class Cell>
__global__ void __launch_bounds__(kBlockThreads) scan_write(const __grid_constant__ ScanParams p) {
  wait_for_previous_kernel();
  scan_chunk<Src, Cell, true>(p);
}

}  // namespace vt::cuda
