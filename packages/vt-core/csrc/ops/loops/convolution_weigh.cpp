// SPDX-License-Identifier: Apache-2.0
// Weights' gradients of convolutions of every dtype, an element of the planes at a time.
#include "ops/loops/convolution_weigh.hpp"

namespace vt::core::VT_ISA {

void fill_convolution_weigh(ConvLoops& loops);

namespace {

template <class T>
struct WeighSingly : Singly<SumType<T>> {
  using Planes = Widened<T>;
  [[gnu::always_inline]] static SumType<T> load(const SumType<T>* at) noexcept { return *at; }
  [[gnu::always_inline]] static SumType<T> load_last(const SumType<T>* at) noexcept { return *at; }
};

}  // namespace

void fill_convolution_weigh(ConvLoops& loops) {
  for_each_product_dtype([&]<class T>(size_t index) {
    loops.by_dtype[index].weigh = &weigh<WeighSingly<T>>;
    loops.by_dtype[index].finish_weigh = &finish_weigh<T>;
  });
}

}  // namespace vt::core::VT_ISA
