// SPDX-License-Identifier: Apache-2.0
// Resampling, one dimension after the other: rows are weighted and added where a dimension has others behind it.
#include "ops/loops/resample.hpp"

#include "ops/loops/elements.hpp"

namespace vt::core::VT_ISA {

namespace {

template <class T>
using Compute = std::conditional_t<std::is_same_v<T, double>, double, float>;

// (outer, in, inner) to (outer, out, inner).
template <class W>
void gather_axis(const ResampleAxis& a, int64_t outer, int64_t inner, const W* from, W* to) noexcept {
  const W* weight = static_cast<const W*>(a.weight);
  if (inner == 1 && a.taps == 1) {
    for (int64_t q = 0; q < outer; ++q, from += a.in, to += a.out)
      for (int64_t o = 0; o < a.out; ++o) to[o] = weight[o] * from[a.index[o]];
    return;
  }
  for (int64_t q = 0; q < outer; ++q, from += a.in * inner)
    for (int64_t o = 0; o < a.out; ++o, to += inner) {
      const int64_t* index = a.index + o * a.taps;
      const W* w = weight + o * a.taps;
      if (inner == 1) {
        W sum = w[0] * from[index[0]];
        for (int64_t j = 1; j < a.taps; ++j) sum += w[j] * from[index[j]];
        to[0] = sum;
        continue;
      }
      const W* first = from + index[0] * inner;
      VT_INDEPENDENT_LOOP
      for (int64_t i = 0; i < inner; ++i) to[i] = w[0] * first[i];
      for (int64_t j = 1; j < a.taps; ++j) {
        const W factor = w[j];
        const W* row = from + index[j] * inner;
        VT_INDEPENDENT_LOOP
        for (int64_t i = 0; i < inner; ++i) to[i] += factor * row[i];
      }
    }
}

// The transpose: (outer, out, inner) to (outer, in, inner).
template <class W>
void spread_axis(const ResampleAxis& a, int64_t outer, int64_t inner, const W* from, W* to) noexcept {
  const W* weight = static_cast<const W*>(a.weight);
  for (int64_t i = 0; i < outer * a.in * inner; ++i) to[i] = W{};
  for (int64_t q = 0; q < outer; ++q, to += a.in * inner)
    for (int64_t o = 0; o < a.out; ++o, from += inner)
      for (int64_t j = 0; j < a.taps; ++j) {
        const W factor = weight[o * a.taps + j];
        W* row = to + a.index[o * a.taps + j] * inner;
        VT_INDEPENDENT_LOOP
        for (int64_t i = 0; i < inner; ++i) row[i] += factor * from[i];
      }
}

// A plane through its dimensions, the last one first when it is read by neighbours, last when it is spread.
template <class T, bool kGather>
void planes(const ResamplePlanes& p, int64_t begin, int64_t end, void* scratch) {
  using W = Compute<T>;
  const ResampleAxis* axes = p.axes;
  const int64_t in = axes[0].in * axes[1].in * axes[2].in;
  const int64_t out = axes[0].out * axes[1].out * axes[2].out;
  const int64_t num_from = kGather ? in : out;
  const int64_t num_to = kGather ? out : in;
  // No plane on its way is larger than with the larger size of each dimension.
  int64_t most = 1;
  for (int d = 0; d < 3; ++d) most *= axes[d].in > axes[d].out ? axes[d].in : axes[d].out;
  W* buffers[] = {static_cast<W*>(scratch), static_cast<W*>(scratch) + most};
  W* wide = static_cast<W*>(scratch) + 2 * most;
  int last = -1;  // step that changes anything
  for (int step = 0; step < 3; ++step)
    if (!axes[kGather ? 2 - step : step].same) last = step;
  for (int64_t plane = begin; plane < end; ++plane) {
    const T* from = static_cast<const T*>(p.from) + plane * num_from;
    T* to = static_cast<T*>(p.to) + plane * num_to;
    const W* at = wide;
    if constexpr (std::is_same_v<T, W>) {
      at = from;
    } else {
      for (int64_t i = 0; i < num_from; ++i) wide[i] = static_cast<W>(widen(from[i]));
    }
    int64_t size[3];
    for (int d = 0; d < 3; ++d) size[d] = kGather ? axes[d].in : axes[d].out;
    int turn = 0;
    for (int step = 0; step < 3; ++step) {
      const int d = kGather ? 2 - step : step;
      if (axes[d].same) continue;
      const int64_t outer = d == 0 ? 1 : d == 1 ? size[0] : size[0] * size[1];
      const int64_t inner = d == 2 ? 1 : d == 1 ? size[2] : size[1] * size[2];
      W* next = buffers[turn];
      turn = 1 - turn;
      if constexpr (std::is_same_v<T, W>)
        if (step == last) next = to;
      if constexpr (kGather) {
        gather_axis(axes[d], outer, inner, at, next);
      } else {
        spread_axis(axes[d], outer, inner, at, next);
      }
      size[d] = kGather ? axes[d].out : axes[d].in;
      at = next;
    }
    if constexpr (std::is_same_v<T, W>)
      if (last >= 0) continue;
    for (int64_t i = 0; i < num_to; ++i) to[i] = narrow<T>(at[i]);
  }
}

}  // namespace

void fill_resample() {
  ResampleLoops& table = chosen_loops<ResampleLoops>;
  const auto fill = [&]<class T>(size_t index) {
    table.gather[index] = &planes<T, true>;
    table.spread[index] = &planes<T, false>;
  };
  fill.template operator()<uint8_t>(1);
  fill.template operator()<Half>(11);
  fill.template operator()<BFloat>(12);
  fill.template operator()<float>(13);
  fill.template operator()<double>(14);
}

}  // namespace vt::core::VT_ISA
