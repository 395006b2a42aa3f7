// SPDX-License-Identifier: Apache-2.0
// The launches that put lines in order (Note [Bitonic sort]).
#include "sorted_lines.hpp"

#include <algorithm>
#include <bit>
#include <limits>

#include "row_sort.hpp"

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

// The digits of a dtype's keys; as many as a key has where they cannot be fewer.
KeyDigits digits_of(DtypeIndex dtype) noexcept {
  // An integer of `bits` lies so far above the least key.
  const auto whole = [](int bits, bool is_signed) {
    const uint64_t zero = uint64_t{1} << 63;
    return KeyDigits{is_signed ? zero - (uint64_t{1} << (bits - 1)) : zero, 0, bits};
  };
  // Of a double the sign, the exponent and so many bits of the mantissa.
  const auto real = [](int mantissa) { return KeyDigits{0, 52 - mantissa, 12 + mantissa}; };
  switch (dtype) {
    case DtypeIndex::kBool: return whole(1, false);
    case DtypeIndex::kUInt8: return whole(8, false);
    case DtypeIndex::kUInt16: return whole(16, false);
    case DtypeIndex::kUInt32: return whole(32, false);
    case DtypeIndex::kInt8: return whole(8, true);
    case DtypeIndex::kInt16: return whole(16, true);
    case DtypeIndex::kInt32: return whole(32, true);
    case DtypeIndex::kFloat16: return real(10);
    case DtypeIndex::kBFloat16: return real(7);
    case DtypeIndex::kFloat32: return real(23);
    default: return {0, 0, 64};
  }
}

constexpr int64_t kLongLine = 1 << 14;  // from here on digits are less work than a network
constexpr int64_t kFewLines = 16;       // more fill the device side by side
constexpr int kFewDigitBits = 40;

}  // namespace

SortedLines::SortedLines(const Queue& queue, const char* op, const VtTensor* self, int32_t dim, bool descending)
    : lines_(lines_of(sizes_of(self), dim)),
      padded_(static_cast<int64_t>(std::bit_ceil(static_cast<uint64_t>(lines_.length)))),
      num_entries_(lines_.outer * lines_.inner * padded_),
      stride_(self->dl.ndim == 0 ? 0 : self->dl.strides[dim] * itemsize_of(self->dl.dtype)),
      walk_(walk_lines(self, dim)),
      scratch_(queue, num_entries_ * int64_t{sizeof(SortEntry)}) {
  const KeyDigits digits = digits_of(index_of(self->dl.dtype));
  const bool is_long = lines_.length >= kLongLine && lines_.outer * lines_.inner <= kFewLines;
  if (is_long && digits.bits <= kFewDigitBits && lines_.length <= std::numeric_limits<int32_t>::max()) {
    sort_by_digits(queue, op, self, digits, descending);
  } else {
    sort_by_network(queue, op, self, descending);
  }
}

void SortedLines::sort_by_digits(const Queue& queue, const char* op, const VtTensor* self, const KeyDigits& digits,
                                 bool descending) {
  const int64_t length = lines_.length;
  const Queue::Scratch keys(queue, length * 8);
  Walk<int64_t, 1> in_order{};
  in_order.ndim = 1;
  in_order.sizes[0] = Extent<int64_t>::make(length);
  in_order.strides[0][0] = 1;
  const int64_t blocks = ceil_divide(length, kBlockThreads);
  for (int64_t line = 0; line < lines_.outer * lines_.inner; ++line) {
    int64_t at[1];
    walk_.offsets(line, at);
    const char* in = static_cast<const char*>(self->dl.data) + at[0];
    const DtypeIndex dtype = index_of(self->dl.dtype);
    SortKeys fill{static_cast<int64_t*>(keys.data()), in, length, stride_, descending, dtype, digits};
    queue.launch(op, sort_keys_kernel(), blocks, 1, fill);
    const RowSort sort(queue, op, fill.keys, length, (int64_t{1} << digits.bits) - 1, in_order);
    auto* const entries = static_cast<SortEntry*>(scratch_.data()) + line * padded_;
    SortEntries write{entries, in, sort.sorted().places, length, stride_, descending, dtype};
    queue.launch(op, sort_entries_kernel(), blocks, 1, write);
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
