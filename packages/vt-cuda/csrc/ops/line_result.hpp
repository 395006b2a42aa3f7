// SPDX-License-Identifier: Apache-2.0
// Operands and results of the ops that work on the lines along one dimension.
#pragma once

#include <vt/cpp/iter/search_rules.hpp>

#include "launch.hpp"
#include "ops.hpp"

namespace vt::cuda {

// A result that the kernels write: new and row-major, though a destination may have any layout. That may be the input
// itself, whose sizes are left alone until the kernels have been launched.
class LineResult {
 public:
  LineResult(const char* op, const VtTensor* self, const VtValue& destination, std::span<const int64_t> sizes,
             DLDataType dtype)
      : fresh_(Tensor::empty(sizes, dtype, self->dl.device)) {
    if (!is_tensor(destination)) return;
    check_writable(op, destination.as.tensor);
    destination_ = Tensor::share(destination.as.tensor);
  }
  VtTensor* get() const noexcept { return fresh_.get(); }
  char* data() const noexcept { return fresh_.data<char>(); }
  VtTensor* finish() {
    if (!destination_) return fresh_.release();
    if (!same_sizes(destination_.sizes(), fresh_.sizes()))
      vt::check(tables().tensor->resize(destination_.get(), fresh_.sizes().data(), fresh_.ndim()));
    copy_within(destination_.get(), fresh_.get());
    return destination_.release();
  }

 private:
  Tensor fresh_;
  Tensor destination_;
};

// Row-major in a dtype: `t` itself or a copy.
inline Tensor row_major(VtTensor* t, DLDataType dtype) {
  if (same_dtype(t->dl.dtype, dtype)) return row_major(t);
  Tensor dense = Tensor::empty(sizes_of(t), dtype, t->dl.device);
  copy_within(dense.get(), t);
  return dense;
}

}  // namespace vt::cuda
