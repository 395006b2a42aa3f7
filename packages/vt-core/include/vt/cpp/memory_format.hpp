// SPDX-License-Identifier: Apache-2.0
// Memory formats: in which order a tensor's dimensions lie in memory. Numbered as in PyTorch.
#pragma once

#include <vt/cpp/iter/shape.hpp>
#include <vt/cpp/tensor.hpp>

#include <string>

namespace vt {

enum class MemoryFormat : int64_t { kContiguous = 0, kPreserve = 1, kChannelsLast = 2, kChannelsLast3d = 3 };

inline MemoryFormat memory_format_of(const char* op, const VtValue& v, MemoryFormat fallback) {
  if (is_none(v)) return fallback;
  if (v.as.i < 0 || v.as.i > 3)
    fail(VT_ERROR_VALUE, std::string(op) + ": unknown memory format: got " + std::to_string(v.as.i));
  return static_cast<MemoryFormat>(v.as.i);
}

// Number of dimensions a format is made for; 0 for any.
constexpr size_t ndim_of(MemoryFormat format) noexcept {
  return format == MemoryFormat::kChannelsLast ? 4 : format == MemoryFormat::kChannelsLast3d ? 5 : 0;
}

// Strides of a dense tensor in a format other than kPreserve. Throws RUNTIME for another number of dimensions.
inline void strides_in(const char* op, std::span<const int64_t> sizes, MemoryFormat format, Sizes& strides) {
  strides.resize(sizes.size());
  const size_t ndim = ndim_of(format);
  if (ndim == 0) return contiguous_strides(sizes, strides.data());
  if (sizes.size() != ndim)
    fail(VT_ERROR_RUNTIME, std::string(op) + ": required rank " + std::to_string(ndim) +
                               " tensor to use this memory format: got " + format_sizes(sizes));
  int64_t stride = 1;
  bool overflow = false;
  auto take = [&](size_t d) {
    strides[d] = stride;
    overflow |= __builtin_mul_overflow(stride, std::max<int64_t>(sizes[d], 1), &stride);
  };
  take(1);
  for (size_t d = ndim - 1; d >= 2; --d) take(d);
  take(0);
  if (overflow)
    fail(VT_ERROR_OVERFLOW, std::string(op) + ": strides of sizes " + format_sizes(sizes) + " do not fit in 64 bits");
}

// Whether elements lie in the order of the format without gaps.
inline bool is_in_format(const VtTensor* t, MemoryFormat format) noexcept {
  const size_t ndim = ndim_of(format);
  if (ndim == 0) return t->flags & VT_TENSOR_CONTIGUOUS;
  if (static_cast<size_t>(t->dl.ndim) != ndim) return false;
  int64_t stride = 1;
  auto lies = [&](size_t d) {
    if (t->dl.shape[d] != 1) {
      if (t->dl.strides[d] != stride) return false;
      stride *= t->dl.shape[d];
    }
    return true;
  };
  if (!lies(1)) return false;
  for (size_t d = ndim - 1; d >= 2; --d)
    if (!lies(d)) return false;
  return lies(0);
}

// The format that a result made like `t` takes: that of `t` where it is one for channels, else row-major.
inline MemoryFormat format_suggested_by(const VtTensor* t) noexcept {
  if (t->flags & VT_TENSOR_CONTIGUOUS) return MemoryFormat::kContiguous;
  for (const MemoryFormat format : {MemoryFormat::kChannelsLast, MemoryFormat::kChannelsLast3d})
    if (is_in_format(t, format)) return format;
  return MemoryFormat::kContiguous;
}

}  // namespace vt
