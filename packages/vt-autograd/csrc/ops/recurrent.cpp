// SPDX-License-Identifier: Apache-2.0
// The derivative of recurrent layers; its own derivatives are those of the layer composed of other ops.
#include <array>

#include "engine/engine.hpp"
#include "engine/grad_mode.hpp"
#include "ops/rows.hpp"
#include "variable/variable.hpp"

namespace vt::autograd {

namespace {

constexpr int32_t kNumReturns = 4;
constexpr int32_t kNumArgs = 9;
constexpr size_t kNumInputs = 6;

// The gradients as functions that can be differentiated again: the layer is composed from aliases of its inputs, whose gradients
// are taken with a graph.
void recorded_gradients(const VtValue* args, VtValue* result) {
  static const Op alias("alias");
  static const Op composed("composed_recurrent_layer");
  const VtValue* inputs = args + kNumReturns;
  const uint64_t needed = inputs[kNumArgs + kNumReturns].as.u;
  std::array<Tensor, kNumInputs> own;
  std::array<VtValue, kNumInputs> values;
  std::vector<VtTensor*> wanted;
  for (size_t i = 0; i < kNumInputs; ++i) {
    if (is_tensor(inputs[i])) own[i] = alias(inputs[i]);
    values[i] = own[i] ? value_of(own[i].get()) : none();
    if (needed >> i & 1) wanted.push_back(differentiable(own[i]));
  }
  const auto outs = composed.results<3>(values[0], values[1], values[2], values[3], values[4], values[5], inputs[6],
                                        inputs[7], inputs[8]);
  std::vector<VtTensor*> roots;
  std::vector<VtTensor*> grads;
  for (size_t i = 0; i < 3; ++i) {
    if (!is_tensor(args[i])) continue;
    roots.push_back(outs[i].get());
    grads.push_back(args[i].as.tensor);
  }
  std::vector<Tensor> found = compute_grad(
      {roots, grads, wanted, VT_BACKWARD_RETAIN_GRAPH | VT_BACKWARD_CREATE_GRAPH | VT_BACKWARD_ALLOW_UNUSED});
  for (size_t i = 0, k = 0; i < kNumInputs; ++i)
    if (needed >> i & 1)
      if (Tensor& grad = found[k++]) result[i] = owned(std::move(grad));
}

// native_recurrent_layer(gates, h0, c0, weight, bias, projection, batch_sizes, mode, reverse) -> (out, h_n, c_n, workspace)
void recurrent_row(const VtValue* args, VtValue* result) {
  static const Op backward("native_recurrent_layer_backward");
  if (!is_tensor(args[0]) && !is_tensor(args[1]) && !is_tensor(args[2])) return;
  if (grad_mode()) {
    recorded_gradients(args, result);
    return;
  }
  const VtValue* inputs = args + kNumReturns;
  const VtValue* outs = inputs + kNumArgs;
  auto grads = backward.results<kNumInputs>(args[0], args[1], args[2], outs[0], outs[3], inputs[1], inputs[2],
                                            inputs[3], inputs[4], inputs[5], inputs[6], inputs[7], inputs[8]);
  for (size_t i = 0; i < kNumInputs; ++i)
    if (grads[i]) result[i] = owned(std::move(grads[i]));
}

}  // namespace

void register_recurrent(VtPlugin* plugin) {
  constexpr uint64_t kInputs = bit(0) | bit(1) | bit(2) | bit(3) | bit(4) | bit(5);
  constexpr uint64_t kResults = bit(0) | bit(3);
  const DerivativeRow rows[] = {
      {"native_recurrent_layer",
       boxed<recurrent_row>,
       {{0, 0, kInputs, 0, kResults},
        {1, 0, kInputs, 0, kResults},
        {2, 0, kInputs, 0, kResults},
        {3, 0, kInputs, 0, kResults},
        {4, 0, kInputs, 0, kResults},
        {5, 0, kInputs, 0, kResults}}},
  };
  register_derivatives(plugin, rows);
}

}  // namespace vt::autograd
