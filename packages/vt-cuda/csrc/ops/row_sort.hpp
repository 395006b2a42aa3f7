// SPDX-License-Identifier: Apache-2.0
// The launches that sort row numbers.
#pragma once

#include <algorithm>
#include <bit>
#include <utility>

#include "../kernels/sort_rows.hpp"
#include "launch.hpp"

namespace vt::cuda {

// Row numbers in order (Note [Sorted rows]), in memory that lives as long as the object.
class RowSort {
 public:
  RowSort(const Queue& queue, const char* op, int64_t* rows, int64_t num, int64_t num_rows,
          const Walk<int64_t, 1>& walk)
      : scratch_(queue, 3 * num * 8 + kCountBytes) {
    auto* const more = static_cast<int64_t*>(scratch_.data());
    SortedRows from{rows, more};
    SortedRows to{more + num, more + 2 * num};
    const int64_t rows_per_thread = std::max(std::min(ceil_divide(num, kBlockThreads), kRowsPerThread),
                                             ceil_divide(num, kMaxRowTiles * kBlockThreads));
    const int64_t num_tiles = ceil_divide(num, kBlockThreads * rows_per_thread);
    const int num_passes = (std::bit_width(static_cast<uint64_t>(num_rows)) + kDigitBits - 1) / kDigitBits;
    const int passes_at_once = num_tiles == 1 ? num_passes : 1;
    for (int pass = 0; pass < num_passes; pass += passes_at_once) {
      SortRowsParams params{from,
                            to,
                            reinterpret_cast<int32_t*>(more + 3 * num),
                            num,
                            num_rows,
                            static_cast<int32_t>(num_tiles),
                            static_cast<int32_t>(rows_per_thread),
                            pass,
                            pass + passes_at_once,
                            num_passes,
                            walk};
      if (num_tiles > 1) queue.launch(op, count_rows_kernel(), num_tiles, 1, params);
      queue.launch(op, sort_rows_kernel(), num_tiles, 1, params);
      if (passes_at_once % 2 == 1) std::swap(from, to);
    }
    sorted_ = from;
  }

  const SortedRows& sorted() const noexcept { return sorted_; }

 private:
  static constexpr int64_t kRowsPerThread = 4;  // fewer only in a single tile
  static constexpr int64_t kCountBytes = int64_t{4} * kMaxRowTiles * kDigits;

  Queue::Scratch scratch_;
  SortedRows sorted_{};
};

}  // namespace vt::cuda
