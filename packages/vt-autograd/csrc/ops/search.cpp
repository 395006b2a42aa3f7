// SPDX-License-Identifier: Apache-2.0
// Derivatives of sorting and selecting.
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

// (values, indices) with one element of each line: arguments `kDim` and `kDim` + 1 are the dimension and keepdim.
template <int kNumArguments, int kDim>
void choice_backward(const VtValue* args, VtValue* result) {
  static const Op backward("value_selecting_backward");
  if (!is_tensor(args[0])) return;
  const RowArguments row(args + 1, kNumArguments);
  result[0] = owned(backward(args[0], row.arg(kDim), row.arg(kNumArguments + 1), row.sizes(0), row.arg(kDim + 1)));
}

// median(self): shared evenly by the elements that equal the result, all that are NaN if it is.
void median_backward(const VtValue* args, VtValue* result) {
  static const Op eq("eq");
  static const Op isnan("isnan");
  static const Op logical_or("logical_or");
  static const Op logical_and("logical_and");
  static const Op sum("sum");
  static const Op div("div");
  static const Op mul("mul");
  const RowArguments row(args, 1);
  const Tensor median = Tensor::share(row.arg(1).as.tensor);
  const Tensor chosen = logical_or(eq(row.arg(0), median), logical_and(isnan(row.arg(0)), isnan(median)));
  result[0] = owned(mul(div(row.grad(), sum(chosen)), chosen));
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

}  // namespace

void register_search(VtPlugin* plugin) {
  constexpr VtGradient kReadsIndices = {0, 0, 0, bit(0), bit(1)};
  const DerivativeRow rows[] = {
      {"sort", boxed<selection_backward<3, 1>>, {kReadsIndices}},
      {"sort.stable", boxed<selection_backward<4, 2>>, {kReadsIndices}},
      {"topk", boxed<selection_backward<5, 2>>, {kReadsIndices}},
      {"median", boxed<median_backward>, {{0, 0, bit(0), 0, bit(0)}}},
      {"nanmedian", boxed<median_backward>, {{0, 0, bit(0), 0, bit(0)}}},
      {"median.dim", boxed<choice_backward<3, 1>>, {kReadsIndices}},
      {"nanmedian.dim", boxed<choice_backward<3, 1>>, {kReadsIndices}},
      {"mode", boxed<choice_backward<3, 1>>, {kReadsIndices}},
      {"kthvalue", boxed<choice_backward<4, 2>>, {kReadsIndices}},
      {"value_selecting_backward", boxed<value_selecting_backward>, {{0, 0, bit(2), 0, 0}}},
  };
  register_derivatives(plugin, rows);
}

}  // namespace vt::autograd
