// SPDX-License-Identifier: Apache-2.0
// Derivatives of the index family: reading at indices and adding at indices are each other's transpose.
#include <vt/cpp/iter/index_rules.hpp>

#include <vector>

#include "ops/rows.hpp"

namespace vt::autograd {

namespace {

Tensor zeros_of(std::span<const int64_t> sizes, const Tensor& like) {
  static const Op zeros("zeros");
  return zeros(sizes, like.dtype(), like.device());
}

// index(self, indices)
void index_backward(const VtValue* args, VtValue* result) {
  static const Op put("index_put");
  const RowArguments row(args, 2);
  const Tensor grad = row.grad();
  const Tensor zeros = zeros_of(row.sizes(0), grad);
  result[0] = owned(put.into(zeros, zeros, row.arg(1), grad, true));
}

// index_put(self, indices, values, accumulate)
void index_put_backward(const VtValue* args, VtValue* result) {
  static const Op put("index_put");
  static const Op index("index");
  const RowArguments row(args, 4);
  const Tensor grad = row.grad();
  const bool accumulates = row.arg(3).as.i != 0;
  if (row.needs(0)) result[0] = owned(accumulates ? grad : put(grad, row.arg(1), zeros_of({}, grad), false));
  if (!row.needs(1)) return;
  if (is_single_mask(row.arg(1))) {
    static const Op fill("masked_fill");
    static const Op logical_not("logical_not");
    result[1] = owned(fill(grad, logical_not(value_of(row.arg(1).as.tensors[0])), int64_t{0}));
  } else {
    result[1] = owned(index(grad, row.arg(1)));
  }
}

// index_select(self, dim, index)
void index_select_backward(const VtValue* args, VtValue* result) {
  static const Op add("index_add");
  static const Op reshape("reshape");
  const RowArguments row(args, 3);
  const Tensor grad = row.grad();
  const Tensor zeros = zeros_of(row.sizes(0), grad);
  result[0] =
      owned(row.sizes(0).empty() ? reshape(grad, row.sizes(0)) : add.into(zeros, zeros, row.arg(1), row.arg(2), grad));
}

// index_add(self, dim, index, source, alpha)
void index_add_backward(const VtValue* args, VtValue* result) {
  static const Op select("index_select");
  static const Op mul("mul");
  static const Op reshape("reshape");
  const RowArguments row(args, 5);
  const Tensor grad = row.grad();
  if (row.needs(0)) result[0] = owned(grad);
  if (!row.needs(1)) return;
  const Tensor taken = reshape(select(grad, row.arg(1), row.arg(2)), row.sizes(3));
  const VtValue& alpha = row.arg(4);
  result[1] = owned(alpha.tag == VT_INT && alpha.as.i == 1 ? taken : mul(taken, alpha));
}

// gather(self, dim, index, sparse_grad)
void gather_backward(const VtValue* args, VtValue* result) {
  static const Op add("scatter_add");
  const RowArguments row(args, 4);
  const Tensor grad = row.grad();
  const Tensor zeros = zeros_of(row.sizes(0), grad);
  result[0] = owned(add.into(zeros, zeros, row.arg(1), row.arg(2), grad));
}

// The gradient at the places that an index reads, with zeros where src is larger than the index.
Tensor gathered(const RowArguments& row) {
  static const Op gather("gather");
  static const Op slice_backward("slice_backward");
  if (row.arg(2).as.tensor->numel == 0) return zeros_of(row.sizes(3), row.grad());
  Tensor out = gather(row.grad(), row.arg(1), row.arg(2));
  const auto wanted = row.sizes(3);
  std::vector<int64_t> sizes(out.sizes().begin(), out.sizes().end());
  for (size_t d = 0; d < sizes.size() && wanted.size() == sizes.size(); ++d) {
    if (sizes[d] == wanted[d]) continue;
    const int64_t end = sizes[d];
    sizes[d] = wanted[d];
    out = slice_backward(out, std::span<const int64_t>(sizes), static_cast<int64_t>(d), int64_t{0}, end, int64_t{1});
  }
  return out;
}

// scatter(self, dim, index, src). As in PyTorch each value gets the gradient of its element, also one that another value
// has replaced.
void scatter_backward(const VtValue* args, VtValue* result) {
  static const Op scatter("scatter");
  const RowArguments row(args, 4);
  if (row.needs(0)) result[0] = owned(scatter(row.grad(), row.arg(1), row.arg(2), int64_t{0}));
  if (row.needs(1)) result[1] = owned(gathered(row));
}

// scatter_add(self, dim, index, src)
void scatter_add_backward(const VtValue* args, VtValue* result) {
  const RowArguments row(args, 4);
  if (row.needs(0)) result[0] = owned(row.grad());
  if (row.needs(1)) result[1] = owned(gathered(row));
}

// masked_select(self, mask): the gradients go back to where the mask is true, in the sizes of both broadcast.
void masked_select_backward(const VtValue* args, VtValue* result) {
  static const Op put("index_put");
  static const Op expand("expand");
  static const Op reshape("reshape");
  const RowArguments row(args, 2);
  const Tensor grad = row.grad();
  const VtTensor* mask = row.arg(1).as.tensor;
  const auto self = row.sizes(0);
  std::vector<int64_t> sizes(std::max(self.size(), static_cast<size_t>(mask->dl.ndim)), 1);
  for (size_t d = 0; d < self.size(); ++d) sizes[sizes.size() - self.size() + d] = self[d];
  for (size_t d = 0, lead = sizes.size() - static_cast<size_t>(mask->dl.ndim); lead + d < sizes.size(); ++d)
    if (mask->dl.shape[d] != 1) sizes[lead + d] = mask->dl.shape[d];
  const bool is_scalar = sizes.empty();
  if (is_scalar) sizes.push_back(1);
  const std::span<const int64_t> shape(sizes);
  const Tensor zeros = zeros_of(shape, grad);
  const Tensor where = expand(row.arg(1), shape);
  VtTensor* const indices[] = {where.get()};
  Tensor out = put.into(zeros, zeros, std::span<VtTensor* const>(indices), grad, false);
  if (is_scalar) out = reshape(out, self);
  result[0] = owned(std::move(out));
}

}  // namespace

void register_index(VtPlugin* plugin) {
  const DerivativeRow rows[] = {
      {"index", boxed<index_backward>, {{0, 0, bit(1), bit(0), 0}}, kLinear},
      {"index_put", boxed<index_put_backward>, {reads_argument(0, 1), reads_argument(2, 1)}, kLinear},
      {"index_select", boxed<index_select_backward>, {{0, 0, bit(2), bit(0), 0}}, kLinear},
      {"index_add", boxed<index_add_backward>, {reads_nothing(0), {3, 0, bit(2), bit(3), 0}}, kLinear},
      {"gather", boxed<gather_backward>, {{0, 0, bit(2), bit(0), 0}}, kLinear},
      {"scatter", boxed<scatter_backward>, {reads_argument(0, 2), {3, 0, bit(2), bit(3), 0}}},
      {"scatter_add", boxed<scatter_add_backward>, {reads_nothing(0), {3, 0, bit(2), bit(3), 0}}, kLinear},
      {"masked_select", boxed<masked_select_backward>, {{0, 0, bit(1), bit(0), 0}}, kLinear},
  };
  register_derivatives(plugin, rows);
}

}  // namespace vt::autograd
