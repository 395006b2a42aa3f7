// SPDX-License-Identifier: Apache-2.0
// Cuts a failing trace down: whatever can be left out while it still fails is left out.
#pragma once

#include <algorithm>
#include <functional>

#include "allocator_trace.hpp"

namespace vt::cuda::testing {

// Removes runs of steps, halves of the trace first and single steps last, until no single one can go (delta debugging).
inline Trace shrink(Trace trace, const std::function<bool(const Trace&)>& fails) {
  for (std::size_t run = trace.size() / 2; run > 0;) {
    bool removed = false;
    for (std::size_t begin = 0; begin < trace.size();) {
      Trace shorter = trace;
      const auto first = shorter.begin() + static_cast<std::ptrdiff_t>(begin);
      const auto last = shorter.begin() + static_cast<std::ptrdiff_t>(std::min(begin + run, shorter.size()));
      shorter.erase(first, last);
      if (fails(shorter)) {
        trace = std::move(shorter);
        removed = true;
      } else {
        begin += run;
      }
    }
    if (!removed || run > trace.size()) run /= 2;
  }
  return trace;
}

}  // namespace vt::cuda::testing
