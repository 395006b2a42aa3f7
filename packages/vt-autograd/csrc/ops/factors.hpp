// SPDX-License-Identifier: Apache-2.0
// Products of gradients with factors. Complex gradients follow PyTorch: a holomorphic factor enters conjugated.
#pragma once

#include <array>

#include "ops/rows.hpp"

namespace vt::autograd {

// A factor conjugated: scalars here, tensors by the op. `storage` holds a complex scalar for the call.
class Conjugate {
 public:
  explicit Conjugate(const VtValue& factor) : value_(factor) {
    if (factor.tag == VT_COMPLEX) {
      scalar_ = {factor.as.floats[0], -factor.as.floats[1]};
      value_.as.floats = scalar_.data();
    } else if (is_tensor(factor) && dtype_info(factor.as.tensor->dl.dtype).category == Category::kComplex) {
      static const Op conj("conj");
      tensor_ = conj(factor);
      value_ = value_of(tensor_.get());
    }
  }
  Conjugate(const Conjugate&) = delete;
  Conjugate& operator=(const Conjugate&) = delete;
  const VtValue& value() const noexcept { return value_; }

 private:
  VtValue value_;
  std::array<double, 2> scalar_{};
  Tensor tensor_;
};

inline bool is_complex(const VtValue& factor) noexcept {
  return factor.tag == VT_COMPLEX ||
         (is_tensor(factor) && dtype_info(factor.as.tensor->dl.dtype).category == Category::kComplex);
}

inline Tensor times(const VtValue& grad, const VtValue& factor) {
  static const Op mul("mul");
  if (is_complex(factor)) [[unlikely]]
    return mul(grad, Conjugate(factor).value());
  return mul(grad, factor);
}
inline Tensor times(const Tensor& grad, const VtValue& factor) { return times(value_of(grad.get()), factor); }

// Whether two tensors lie alike, row by row, and are of one dtype, with no layer that looks on.
inline bool lie_alike(const VtTensor* a, const VtTensor* b) noexcept {
  if (!(a->flags & b->flags & VT_TENSOR_CONTIGUOUS) || ((a->flags | b->flags) & VT_TENSOR_LAYER_MASK) ||
      a->dl.ndim != b->dl.ndim || !same_dtype(a->dl.dtype, b->dl.dtype))
    return false;
  for (int32_t d = 0; d < a->dl.ndim; ++d)
    if (a->dl.shape[d] != b->dl.shape[d]) return false;
  return true;
}
// Whether adding a product to `sum` rounds as multiplying first does.
inline bool adds_once_rounded(const VtTensor* sum) noexcept {
  return sum->dl.device.device_type == kDLCPU &&
         (same_dtype(sum->dl.dtype, kFloat32) || same_dtype(sum->dl.dtype, kFloat64));
}

inline bool is_one(const VtValue& scalar) noexcept {
  return (scalar.tag == VT_INT && scalar.as.i == 1) || (scalar.tag == VT_FLOAT && scalar.as.f == 1.0);
}

// A gradient times a scalar, itself where that is one.
inline Tensor scaled(const Tensor& grad, const VtValue& factor) { return is_one(factor) ? grad : times(grad, factor); }

inline Tensor negative(const Tensor& grad) {
  static const Op mul("mul");
  return mul(grad, value_of(int64_t{-1}));
}

// For results that do not change where they have a slope. Explicit zeros, as in PyTorch.
inline void zero_gradients(const RowArguments& row, VtValue* result) {
  for (int k = 0; k < 2; ++k)
    if (row.needs(k)) result[k] = owned(zeros_like(row.grad()));
}

}  // namespace vt::autograd
