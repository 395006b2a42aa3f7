// SPDX-License-Identifier: Apache-2.0
// linear_backward on CUDA devices: by one kernel where the map is small, else each gradient by its own op.
#include <vt/cpp/linear_gradients.hpp>

#include "../kernels/linear_backward.hpp"
#include "../kernels/small_product.hpp"
#include "launch.hpp"
#include "ops.hpp"

namespace vt::cuda {
namespace {

constexpr char kOp[] = "linear_backward";

// The operands as matrices. Input or weight is null where its gradient's counterpart is not wanted.
struct Matrices {
  Tensor grad;
  Tensor relu_output;
  Tensor input;
  Tensor weight;

  explicit Matrices(const LinearGradients& g)
      : grad(LinearGradients::as_rows(g.grad())),
        relu_output(g.relu_output() ? LinearGradients::as_rows(g.relu_output()) : Tensor()),
        input(g.wants_weight() ? LinearGradients::as_rows(g.input()) : Tensor()),
        weight(g.wants_input() ? g.weight() : Tensor()) {}

  int64_t rows() const noexcept { return grad.sizes()[0]; }
  int64_t out() const noexcept { return grad.sizes()[1]; }
  int64_t in() const noexcept { return (input ? input : weight).sizes()[1]; }
};

Tensor made(std::span<const int64_t> leading, int64_t last, const Tensor& like) {
  Sizes sizes;
  sizes.resize(leading.size() + 1);
  std::copy(leading.begin(), leading.end(), sizes.begin());
  sizes[leading.size()] = last;
  return Tensor::empty(sizes, like.dtype(), like.device());
}

// Two of the gradients at least, the weight's among them, as the sums of columns come with that.
bool fits_one_launch(const LinearGradients& g) noexcept {
  if (!g.wants_weight() || (!g.wants_input() && !g.wants_bias()) || g.grad().numel() == 0) return false;
  const int64_t out = g.out();
  const int64_t rows = g.grad().numel() / out;
  const int64_t in = g.input().sizes().back();
  return in > 0 && is_small_product(rows, in, out) && is_small_product(out, in, rows) &&
         linear_backward_kernel(index_of(g.grad().dtype())) != nullptr;
}

void launch_all(const LinearGradients& g, VtValue* results) {
  const Matrices m(g);
  const auto leading = g.grad().sizes().first(g.grad().sizes().size() - 1);
  const int64_t sizes_of_weight[] = {m.out()};
  const Tensor input_grad = g.wants_input() ? made(leading, m.in(), g.grad()) : Tensor();
  const Tensor weight_grad = made(sizes_of_weight, m.in(), g.grad());
  const Tensor bias_grad = g.wants_bias() ? made({}, m.out(), g.grad()) : Tensor();
  const auto data = [](const Tensor& t) { return t ? t.data<char>() : nullptr; };
  const auto stride = [](const Tensor& t, size_t dim) { return t ? t.strides()[dim] : 0; };
  LinearBackwardParams p{};
  p.grad = data(m.grad);
  p.relu_output = data(m.relu_output);
  p.input = data(m.input);
  p.weight = data(m.weight);
  p.input_grad = data(input_grad);
  p.weight_grad = data(weight_grad);
  p.bias_grad = data(bias_grad);
  p.rows = m.rows();
  p.in = m.in();
  p.out = m.out();
  p.grad_row = stride(m.grad, 0);
  p.grad_col = stride(m.grad, 1);
  p.relu_row = stride(m.relu_output, 0);
  p.relu_col = stride(m.relu_output, 1);
  p.input_row = stride(m.input, 0);
  p.input_col = stride(m.input, 1);
  p.weight_row = stride(m.weight, 0);
  p.weight_col = stride(m.weight, 1);
  p.input_tiles = g.wants_input() ? small_tiles(p.rows, p.in) : 0;
  const Queue queue(g.grad().device());
  queue.launch(kOp, linear_backward_kernel(index_of(g.grad().dtype())), p.input_tiles + small_tiles(p.out, p.in), 1, p);
  results[0] = value_of(Tensor(input_grad).release());
  results[1] = value_of(Tensor(weight_grad).release());
  results[2] = value_of(Tensor(bias_grad).release());
}

void linear_backward(const VtValue* args, VtValue* results) {
  const LinearGradients gradients(args);
  fits_one_launch(gradients) ? launch_all(gradients, results) : gradients.compose(results);
}

}  // namespace

void register_linear_backward(VtPlugin* plugin) {
  const KernelRow rows[] = {{kOp, kernel<linear_backward>}};
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
