// SPDX-License-Identifier: Apache-2.0
// What the optimiser ops refuse, and the scalars of their steps, the same on every device.
#pragma once

#include <vt/abi/value.h>
#include <vt/cpp/dtype.hpp>
#include <vt/cpp/error.hpp>
#include <vt/cpp/iter/number.hpp>
#include <vt/cpp/iter/overlap.hpp>
#include <vt/cpp/optim.hpp>
#include <vt/cpp/tensor.hpp>

#include <cmath>
#include <string>

namespace vt {

inline std::span<VtTensor* const> tensors_of(const VtValue& v) noexcept { return {v.as.tensors, v.count}; }

// A list argument of a step. Those beyond the first must match the first item by item; `absent` is the length 0 allowed.
struct ListRole {
  const char* name;
  std::span<VtTensor* const> tensors;
  bool written;
};

inline bool is_step_dtype(DLDataType dtype) noexcept {
  return same_dtype(dtype, kFloat32) || same_dtype(dtype, kFloat64) || same_dtype(dtype, kFloat16) ||
         same_dtype(dtype, kBFloat16);
}

// Checks all lists before anything is written.
inline void check_lists(const char* op, std::span<const ListRole> roles) {
  const ListRole& first = roles[0];
  const auto item = [](const ListRole& role, size_t i) {
    return std::string(role.name) + "[" + std::to_string(i) + "]";
  };
  for (const ListRole& role : roles)
    if (role.tensors.size() != first.tensors.size())
      fail(VT_ERROR_VALUE, std::string(op) + ": lists of unequal lengths: got " + std::to_string(role.tensors.size()) +
                               " tensors in " + role.name + ", expected " + std::to_string(first.tensors.size()) +
                               " as in " + first.name);
  for (size_t i = 0; i < first.tensors.size(); ++i) {
    const VtTensor* like = first.tensors[i];
    if (!is_step_dtype(like->dl.dtype))
      fail(VT_ERROR_NOT_IMPLEMENTED, std::string(op) + ": not implemented for " +
                                         std::string(dtype_name(like->dl.dtype)) + ": " + item(first, i) +
                                         " must be of a floating dtype but float8");
    for (const ListRole& role : roles) {
      const VtTensor* t = role.tensors[i];
      if (!same_sizes(sizes_of(t), sizes_of(like)))
        fail(VT_ERROR_SHAPE, std::string(op) + ": got sizes " + format_sizes(sizes_of(t)) + " of " + item(role, i) +
                                 ", expected " + format_sizes(sizes_of(like)) + " as of " + item(first, i));
      if (!same_dtype(t->dl.dtype, like->dl.dtype))
        fail(VT_ERROR_DTYPE, std::string(op) + ": got " + std::string(dtype_name(t->dl.dtype)) + " for " +
                                 item(role, i) + ", expected " + std::string(dtype_name(like->dl.dtype)) + " as for " +
                                 item(first, i));
      if (role.written) check_writable(op, t);
    }
  }
}

// Whether one offset walks the elements of both, in one order and without gaps.
inline bool walk_alike(const VtTensor* a, const VtTensor* b) noexcept {
  if (a->flags & b->flags & VT_TENSOR_CONTIGUOUS) return true;
  if (!(a->flags & b->flags & VT_TENSOR_NON_OVERLAPPING)) return false;
  for (int32_t d = 0; d < a->dl.ndim; ++d)
    if (a->dl.shape[d] > 1 && a->dl.strides[d] != b->dl.strides[d]) return false;
  return true;
}

// A number of a step: given, or in a tensor of one element on the device of the step.
struct StepNumber {
  double value;
  const VtTensor* tensor;  // null when given
};
inline StepNumber step_number(const char* op, const char* name, const VtValue& value) {
  if (value.tag == VT_COMPLEX)
    fail(VT_ERROR_VALUE, std::string(op) + ": " + name + " must be real: got a complex number");
  if (!is_tensor(value)) return {number_of(value).real, nullptr};
  const VtTensor* t = value.as.tensor;
  if (t->numel != 1 || !(same_dtype(t->dl.dtype, kFloat32) || same_dtype(t->dl.dtype, kFloat64)))
    fail(VT_ERROR_VALUE, std::string(op) + ": " + name + " must be one number of float32 or float64: got " +
                             std::string(dtype_name(t->dl.dtype)) + " of sizes " + format_sizes(sizes_of(t)));
  return {0, t};
}
// The same with the number read from host memory.
inline double host_number(const StepNumber& number) noexcept {
  if (!number.tensor) return number.value;
  const void* data = static_cast<const char*>(number.tensor->dl.data);
  return same_dtype(number.tensor->dl.dtype, kFloat64) ? *static_cast<const double*>(data)
                                                       : double{*static_cast<const float*>(data)};
}

// A step of SGD from the arguments after its three lists; of the scalars, lr is set when it is given.
struct SgdStep {
  optim::Momentum momentum;
  bool decay;
  optim::SgdScalars scalars;
  StepNumber lr;
};
inline SgdStep sgd_step(const VtValue* args, bool has_buffers) {
  const auto number = [&](int i) { return number_of(args[i]).real; };
  const StepNumber lr = step_number("sgd_step_", "lr", args[0]);
  const double momentum = number(1);
  const double dampening = number(2);
  const double decay = number(3);
  const bool nesterov = args[4].as.i != 0;
  if ((momentum != 0) != has_buffers)
    fail(VT_ERROR_VALUE, std::string("sgd_step_: momentum_buffers must be ") +
                             (has_buffers ? "empty without momentum" : "given with momentum"));
  if (nesterov && (!(momentum > 0) || dampening != 0))
    fail(VT_ERROR_VALUE, "sgd_step_: nesterov needs a positive momentum and no dampening: got momentum " +
                             std::to_string(momentum) + " and dampening " + std::to_string(dampening));
  const bool first = args[6].as.i != 0;
  using optim::Momentum;
  const Momentum kind = momentum == 0 ? Momentum::kNone
                        : nesterov    ? (first ? Momentum::kFirstNesterov : Momentum::kNesterov)
                                      : (first ? Momentum::kFirst : Momentum::kPlain);
  return {kind, decay != 0, {args[5].as.i != 0 ? -1.0 : 1.0, decay, momentum, 1 - dampening, lr.value}, lr};
}

// A step of Adam from the arguments after its five lists.
struct AdamStep {
  bool decay;    // added to the gradient
  bool maximum;  // amsgrad
  optim::AdamRule rule;
  StepNumber lr;
  StepNumber step;
};
inline AdamStep adam_step(const VtValue* args, bool maximum) {
  const auto number = [&](int i) { return number_of(args[i]).real; };
  const StepNumber lr = step_number("adamw_step_", "lr", args[0]);
  const double beta1 = number(1), beta2 = number(2), eps = number(3), decay = number(4);
  const StepNumber step = step_number("adamw_step_", "step", args[5]);
  const bool decoupled = args[6].as.i != 0;
  for (const double beta : {beta1, beta2})
    if (!(beta >= 0 && beta < 1))
      fail(VT_ERROR_VALUE, "adamw_step_: beta1 and beta2 must be in [0, 1): got " + std::to_string(beta1) + " and " +
                               std::to_string(beta2));
  if (!step.tensor && !(step.value >= 1))
    fail(VT_ERROR_VALUE, "adamw_step_: step counts from 1: got " + std::to_string(step.value));
  return {decay != 0 && !decoupled, maximum, {beta1, beta2, eps, decay, decoupled, args[7].as.i != 0}, lr, step};
}

inline NormKind norm_kind(double p) {
  if (std::isnan(p)) fail(VT_ERROR_VALUE, "total_norm: norm_type must be a number: got nan");
  if (p == 2) return NormKind::kSquares;
  if (p == 1) return NormKind::kMagnitudes;
  if (p == 0) return NormKind::kCount;
  if (std::isinf(p)) return p > 0 ? NormKind::kLargest : NormKind::kSmallest;
  return NormKind::kPowers;
}
// float64 when a tensor is, else float32.
inline DLDataType norm_dtype(std::span<VtTensor* const> tensors) {
  DLDataType dtype = kFloat32;
  for (size_t i = 0; i < tensors.size(); ++i) {
    const DLDataType own = tensors[i]->dl.dtype;
    if (!is_step_dtype(own))
      fail(VT_ERROR_NOT_IMPLEMENTED, "total_norm: not implemented for " + std::string(dtype_name(own)) +
                                         ": tensors must be of floating dtypes but float8");
    if (same_dtype(own, kFloat64)) dtype = kFloat64;
  }
  return dtype;
}

inline void check_total_norm(const VtTensor* norm) {
  if (norm->numel != 1 || !(same_dtype(norm->dl.dtype, kFloat32) || same_dtype(norm->dl.dtype, kFloat64)))
    fail(VT_ERROR_VALUE, "clip_by_total_norm_: total_norm must be one number of float32 or float64: got " +
                             std::string(dtype_name(norm->dl.dtype)) + " of sizes " + format_sizes(sizes_of(norm)));
}

inline void check_scale_factor(const VtValue& factor) {
  const bool complex = factor.tag == VT_COMPLEX;
  const VtTensor* t = is_tensor(factor) ? factor.as.tensor : nullptr;
  if (complex || (t && (t->numel != 1 || !is_step_dtype(t->dl.dtype))))
    fail(VT_ERROR_VALUE,
         "scale_each_: factor must be one real number: got " +
             (complex ? std::string("a complex number")
                      : std::string(dtype_name(t->dl.dtype)) + " of sizes " + format_sizes(sizes_of(t))));
}
inline void check_clamp_bounds(const VtValue& min, const VtValue& max) {
  if (is_none(min) && is_none(max)) fail(VT_ERROR_VALUE, "clamp_each_: at least one of min and max must be given");
  if (min.tag == VT_COMPLEX || max.tag == VT_COMPLEX)
    fail(VT_ERROR_VALUE, "clamp_each_: the bounds must be real: got a complex number");
}

}  // namespace vt
