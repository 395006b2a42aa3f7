// SPDX-License-Identifier: Apache-2.0
// Dropout of whole channels, and dropout that keeps mean and variance; composed of other ops.
#include <cmath>

#include "ops/calls.hpp"
#include "ops/random.hpp"

namespace vt::core {

namespace {

using namespace calls;

// 1 where an element, or under `by_channel` a channel, is kept, else 0: (N, C, 1, ...) for channels.
Tensor kept(const char* op, const VtTensor* input, double p, bool by_channel) {
  Sizes sizes;
  sizes.assign(sizes_of(input));
  if (by_channel) {
    if (sizes.size() < 2)
      fail(VT_ERROR_RUNTIME, std::string(op) + ": input must be (N, C, ...): got " + format_sizes(sizes_of(input)));
    for (size_t d = 2; d < sizes.size(); ++d) sizes[d] = 1;
  }
  const Tensor flags = call<"empty">(std::span<const int64_t>(sizes), input->dl.dtype, input->dl.device);
  static const Op draw("bernoulli_");
  return draw.into(flags, flags, 1 - p);
}

// Whether there is nothing to drop: the result is the input itself.
bool passes(const char* op, const VtValue* args, VtValue* result) {
  const double p = number_of(args[1]).real;
  check_dropout(op, args[0].as.tensor->dl.dtype, p);
  if (p != 0 && args[2].as.i != 0) return false;
  result[0] = shared_value(args[0].as.tensor);
  return true;
}

void feature_dropout(const VtValue* args, VtValue* result) {
  const char* op = "feature_dropout";
  if (passes(op, args, result)) return;
  static const Op multiply("mul");
  const double p = number_of(args[1]).real;
  const Tensor factors = mul(kept(op, args[0].as.tensor, p, true), value_of(p == 1 ? 0.0 : 1 / (1 - p)));
  result[0] = value_of(multiply.into(result[0], args[0], factors).release());
}

// Note [Dropout for self-normalising networks]
// Dropped elements take the value d = -lambda alpha that selu tends to, and all are then scaled by a and shifted by b so that mean
// 0 and variance 1 stay: a = ((1 - p) (1 + p d^2))^-1/2, b = -a p d. Reference: Klambauer et al., 2017, arXiv:1706.02515.
void alpha_dropout_of(const char* op, bool by_channel, const VtValue* args, VtValue* result) {
  if (passes(op, args, result)) return;
  static const Op multiply("mul");
  static const Op shift("add");
  constexpr double kDropped = -1.7580993408473766;
  const double p = number_of(args[1]).real;
  const Tensor flags = kept(op, args[0].as.tensor, p, by_channel);
  if (p == 1) {
    result[0] = value_of(multiply.into(result[0], args[0], flags).release());
    return;
  }
  const double a = 1 / std::sqrt((1 - p) * (1 + p * kDropped * kDropped));
  // kept: a x + b; dropped: a d + b
  const Tensor scales = mul(flags, value_of(a));
  const Tensor offsets = call<"add">(mul(flags, value_of(-a * kDropped)), a * kDropped * (1 - p));
  const Tensor scaled = multiply.into(result[0], args[0], scales);
  if (is_tensor(result[0])) {
    result[0] = value_of(shift.into(result[0], scaled, offsets).release());
  } else {
    result[0] = value_of(add(scaled, offsets).release());
  }
}

void alpha_dropout(const VtValue* args, VtValue* result) { alpha_dropout_of("alpha_dropout", false, args, result); }
void feature_alpha_dropout(const VtValue* args, VtValue* result) {
  alpha_dropout_of("feature_alpha_dropout", true, args, result);
}

constexpr char kFeatureDoc[] =
    R"(Sets whole channels to zero with chance `p` and multiplies the others by 1 / (1 - p), in training.

Parameters
----------
input : Tensor
    (N, C, ...); float16, bfloat16, float32 or float64.
p : float
    In [0, 1].
train : bool
    False returns `input` itself, as p = 0 does.

Raises
------
RuntimeError
    If `p` is outside [0, 1], or `input` has fewer than two dimensions.

Notes
-----
Reference: Tompson et al., 2014, arXiv:1411.4280.)";

constexpr char kAlphaDoc[] =
    R"(Dropout that keeps mean 0 and variance 1, in training: dropped elements take the lower bound of selu.

Parameters
----------
input : Tensor
    float16, bfloat16, float32 or float64.
p : float
    In [0, 1].
train : bool
    False returns `input` itself, as p = 0 does.

Raises
------
RuntimeError
    If `p` is outside [0, 1].

Notes
-----
Reference: Klambauer et al., 2017, arXiv:1706.02515.)";

constexpr char kFeatureAlphaDoc[] = R"(`alpha_dropout` of whole channels of (N, C, ...).)";

}  // namespace

void register_dropout_forms(VtPlugin* plugin) {
  constexpr uint32_t kFlags = VT_OP_FUNCTION | VT_OP_INPLACE | VT_OP_COMPOSITE;
  const OpRow ops[] = {
      {"feature_dropout(Tensor input, float p, bool train) -> Tensor", kFlags, kFeatureDoc},
      {"alpha_dropout(Tensor input, float p, bool train) -> Tensor", kFlags, kAlphaDoc},
      {"feature_alpha_dropout(Tensor input, float p, bool train) -> Tensor", kFlags, kFeatureAlphaDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow everywhere[] = {{"feature_dropout", boxed<feature_dropout>},
                                      {"alpha_dropout", boxed<alpha_dropout>},
                                      {"feature_alpha_dropout", boxed<feature_alpha_dropout>}};
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
