// SPDX-License-Identifier: Apache-2.0
// The loop that writes elements at an index each along one dimension.
#pragma once

#include "ops/loops/elements.hpp"
#include "ops/loops/index.hpp"

namespace vt::core::VT_ISA {

// write(to, value) for each element. Those of a run at one index are neighbours that do not meet: then it is vectorised.
template <class T, class Index, class Write>
[[gnu::always_inline]] inline bool write_along(const AlongLine& line, Write write) {
  const AlongLine l = line;
  const auto size = static_cast<uint64_t>(l.size);
  constexpr auto kItem = static_cast<int64_t>(sizeof(T));
  if (l.index_stride == 0 && l.self_stride == kItem && l.values_stride == kItem) {
    const auto at = static_cast<int64_t>(load<Index>(l.index));
    if (static_cast<uint64_t>(at) >= size) return l.n == 0;
    char* self = l.self + at * l.stride;
    VT_INDEPENDENT_LOOP
    for (int64_t i = 0; i < l.n; ++i) write(self + i * kItem, load<T>(l.values + i * kItem));
    return true;
  }
  bool outside = false;
  for (int64_t i = 0; i < l.n; ++i) {
    const auto at = static_cast<int64_t>(load<Index>(l.index + i * l.index_stride));
    if (static_cast<uint64_t>(at) >= size) [[unlikely]] {
      outside = true;
      continue;
    }
    write(l.self + i * l.self_stride + at * l.stride, load<T>(l.values + i * l.values_stride));
  }
  return !outside;
}

}  // namespace vt::core::VT_ISA
