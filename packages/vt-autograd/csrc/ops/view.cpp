// SPDX-License-Identifier: Apache-2.0
// Derivatives of the views.
#include <vector>

#include "ops/rows.hpp"

namespace vt::autograd {

namespace {

// Whether a gradient may be given other sizes as it is: nobody else has the tensor, and its elements lie in order.
bool takes_sizes(const VtTensor* grad) noexcept {
  return (grad->flags & VT_TENSOR_CONTIGUOUS) && !(grad->flags & VT_TENSOR_LAYER_MASK) &&
         tables().tensor->use_count(grad) == 1;
}

// Views that keep the elements in order: the gradient takes the sizes of `self`.
template <int32_t kNumArgs>
void reshape_backward(const VtValue* args, VtValue* result) {
  static const Op reshape("reshape");
  const RowArguments row(args, kNumArgs);
  const VtValue& grad = row.grad_value();
  const VtTensorMeta& self = row.meta(0);
  if (row.lends_grad() && takes_sizes(grad.as.tensor)) {
    check(tables().tensor->resize(grad.as.tensor, self.sizes, self.ndim));
    result[0] = handed_back(grad);
  } else {
    result[0] = owned(reshape(grad, row.sizes(0)));
  }
}

// transpose(self, dim0, dim1)
void transpose_backward(const VtValue* args, VtValue* result) {
  static const Op transpose("transpose");
  const RowArguments row(args, 3);
  result[0] = owned(transpose(row.grad_value(), row.arg(1), row.arg(2)));
}

// permute(self, dims)
void permute_backward(const VtValue* args, VtValue* result) {
  static const Op permute("permute");
  const RowArguments row(args, 2);
  const auto dims = ints_of(row.arg(1));
  std::vector<int64_t> inverse(dims.size());
  for (size_t i = 0; i < dims.size(); ++i)
    inverse[static_cast<size_t>(dims[i] < 0 ? dims[i] + static_cast<int64_t>(dims.size()) : dims[i])] =
        static_cast<int64_t>(i);
  result[0] = owned(permute(row.grad(), std::span<const int64_t>(inverse)));
}

// slice(self, dim, start, end, step)
void slice_backward(const VtValue* args, VtValue* result) {
  static const Op op("slice_backward");
  const RowArguments row(args, 5);
  result[0] = owned(op(row.grad(), row.sizes(0), row.arg(1), row.arg(2), row.arg(3), row.arg(4)));
}

// select(self, dim, index)
void select_backward(const VtValue* args, VtValue* result) {
  static const Op op("select_backward");
  const RowArguments row(args, 3);
  result[0] = owned(op(row.grad(), row.sizes(0), row.arg(1), row.arg(2)));
}

// as_strided(self, size, stride, storage_offset)
void as_strided_backward(const VtValue* args, VtValue* result) {
  static const Op op("as_strided_backward");
  const RowArguments row(args, 4);
  const VtTensorMeta& self = row.meta(0);
  const std::span<const int64_t> strides(self.strides, static_cast<size_t>(self.ndim));
  const int64_t offset = is_none(row.arg(3)) ? self.storage_offset : row.arg(3).as.i;
  result[0] = owned(op(row.grad(), row.sizes(0), strides, self.storage_offset, row.arg(1), row.arg(2), offset));
}

// diagonal(self, offset, dim1, dim2)
void diagonal_backward(const VtValue* args, VtValue* result) {
  static const Op op("diagonal_backward");
  const RowArguments row(args, 4);
  result[0] = owned(op(row.grad(), row.sizes(0), row.arg(1), row.arg(2), row.arg(3)));
}

// unfold(self, dimension, size, step)
void unfold_backward(const VtValue* args, VtValue* result) {
  static const Op op("unfold_backward");
  const RowArguments row(args, 4);
  result[0] = owned(op(row.grad(), row.sizes(0), row.arg(1), row.arg(2), row.arg(3)));
}

void view_as_real_backward(const VtValue* args, VtValue* result) {
  static const Op stacked("complex");
  static const Op select("select");
  const Tensor grad = RowArguments(args, 1).grad();
  // Not view_as_complex: a gradient's layout need not have pairs.
  result[0] = owned(stacked(select(grad, int64_t{-1}, int64_t{0}), select(grad, int64_t{-1}, int64_t{1})));
}

void view_as_complex_backward(const VtValue* args, VtValue* result) {
  static const Op view("view_as_real");
  result[0] = owned(view(RowArguments(args, 1).grad()));
}

void t_backward(const VtValue* args, VtValue* result) {
  static const Op t("t");
  result[0] = owned(t(RowArguments(args, 1).grad()));
}

}  // namespace

void register_view(VtPlugin* plugin) {
  const DerivativeRow rows[] = {
      {"view", boxed<reshape_backward<2>>, {reads_sizes(0, 0)}, kLinear},
      {"reshape", boxed<reshape_backward<2>>, {reads_sizes(0, 0)}, kLinear},
      {"unsqueeze", boxed<reshape_backward<2>>, {reads_sizes(0, 0)}, kLinear},
      {"squeeze", boxed<reshape_backward<1>>, {reads_sizes(0, 0)}, kLinear},
      {"squeeze.dim", boxed<reshape_backward<2>>, {reads_sizes(0, 0)}, kLinear},
      {"transpose", boxed<transpose_backward>, {reads_nothing(0)}, kLinear},
      {"permute", boxed<permute_backward>, {reads_nothing(0)}, kLinear},
      {"expand", boxed<pass_on>, {reads_nothing(0)}, kLinear},  // the engine sums over what was repeated
      {"alias", boxed<pass_on>, {reads_nothing(0)}, kLinear},
      {"slice", boxed<slice_backward>, {reads_sizes(0, 0)}, kLinear},
      {"select", boxed<select_backward>, {reads_sizes(0, 0)}, kLinear},
      {"as_strided", boxed<as_strided_backward>, {reads_sizes(0, 0)}, kLinear, RowMark::kPlaced},
      {"diagonal", boxed<diagonal_backward>, {reads_sizes(0, 0)}, kLinear},
      {"unfold", boxed<unfold_backward>, {reads_sizes(0, 0)}, kLinear},
      {"view_as_real", boxed<view_as_real_backward>, {reads_nothing(0)}, kLinear},
      {"view_as_complex", boxed<view_as_complex_backward>, {reads_nothing(0)}, kLinear},
      // In place the same: sizes are those before the call.
      {"as_strided_", boxed<as_strided_backward>, {reads_sizes(0, 0)}, kLinear, RowMark::kPlaced},
      {"squeeze_", boxed<reshape_backward<1>>, {reads_sizes(0, 0)}, kLinear},
      {"squeeze_.dim", boxed<reshape_backward<2>>, {reads_sizes(0, 0)}, kLinear},
      {"unsqueeze_", boxed<reshape_backward<2>>, {reads_sizes(0, 0)}, kLinear},
      {"transpose_", boxed<transpose_backward>, {reads_nothing(0)}, kLinear},
      {"t_", boxed<t_backward>, {reads_nothing(0)}, kLinear},
  };
  register_derivatives(plugin, rows);
}

}  // namespace vt::autograd
