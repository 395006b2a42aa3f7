// SPDX-License-Identifier: Apache-2.0
// Attention composed of other ops, with the matrix of all scores: for gradients of the mask, and gradients of gradients.
#include <vt/cpp/iter/attention_rules.hpp>

#include <limits>

#include "ops/losses.hpp"

namespace vt::core {

namespace {

using namespace calls;

constexpr double kNever = -std::numeric_limits<double>::infinity();

int64_t num_heads(const Tensor& t) { return t.ndim() > 2 ? t->dl.shape[t.ndim() - 3] : 1; }

// Every head once for each query head that shares it.
Tensor shared_heads(const Tensor& t, int64_t heads) {
  if (num_heads(t) == heads || num_heads(t) == 0) return t;
  Ints sizes = ints(t.sizes());
  sizes[sizes.size() - 3] = heads;
  return reshape(call<"repeat_interleave">(t, heads / num_heads(t), int64_t{-3}), sizes);
}

// The scores of keys that a query does not see become minus infinity.
Tensor masked(Tensor scores, const VtValue& mask, bool is_causal) {
  const auto fill = [](const Tensor& x, const Tensor& seen) {
    return call<"masked_fill">(x, call<"logical_not">(seen), kNever);
  };
  if (is_causal) {
    const size_t ndim = scores.ndim();
    const auto count = [&](size_t d) { return call<"arange">(scores.sizes()[d], kInt64, scores->dl.device); };
    scores = fill(scores, call<"ge">(unsqueeze(count(ndim - 2), 1), count(ndim - 1)));
  }
  if (!is_tensor(mask)) return scores;
  const Tensor given = shared(mask);
  return same_dtype(given.dtype(), kBool) ? fill(scores, given) : add(scores, rows::cast(given.get(), scores.dtype()));
}

// composed_attention(query, key, value, attn_mask, dropout_p, is_causal, scale) -> (out, lse)
void composed_attention(const VtValue* args, VtValue* result) {
  const char* op = "composed_attention";
  VtTensor* const mask = is_tensor(args[3]) ? args[3].as.tensor : nullptr;
  check_attention(op, args[0].as.tensor, args[1].as.tensor, args[2].as.tensor, mask, args[4].as.f);
  const DLDataType dtype = args[0].as.tensor->dl.dtype;
  const Tensor query = losses::widened(args[0]);
  const int64_t heads = num_heads(query);
  const Tensor key = shared_heads(losses::widened(args[1]), heads);
  const Tensor value = shared_heads(losses::widened(args[2]), heads);
  const Tensor scores = masked(mul(matmul(query, transpose(key)), args[6]), args[3], args[5].as.i != 0);
  const int64_t last[] = {-1};
  Tensor out;
  Tensor lse;
  if (scores.sizes().back() == 0) {
    out = matmul(scores, value);
    lse = call<"sub">(sum(scores, {-1}), std::numeric_limits<double>::infinity());
  } else {
    Tensor top = call<"detach">(call<"amax">(scores, std::span<const int64_t>(last), true));
    top = call<"masked_fill">(top, call<"isinf">(top), int64_t{0});
    const Tensor powers = call<"exp">(sub(scores, top));
    const Tensor sums = sum(powers, {-1}, true);
    // A query that sees no key.
    const Tensor is_blind = call<"eq">(sums, int64_t{0});
    const Tensor total = call<"masked_fill">(sums, is_blind, int64_t{1});
    Tensor weights = call<"div">(powers, total);
    if (args[4].as.f > 0) weights = call<"dropout">(weights, args[4].as.f, true);
    out = matmul(weights, value);
    lse = squeeze(call<"masked_fill">(add(call<"log">(total), top), is_blind, kNever), -1);
  }
  result[0] = rows::owned(rows::cast(out.get(), dtype));
  result[1] = rows::owned(std::move(lse));
}

constexpr char kDoc[] =
    R"(Attention composed of other ops, which has all derivatives and makes the matrix of all scores.

Parameters
----------
query, key, value, attn_mask, dropout_p, is_causal, scale
    As in `native_attention`.

Returns
-------
out : Tensor
    (..., Hq, L, Ev)
lse : Tensor
    (..., Hq, L): the natural logarithm of the sum of exponentials of each query's scores.)";

}  // namespace

void register_attention_composed(VtPlugin* plugin) {
  const OpRow ops[] = {
      {"composed_attention(Tensor query, Tensor key, Tensor value, Tensor? attn_mask, float dropout_p, bool is_causal, "
       "float scale) -> (Tensor out, Tensor lse)",
       VT_OP_FUNCTION | VT_OP_COMPOSITE, kDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow everywhere[] = {{"composed_attention", boxed<composed_attention>}};
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
