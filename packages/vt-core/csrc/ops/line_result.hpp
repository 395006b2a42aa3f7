// SPDX-License-Identifier: Apache-2.0
// Ops on the lines along one dimension: where a line lies in a tensor of any layout, and the results that are written line by
// line.
#pragma once

#include <vt/cpp/iter/search_rules.hpp>

#include "ops/ops.hpp"

namespace vt::core {

// The offset in elements of line i, counted in row-major order of the other dimensions.
inline int64_t line_offset(const VtTensor* t, int32_t dim, int64_t i) noexcept {
  int64_t offset = 0;
  for (int32_t d = t->dl.ndim; d-- > 0;) {
    if (d == dim) continue;
    offset += i % t->dl.shape[d] * t->dl.strides[d];
    i /= t->dl.shape[d];
  }
  return offset;
}
// The distance in elements of neighbours in a line.
inline int64_t line_stride(const VtTensor* t, int32_t dim) noexcept { return t->dl.ndim == 0 ? 0 : t->dl.strides[dim]; }

// A result that the loops write: new and row-major, though a destination may have any layout.
class LineResult {
 public:
  LineResult(const char* op, const VtTensor* self, const VtValue& destination, const Sizes& sizes, DLDataType dtype)
      : fresh_(nullptr_when_meta(self, destination, sizes, dtype)),
        destination_(is_tensor(destination) ? destination.as.tensor : nullptr) {
    if (!destination_) return;
    check_writable(op, destination_);
    if (!same_sizes(sizes_of(destination_), sizes)) resize(impl(destination_), sizes);
  }
  VtTensor* get() const noexcept { return fresh_.get(); }
  VtTensor* finish() {
    if (!destination_) return fresh_.take();
    if (fresh_.get()) copy_tensor(destination_, fresh_.get(), false);
    retain(destination_);
    return destination_;
  }

 private:
  static VtTensor* nullptr_when_meta(const VtTensor* self, const VtValue& destination, const Sizes& sizes,
                                     DLDataType dtype) {
    return is_tensor(destination) && is_meta(self->dl.device) ? nullptr : empty(sizes, dtype, self->dl.device);
  }
  Owned fresh_;
  VtTensor* destination_;
};

}  // namespace vt::core
