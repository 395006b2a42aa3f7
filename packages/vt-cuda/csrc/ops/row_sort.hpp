// SPDX-License-Identifier: Apache-2.0
// The launches that sort row numbers.
#pragma once

#include <bit>
#include <optional>

#include "../kernels/sort_rows.hpp"
#include "radix_sort.hpp"

namespace vt::cuda {

// Row numbers in order (Note [Sorted rows]), in memory that lives as long as the object; `rows` is written over. Of more than
// kMostRowsOfBlock rows, 4 bytes may be `carried` with each, in place of what the walk makes of its position.
class RowSort {
 public:
  RowSort(const Queue& queue, const char* op, int64_t* rows, int64_t num, int64_t num_rows,
          const Walk<int64_t, 1>& walk, const uint32_t* carried = nullptr)
      : scratch_(queue, (num <= kMostRowsOfBlock ? 3
                         : carried == nullptr    ? 1
                                                 : 0) *
                            num * 8) {
    const int num_bits = std::bit_width(static_cast<uint64_t>(num_rows));
    auto* const more = static_cast<int64_t*>(scratch_.data());
    if (num > kMostRowsOfBlock) {
      sorted_ = {rows, carried == nullptr ? more : nullptr};
      radix_.emplace(queue, op, num, num_bits);
      RowKeys keys{radix_->unsorted(), rows, num_rows};
      queue.launch(op, row_keys_kernel(radix_->is_wide()), radix_->key_blocks(), 1, keys);
      RadixPass last{};
      last.rows_out = sorted_.rows;
      last.offsets_out = sorted_.places;
      last.walk = walk;
      last.past_last = num_rows;
      radix_->sort(last, carried);
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

  // Its places are null where something else is carried.
  const SortedRows& sorted() const noexcept { return sorted_; }
  const uint32_t* carried() const noexcept { return radix_->places(); }

 private:
  Queue::Scratch scratch_;
  std::optional<RadixSort> radix_;
  SortedRows sorted_{};
};

}  // namespace vt::cuda
