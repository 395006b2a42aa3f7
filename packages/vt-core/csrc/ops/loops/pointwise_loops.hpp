// SPDX-License-Identifier: Apache-2.0
// The loop over one pointwise op, and the filling of its family's table.
#pragma once

#include "ops/loops/elements.hpp"
#include "ops/loops/pointwise.hpp"

namespace vt::core::VT_ISA {

// Bool as the formulas have it.
template <class T>
using Formula = std::conditional_t<std::is_same_v<T, Bool>, bool, T>;

template <class T>
[[gnu::always_inline]] inline Formula<T> load_formula(const char* p) noexcept {
  if constexpr (std::is_same_v<T, Bool>) {
    return load<Bool>(p).bits != 0;
  } else {
    return load<T>(p);
  }
}

// Element i of the result.
template <class Op, class T>
[[gnu::always_inline]] inline void pointwise_element(char* out, const char* a, const char* b, int64_t i,
                                                     const pointwise::Parameters& p) {
  using W = Formula<T>;
  constexpr auto kItem = static_cast<int64_t>(sizeof(T));
  constexpr bool kHasTwo = requires(W w) { Op::of(w, w, p); } || requires(W w) { Op::of(w, w); };
  const W first = load_formula<T>(a + i * kItem);
  W second{};
  if constexpr (kHasTwo) second = load_formula<T>(b + i * kItem);
  const auto result = pointwise::element<Op>(first, second, p);
  if constexpr (std::is_same_v<decltype(result), const bool>) {
    store(out + i, Bool{static_cast<uint8_t>(result)});
  } else {
    store(out + i * static_cast<int64_t>(sizeof result), result);
  }
}

template <class Op, class T>
void pointwise_loop(char* out, const char* a, const char* b, int64_t n, const pointwise::Parameters* given) {
  const pointwise::Parameters p = given ? *given : pointwise::Parameters{};
  VT_INDEPENDENT_LOOP
  for (int64_t i = 0; i < n; ++i) pointwise_element<Op, T>(out, a, b, i, p);
}

// Of an op with rare elements (Note [Pointwise ops]): blocks without any are vectorised.
template <class Op, class T>
void common_loop(char* out, const char* a, const char*, int64_t n, const pointwise::Parameters*) {
  constexpr int64_t kBlock = 1024;  // read twice, the second time from the first-level cache
  constexpr auto kItem = static_cast<int64_t>(sizeof(T));
  for (int64_t begin = 0; begin < n; begin += kBlock) {
    const int64_t num = n - begin < kBlock ? n - begin : kBlock;
    char* to = out + begin * kItem;
    const char* from = a + begin * kItem;
    math::detail::Bits<T> rare = 0;
    for (int64_t i = 0; i < num; ++i) rare |= Op::is_common(load<T>(from + i * kItem)) ? 0 : 1;
    if (rare == 0) {
      pointwise_loop<typename Op::Common, T>(to, from, nullptr, num, nullptr);
    } else {
      for (int64_t i = 0; i < num; ++i) pointwise_element<Op, T>(to, from, nullptr, i, {});
    }
  }
}

template <class List>
void fill_pointwise(PointwiseLoops<List>& table) {
  List::for_each([&]<class Op, size_t kOp>() {
    for_each_dtype([&]<class T, size_t kDtype>() {
      if constexpr (!kIsSmallFloat<T> && pointwise::kComputesIn<Op, Formula<T>>) {
        if constexpr (requires(T x) { Op::is_common(x); }) {
          table.loop[kOp][kDtype] = &common_loop<Op, T>;
        } else {
          table.loop[kOp][kDtype] = &pointwise_loop<Op, T>;
        }
      }
    });
  });
}

}  // namespace vt::core::VT_ISA
