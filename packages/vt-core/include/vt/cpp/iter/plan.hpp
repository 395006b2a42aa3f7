// SPDX-License-Identifier: Apache-2.0
// IterPlan: the outcome of planning, and the ordering and merging of its dimensions.
#pragma once

#include <vt/cpp/iter/shape.hpp>
#include <vt/cpp/tensor.hpp>

#include <limits>

namespace vt {

// Operands come outputs first. Dimensions are sorted innermost first and merged where possible; there is always at least
// one. Strides are in bytes, operand by operand. A number's element lies in `numbers`, in `common_dtype`, or in float32
// when that is a small floating dtype, so that it is rounded once; its tensor is NULL and its stride 0.
struct IterPlan {
  struct alignas(16) NumberCell {
    unsigned char bytes[16];
  };

  int32_t ndim = 1;
  int32_t num_operands = 0;
  int32_t num_outputs = 0;
  int64_t numel = 0;
  Sizes shape;  // the broadcast sizes, outermost first, before sorting and merging
  Sizes sizes;
  InlineVector<int64_t, 16> strides;
  InlineVector<void*, 4> data;
  InlineVector<VtTensor*, 4> tensors;
  InlineVector<bool, 4> owned;  // outputs the plan allocated and still owns
  InlineVector<DLDataType, 4> dtypes;
  InlineVector<NumberCell, 4> numbers;
  DLDataType common_dtype{};
  DLDataType result_dtype{};
  DLDevice device{};
  bool fits_32_bit = true;
  bool contiguous = false;  // one dimension, in which every tensor operand is dense

  IterPlan() = default;
  ~IterPlan() {
    for (size_t i = 0; i < owned.size(); ++i)
      if (owned[i]) tables().tensor->release(tensors[i]);
  }

