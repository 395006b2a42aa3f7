// SPDX-License-Identifier: Apache-2.0
// Derivatives of the reductions.
#include <vector>

#include "ops/rows.hpp"

namespace vt::autograd {

namespace {

Tensor expand(const Tensor& t, std::span<const int64_t> sizes) {
  static const Op op("expand");
  return op(t, sizes);
}

// sum(self, *, dtype)
void sum_backward(const VtValue* args, VtValue* result) {
  const RowArguments row(args, 2);
  result[0] = owned(expand(row.grad(), row.sizes(0)));
}

// sum.dims(self, dim, keepdim, *, dtype)
void sum_dims_backward(const VtValue* args, VtValue* result) {
  static const Op reshape("reshape");
  const RowArguments row(args, 4);
  const auto sizes = row.sizes(0);
  const VtValue& dims = row.arg(1);
  Tensor grad = row.grad();
  if (!row.arg(2).as.i && !sizes.empty()) {
    std::vector<int64_t> kept(sizes.begin(), sizes.end());
    const bool all = is_none(dims) || dims.count == 0;
    if (all) kept.assign(sizes.size(), 1);
    for (uint32_t i = 0; !all && i < dims.count; ++i) {
      const int64_t dim = dims.as.ints[i];
      kept[static_cast<size_t>(dim < 0 ? dim + static_cast<int64_t>(sizes.size()) : dim)] = 1;
    }
    grad = reshape(grad, std::span<const int64_t>(kept));
  }
  result[0] = owned(expand(grad, sizes));
}

// sum_to_size(self, size)
void sum_to_size_backward(const VtValue* args, VtValue* result) {
  const RowArguments row(args, 2);
  result[0] = owned(expand(row.grad(), row.sizes(0)));
}

}  // namespace

void register_reduce(VtPlugin* plugin) {
  const DerivativeRow rows[] = {
      {"sum", boxed<sum_backward>, {reads_sizes(0, 0)}},
      {"sum.dims", boxed<sum_dims_backward>, {reads_sizes(0, 0)}},
      {"sum_to_size", boxed<sum_to_size_backward>, {reads_sizes(0, 0)}},
  };
  register_derivatives(plugin, rows);
}

}  // namespace vt::autograd
