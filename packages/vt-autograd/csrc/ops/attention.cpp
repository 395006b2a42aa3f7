// SPDX-License-Identifier: Apache-2.0
// Derivatives of the attention family; that of the gradient is taken from attention composed of other ops.
#include <array>

#include "engine/engine.hpp"
#include "engine/grad_mode.hpp"
#include "ops/rows.hpp"
#include "variable/variable.hpp"

namespace vt::autograd {

namespace {

constexpr int32_t kNumArgs = 7;
constexpr int32_t kNumReturns = 4;

std::array<Tensor, 2> composed_attention(const Tensor& query, const Tensor& key, const Tensor& value,
                                         const VtValue* inputs) {
  static const Op composed("composed_attention");
  return composed.results<2>(query, key, value, inputs[3], 0.0, inputs[5], inputs[6]);
}

// The sizes of the heads of `t` with other matrices.
std::vector<int64_t> sizes_with(const Tensor& t, std::initializer_list<int64_t> matrix) {
  std::vector<int64_t> sizes(t.sizes().begin(), t.sizes().end() - 2);
  sizes.insert(sizes.end(), matrix);
  return sizes;
}

// What dropout multiplied each probability by: the transposed gradient of the values where all scores are zero, so that with
// an lse of zero every probability is one, and where the gradient of the result is the identity.
Tensor drop_factors(const Tensor& query, int64_t num_keys, const VtValue& dropout_p, const VtValue* seed_and_offset) {
  static const Op backward("native_attention_backward");
  static const Op expand("expand");
  static const Op eye("eye");
  static const Op transpose("transpose");
  static const Op zeros("zeros");
  const GradModeGuard constant(false);
  const int64_t num_queries = query.sizes()[query.ndim() - 2];
  const auto nothing = [&](std::initializer_list<int64_t> matrix) {
    return zeros(std::span<const int64_t>(sizes_with(query, matrix)), query.dtype(), query.device());
  };
  const Tensor results = nothing({num_queries, num_queries});
  const Tensor lse = zeros(query.sizes().first(query.ndim() - 1), query.dtype(), query.device());
  const Tensor identity = expand(eye(num_queries, none(), query.dtype(), query.device()), results.sizes());
  const auto grads =
      backward.results<3>(identity, nothing({num_queries, 1}), nothing({num_keys, 1}), nothing({num_keys, num_queries}),
                          results, lse, none(), dropout_p, false, 1.0, seed_and_offset[0], seed_and_offset[1]);
  return transpose(grads[2], int64_t{-2}, int64_t{-1});
}

// Attention with the dropout of a call that was made: its probabilities are the results of attention to the identity.
std::array<Tensor, 2> dropped_attention(const std::array<Tensor, 3>& own, const VtValue* inputs) {
  static const Op eye("eye");
  static const Op expand("expand");
  static const Op matmul("matmul");
  static const Op mul("mul");
  static const Op repeat_interleave("repeat_interleave");
  static const Op to("to.dtype");
  const DLDataType given = own[0].dtype();
  const DLDataType dtype = same_dtype(given, kFloat64) ? kFloat64 : kFloat32;
  const Tensor query = to(own[0], dtype);
  const Tensor key = to(own[1], dtype);
  Tensor value = to(own[2], dtype);
  const int64_t num_keys = key.sizes()[key.ndim() - 2];
  const Tensor identity = expand(eye(num_keys, none(), dtype, key.device()),
                                 std::span<const int64_t>(sizes_with(key, {num_keys, num_keys})));
  auto outs = composed_attention(query, key, identity, inputs);
  const Tensor factors = drop_factors(query, num_keys, inputs[4], inputs + kNumArgs + 2);
  if (const size_t ndim = query.ndim(); ndim > 2 && value.sizes()[ndim - 3] != query.sizes()[ndim - 3])
    value = repeat_interleave(value, query.sizes()[ndim - 3] / value.sizes()[ndim - 3], int64_t{-3});
  outs[0] = to(matmul(mul(outs[0], factors), value), given);
  return outs;
}

// The gradients as functions that can be differentiated again, of aliases of the inputs: their history is not walked.
void recorded_gradients(const VtValue* args, VtValue* result, uint64_t needed) {
  static const Op alias("alias");
  const VtValue* inputs = args + kNumReturns;
  const std::array<Tensor, 3> own{alias(inputs[0]), alias(inputs[1]), alias(inputs[2])};
  std::vector<VtTensor*> wanted;
  for (size_t k = 0; k < 3; ++k)
    if (needed >> k & 1) wanted.push_back(differentiable(own[k]));
  const auto outs =
      inputs[4].as.f > 0 ? dropped_attention(own, inputs) : composed_attention(own[0], own[1], own[2], inputs);
  std::vector<VtTensor*> roots;
  std::vector<VtTensor*> grads;
  for (size_t i = 0; i < 2; ++i) {
    if (!is_tensor(args[i])) continue;
    roots.push_back(outs[i].get());
    grads.push_back(args[i].as.tensor);
  }
  std::vector<Tensor> found = compute_grad(
      {roots, grads, wanted, VT_BACKWARD_RETAIN_GRAPH | VT_BACKWARD_CREATE_GRAPH | VT_BACKWARD_ALLOW_UNUSED});
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
  if (grad_mode()) {
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
