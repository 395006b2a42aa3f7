// SPDX-License-Identifier: Apache-2.0
// Planning of elementwise and reducing loops: broadcast, promote, check overlap, allocate, sort and merge dimensions.
#pragma once

#include <vt/abi/iter.h>
#include <vt/cpp/iter/number.hpp>
#include <vt/cpp/iter/overlap.hpp>
#include <vt/cpp/iter/plan.hpp>
#include <vt/cpp/iter/promote.hpp>

#include <algorithm>
#include <utility>

// Note [Planning]
// plan_iteration turns operands into loops over bytes, as PyTorch's TensorIterator does, and touches no element. It needs
// no heap for up to four dimensions and four operands. Its steps:
//   1. broadcast the inputs' sizes (under VT_ITER_REDUCE an output may be 1 where the inputs are longer);
//   2. find the common dtype and refuse outputs that cannot hold the result;
//   3. find the device: that of the first tensor that is not a 0-dim CPU tensor;
//   4. refuse outputs that overlap themselves or, partially, an input;
//   5. sort the dimensions by stride, allocate missing outputs in that order, so that results follow the layout of inputs;
//   6. merge dimensions and lay out byte strides.
// An output that is also an input is an in-place destination: it is never resized. Any other destination of the wrong size
// is resized first.
namespace vt {

// A flag beside those of VtIterFlags: the common dtype is `output_dtype`, whatever the inputs are, which the caller has
// checked. For masks and for values that are cast.
inline constexpr uint32_t kIterFixedDtype = 1u << 16;

// What planning asks of its user: memory for results. `strides` is NULL for row-major.
template <class A>
concept IterAllocator = requires(A& a, std::span<const int64_t> sizes, const int64_t* strides, DLDataType dtype,
                                 DLDevice device, VtTensor* tensor) {
  { a.empty(sizes, strides, dtype, device) } -> std::same_as<VtTensor*>;
  { a.resize(tensor, sizes) };
};

// The allocator of plugins: the table's functions.
struct TableIterAllocator {
  VtTensor* empty(std::span<const int64_t> sizes, const int64_t* strides, DLDataType dtype, DLDevice device) const {
    VtTensor* out = nullptr;
    check(
        tables().tensor->empty_strided(sizes.data(), strides, static_cast<int32_t>(sizes.size()), dtype, device, &out));
    return out;
  }
  void resize(VtTensor* tensor, std::span<const int64_t> sizes) const {
    check(tables().tensor->resize(tensor, sizes.data(), static_cast<int32_t>(sizes.size())));
  }
};

namespace detail {

inline bool is_zero_dim_cpu(const VtTensor* t) noexcept {
  return t->dl.ndim == 0 && t->dl.device.device_type == kDLCPU;
}

// Copies the operands in and finds the device.
inline void read_operands(const VtIterConfig& c, IterPlan& p) {
  const auto num_operands = static_cast<size_t>(c.num_operands);
  p.num_operands = c.num_operands;
  p.num_outputs = c.num_outputs;
  p.tensors.resize(num_operands);
  p.data.resize(num_operands);
  p.dtypes.resize(num_operands);
  p.owned.assign(num_operands, false);
  p.numbers.resize(num_operands);
  const VtTensor* first = nullptr;
  for (size_t i = 0; i < num_operands; ++i) {
    const VtValue& v = c.operands[i];
    const bool is_input = i >= static_cast<size_t>(c.num_outputs);
    if (v.tag != VT_TENSOR && !(is_input ? is_number(v) : is_none(v)))
      fail(VT_ERROR_TYPE, std::string(c.op) + ": operand " + std::to_string(i) + " must be a tensor" +
                              (is_input ? " or a number" : " or absent"));
    p.tensors[i] = v.tag == VT_TENSOR ? v.as.tensor : nullptr;
    const VtTensor* t = p.tensors[i];
    if (t && (!first || (is_zero_dim_cpu(first) && !is_zero_dim_cpu(t)))) first = t;
  }
  if (!first) fail(VT_ERROR_TYPE, std::string(c.op) + ": at least one operand must be a tensor");
  p.device = first->dl.device;
}

inline bool is_destination_of_input(const IterPlan& p, size_t output) noexcept {
  for (size_t i = static_cast<size_t>(p.num_outputs); i < static_cast<size_t>(p.num_operands); ++i)
    if (p.tensors[i] == p.tensors[output]) return true;
  return false;
}

inline void find_shape(const VtIterConfig& c, IterPlan& p) {
  bool is_first = true;
  p.shape.resize(0);
  for (size_t i = static_cast<size_t>(c.num_outputs); i < static_cast<size_t>(c.num_operands); ++i) {
    if (!p.tensors[i]) continue;
    const auto sizes = sizes_of(p.tensors[i]);
    if (is_first) {
      p.shape.assign(sizes);
      is_first = false;
    } else if (!same_sizes(p.shape, sizes) && !broadcast_into(p.shape, sizes)) {
      fail_broadcast(c.op, p.shape, sizes);
    }
  }
  // Without input tensors (fill and the like) the outputs give the shape.
  if (is_first)
    for (size_t i = 0; i < static_cast<size_t>(c.num_outputs); ++i)
      if (p.tensors[i]) p.shape.assign(sizes_of(p.tensors[i]));
}

inline void find_dtypes(const VtIterConfig& c, IterPlan& p) {
  Promotion promotion(c.op);
  const DLDataType* agreed = nullptr;
  for (size_t i = static_cast<size_t>(c.num_outputs); i < static_cast<size_t>(c.num_operands); ++i) {
    const VtTensor* t = p.tensors[i];
    if (c.flags & kIterFixedDtype) break;
    if (!t) {
      if ((c.flags & VT_ITER_PROMOTE) || !agreed) promotion.add_number(number_of(c.operands[i]).category);
      continue;
    }
    if (!(c.flags & VT_ITER_PROMOTE)) {
      if (agreed && !same_dtype(*agreed, t->dl.dtype))
        fail(VT_ERROR_DTYPE, std::string(c.op) + ": dtypes must agree: got " + std::string(dtype_name(*agreed)) +
                                 " and " + std::string(dtype_name(t->dl.dtype)) + "; convert one of them");
      agreed = &t->dl.dtype;
    } else {
      promotion.add_tensor(t->dl.dtype, t->dl.ndim);
    }
  }
  DtypeIndex common = agreed ? known_dtype_index(*agreed) : promotion.result();
  if (c.flags & kIterFixedDtype) common = known_dtype_index(c.output_dtype);
  if (common == DtypeIndex::kCount || (!agreed && !(c.flags & (VT_ITER_PROMOTE | kIterFixedDtype))))
    if (p.num_outputs > 0 && p.tensors[0]) common = known_dtype_index(p.tensors[0]->dl.dtype);
  if ((c.flags & VT_ITER_INT_TO_FLOAT) && dtype_info(common).category <= Category::kInteger)
    common = default_dtype_index();
  p.common_dtype = dtype_info(common).dtype;
  p.result_dtype = c.output_dtype.code == kDLOpaqueHandle ? p.common_dtype : c.output_dtype;

  const DLDataType number_dtype = is_small_float(p.common_dtype) ? kFloat32 : p.common_dtype;
  for (size_t i = 0; i < static_cast<size_t>(c.num_operands); ++i) {
    const bool is_output = i < static_cast<size_t>(c.num_outputs);
    if (p.tensors[i]) {
      p.dtypes[i] = p.tensors[i]->dl.dtype;
      if (is_output && !can_cast(p.result_dtype, p.dtypes[i]))
        fail(VT_ERROR_DTYPE, std::string(c.op) + ": the result is " + std::string(dtype_name(p.result_dtype)) +
                                 " and cannot be stored in " + std::string(dtype_name(p.dtypes[i])));
    } else if (is_output) {
      p.dtypes[i] = p.result_dtype;
    } else {
      p.dtypes[i] = number_dtype;
      store_number(number_of(c.operands[i]), number_dtype, p.numbers[i].bytes);
    }
  }
}

// Whether a given output keeps its memory; false when it must be resized to the planned shape first.
inline bool fits_shape(const VtIterConfig& c, const IterPlan& p, size_t output) {
  const auto sizes = sizes_of(p.tensors[output]);
  if (same_sizes(sizes, p.shape)) return true;
  if (c.flags & VT_ITER_REDUCE) {
    bool reducible = sizes.size() == p.shape.size();
    for (size_t d = 0; reducible && d < sizes.size(); ++d) reducible = sizes[d] == p.shape[d] || sizes[d] == 1;
    if (reducible) return true;
    fail(VT_ERROR_SHAPE, std::string(c.op) + ": the output must have the input's sizes or 1: got " +
                             format_sizes(sizes) + ", expected " + format_sizes(p.shape));
  }
  if (is_destination_of_input(p, output))
    fail(VT_ERROR_SHAPE, std::string(c.op) + ": the result of sizes " + format_sizes(p.shape) +
                             " cannot be stored in place in " + format_sizes(sizes));
  return false;
}

// Refuses a destination of the wrong size as long as it is what it was: one that is read-only, and one that would share some
// elements with an input once it has the planned shape.
inline void check_resizable(const VtIterConfig& c, const IterPlan& p, size_t output) {
  const VtTensor* out = p.tensors[output];
  if (out->flags & VT_TENSOR_READ_ONLY) check_writable(c.op, out);
  if (c.flags & VT_ITER_ALLOW_OVERLAP) return;
  VtTensor resized = *out;
  resized.numel = 1;
  for (const int64_t size : p.shape) resized.numel *= size;
  const int64_t end = tables().tensor->storage_offset(out) + resized.numel;
  const auto itemsize = static_cast<uint64_t>(itemsize_of(out->dl.dtype));
  if (static_cast<uint64_t>(end) * itemsize > tables().tensor->storage_nbytes(out)) return;  // it gets another storage
  int64_t sizes[kMaxDims];
  int64_t strides[kMaxDims];
  std::copy(p.shape.begin(), p.shape.end(), sizes);
  contiguous_strides(p.shape, strides);
  resized.dl.ndim = static_cast<int32_t>(p.shape.size());
  resized.dl.shape = sizes;
  resized.dl.strides = strides;
  resized.flags |= VT_TENSOR_NON_OVERLAPPING;
  for (size_t k = static_cast<size_t>(c.num_outputs); k < static_cast<size_t>(c.num_operands); ++k)
    if (p.tensors[k]) check_no_partial_overlap(c.op, &resized, p.tensors[k]);
}

// Sizes of a new output when dimensions are sorted: strides as if it were dense in that order.
template <IterAllocator A>
VtTensor* allocate_output(const IterPlan& p, A& allocator, const size_t* permutation, DLDataType dtype) {
  const size_t ndim = p.shape.size();
  bool row_major = true;
  for (size_t i = 0; i < ndim; ++i) row_major &= permutation[i] == ndim - 1 - i;
  if (row_major) return allocator.empty(p.shape, nullptr, dtype, p.device);
  Sizes strides;
  strides.resize(ndim);
  int64_t stride = 1;
  for (size_t i = 0; i < ndim; ++i) {
    strides[permutation[i]] = stride;
    stride *= p.shape[permutation[i]];
  }
  return allocator.empty(p.shape, strides.data(), dtype, p.device);
}

}  // namespace detail

// Plans the loops of `config` into `p`. Throws Error; on failure nothing that was allocated remains. `check` sees the shape
// and the dtypes before a destination is resized: what the op refuses by them leaves it as it was.
template <IterAllocator A, class Check>
void plan_iteration(const VtIterConfig& config, IterPlan& p, A&& allocator, Check&& check) {
  detail::read_operands(config, p);
  detail::find_shape(config, p);
  detail::find_dtypes(config, p);
  check(std::as_const(p));

  const auto num_operands = static_cast<size_t>(config.num_operands);
  const auto num_outputs = static_cast<size_t>(config.num_outputs);
  const size_t ndim = p.shape.size();
  for (size_t i = 0; i < num_outputs; ++i) {
    if (!p.tensors[i]) continue;
    if (!detail::fits_shape(config, p, i)) {
      detail::check_resizable(config, p, i);
      allocator.resize(p.tensors[i], p.shape);
    }
    check_writable(config.op, p.tensors[i]);
    if (config.flags & VT_ITER_ALLOW_OVERLAP) continue;
    for (size_t k = num_outputs; k < num_operands; ++k)
      if (p.tensors[k]) check_no_partial_overlap(config.op, p.tensors[i], p.tensors[k]);
  }

  InlineVector<int64_t, 16> unsorted;
  unsorted.resize(num_operands * ndim);
  for (size_t k = 0; k < num_operands; ++k)
    detail::broadcast_strides(p.tensors[k], p.shape, unsorted.data() + k * ndim);
  InlineVector<size_t, 4> permutation;
  permutation.resize(ndim);
  sort_dims(p, p.shape, unsorted.data(), permutation.data());
  for (size_t i = 0; i < num_outputs; ++i) {
    if (p.tensors[i]) continue;
    p.tensors[i] = detail::allocate_output(p, allocator, permutation.data(), p.result_dtype);
    p.owned[i] = true;
    detail::broadcast_strides(p.tensors[i], p.shape, unsorted.data() + i * ndim);
  }

  detail::lay_out_loops(p, unsorted.data(), permutation.data());
}

template <IterAllocator A>
void plan_iteration(const VtIterConfig& config, IterPlan& p, A&& allocator) {
  plan_iteration(config, p, std::forward<A>(allocator), [](const IterPlan&) {});
}

}  // namespace vt
