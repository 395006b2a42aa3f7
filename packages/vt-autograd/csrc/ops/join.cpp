// SPDX-License-Identifier: Apache-2.0
// Derivatives of the join family: each part's gradient is its window of the result's.
#include <vt/cpp/iter/join_rules.hpp>

#include "ops/rows.hpp"

namespace vt::autograd {

namespace {

// The metas of a list argument, and the array that its gradients go to.
std::span<const VtTensorMeta> metas_of(const VtValue& list) noexcept { return {list.as.meta, list.count}; }
VtTensor** gradients_of(VtValue& list) noexcept { return const_cast<VtTensor**>(list.as.tensors); }

// cat(tensors, dim). What was left out has no gradient.
void cat_backward(const VtValue* args, VtValue* result) {
  static const Op slice("slice");
  const RowArguments row(args, 2);
  const Tensor grad = row.grad();
  const int64_t dim = wrap_dim("cat", row.arg(1).as.i, grad.ndim());
  const auto metas = metas_of(row.arg(0));
  int64_t start = 0;
  for (size_t i = 0; i < metas.size(); ++i) {
    const std::span<const int64_t> sizes(metas[i].sizes, static_cast<size_t>(metas[i].ndim));
    if (joins_anything(sizes)) continue;
    const int64_t end = start + sizes[static_cast<size_t>(dim)];
    gradients_of(result[0])[i] = slice(grad, dim, start, end, int64_t{1}).release();
    start = end;
  }
}

// stack(tensors, dim)
void stack_backward(const VtValue* args, VtValue* result) {
  static const Op select("select");
  const RowArguments row(args, 2);
  const Tensor grad = row.grad();
  const int64_t dim = wrap_dim("stack", row.arg(1).as.i, grad.ndim());
  for (int64_t i = 0; i < grad->dl.shape[dim]; ++i) gradients_of(result[0])[i] = select(grad, dim, i).release();
}

// flip(self, dims)
void flip_backward(const VtValue* args, VtValue* result) {
  static const Op flip("flip");
  const RowArguments row(args, 2);
  result[0] = owned(flip(row.grad(), row.arg(1)));
}

}  // namespace

void register_join(VtPlugin* plugin) {
  const DerivativeRow rows[] = {
      {"cat", boxed<cat_backward>, {reads_sizes(0, 0)}, kLinear},
      {"stack", boxed<stack_backward>, {reads_nothing(0)}, kLinear},
      {"flip", boxed<flip_backward>, {reads_nothing(0)}, kLinear},
  };
  register_derivatives(plugin, rows);
}

}  // namespace vt::autograd
