// SPDX-License-Identifier: Apache-2.0
// Derivatives of sorting and selecting, and of running sums.
#include <vt/cpp/iter/shape.hpp>

#include "ops/rows.hpp"

namespace vt::autograd {

namespace {

// (values, indices) of an op whose argument `kDim` is the dimension: the values' gradient goes where they were taken from.
template <int kNumArguments, int kDim>
void selection_backward(const VtValue* args, VtValue* result) {
  static const Op backward("value_selecting_backward");
  if (!is_tensor(args[0])) return;
  const RowArguments row(args + 1, kNumArguments);
  result[0] = owned(backward(args[0], row.arg(kDim), row.arg(kNumArguments + 1), row.sizes(0), true));
}

// value_selecting_backward(grad, dim, indices, sizes, keepdim)
void value_selecting_backward(const VtValue* args, VtValue* result) {
  static const Op gather("gather");
  static const Op unsqueeze("unsqueeze");
  static const Op squeeze("squeeze.dim");
  const RowArguments row(args, 5);
  const VtValue& dim = row.arg(1);
  const bool has_dim = row.arg(4).as.i != 0 || row.arg(3).count == 0;
  const Tensor indices = Tensor::share(row.arg(2).as.tensor);
  const Tensor taken = gather(row.grad(), dim, has_dim ? indices : unsqueeze(indices, dim));
  const int64_t dims[] = {dim.as.i};
  result[0] = owned(has_dim ? taken : squeeze(taken, std::span<const int64_t>(dims)));
}

// cumsum(self, dim, *, dtype): the sums from the other end.
void cumsum_backward(const VtValue* args, VtValue* result) {
  static const Op flip("flip");
  static const Op cumsum("cumsum");
  const RowArguments row(args, 3);
  const Tensor grad = row.grad();
  const int64_t dim[] = {row.arg(1).as.i};
  const auto dims = std::span<const int64_t>(dim);
  result[0] = owned(grad.ndim() == 0 ? grad : flip(cumsum(flip(grad, dims), dim[0]), dims));
}

}  // namespace

void register_search(VtPlugin* plugin) {
  constexpr VtGradient kReadsIndices = {0, 0, 0, bit(0), bit(1)};
  const DerivativeRow rows[] = {
      {"sort", boxed<selection_backward<3, 1>>, {kReadsIndices}},
      {"sort.stable", boxed<selection_backward<4, 2>>, {kReadsIndices}},
      {"topk", boxed<selection_backward<5, 2>>, {kReadsIndices}},
      {"value_selecting_backward", boxed<value_selecting_backward>, {{0, 0, bit(2), 0, 0}}},
      {"cumsum", boxed<cumsum_backward>, {reads_nothing(0)}},
  };
  register_derivatives(plugin, rows);
}

}  // namespace vt::autograd
