// SPDX-License-Identifier: Apache-2.0
// Loops of the special functions of two tensors.
#include "ops/loops/binary_loop.hpp"
#include "ops/loops/special.hpp"

namespace vt::core::VT_ISA {

namespace {

template <SpecialPairKind Kind, class W>
struct Formula {
  [[gnu::always_inline]] W operator()(W x, W y) const noexcept {
    const W log = Kind == kXlogy ? math::log(y) : math::log1p(y);
    return (x == W{0}) & (y == y) ? W{0} : x * log;
  }
};

template <SpecialPairKind Kind, class T, class B>
struct Pairs {
  static void run(char* out, const char* a, const char* b, int64_t n, const int64_t* strides, const void*) {
    binary_loop<T, T, B>(out, a, b, n, strides, Formula<Kind, Compute<T>>{});
  }
};

template <SpecialPairKind Kind>
void fill_kind(SpecialPairLoops& table) {
  for_each_dtype([&]<class T, size_t Index>() {
    if constexpr (std::is_floating_point_v<T> || std::is_same_v<T, Half> || std::is_same_v<T, BFloat>) {
      table.by_kind[Kind][Index] = &Pairs<Kind, T, T>::run;
      table.by_number[Kind][Index] = &Pairs<Kind, T, Compute<T>>::run;
    }
  });
}

}  // namespace

void fill_special_pairs() {
  fill_kind<kXlogy>(chosen_loops<SpecialPairLoops>);
  fill_kind<kXlog1py>(chosen_loops<SpecialPairLoops>);
}

}  // namespace vt::core::VT_ISA
