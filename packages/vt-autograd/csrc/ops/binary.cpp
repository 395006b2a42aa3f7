// SPDX-License-Identifier: Apache-2.0
// Derivatives of the binary ops. Complex gradients follow PyTorch: a holomorphic factor enters conjugated.
#include <array>

#include "ops/rows.hpp"

namespace vt::autograd {

namespace {

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

Tensor times(const Tensor& grad, const VtValue& factor) {
  static const Op mul("mul");
  return mul(grad, Conjugate(factor).value());
}

bool is_one(const VtValue& scalar) noexcept {
  return (scalar.tag == VT_INT && scalar.as.i == 1) || (scalar.tag == VT_FLOAT && scalar.as.f == 1.0);
}

// add(self, other, *, alpha)
void add_backward(const VtValue* args, VtValue* result) {
  const RowArguments row(args, 3);
  if (row.needs(0)) result[0] = owned(row.grad());
  if (row.needs(1)) result[1] = owned(is_one(row.arg(2)) ? row.grad() : times(row.grad(), row.arg(2)));
}

Tensor negative_times(const Tensor& grad, const VtValue& factor) {
  static const Op mul("mul");
  return mul(is_one(factor) ? grad : times(grad, factor), value_of(int64_t{-1}));
}

// sub(self, other, *, alpha)
void sub_backward(const VtValue* args, VtValue* result) {
  const RowArguments row(args, 3);
  if (row.needs(0)) result[0] = owned(row.grad());
  if (row.needs(1)) result[1] = owned(negative_times(row.grad(), row.arg(2)));
}

// rsub(self, other, *, alpha)
void rsub_backward(const VtValue* args, VtValue* result) {
  const RowArguments row(args, 3);
  if (row.needs(0)) result[0] = owned(negative_times(row.grad(), row.arg(2)));
  if (row.needs(1)) result[1] = owned(row.grad());
}

// mul(self, other)
void mul_backward(const VtValue* args, VtValue* result) {
  const RowArguments row(args, 2);
  if (row.needs(0)) result[0] = owned(times(row.grad(), row.arg(1)));
  if (row.needs(1)) result[1] = owned(times(row.grad(), row.arg(0)));
}

}  // namespace

void register_binary(VtPlugin* plugin) {
  const DerivativeRow rows[] = {
      {"add", boxed<add_backward>, {reads_nothing(0), reads_nothing(1)}},
      {"sub", boxed<sub_backward>, {reads_nothing(0), reads_nothing(1)}},
      {"rsub", boxed<rsub_backward>, {reads_nothing(0), reads_nothing(1)}},
      {"mul", boxed<mul_backward>, {reads_argument(0, 1), reads_argument(1, 0)}},
  };
  register_derivatives(plugin, rows);
}

}  // namespace vt::autograd
