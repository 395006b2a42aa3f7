// SPDX-License-Identifier: Apache-2.0
// Checks that a written tensor neither overlaps itself nor partially overlaps what is read.
#pragma once

#include <vt/cpp/iter/shape.hpp>
#include <vt/cpp/tensor.hpp>

#include <string>

namespace vt {

// True when some dimension longer than one has stride 0. Other self-overlaps cost too much to find, as in PyTorch.
inline bool has_internal_overlap(const VtTensor* t) noexcept {
  if (t->flags & VT_TENSOR_NON_OVERLAPPING) return false;
  for (int32_t d = 0; d < t->dl.ndim; ++d)
    if (t->dl.strides[d] == 0 && t->dl.shape[d] > 1) return true;
  return false;
}

enum class Overlap { kNone, kFull, kPartial, kUnknown };

// Exact for dense tensors; strided ones with gaps are not examined.
inline Overlap overlap_between(const VtTensor* a, const VtTensor* b) noexcept {
  if (a == b) return Overlap::kFull;
  if (a->numel == 0 || b->numel == 0) return Overlap::kNone;
  if (!(a->flags & b->flags & VT_TENSOR_NON_OVERLAPPING)) return Overlap::kUnknown;
  if (a->dl.device.device_type != b->dl.device.device_type || a->dl.device.device_id != b->dl.device.device_id)
    return Overlap::kNone;
  const auto a_begin = reinterpret_cast<uintptr_t>(a->dl.data);
  const auto b_begin = reinterpret_cast<uintptr_t>(b->dl.data);
  if (a_begin == 0 || b_begin == 0) return Overlap::kNone;  // meta tensors have no memory
  const auto a_end = a_begin + static_cast<uintptr_t>(a->numel * itemsize_of(a->dl.dtype));
  const auto b_end = b_begin + static_cast<uintptr_t>(b->numel * itemsize_of(b->dl.dtype));
  if (a_end <= b_begin || b_end <= a_begin) return Overlap::kNone;
  if (a_begin == b_begin && a_end == b_end && same_sizes(strides_of(a), strides_of(b))) return Overlap::kFull;
  return Overlap::kPartial;
}

inline void check_writable(const char* op, const VtTensor* output) {
  if (output->flags & VT_TENSOR_READ_ONLY)
    fail(VT_ERROR_RUNTIME, std::string(op) + ": the tensor to write is read-only; clone it first");
  if (has_internal_overlap(output))
    fail(VT_ERROR_RUNTIME, std::string(op) + ": the tensor to write has several elements at one address: got sizes " +
                               format_sizes(sizes_of(output)) + " and strides " + format_sizes(strides_of(output)) +
                               "; clone it first");
}

inline void check_no_partial_overlap(const char* op, const VtTensor* output, const VtTensor* input) {
  if (overlap_between(output, input) == Overlap::kPartial)
    fail(VT_ERROR_RUNTIME,
         std::string(op) + ": the tensor to write shares some elements with an input; clone one first");
}

}  // namespace vt
