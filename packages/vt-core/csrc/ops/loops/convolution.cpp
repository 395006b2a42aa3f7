// SPDX-License-Identifier: Apache-2.0
// Convolutions of every dtype, an element of the planes at a time.
#include "ops/loops/convolution_gather.hpp"

namespace vt::core::VT_ISA {

void fill_convolution_weigh(ConvLoops& loops);

namespace {

template <class T>
struct GatherSingly : Widened<T> {
  using Widened<T>::Widened;
  using W = SumType<T>;
  [[gnu::always_inline]] static Lanes<W> fused(Lanes<W> a, Lanes<W> b, Lanes<W> sum) noexcept {
    return VT_ISA::fused<W>(a, b, sum);
  }
  static void pack_panel(const ConvWeight& weight, const T* src, int64_t rows, int64_t channels, int64_t taps,
                         W* dst) noexcept {
    VT_ISA::pack_panel(weight, src, rows, channels, taps, dst);
  }
};

}  // namespace

void fill_convolution() {
  ConvLoops& table = chosen_loops<ConvLoops>;
  for_each_product_dtype([&]<class T>(size_t index) {
    table.by_dtype[index].taken = 1;
    table.by_dtype[index].pack = &pack<GatherSingly<T>>;
    table.by_dtype[index].gather = &gather<GatherSingly<T>>;
  });
  fill_convolution_weigh(table);
}

}  // namespace vt::core::VT_ISA
