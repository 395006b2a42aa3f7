// SPDX-License-Identifier: Apache-2.0
// Derivatives of embedding and of its gradient.
#include <vector>

#include "ops/rows.hpp"

namespace vt::autograd {

namespace {

// The gradient of each row taken, divided by how often that row was.
Tensor scaled_by_frequency(const Tensor& grad, const VtValue& indices, int64_t num_rows) {
  static const Op zeros("zeros");
  static const Op ones_like("ones_like");
  static const Op add("index_add");
  static const Op take("index_select");
  static const Op reshape("reshape");
  static const Op div("div");
  static const Op to("to.dtype");
  const auto sizes = sizes_of(indices.as.tensor);
  const int64_t flat[] = {indices.as.tensor->numel};
  const int64_t rows[] = {num_rows};
  const Tensor index = reshape(indices, std::span<const int64_t>(flat));
  const Tensor none_yet = zeros(std::span<const int64_t>(rows), kFloat32, grad.device());
  const Tensor counts = add(none_yet, int64_t{0}, index, ones_like(index, kFloat32));
  std::vector<int64_t> columns(sizes.begin(), sizes.end());
  columns.push_back(1);
  const Tensor count = reshape(take(counts, int64_t{0}, index), std::span<const int64_t>(columns));
  return div(grad, to(count, grad.dtype()));
}

// embedding(weight, indices, padding_idx, scale_grad_by_freq, sparse)
void embedding_backward(const VtValue* args, VtValue* result) {
  static const Op op("embedding_backward");
  const RowArguments row(args, 5);
  const int64_t num_rows = row.sizes(0)[0];
  const bool scales = row.arg(3).as.i != 0;
  const Tensor grad = scales ? scaled_by_frequency(row.grad(), row.arg(1), num_rows) : row.grad();
  result[0] = owned(op(grad, row.arg(1), num_rows, row.arg(2)));
}

// embedding_backward(grad, indices, num_weights, padding_idx): the rows at the indices, zero for the row of the padding.
void embedding_again(const VtValue* args, VtValue* result) {
  static const Op embedding("embedding");
  static const Op slice("slice");
  static const Op zeros_like("zeros_like");
  static const Op cat("cat");
  const RowArguments row(args, 4);
  Tensor table = row.grad();
  if (!is_none(row.arg(3))) {
    const int64_t num_rows = row.arg(2).as.i;
    const int64_t padding = row.arg(3).as.i < 0 ? row.arg(3).as.i + num_rows : row.arg(3).as.i;
    const Tensor before = slice(table, int64_t{0}, int64_t{0}, padding, int64_t{1});
    const Tensor cleared = zeros_like(slice(table, int64_t{0}, padding, padding + 1, int64_t{1}));
    const Tensor after = slice(table, int64_t{0}, padding + 1, num_rows, int64_t{1});
    VtTensor* const parts[] = {before.get(), cleared.get(), after.get()};
    table = cat(std::span<VtTensor* const>(parts), int64_t{0});
  }
  result[0] = owned(embedding(table, row.arg(1)));
}

}  // namespace

void register_embedding(VtPlugin* plugin) {
  const DerivativeRow rows[] = {
      {"embedding", boxed<embedding_backward>, {{0, 0, bit(1), bit(0), 0}}, kLinear},
      {"embedding_backward", boxed<embedding_again>, {reads_argument(0, 1)}, kLinear},
  };
  register_derivatives(plugin, rows);
}

}  // namespace vt::autograd
