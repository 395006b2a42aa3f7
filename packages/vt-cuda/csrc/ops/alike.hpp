// SPDX-License-Identifier: Apache-2.0
// Operands for which nothing has to be planned: most calls have these.
#pragma once

#include <vt/cpp/dtype.hpp>
#include <vt/cpp/iter/shape.hpp>

#include "launch.hpp"

namespace vt::cuda {

// Whether both are tensors of a device that lie row-major and aligned, of one floating dtype and the same sizes, with elements. A
// new result is then like them. One without dimensions may count as a number.
inline bool are_alike(const VtValue& first, const VtValue& second) noexcept {
  if (!is_tensor(first) || !is_tensor(second)) return false;
  const VtTensor* a = first.as.tensor;
  const VtTensor* b = second.as.tensor;
  const auto lies_well = [](const VtTensor* t) {
    return (t->flags & VT_TENSOR_CONTIGUOUS) != 0 && t->dl.device.device_type == kDLCUDA && is_aligned(t->dl.data);
  };
  return a->dl.ndim > 0 && a->numel > 0 && lies_well(a) && same_dtype(a->dl.dtype, b->dl.dtype) &&
         dtype_info(a->dl.dtype).category == Category::kFloating &&
         (a == b ||
          (lies_well(b) && a->dl.device.device_id == b->dl.device.device_id && same_sizes(sizes_of(a), sizes_of(b))));
}

// Blocks of a kernel on dense operands, of which each thread takes some vectors of 16 bytes.
inline int64_t dense_blocks(int64_t num, DLDataType dtype, int64_t vectors) noexcept {
  return ceil_divide(num, 16 / itemsize_of(dtype) * vectors * kBlockThreads);
}

}  // namespace vt::cuda
