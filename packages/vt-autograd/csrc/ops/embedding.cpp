// SPDX-License-Identifier: Apache-2.0
// Derivatives of embedding and of its gradient.
#include "ops/rows.hpp"

namespace vt::autograd {

namespace {

// embedding(weight, indices, padding_idx)
void embedding_backward(const VtValue* args, VtValue* result) {
  static const Op op("embedding_backward");
  const RowArguments row(args, 3);
  result[0] = owned(op(row.grad(), row.arg(1), row.sizes(0)[0], row.arg(2)));
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
      {"embedding", boxed<embedding_backward>, {{0, 0, bit(1), bit(0), 0}}},
      {"embedding_backward", boxed<embedding_again>, {reads_argument(0, 1)}},
  };
  register_derivatives(plugin, rows);
}

}  // namespace vt::autograd
