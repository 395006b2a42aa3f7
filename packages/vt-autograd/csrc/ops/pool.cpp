// SPDX-License-Identifier: Apache-2.0
// Derivatives of pooling: maxima and what sends them back are each other's transpose, given the indices; so are means.
#include <vector>

#include "ops/rows.hpp"

namespace vt::autograd {

namespace {

// Elements of planes at their indices, of the sizes of those.
Tensor gathered(const Tensor& planes, const Tensor& indices, size_t rank) {
  static const Op gather("gather");
  static const Op reshape("reshape");
  const auto flat = [&](const Tensor& t) {
    std::vector<int64_t> sizes(t.sizes().begin(), t.sizes().end() - static_cast<std::ptrdiff_t>(rank));
    int64_t volume = 1;
    for (size_t d = 0; d < rank; ++d) volume *= t.sizes()[sizes.size() + d];
    sizes.push_back(volume);
    return reshape(t, std::span<const int64_t>(sizes));
  };
  return reshape(gather(flat(planes), int64_t{-1}, flat(indices)), indices.sizes());
}

// [grad of out | grad of indices | arguments | out | indices | needed] of an op with `num_args` arguments.
struct MaxArguments {
  MaxArguments(const VtValue* args, int32_t num_args)
      : grad(args[0]), forward(args + 2), indices(args[2 + num_args + 1]), input(*forward[0].as.meta) {}
  std::span<const int64_t> input_sizes() const noexcept { return {input.sizes, static_cast<size_t>(input.ndim)}; }

  const VtValue& grad;
  const VtValue* forward;
  const VtValue& indices;
  const VtTensorMeta& input;
};

// native_max_pool(self, kernel_size, stride, padding, dilation, ceil_mode, with_indices)
void max_backward(const VtValue* args, VtValue* result) {
  static const Op backward("native_max_pool_backward");
  const MaxArguments a(args, 7);
  if (!is_tensor(a.grad)) return;
  if (!is_tensor(a.indices)) fail(VT_ERROR_RUNTIME, "native_max_pool: its gradient needs with_indices");
  const VtValue* f = a.forward;
  result[0] = owned(backward(a.grad, a.indices, a.input_sizes(), f[1], f[2], f[3], f[4], f[5]));
}

// native_adaptive_max_pool(self, output_size)
void adaptive_max_backward(const VtValue* args, VtValue* result) {
  static const Op backward("native_adaptive_max_pool_backward");
  const MaxArguments a(args, 2);
  if (is_tensor(a.grad)) result[0] = owned(backward(a.grad, a.indices, a.input_sizes(), a.forward[1]));
}

// native_fractional_max_pool(self, kernel_size, output_size, random_samples)
void fractional_max_backward(const VtValue* args, VtValue* result) {
  static const Op backward("native_fractional_max_pool_backward");
  const MaxArguments a(args, 4);
  const VtValue* f = a.forward;
  if (is_tensor(a.grad)) result[0] = owned(backward(a.grad, a.indices, a.input_sizes(), f[1], f[2], f[3]));
}

// native_max_pool_backward(grad, indices, input_size, kernel_size, ...) and its like with kNumArgs arguments.
template <int32_t kNumArgs>
void max_backward_backward(const VtValue* args, VtValue* result) {
  const RowArguments row(args, kNumArgs);
  result[0] = owned(gathered(row.grad(), Tensor::share(row.arg(1).as.tensor), row.arg(3).count));
}

// native_max_unpool(self, indices, output_size)
void unpool_backward(const VtValue* args, VtValue* result) {
  const RowArguments row(args, 3);
  result[0] = owned(gathered(row.grad(), Tensor::share(row.arg(1).as.tensor), row.arg(2).count));
}

// native_avg_pool(self, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override)
void mean_backward(const VtValue* args, VtValue* result) {
  static const Op backward("native_avg_pool_backward");
  const RowArguments row(args, 7);
  result[0] =
      owned(backward(row.grad(), row.sizes(0), row.arg(1), row.arg(2), row.arg(3), row.arg(4), row.arg(5), row.arg(6)));
}

// native_avg_pool_backward(grad, input_size, kernel_size, ...)
void mean_backward_backward(const VtValue* args, VtValue* result) {
  static const Op forward("native_avg_pool");
  const RowArguments row(args, 8);
  result[0] = owned(forward(row.grad(), row.arg(2), row.arg(3), row.arg(4), row.arg(5), row.arg(6), row.arg(7)));
}

// native_adaptive_avg_pool(self, output_size)
void adaptive_mean_backward(const VtValue* args, VtValue* result) {
  static const Op backward("native_adaptive_avg_pool_backward");
  const RowArguments row(args, 2);
  result[0] = owned(backward(row.grad(), row.sizes(0), row.arg(1)));
}

// native_adaptive_avg_pool_backward(grad, input_size, output_size)
void adaptive_mean_backward_backward(const VtValue* args, VtValue* result) {
  static const Op forward("native_adaptive_avg_pool");
  const RowArguments row(args, 3);
  result[0] = owned(forward(row.grad(), row.arg(2)));
}

}  // namespace

void register_pool(VtPlugin* plugin) {
  const VtGradient by_indices{0, 0, 0, bit(0), bit(1)};
  const DerivativeRow rows[] = {
      {"native_max_pool", boxed<max_backward>, {by_indices}},
      {"native_adaptive_max_pool", boxed<adaptive_max_backward>, {by_indices}},
      {"native_fractional_max_pool", boxed<fractional_max_backward>, {{0, 0, bit(3), bit(0), bit(1)}}},
      {"native_max_pool_backward", boxed<max_backward_backward<8>>, {reads_argument(0, 1)}, kLinear},
      {"native_adaptive_max_pool_backward", boxed<max_backward_backward<4>>, {reads_argument(0, 1)}, kLinear},
      {"native_fractional_max_pool_backward", boxed<max_backward_backward<6>>, {reads_argument(0, 1)}, kLinear},
      {"native_max_unpool", boxed<unpool_backward>, {reads_argument(0, 1)}, kLinear},
      {"native_avg_pool", boxed<mean_backward>, {reads_sizes(0, 0)}, kLinear},
      {"native_avg_pool_backward", boxed<mean_backward_backward>, {reads_nothing(0)}, kLinear},
      {"native_adaptive_avg_pool", boxed<adaptive_mean_backward>, {reads_sizes(0, 0)}, kLinear},
      {"native_adaptive_avg_pool_backward", boxed<adaptive_mean_backward_backward>, {reads_nothing(0)}, kLinear},
  };
  register_derivatives(plugin, rows);
}

}  // namespace vt::autograd
