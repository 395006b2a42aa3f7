// SPDX-License-Identifier: Apache-2.0
// Making and reading VtValue in C++.
#pragma once

#include <vt/abi/value.h>

#include <span>

namespace vt {

inline VtValue none() noexcept { return VtValue{VT_NONE, 0, {0}}; }
inline VtValue value_of(int64_t i) noexcept { return VtValue{VT_INT, 0, {i}}; }
inline VtValue value_of(bool b) noexcept { return VtValue{VT_BOOL, 0, {b ? 1 : 0}}; }
inline VtValue value_of(double f) noexcept {
  VtValue v{VT_FLOAT, 0, {0}};
  v.as.f = f;
  return v;
}
// A string that outlives the value.
inline VtValue value_of(const char* text) noexcept {
  VtValue v{VT_STRING, 0, {0}};
  v.as.string = text;
  return v;
}
inline VtValue value_of(VtTensor* tensor) noexcept {
  VtValue v{tensor ? VT_TENSOR : VT_NONE, 0, {0}};
  v.as.tensor = tensor;
  return v;
}
inline VtValue value_of(DLDataType dtype) noexcept {
  VtValue v{VT_DTYPE, 0, {0}};
  v.as.dtype = dtype;
  return v;
}
inline VtValue value_of(DLDevice device) noexcept {
  VtValue v{VT_DEVICE, 0, {0}};
  v.as.device = device;
  return v;
}
inline VtValue value_of(std::span<const int64_t> ints) noexcept {
  VtValue v{VT_INT_LIST, static_cast<uint32_t>(ints.size()), {0}};
  v.as.ints = ints.data();
  return v;
}
inline VtValue value_of(std::span<VtTensor* const> tensors) noexcept {
  VtValue v{VT_TENSOR_LIST, static_cast<uint32_t>(tensors.size()), {0}};
  v.as.tensors = tensors.data();
  return v;
}

inline std::span<const int64_t> ints_of(const VtValue& v) noexcept { return {v.as.ints, v.count}; }
inline bool is_tensor(const VtValue& v) noexcept { return v.tag == VT_TENSOR; }
inline bool is_none(const VtValue& v) noexcept { return v.tag == VT_NONE; }

}  // namespace vt
