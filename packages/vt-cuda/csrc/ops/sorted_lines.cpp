// SPDX-License-Identifier: Apache-2.0
// The launches that put lines in order (Note [Bitonic sort], Note [Radix sort]).
#include "sorted_lines.hpp"

#include <algorithm>
#include <bit>
#include <limits>

#include "radix_sort.hpp"

namespace vt::cuda {
namespace {

constexpr int64_t kLongLine = 1 << 14;  // from here on digits are less work than a network
constexpr int64_t kFewLines = 16;       // more fill the device side by side

// One line sorted by digits.
class SortedLine {
 public:
  SortedLine(const Queue& queue, const char* op, const VtTensor* self, const char* in, int64_t length, int64_t stride,
             const KeyForm& form)
      : sort_(queue, op, length, form.kind == KeyKind::kBool ? 1 : dtype_bits(self)) {
    LineKeys fill{sort_.unsorted(), in, stride, form};
    queue.launch(op, line_keys_kernel(itemsize_of(self->dl.dtype)), sort_.key_blocks(), 1, fill);
    sort_.sort();
  }
  const RadixSort& operator*() const noexcept { return sort_; }

 private:
  static int dtype_bits(const VtTensor* t) noexcept { return static_cast<int>(8 * itemsize_of(t->dl.dtype)); }

  RadixSort sort_;
};

}  // namespace

int64_t stride_of(const VtTensor* t, int32_t dim) noexcept {
  return t->dl.ndim == 0 ? 0 : t->dl.strides[dim] * itemsize_of(t->dl.dtype);
}

KeyForm form_of(DtypeIndex dtype, bool descending) noexcept {
  switch (dtype) {
    case DtypeIndex::kBool: return {KeyKind::kBool, descending, 0};
    case DtypeIndex::kInt8:
    case DtypeIndex::kInt16:
    case DtypeIndex::kInt32:
    case DtypeIndex::kInt64: return {KeyKind::kSigned, descending, 0};
    case DtypeIndex::kFloat16: return {KeyKind::kReal, descending, 0x7c00};
    case DtypeIndex::kBFloat16: return {KeyKind::kReal, descending, 0x7f80};
    case DtypeIndex::kFloat32: return {KeyKind::kReal, descending, 0x7f800000};
    case DtypeIndex::kFloat64: return {KeyKind::kReal, descending, uint64_t{0x7ff} << 52};
    default: return {KeyKind::kUnsigned, descending, 0};
  }
}

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

bool are_sorted_by_digits(const Lines& lines) noexcept {
  return lines.length >= kLongLine && lines.outer * lines.inner <= kFewLines &&
         lines.length <= std::numeric_limits<int32_t>::max();
}

void sort_by_digits(const Queue& queue, const SortRequest& r, const VtTensor* self, char* values, int64_t* indices) {
  const Lines lines = lines_of(sizes_of(self), r.dim);
  const Walk<int64_t, 1> walk = walk_lines(self, r.dim);
  const int64_t itemsize = itemsize_of(self->dl.dtype);
  const KeyForm form = form_of(index_of(self->dl.dtype), r.descending);
  for (int64_t line = 0; line < lines.outer * lines.inner; ++line) {
    int64_t at[1];
    walk.offsets(line, at);
    const char* in = static_cast<const char*>(self->dl.data) + at[0];
    const SortedLine sorted(queue, r.op, self, in, lines.length, stride_of(self, r.dim), form);
    const int64_t first = line / lines.inner * r.length * lines.inner + line % lines.inner;
    LineWrite write{
        (*sorted).keys(), (*sorted).places(), in,  stride_of(self, r.dim), values + first * itemsize, indices + first,
        r.length,         lines.inner,        form};
    queue.launch(r.op, line_write_kernel(itemsize), ceil_divide(r.length, kBlockThreads), 1, write);
  }
}

SortedLines::SortedLines(const Queue& queue, const char* op, const VtTensor* self, int32_t dim, bool descending)
    : lines_(lines_of(sizes_of(self), dim)),
      padded_(static_cast<int64_t>(std::bit_ceil(static_cast<uint64_t>(lines_.length)))),
      num_entries_(lines_.outer * lines_.inner * padded_),
      stride_(stride_of(self, dim)),
      walk_(walk_lines(self, dim)),
      scratch_(queue, num_entries_ * int64_t{sizeof(SortEntry)}) {
  if (!are_sorted_by_digits(lines_)) {
    sort_by_network(queue, op, self, descending);
    return;
  }
  const KeyForm form = form_of(index_of(self->dl.dtype), descending);
  // Of a descending sort it is the least key, and stays that.
  const bool has_nan = form.kind == KeyKind::kReal && !descending;
  const uint64_t nan_key = ~uint64_t{0} >> (has_nan ? 64 - 8 * itemsize_of(self->dl.dtype) : 0);
  for (int64_t line = 0; line < lines_.outer * lines_.inner; ++line) {
    int64_t at[1];
    walk_.offsets(line, at);
    const SortedLine sorted(queue, op, self, static_cast<const char*>(self->dl.data) + at[0], lines_.length, stride_,
                            form);
    LineEntries write{(*sorted).keys(), (*sorted).places(), static_cast<SortEntry*>(scratch_.data()) + line * padded_,
                      lines_.length, nan_key};
    queue.launch(op, line_entries_kernel((*sorted).is_wide()), ceil_divide(lines_.length, kBlockThreads), 1, write);
  }
}

void SortedLines::sort_by_network(const Queue& queue, const char* op, const VtTensor* self, bool descending) {
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
