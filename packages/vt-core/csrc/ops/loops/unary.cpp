// SPDX-License-Identifier: Apache-2.0
// Loops of the unary family.
#include "ops/loops/pointwise_loops.hpp"
#include "ops/loops/unary.hpp"

namespace vt::core::VT_ISA {

namespace {

// Of half types what only looks at the sign is done to their bits.
template <uint16_t kKept, uint16_t kTurned>
void half_signs(char* out, const char* a, const char*, int64_t n, const pointwise::Parameters*) {
  VT_INDEPENDENT_LOOP
  for (int64_t i = 0; i < n; ++i)
    store(out + 2 * i, static_cast<uint16_t>((load<uint16_t>(a + 2 * i) & kKept) ^ kTurned));
}

}  // namespace

void fill_unary() {
  UnaryLoops& table = chosen_loops<UnaryLoops>;
  fill_pointwise(table);
  for_each_dtype([&]<class T, size_t kDtype>() {
    if constexpr (std::is_same_v<T, Half> || std::is_same_v<T, BFloat>) {
      table.loop[pointwise::UnaryOps::index_of<pointwise::Neg>()][kDtype] = &half_signs<0xffff, 0x8000>;
      table.loop[pointwise::UnaryOps::index_of<pointwise::Abs>()][kDtype] = &half_signs<0x7fff, 0>;
    }
  });
}

}  // namespace vt::core::VT_ISA
