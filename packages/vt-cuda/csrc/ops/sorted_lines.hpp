// SPDX-License-Identifier: Apache-2.0
// The lines of a tensor in order, as entries of keys and positions.
#pragma once

#include <vt/cpp/iter/search_rules.hpp>

#include "../kernels/search.hpp"
#include "launch.hpp"

namespace vt::cuda {

// Sorts each line along `dim`: the memory of the entries lives as long as the object.
class SortedLines {
 public:
  SortedLines(const Queue& queue, const char* op, const VtTensor* self, int32_t dim, bool descending);

  // Of [line][padded], the first `length` of each line.
  const SortEntry* entries() const noexcept { return static_cast<const SortEntry*>(scratch_.data()); }
  int64_t padded() const noexcept { return padded_; }
  const Lines& lines() const noexcept { return lines_; }
  int64_t stride() const noexcept { return stride_; }
  // From the number of a line to its first byte.
  const Walk<int64_t, 1>& walk() const noexcept { return walk_; }

 private:
  void sort_by_digits(const Queue& queue, const char* op, const VtTensor* self, const KeyDigits& digits,
                      bool descending);
  void sort_by_network(const Queue& queue, const char* op, const VtTensor* self, bool descending);

  Lines lines_;
  int64_t padded_;
  int64_t num_entries_;
  int64_t stride_;
  Walk<int64_t, 1> walk_;
  Queue::Scratch scratch_;
};

}  // namespace vt::cuda
