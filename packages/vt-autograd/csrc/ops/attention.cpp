// SPDX-License-Identifier: Apache-2.0
// Derivatives of the attention family.
#include "ops/rows.hpp"

namespace vt::autograd {

namespace {

constexpr int32_t kNumArgs = 7;
constexpr int32_t kNumReturns = 4;

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
