// SPDX-License-Identifier: Apache-2.0
// The gradients of linear: their arguments, and the products and the sum that they are, the same on every device.
#pragma once

#include <vt/cpp/dtype.hpp>
#include <vt/cpp/iter/shape.hpp>
#include <vt/cpp/op.hpp>

#include <algorithm>
#include <array>
#include <string>

namespace vt {

// linear_backward(input, grad_output, weight, output_mask, relu_output): of the input (..., in), the gradient (..., out) of its
// result and the weight (out, in). Input and weight may be left out where only their own gradients need the other. With
// relu_output the gradient is that of relu's result.
class LinearGradients {
 public:
  explicit LinearGradients(const VtValue* args)
      : input_(tensor_at(args[0])), weight_(tensor_at(args[2])), relu_output_(tensor_at(args[4])) {
    grad_ = Tensor::share(args[1].as.tensor);
    if (args[3].count != 3)
      fail(VT_ERROR_VALUE,
           std::string(kOp) + ": output_mask must have three entries: got " + std::to_string(args[3].count));
    for (size_t k = 0; k < 3; ++k) wanted_[k] = args[3].as.bools[k] != 0;
    check();
  }

  const Tensor& grad() const noexcept { return grad_; }
  const Tensor& input() const noexcept { return input_; }
  const Tensor& weight() const noexcept { return weight_; }
  const Tensor& relu_output() const noexcept { return relu_output_; }
  bool wants_input() const noexcept { return wanted_[0]; }
  bool wants_weight() const noexcept { return wanted_[1]; }
  bool wants_bias() const noexcept { return wanted_[2]; }
  int64_t out() const noexcept { return grad_.sizes().back(); }

  // (..., n) as (rows, n); without copying where the strides allow it.
  static Tensor as_rows(const Tensor& t) {
    static const Op reshape("reshape");
    if (t.ndim() == 2) return t;
    int64_t rows = 1;
    for (const int64_t size : t.sizes().first(t.sizes().size() - 1)) rows *= size;
    const std::array<int64_t, 2> sizes{rows, t.sizes().back()};
    return reshape(t, std::span<const int64_t>(sizes));
  }

  // Each by an op of its own; results are written once none can fail any more.
  void compose(VtValue* results) const {
    static const Op matmul("matmul");
    static const Op transpose("transpose");
    static const Op sum("sum.dims");
    static const Op relu_backward("relu_backward");
    const Tensor grad = relu_output_ ? relu_backward(grad_, relu_output_) : grad_;
    std::array<Tensor, 3> made;
    if (wants_input()) made[0] = matmul(grad, conjugated(weight_));
    if (wants_weight() || wants_bias()) {
      const Tensor rows = as_rows(grad);
      const std::array<int64_t, 1> dims{0};
      if (wants_weight()) made[1] = matmul(transpose(rows, int64_t{0}, int64_t{1}), conjugated(as_rows(input_)));
      if (wants_bias()) made[2] = sum(rows, std::span<const int64_t>(dims));
    }
    for (size_t k = 0; k < made.size(); ++k)
      if (made[k]) results[k] = value_of(made[k].release());
  }

 private:
  static constexpr char kOp[] = "linear_backward";

  static Tensor conjugated(const Tensor& t) {
    static const Op conj("conj");
    return dtype_info(t.dtype()).category == Category::kComplex ? conj(t) : t;
  }
  static Tensor tensor_at(const VtValue& v) noexcept { return is_tensor(v) ? Tensor::share(v.as.tensor) : Tensor(); }

  void check() const {
    if (dtype_info(grad_.dtype()).category < Category::kFloating)
      fail(VT_ERROR_NOT_IMPLEMENTED,
           std::string(kOp) + ": not implemented for " + std::string(dtype_name(grad_.dtype())));
    if (grad_.ndim() == 0) fail_sizes("grad_output must have a dimension", grad_);
    check_dtype("input", input_);
    check_dtype("weight", weight_);
    check_dtype("relu_output", relu_output_);
    if (relu_output_ && !same_sizes(relu_output_.sizes(), grad_.sizes()))
      fail_sizes("relu_output must have the sizes of grad_output", relu_output_);
    if (!weight_ && wants_input()) fail_missing("weight", "input");
    if (!input_ && wants_weight()) fail_missing("input", "weight");
    if (weight_ && (weight_.ndim() != 2 || weight_.sizes()[0] != out()))
      fail_sizes("weight must have a row for each element of grad_output's last dimension", weight_);
    if (!input_) return;
    const auto leading = grad_.sizes().first(grad_.sizes().size() - 1);
    if (input_.ndim() != grad_.ndim() || !same_sizes(input_.sizes().first(leading.size()), leading))
      fail_sizes("input must have the sizes of grad_output but for the last", input_);
    if (weight_ && weight_.sizes()[1] != input_.sizes().back())
      fail_sizes("weight must have a column for each element of the input's last dimension", weight_);
  }

  void check_dtype(const char* name, const Tensor& t) const {
    if (t && !same_dtype(t.dtype(), grad_.dtype()))
      fail(VT_ERROR_DTYPE, std::string(kOp) + ": expected " + name + " to have the dtype of grad_output: got " +
                               std::string(dtype_name(t.dtype())) + " and " + std::string(dtype_name(grad_.dtype())) +
                               "; convert one of them");
  }
  [[noreturn]] void fail_sizes(const char* what, const Tensor& t) const {
    fail(VT_ERROR_SHAPE, std::string(kOp) + ": " + what + ": got " + format_sizes(t.sizes()) +
                             " with a grad_output of " + format_sizes(grad_.sizes()));
  }
  [[noreturn]] static void fail_missing(const char* name, const char* of) {
    fail(VT_ERROR_VALUE, std::string(kOp) + ": the gradient of " + of + " needs " + name + ": got None");
  }

  Tensor input_;
  Tensor grad_;
  Tensor weight_;
  Tensor relu_output_;
  std::array<bool, 3> wanted_{};
};

}  // namespace vt
