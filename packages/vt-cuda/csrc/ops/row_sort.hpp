// SPDX-License-Identifier: Apache-2.0
// The launches that sort row numbers.
#pragma once

#include <bit>
#include <optional>

#include "../kernels/sort_rows.hpp"
#include "radix_sort.hpp"

namespace vt::cuda {

// Row numbers in order (Note [Sorted rows]), in memory that lives as long as the object; `rows` is written over.
class RowSort {
 public:
  RowSort(const Queue& queue, const char* op, int64_t* rows, int64_t num, int64_t num_rows,
          const Walk<int64_t, 1>& walk)
      : scratch_(queue, (num > kMostRowsOfBlock ? 1 : 3) * num * 8) {
    const int num_bits = std::bit_width(static_cast<uint64_t>(num_rows));
    auto* const more = static_cast<int64_t*>(scratch_.data());
    if (num > kMostRowsOfBlock) {
      RadixSort radix(queue, op, num, num_bits);
      RowKeys keys{radix.unsorted(), rows, num_rows};
      queue.launch(op, row_keys_kernel(radix.is_wide()), radix.key_blocks(), 1, keys);
      RadixPass last{};
      last.rows_out = rows;
      last.offsets_out = more;
      last.walk = walk;
      last.past_last = num_rows;
      radix.sort(last);
      sorted_ = {rows, more};
      return;
    }
    SortRowsParams params{{rows, more},
                          {more + num, more + 2 * num},
                          static_cast<int32_t>(num),
                          num_rows,
                          static_cast<int32_t>(ceil_divide(num, kBlockThreads)),
                          (num_bits + kDigitBits - 1) / kDigitBits,
                          walk};
    queue.launch(op, sort_rows_kernel(), 1, 1, params);
    sorted_ = params.num_passes % 2 == 1 ? params.to : params.from;
  }

  const SortedRows& sorted() const noexcept { return sorted_; }

 private:
  Queue::Scratch scratch_;
  SortedRows sorted_{};
};

}  // namespace vt::cuda
