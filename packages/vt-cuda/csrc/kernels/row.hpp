// SPDX-License-Identifier: Apache-2.0
// How rows are given to threads: shared by the host and the kernels over rows.
#pragma once

#include <initializer_list>

#include "params.hpp"

namespace vt::cuda {

// Note [Rows]
// A short row is worked on by a warp and a longer one by a block, held in registers; one that does not fit is read again
// for each pass, by a block. The choice depends on sizes alone, and with it the order of sums.
inline constexpr int kHeldPacks = 4;

enum class RowForm : uint8_t { kWarp, kBlock, kLong };
inline constexpr int kNumRowForms = 3;

inline RowForm row_form(int64_t size, int64_t itemsize) noexcept {
  const int64_t packs = (size * itemsize + 15) / 16;
  if (packs <= 32 * kHeldPacks) return RowForm::kWarp;
  return packs <= int64_t{kBlockThreads} * kHeldPacks ? RowForm::kBlock : RowForm::kLong;
}
inline int64_t row_blocks(RowForm form, int64_t num_rows) noexcept {
  constexpr int64_t kWarps = kBlockThreads / 32;
  return form == RowForm::kWarp ? (num_rows + kWarps - 1) / kWarps : num_rows;
}

// Whether rows can be read by 16 bytes; NULL among the pointers is what a call does not have.
inline bool has_vectors(int64_t size, int64_t itemsize, std::initializer_list<const void*> rows) noexcept {
  bool aligned = size * itemsize % 16 == 0;
  for (const void* row : rows) aligned = aligned && reinterpret_cast<std::uintptr_t>(row) % 16 == 0;
  return aligned;
}

}  // namespace vt::cuda
