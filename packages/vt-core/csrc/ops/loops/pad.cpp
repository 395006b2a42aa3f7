// SPDX-License-Identifier: Apache-2.0
// Loops of padding: gradients of repeated elements added up row by row.
#include "ops/loops/pad.hpp"

#include "ops/loops/arithmetic.hpp"

namespace vt::core::VT_ISA {

namespace {

// Calls body(o) for the positions of all runs, in order.
template <class Body>
[[gnu::always_inline]] inline void each_position(const pad::Run (&runs)[3], Body&& body) {
  for (const pad::Run& run : runs)
    for (int64_t o = run.begin; o < run.end; ++o) body(o);
}

template <class T>
void fold(const PadFold& p, int64_t begin, int64_t end, void* scratch) {
  using W = decltype(widen(T{}));
  const pad::Dim& columns = p.dims[2];
  auto* wide = static_cast<W*>(scratch);
  W* sums = wide + columns.out;
  const int64_t first = columns.before < 0 ? -columns.before : 0;
  const int64_t kept = columns.out - columns.before < columns.in ? columns.out - columns.before : columns.in;
  for (int64_t row = begin; row < end; ++row) {
    const int64_t plane = row / p.dims[1].in;
    const int64_t lead = plane / p.dims[0].in;
    pad::Run outer[3];
    pad::Run inner[3];
    pad::targets(p.mode, p.dims[0], plane - lead * p.dims[0].in, outer);
    pad::targets(p.mode, p.dims[1], row - plane * p.dims[1].in, inner);
    for (int64_t i = 0; i < columns.out; ++i) wide[i] = W{};
    each_position(outer, [&](int64_t d) {
      each_position(inner, [&](int64_t h) {
        const T* grad = static_cast<const T*>(p.grad) + ((lead * p.dims[0].out + d) * p.dims[1].out + h) * columns.out;
        VT_INDEPENDENT_LOOP
        for (int64_t i = 0; i < columns.out; ++i) wide[i] = sum_of(wide[i], static_cast<W>(widen(grad[i])));
      });
    });
    for (int64_t i = 0; i < columns.in; ++i) sums[i] = W{};
    for (int64_t i = first; i < kept; ++i) sums[i] = wide[i + columns.before];
    const auto add = [&](int64_t o) {
      W& sum = sums[pad::source(p.mode, columns, o)];
      sum = sum_of(sum, wide[o]);
    };
    for (int64_t o = 0; o < columns.before && o < columns.out; ++o) add(o);
    for (int64_t o = columns.before + columns.in < 0 ? 0 : columns.before + columns.in; o < columns.out; ++o) add(o);
    T* out = static_cast<T*>(p.out) + row * columns.in;
    VT_INDEPENDENT_LOOP
    for (int64_t i = 0; i < columns.in; ++i) out[i] = narrow<T>(sums[i]);
  }
}

}  // namespace

void fill_pad() {
  PadLoops& loops = chosen_loops<PadLoops>;
  for_each_dtype([&]<class T, size_t Index>() {
    if constexpr (std::is_same_v<T, Half> || std::is_same_v<T, BFloat> || std::is_floating_point_v<T> || kIsComplex<T>)
      loops.fold[Index] = &fold<T>;
  });
}

}  // namespace vt::core::VT_ISA
