// SPDX-License-Identifier: Apache-2.0
// The lines of a tensor in order.
#pragma once

#include <vt/cpp/iter/search_rules.hpp>

#include "../kernels/radix_lines.hpp"
#include "../kernels/search.hpp"
#include "launch.hpp"

namespace vt::cuda {

// Bytes from one element of a line along `dim` to the next.
int64_t stride_of(const VtTensor* t, int32_t dim) noexcept;

// How elements become keys.
KeyForm form_of(DtypeIndex dtype, bool descending) noexcept;

// From the number of a line along `dim` to its first byte.
Walk<int64_t, 1> walk_lines(const VtTensor* t, int32_t dim) noexcept;

// Whether lines are few and long, so that they are sorted one after the other by their digits.
bool are_sorted_by_digits(const Lines& lines) noexcept;

// The first `r.length` elements of each line, sorted by digits, and where they were: row-major outer x length x inner.
void sort_by_digits(const Queue& queue, const SortRequest& r, const VtTensor* self, char* values, int64_t* indices);

// Entries of keys and positions in order: sorts each line along `dim`; the memory of the entries lives as long as the object.
class SortedLines {
 public:
  SortedLines(const Queue& queue, const char* op, const VtTensor* self, int32_t dim, bool descending);

  // Of [line][padded], the first `length` of each line.
  const SortEntry* entries() const noexcept { return static_cast<const SortEntry*>(scratch_.data()); }
  int64_t padded() const noexcept { return padded_; }
  const Lines& lines() const noexcept { return lines_; }
  int64_t stride() const noexcept { return stride_; }
  const Walk<int64_t, 1>& walk() const noexcept { return walk_; }

 private:
  void sort_by_network(const Queue& queue, const char* op, const VtTensor* self, bool descending);

  Lines lines_;
  int64_t padded_;
  int64_t num_entries_;
  int64_t stride_;
  Walk<int64_t, 1> walk_;
  Queue::Scratch scratch_;
};

}  // namespace vt::cuda
