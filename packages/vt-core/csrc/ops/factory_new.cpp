// SPDX-License-Identifier: Apache-2.0
// Tensor.new_empty and its like: new tensors of the dtype and on the device of another, unless they are given.
#include <vt/cpp/op.hpp>

#include "ops/factory.hpp"
#include "ops/ops.hpp"

namespace vt::core {

namespace {

VtValue dtype_like(const VtValue& given, const VtTensor* self) {
  return is_none(given) ? value_of(self->dl.dtype) : given;
}
VtValue device_like(const VtValue& given, const VtTensor* self) {
  return is_none(given) ? value_of(self->dl.device) : given;
}

// The factory `make` of (sizes, dtype, device) for arguments (self, size, dtype, device).
void like_self(const Op& make, const VtValue* args, VtValue* result) {
  const VtTensor* self = args[0].as.tensor;
  result[0] = value_of(make(args[1], dtype_like(args[2], self), device_like(args[3], self)).release());
}

void new_empty(const VtValue* args, VtValue* result) {
  static const Op make("empty");
  like_self(make, args, result);
}
void new_zeros(const VtValue* args, VtValue* result) {
  static const Op make("zeros");
  like_self(make, args, result);
}
void new_ones(const VtValue* args, VtValue* result) {
  static const Op make("ones");
  like_self(make, args, result);
}
void new_full(const VtValue* args, VtValue* result) {
  static const Op make("full");
  const VtTensor* self = args[0].as.tensor;
  result[0] = value_of(make(args[1], args[2], dtype_like(args[3], self), device_like(args[4], self)).release());
}
void new_empty_strided(const VtValue* args, VtValue* result) {
  static const Op make("empty_strided");
  const VtTensor* self = args[0].as.tensor;
  result[0] = value_of(make(args[1], args[2], dtype_like(args[3], self), device_like(args[4], self)).release());
}

constexpr char kDoc[] =
    R"(As the function of this name without `new_`; dtype and device are those of `self` unless given.)";

}  // namespace

void register_factory_new(VtPlugin* plugin) {
  constexpr uint32_t kFlags = VT_OP_METHOD | VT_OP_NOT_DIFFERENTIABLE | VT_OP_FACTORY | VT_OP_ANY_DEVICE;
  const OpRow ops[] = {
      {"new_empty(Tensor self, int[] size, *, dtype? dtype=None, device? device=None) -> Tensor", kFlags, kDoc},
      {"new_zeros(Tensor self, int[] size, *, dtype? dtype=None, device? device=None) -> Tensor", kFlags, kDoc},
      {"new_ones(Tensor self, int[] size, *, dtype? dtype=None, device? device=None) -> Tensor", kFlags, kDoc},
      {"new_full(Tensor self, int[] size, Scalar fill_value, *, dtype? dtype=None, device? device=None) -> Tensor",
       kFlags, kDoc},
      {"new_empty_strided(Tensor self, int[] size, int[] stride, *, dtype? dtype=None, device? device=None) -> Tensor",
       kFlags, kDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow everywhere[] = {
      {"new_empty", boxed<new_empty>},
      {"new_zeros", boxed<new_zeros>},
      {"new_ones", boxed<new_ones>},
      {"new_full", boxed<new_full>},
      {"new_empty_strided", boxed<new_empty_strided>},
  };
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
