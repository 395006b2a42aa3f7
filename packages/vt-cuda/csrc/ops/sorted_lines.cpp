// SPDX-License-Identifier: Apache-2.0
// The launches that put lines in order (Note [Bitonic sort]).
#include "sorted_lines.hpp"

#include <algorithm>
#include <bit>

namespace vt::cuda {
namespace {

// Every dimension but `dim`.
Walk<int64_t, 1> walk_lines(const VtTensor* t, int32_t dim) noexcept {
  Walk<int64_t, 1> walk{};
  for (int32_t d = t->dl.ndim; d-- > 0;) {
    if (d == dim) continue;
    walk.sizes[walk.ndim] = Extent<int64_t>::make(t->dl.shape[d]);
    walk.strides[walk.ndim][0] = t->dl.strides[d] * itemsize_of(t->dl.dtype);
    ++walk.ndim;
  }
  return walk;
}

}  // namespace

SortedLines::SortedLines(const Queue& queue, const char* op, const VtTensor* self, int32_t dim, bool descending)
    : lines_(lines_of(sizes_of(self), dim)),
      padded_(static_cast<int64_t>(std::bit_ceil(static_cast<uint64_t>(lines_.length)))),
      num_entries_(lines_.outer * lines_.inner * padded_),
      stride_(self->dl.ndim == 0 ? 0 : self->dl.strides[dim] * itemsize_of(self->dl.dtype)),
      walk_(walk_lines(self, dim)),
      scratch_(queue, num_entries_ * int64_t{sizeof(SortEntry)}) {
  auto* const entries = static_cast<SortEntry*>(scratch_.data());
  SortFill fill{entries,       static_cast<const char*>(self->dl.data),
                padded_,       num_entries_,
                lines_.length, stride_,
                descending,    index_of(self->dl.dtype),
                walk_};
  queue.launch(op, sort_fill_kernel(), ceil_divide(num_entries_, kBlockThreads), 1, fill);
  SortParams p{entries, padded_, num_entries_, 0, 0};
  queue.launch(op, sort_tiles_kernel(), num_entries_ / std::min<int64_t>(padded_, kSortTile), 1, p);
  for (p.span = 2 * kSortTile; p.span <= padded_; p.span *= 2) {
    for (p.distance = p.span / 2; p.distance >= kSortTile; p.distance /= 2)
      queue.launch(op, sort_step_kernel(), ceil_divide(num_entries_ / 2, kBlockThreads), 1, p);
    queue.launch(op, sort_merge_kernel(), num_entries_ / kSortTile, 1, p);
  }
}

}  // namespace vt::cuda
