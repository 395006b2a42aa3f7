// SPDX-License-Identifier: Apache-2.0
// RowMark: what the engine has to know of a derivative row beside its gradients.
#pragma once

#include <vt/abi/dispatch.h>

#include <cstddef>
#include <cstdint>

namespace vt::autograd {

enum class RowMark : uint8_t {
  kNone,
  kTakesOne,  // its first gradient may be one that was not made: Note [Gradient of one] in engine.cpp
  kPlaced  // of a view: its last argument counts elements from the start of the storage, so it may show others than its source
};

// A mark is kept as the row's context, an address that no other library has: telling it takes one comparison.
inline constexpr RowMark kRowMarks[] = {RowMark::kNone, RowMark::kTakesOne, RowMark::kPlaced};
inline void* context_of(RowMark mark) noexcept { return const_cast<RowMark*>(&kRowMarks[static_cast<size_t>(mark)]); }
inline bool is_marked(const VtDerivative& row, RowMark mark) noexcept { return row.context == context_of(mark); }

}  // namespace vt::autograd
