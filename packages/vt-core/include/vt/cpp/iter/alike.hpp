// SPDX-License-Identifier: Apache-2.0
// The plan of operands that lie alike, as those of most calls do: it is found without the steps of Note [Planning] in iter.hpp.
#pragma once

#include <vt/cpp/iter.hpp>

namespace vt {
namespace detail {

inline bool is_row_major_like(const VtTensor* t, const VtTensor* first) noexcept {
  return (t->flags & VT_TENSOR_CONTIGUOUS) && t->dl.device.device_type == first->dl.device.device_type &&
         t->dl.device.device_id == first->dl.device.device_id &&
         (t == first || same_sizes(sizes_of(t), sizes_of(first)));
}

// The tensor that all operands lie like: inputs are row-major, of one floating dtype and its sizes, or real numbers; outputs
// that are given may be written as they are. NULL where this is not so, or not worth to be looked for.
inline const VtTensor* common_layout(const VtIterConfig& c) noexcept {
  if (c.flags & (VT_ITER_REDUCE | kIterFixedDtype)) return nullptr;
  const VtTensor* first = nullptr;
  for (int32_t k = c.num_outputs; k < c.num_operands; ++k) {
    const VtValue& v = c.operands[k];
    if (v.tag != VT_TENSOR) {
      if (v.tag != VT_FLOAT && v.tag != VT_INT) return nullptr;
    } else if (!first) {
      first = v.as.tensor;
      if (first->dl.ndim == 0 || first->numel == 0 || !(first->flags & VT_TENSOR_CONTIGUOUS)) return nullptr;
    } else if (!same_dtype(v.as.tensor->dl.dtype, first->dl.dtype) || !is_row_major_like(v.as.tensor, first)) {
      return nullptr;
    }
  }
  if (!first || !is_known_dtype(first->dl.dtype) || dtype_info(first->dl.dtype).category != Category::kFloating)
    return nullptr;
  const DLDataType result = c.output_dtype.code == kDLOpaqueHandle ? first->dl.dtype : c.output_dtype;
  for (int32_t i = 0; i < c.num_outputs; ++i) {
    if (c.operands[i].tag != VT_TENSOR) continue;
    const VtTensor* out = c.operands[i].as.tensor;
    if (!is_row_major_like(out, first) || (out->flags & VT_TENSOR_READ_ONLY) || !can_cast(result, out->dl.dtype))
      return nullptr;
    if (c.flags & VT_ITER_ALLOW_OVERLAP) continue;
    for (int32_t k = c.num_outputs; k < c.num_operands; ++k)
      if (c.operands[k].tag == VT_TENSOR && overlap_between(out, c.operands[k].as.tensor) == Overlap::kPartial)
        return nullptr;
  }
  return first;
}

// The plan of operands that lie like `like`: one loop over all elements.
template <IterAllocator A>
void plan_alike(const VtIterConfig& c, IterPlan& p, const VtTensor* like, A& allocator) {
  const auto num_operands = static_cast<size_t>(c.num_operands);
  const DLDataType common = like->dl.dtype;
  p.num_operands = c.num_operands;
  p.num_outputs = c.num_outputs;
  p.device = like->dl.device;
  p.common_dtype = common;
  p.result_dtype = c.output_dtype.code == kDLOpaqueHandle ? common : c.output_dtype;
  p.numel = like->numel;
  p.contiguous = true;
  p.shape.assign(sizes_of(like));
  p.sizes.resize(1);
  p.sizes[0] = p.numel;
  p.strides.resize(num_operands);
  p.data.resize(num_operands);
  p.tensors.resize(num_operands);
  p.owned.assign(num_operands, false);
  p.dtypes.resize(num_operands);
  p.numbers.resize(num_operands);
  int64_t widest = 1;
  for (size_t k = 0; k < num_operands; ++k) {
    const VtValue& v = c.operands[k];
    VtTensor* t = v.tag == VT_TENSOR ? v.as.tensor : nullptr;
    if (v.tag == VT_NONE) {
      t = allocator.empty(sizes_of(like), nullptr, p.result_dtype, p.device);
      p.owned[k] = true;
    }
    p.tensors[k] = t;
    if (t) {
      p.dtypes[k] = t->dl.dtype;
      p.strides[k] = itemsize_of(t->dl.dtype);
      p.data[k] = t->dl.data;
      widest = std::max(widest, p.strides[k]);
    } else {
      p.dtypes[k] = is_small_float(common) ? kFloat32 : common;
      p.strides[k] = 0;
      p.data[k] = p.numbers[k].bytes;
      store_number(number_of(v), p.dtypes[k], p.numbers[k].bytes);
    }
  }
  p.fits_32_bit = p.numel * widest <= std::numeric_limits<int32_t>::max();
}

}  // namespace detail

// As plan_iteration, which takes over where operands do not lie alike.
template <IterAllocator A>
void plan_quickly(const VtIterConfig& config, IterPlan& p, A&& allocator) {
  if (const VtTensor* like = detail::common_layout(config)) return detail::plan_alike(config, p, like, allocator);
  plan_iteration(config, p, allocator);
}

}  // namespace vt
