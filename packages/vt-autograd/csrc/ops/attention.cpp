// SPDX-License-Identifier: Apache-2.0
// Derivatives of the attention family; that of the gradient is taken from attention composed of other ops.
#include <array>

#include "engine/engine.hpp"
#include "engine/grad_mode.hpp"
#include "ops/rows.hpp"

namespace vt::autograd {

namespace {

constexpr int32_t kNumArgs = 7;
constexpr int32_t kNumReturns = 4;

// The gradients as functions that can be differentiated again, of aliases of the inputs: their history is not walked.
void recorded_gradients(const VtValue* args, VtValue* result, uint64_t needed) {
  static const Op alias("alias");
  static const Op composed("composed_attention");
  const VtValue* inputs = args + kNumReturns;
  const std::array<Tensor, 3> own{alias(inputs[0]), alias(inputs[1]), alias(inputs[2])};
  const auto outs = composed.results<2>(own[0], own[1], own[2], inputs[3], inputs[4], inputs[5], inputs[6]);
  std::vector<VtTensor*> roots;
  std::vector<VtTensor*> grads;
  std::vector<VtTensor*> wanted;
  for (size_t i = 0; i < 2; ++i) {
    if (!is_tensor(args[i])) continue;
    roots.push_back(outs[i].get());
    grads.push_back(args[i].as.tensor);
  }
  for (size_t k = 0; k < 3; ++k)
    if (needed >> k & 1) wanted.push_back(own[k].get());
  std::vector<Tensor> found = compute_grad({roots, grads, wanted, VT_BACKWARD_CREATE_GRAPH | VT_BACKWARD_ALLOW_UNUSED});
  for (size_t k = 0, i = 0; k < 3; ++k)
    if (needed >> k & 1)
      if (Tensor& grad = found[i++]) result[k] = owned(std::move(grad));
}

// native_attention(query, key, value, attn_mask, dropout_p, is_causal, scale) -> (out, lse, seed, offset)
void native_attention_backward(const VtValue* args, VtValue* result) {
  static const Op backward("native_attention_backward");
  static const Op zeros("zeros_like");
  const VtValue* grads = args;
  const VtValue* inputs = args + kNumReturns;
  const VtValue* results = inputs + kNumArgs;
  const uint64_t needed = results[kNumReturns].as.u;
  if (needed >> 3 & 1)
    fail(VT_ERROR_NOT_IMPLEMENTED,
         "native_attention: no derivative for attn_mask: got a mask that requires grad; detach it");
  if (grad_mode() && inputs[4].as.f == 0) {
    if (is_tensor(grads[0]) || is_tensor(grads[1])) recorded_gradients(args, result, needed);
    return;
  }
  const Tensor grad = is_tensor(grads[0]) ? Tensor::share(grads[0].as.tensor) : zeros(results[0]);
  const VtValue values[] = {value_of(grad.get()), inputs[0],  inputs[1], inputs[2], results[0],
                            results[1],           inputs[3],  inputs[4], inputs[5], inputs[6],
                            results[2],           results[3], grads[1]};
  VtValue parts[3] = {none(), none(), none()};
  check(tables().dispatch->call_boxed(backward.get(), values, 13, parts));
  for (int k = 0; k < 3; ++k) {
    if (needed >> k & 1) {
      result[k] = parts[k];
    } else {
      tables().tensor->release(parts[k].as.tensor);
    }
  }
}

}  // namespace

void register_attention(VtPlugin* plugin) {
  // query, key, value and attn_mask; out and lse.
  constexpr uint64_t kArguments = bit(0) | bit(1) | bit(2) | bit(3);
  constexpr uint64_t kResults = bit(0) | bit(1);
  const DerivativeRow rows[] = {
      {"native_attention",
       boxed<native_attention_backward>,
       {{0, 0, kArguments, 0, kResults},
        {1, 0, kArguments, 0, kResults},
        {2, 0, kArguments, 0, kResults},
        {3, 0, 0, 0, 0}}},
  };
  register_derivatives(plugin, rows);
}

}  // namespace vt::autograd
