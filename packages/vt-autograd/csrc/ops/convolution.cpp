// SPDX-License-Identifier: Apache-2.0
// Derivatives of convolutions, first and second: a convolution is linear in its input and in its weight.
#include "ops/three_gradients.hpp"

namespace vt::autograd {

namespace {

// An argument, or in its place a tensor of its sizes where nothing but these was saved.
Tensor of_sizes(const VtValue& v) {
  static const Op empty("empty");
  static const Op expand("expand");
  if (is_tensor(v)) return shared(v);
  return expand(empty(std::span<const int64_t>(), v.as.meta->dtype, v.as.meta->device), sizes_in(v));
}

// The gradients of input, weight and bias. `window` has stride, padding, dilation, transposed, output_padding and groups.
std::array<Tensor, 3> gradients(const Tensor& grad, const Tensor& input, const Tensor& weight, const VtValue* window,
                                const uint8_t (&wanted)[3]) {
  static const Op op("convolution_backward");
  return op.results<3>(grad, input, weight, none(), window[0], window[1], window[2], window[3], window[4], window[5],
                       mask(wanted));
}
Tensor convolved(const Tensor& input, const Tensor& weight, const VtValue* window) {
  static const Op op("convolution");
  return op(input, weight, none(), window[0], window[1], window[2], window[3], window[4], window[5]);
}

// convolution(input, weight, bias, stride, padding, dilation, transposed, output_padding, groups)
void convolution_backward(const VtValue* args, VtValue* result) {
  const RowArguments row(args, 9);
  const uint8_t wanted[] = {row.needs(0), row.needs(1), row.needs(2)};
  auto grads = gradients(row.grad(), of_sizes(row.arg(0)), of_sizes(row.arg(1)), args + 4, wanted);
  hand_out(grads, result);
}

// convolution_backward(grad_output, input, weight, bias_sizes, stride, ..., groups, output_mask), whose results were given the
// gradients u, v and q. With y = conv(x, w): the gradient of grad_output is conv(u, w) + conv(x, v) + q; those of x and w are
// what backward gives for v and u in their places.
void convolution_backward_backward(const VtValue* args, VtValue* result) {
  static const Op reshape("reshape");
  static const Op expand("expand");
  const SecondCall<11> call(args);
  const auto& [u, v, q, arg] = call;
  const VtValue* window = arg + 4;
  if (call.needs(0)) {
    Tensor sum;
    if (u) accumulate(sum, convolved(u, shared(arg[2]), window));
    if (v) accumulate(sum, convolved(shared(arg[1]), v, window));
    if (q) {
      std::vector<int64_t> sizes(sizes_in(arg[0]).size(), 1);
      sizes[1] = q.numel();
      const Tensor repeated = reshape(q, std::span<const int64_t>(sizes));
      accumulate(sum, sum ? repeated : expand(repeated, sizes_in(arg[0])));
    }
    if (sum) result[0] = owned(std::move(sum));
  }
  constexpr uint8_t kOfInput[] = {1, 0, 0};
  constexpr uint8_t kOfWeight[] = {0, 1, 0};
  if (call.needs(1) && v)
    result[1] = owned(std::move(gradients(shared(arg[0]), of_sizes(arg[1]), v, window, kOfInput)[0]));
  if (call.needs(2) && u)
    result[2] = owned(std::move(gradients(shared(arg[0]), u, of_sizes(arg[2]), window, kOfWeight)[1]));
}

}  // namespace

void register_convolution(VtPlugin* plugin) {
  const DerivativeRow rows[] = {
      {"convolution",
       boxed<convolution_backward>,
       {{0, 0, bit(1), bit(0), 0}, {1, 0, bit(0), bit(1), 0}, {2, 0, 0, bit(0) | bit(1), 0}}},
      {"convolution_backward",
       boxed<convolution_backward_backward>,
       {{0, 0, bit(1) | bit(2), bit(0), 0}, {1, 0, bit(0), bit(1), 0}, {2, 0, bit(0), bit(2), 0}}},
  };
  register_derivatives(plugin, rows);
}

}  // namespace vt::autograd