  const int64_t* strides_of_operand(int32_t operand) const noexcept {
    return strides.data() + static_cast<size_t>(operand) * static_cast<size_t>(ndim);
  }
  // The output as an owned reference, as a kernel returns it.
  VtTensor* take_output(int32_t i) noexcept {
    const auto index = static_cast<size_t>(i);
    if (owned[index]) {
      owned[index] = false;
    } else {
      tables().tensor->retain(tensors[index]);
    }
    return tensors[index];
  }
};

namespace detail {

// Byte strides of `t` broadcast to a shape, outermost first; zeros when there is no tensor.
inline void broadcast_strides(const VtTensor* t, std::span<const int64_t> shape, int64_t* out) noexcept {
  if (!t) {
    for (size_t d = 0; d < shape.size(); ++d) out[d] = 0;
    return;
  }
  const size_t lead = shape.size() - static_cast<size_t>(t->dl.ndim);
  const int64_t itemsize = itemsize_of(t->dl.dtype);
  for (size_t d = 0; d < shape.size(); ++d) {
    const bool broadcast = d < lead || (t->dl.shape[d - lead] == 1 && shape[d] != 1);
    out[d] = broadcast ? 0 : t->dl.strides[d - lead] * itemsize;
  }
}

// Whether dimension `outer` must move inside `inner`: 1 to swap, -1 to leave, 0 when no operand decides. Operands whose
// tensor is still to be allocated have no say.
inline int swap_dims(const IterPlan& p, std::span<const int64_t> shape, const int64_t* byte_strides, size_t inner,
                     size_t outer) noexcept {
  const size_t ndim = shape.size();
  for (size_t k = 0; k < static_cast<size_t>(p.num_operands); ++k) {
    if (!p.tensors[k]) continue;
    const int64_t a = byte_strides[k * ndim + inner];
    const int64_t b = byte_strides[k * ndim + outer];
    if (a == 0 || b == 0) continue;
    if (a < b) return -1;
    if (a > b || shape[inner] > shape[outer]) return 1;
  }
  return 0;
}

}  // namespace detail

// The order of dimensions, innermost first, by PyTorch's rule: outputs first, then inputs, decide by their strides; ties
// keep row-major order. permutation[i] is the dimension of `shape` that comes i-th.
inline void sort_dims(const IterPlan& p, std::span<const int64_t> shape, const int64_t* byte_strides,
                      size_t* permutation) {
  const size_t ndim = shape.size();
  for (size_t i = 0; i < ndim; ++i) permutation[i] = ndim - 1 - i;
  for (size_t i = 1; i < ndim; ++i) {
    size_t moving = i;
    for (size_t j = i; j-- > 0;) {
      const int order = detail::swap_dims(p, shape, byte_strides, permutation[j], permutation[moving]);
      if (order < 0) break;
      if (order > 0) {
        std::swap(permutation[j], permutation[moving]);
        moving = j;
      }
    }
  }
}

namespace detail {

// Merges neighbouring dimensions that every operand walks in one stride. Strides have row length `ndim` and keep it; the
// number of dimensions left is returned.
inline size_t coalesce_dims(int64_t* sizes, int64_t* strides, size_t num_operands, size_t ndim) noexcept {
  size_t kept = 0;
  for (size_t d = 1; d < ndim; ++d) {
    bool mergeable = true;
    if (sizes[kept] != 1 && sizes[d] != 1)
      for (size_t k = 0; k < num_operands && mergeable; ++k)
        mergeable = sizes[kept] * strides[k * ndim + kept] == strides[k * ndim + d];
    const bool replace = mergeable ? sizes[kept] == 1 : ++kept != d;
    if (replace)
      for (size_t k = 0; k < num_operands; ++k) strides[k * ndim + kept] = strides[k * ndim + d];
    sizes[kept] = mergeable ? sizes[kept] * sizes[d] : sizes[d];
  }
  return kept + 1;
}

// Fills numel, fits_32_bit and contiguous from sizes and strides.
inline void summarise(IterPlan& p) noexcept {
  p.numel = 1;
  for (const int64_t size : p.sizes) p.numel *= size;
  p.contiguous = p.ndim == 1;
  p.fits_32_bit = p.numel <= std::numeric_limits<int32_t>::max();
  for (int32_t k = 0; k < p.num_operands; ++k) {
    const auto index = static_cast<size_t>(k);
    const int64_t* strides = p.strides_of_operand(k);
    int64_t reach = itemsize_of(p.dtypes[index]);
    for (size_t d = 0; d < static_cast<size_t>(p.ndim); ++d)
      reach += std::max<int64_t>(p.sizes[d] - 1, 0) * (strides[d] < 0 ? -strides[d] : strides[d]);
    p.fits_32_bit &= reach <= std::numeric_limits<int32_t>::max();
    if (p.tensors[index]) p.contiguous &= strides[0] == itemsize_of(p.dtypes[index]) || p.sizes[0] <= 1;
  }
}

// Fills sizes, strides and data from the strides of the broadcast shape and the order of its dimensions.
inline void lay_out_loops(IterPlan& p, const int64_t* unsorted, const size_t* permutation) {
  const auto num_operands = static_cast<size_t>(p.num_operands);
  const size_t ndim = p.shape.size();
  const size_t row = ndim == 0 ? 1 : ndim;
  p.sizes.resize(row);
  p.strides.resize(num_operands * row);
  if (ndim == 0) {
    p.sizes[0] = 1;
    for (size_t k = 0; k < num_operands; ++k) p.strides[k] = 0;
  }
  for (size_t i = 0; i < ndim; ++i) {
    p.sizes[i] = p.shape[permutation[i]];
    for (size_t k = 0; k < num_operands; ++k) p.strides[k * ndim + i] = unsorted[k * ndim + permutation[i]];
  }
  const size_t merged = coalesce_dims(p.sizes.data(), p.strides.data(), num_operands, row);
  for (size_t k = 0; k < num_operands; ++k) {
    if (merged != row)
      for (size_t d = 0; d < merged; ++d) p.strides[k * merged + d] = p.strides[k * row + d];
    p.data[k] = p.tensors[k] ? p.tensors[k]->dl.data : static_cast<void*>(p.numbers[k].bytes);
  }
  p.sizes.resize(merged);
  p.ndim = static_cast<int32_t>(merged);
  summarise(p);
}

}  // namespace detail

}  // namespace vt
