// SPDX-License-Identifier: Apache-2.0
// Core's operators, one family per file, and what the families share.
#pragma once

#include <vt/cpp/iter.hpp>
#include <vt/cpp/memory_format.hpp>
#include <vt/cpp/registration.hpp>

#include "ops/loops/table.hpp"
#include "tensor/tensor_impl.hpp"

namespace vt::core {

// Registers every family (register.cpp); loops are chosen first.
void register_ops(VtPlugin* plugin);

// Device type of a row that serves every device.
inline constexpr int32_t kEveryDevice = -1;

// Flags of most ops.
inline constexpr uint32_t kFunctionAndMethod = VT_OP_FUNCTION | VT_OP_METHOD;

// The planner's memory: core's own functions.
struct CoreIterAllocator {
  VtTensor* empty(std::span<const int64_t> sizes, const int64_t* strides, DLDataType dtype, DLDevice device) const {
    if (!strides) return core::empty(sizes, dtype, device);
    return empty_strided(sizes, {strides, sizes.size()}, dtype, device);
  }
  void resize(VtTensor* tensor, std::span<const int64_t> sizes) const { core::resize(impl(tensor), sizes); }
};

inline constexpr DLDataType kCommonDtype{kDLOpaqueHandle, 0, 0};

// Owns a count of a tensor made inside core.
class Owned {
 public:
  explicit Owned(VtTensor* tensor) noexcept : tensor_(tensor) {}
  Owned(const Owned&) = delete;
  Owned& operator=(const Owned&) = delete;
  ~Owned() {
    if (tensor_) release(tensor_);
  }
  VtTensor* get() const noexcept { return tensor_; }
  VtTensor* take() noexcept { return std::exchange(tensor_, nullptr); }

 private:
  VtTensor* tensor_;
};

inline bool on_same_device(const VtTensor* a, const VtTensor* b) noexcept {
  return a->dl.device.device_type == b->dl.device.device_type && a->dl.device.device_id == b->dl.device.device_id;
}
inline bool is_cpu(const VtTensor* t) noexcept { return t->dl.device.device_type == kDLCPU; }
inline bool is_meta(DLDevice device) noexcept { return static_cast<int>(device.device_type) == VT_DEVICE_TYPE_META; }

inline VtValue shared_value(VtTensor* t) noexcept {
  retain(t);
  return value_of(t);
}

// The destination of an op that has only an in-place form.
inline VtTensor* required_destination(const char* op, const VtValue& result) {
  if (result.tag != VT_TENSOR)
    fail(VT_ERROR_TYPE, std::string(op) + ": the tensor to write must be given as the destination");
  return result.as.tensor;
}

// Calls an op of core by name through the dispatcher, with all its arguments; returns an owned result.
VtTensor* call_op(const char* name, std::initializer_list<VtValue> args, VtTensor* destination = nullptr);

// Writes `value` into every element (factory.cpp); throws when the dtype cannot hold it.
void fill_tensor(VtTensor* t, const Number& value);
// dst = src, cast and broadcast, between any devices (copy.cpp).
void copy_tensor(VtTensor* dst, VtTensor* src, bool non_blocking);
// A new dense tensor of the same sizes that follows the layout of `t` (copy.cpp).
TensorImpl* empty_following(const VtTensor* t, DLDataType dtype, DLDevice device);
// The same in a memory format; kPreserve follows `t`.
TensorImpl* empty_in_format(const char* op, const VtTensor* t, DLDataType dtype, DLDevice device, MemoryFormat format);

}  // namespace vt::core
