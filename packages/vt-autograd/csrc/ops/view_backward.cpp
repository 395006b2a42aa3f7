// SPDX-License-Identifier: Apache-2.0
// Derivatives of the gradients of views, for double backward: each is linear, and its transpose is the view again.
#include "ops/rows.hpp"

namespace vt::autograd {

namespace {

// slice_backward(grad, input_size, dim, start, end, step)
void slice_again(const VtValue* args, VtValue* result) {
  static const Op slice("slice");
  const RowArguments row(args, 6);
  result[0] = owned(slice(row.grad(), row.arg(2), row.arg(3), row.arg(4), row.arg(5)));
}

// select_backward(grad, input_size, dim, index)
void select_again(const VtValue* args, VtValue* result) {
  static const Op select("select");
  const RowArguments row(args, 4);
  result[0] = owned(select(row.grad(), row.arg(2), row.arg(3)));
}

// as_strided_backward(grad, input_size, input_stride, input_offset, size, stride, storage_offset): lays the gradient
// out as the input lay and takes the view from it. Only for inputs whose elements do not share memory and begin before
// the view.
void as_strided_again(const VtValue* args, VtValue* result) {
  static const Op as_strided("as_strided");
  static const Op copy("copy_");
  const RowArguments row(args, 7);
  const Tensor grad = row.grad();
  const auto strides = ints_of(row.arg(2));
  VtTensor* raw = nullptr;
  check(tables().tensor->empty_strided(grad->dl.shape, strides.data(), grad.ndim(), grad.dtype(), grad.device(), &raw));
  const Tensor laid_out = Tensor::steal(raw);
  const int64_t offset = row.arg(6).as.i - row.arg(3).as.i;
  if (!(laid_out->flags & VT_TENSOR_NON_OVERLAPPING) || offset < 0)
    fail(
        VT_ERROR_NOT_IMPLEMENTED,
        "as_strided_backward: no derivative for an input whose elements share memory or that begins after the view; clone "
        "it before as_strided");
  copy.into(laid_out, laid_out, grad);
  result[0] = owned(as_strided(laid_out, row.arg(4), row.arg(5), offset));
}

// diagonal_backward(grad, input_size, offset, dim1, dim2)
void diagonal_again(const VtValue* args, VtValue* result) {
  static const Op diagonal("diagonal");
  const RowArguments row(args, 5);
  result[0] = owned(diagonal(row.grad(), row.arg(2), row.arg(3), row.arg(4)));
}

// unfold_backward(grad, input_size, dim, size, step)
void unfold_again(const VtValue* args, VtValue* result) {
  static const Op unfold("unfold");
  const RowArguments row(args, 5);
  result[0] = owned(unfold(row.grad(), row.arg(2), row.arg(3), row.arg(4)));
}

}  // namespace

void register_view_backward(VtPlugin* plugin) {
  const DerivativeRow rows[] = {
      {"slice_backward", boxed<slice_again>, {reads_nothing(0)}, kLinear},
      {"select_backward", boxed<select_again>, {reads_nothing(0)}, kLinear},
      {"as_strided_backward", boxed<as_strided_again>, {reads_nothing(0)}},
      {"diagonal_backward", boxed<diagonal_again>, {reads_nothing(0)}, kLinear},
      {"unfold_backward", boxed<unfold_again>, {reads_nothing(0)}, kLinear},
  };
  register_derivatives(plugin, rows);
}

}  // namespace vt::autograd
