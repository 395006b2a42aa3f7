// SPDX-License-Identifier: Apache-2.0
// Loops of rotary_embedding.
#include "ops/loops/lanes.hpp"
#include "ops/loops/rotary.hpp"

namespace vt::core::VT_ISA {

namespace {

template <class T, bool Interleaved>
void turn(const void* x_data, const void* cos_data, const void* sin_data, int64_t half, int sign, void* out_data) {
  using W = Wide<T>;
  const auto* x = static_cast<const T*>(x_data);
  const auto* cos = static_cast<const W*>(cos_data);
  const auto* sin = static_cast<const W*>(sin_data);
  auto* out = static_cast<T*>(out_data);
  const auto factor = static_cast<W>(sign);
  const int64_t step = Interleaved ? 2 : 1;
  const int64_t other = Interleaved ? 1 : half;
  VT_INDEPENDENT_LOOP
  for (int64_t i = 0; i < half; ++i) {
    const W a = widen(x[i * step]);
    const W b = widen(x[i * step + other]);
    const W s = factor * sin[i];
    out[i * step] = narrow<T>(a * cos[i] - b * s);
    out[i * step + other] = narrow<T>(b * cos[i] + a * s);
  }
}

}  // namespace

void fill_rotary() {
  RotaryLoops& table = chosen_loops<RotaryLoops>;
  for_each_row_dtype([&]<class T, size_t Index>() {
    table.turn[0][Index] = &turn<T, false>;
    table.turn[1][Index] = &turn<T, true>;
  });
}

}  // namespace vt::core::VT_ISA
