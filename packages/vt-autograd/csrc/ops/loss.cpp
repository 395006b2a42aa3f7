// SPDX-License-Identifier: Apache-2.0
// Derivatives of cross_entropy, binary_cross_entropy and ctc_loss; the other losses are composed of ops that have theirs.
#include <limits>
#include <string_view>

#include "ops/terms.hpp"

// Note [Derivatives of cross entropy]
// The gradient of lse adds its product with the softmax. The backward op is linear in the gradient of the loss, inversely
// proportional to total_weight under 'mean', and depends on x and lse through a P with P_j = exp(x_j - lse), which is what
// an infinite lse takes from it. With U the gradient of its result: x: U a P, lse: -sum(U a P) over classes.
namespace vt::autograd {

namespace {

int64_t class_dim(const Tensor& input) noexcept { return input.ndim() == 1 ? 0 : 1; }

Tensor sum_over_classes(const Tensor& t) {
  static const Op sum("sum.dims");
  const int64_t dim = class_dim(t);
  return sum(t, std::span<const int64_t>(&dim, 1), false);
}

// native_cross_entropy(input, target, weight, ignore_index, reduction, label_smoothing, with_gradient) -> (loss, lse,
// total_weight, gradient)
void cross_entropy_backward(const VtValue* args, VtValue* result) {
  const VtValue* arg = args + 4;
  const VtValue* forward = arg + 7;
  if (forward[4].as.i & 2)
    fail(VT_ERROR_NOT_IMPLEMENTED, "cross_entropy: there is no derivative for weight; detach it");
  if (is_tensor(args[3]))
    fail(VT_ERROR_NOT_IMPLEMENTED, "native_cross_entropy: there is no derivative of gradient; detach it");
  const bool is_one = is_gradient_of_one(args[0]);
  if (is_one && is_tensor(forward[3])) {
    result[0] = owned(Tensor::share(forward[3].as.tensor));
    return;
  }
  const Tensor input = Tensor::share(arg[0].as.tensor);
  Tensor grad;
  if (is_one || is_tensor(args[0])) {
    static const Op op("native_cross_entropy_backward");
    grad = op(is_one ? none() : args[0], arg[0], arg[1], arg[2], forward[1], forward[2], arg[4], arg[3], arg[5]);
  }
  if (is_tensor(args[1])) {
    static const Op unsqueeze("unsqueeze");
    const int64_t dim = class_dim(input);
    const Tensor softmax = exp(sub(input, unsqueeze(forward[1], dim)));
    Tensor of_lse = mul(softmax, unsqueeze(args[1], dim));
    grad = grad ? add(grad, of_lse) : std::move(of_lse);
  }
  if (grad) result[0] = owned(std::move(grad));
}

// native_cross_entropy_backward(grad, input, target, weight, lse, total_weight, reduction, ignore_index, label_smoothing)
void cross_entropy_backward_backward(const VtValue* args, VtValue* result) {
  static const Op op("native_cross_entropy_backward");
  const RowArguments row(args, 9);
  const Tensor upstream = row.grad();
  const auto backward = [&](const VtValue& grad, const VtValue& lse) {
    return op(grad, row.arg(1), row.arg(2), row.arg(3), lse, row.arg(5), row.arg(6), row.arg(7), row.arg(8));
  };
  const std::string_view reduction = row.arg(6).as.string;
  if (row.needs(0)) {
    static const Op ones_like("ones_like");
    static const Op sum("sum");
    const Tensor ones = ones_like(row.arg(0));
    const Tensor product = mul(upstream, backward(value_of(ones.get()), row.arg(4)));
    result[0] = owned(reduction == "none" ? sum_over_classes(product) : sum(product));
  }
  if (row.needs(1) || row.needs(2)) {
    static const Op full_like("full_like");
    const Tensor infinite = full_like(row.arg(4), std::numeric_limits<double>::infinity());
    const Tensor rest = backward(row.arg(0), value_of(infinite.get()));
    Tensor product = mul(upstream, sub(backward(row.arg(0), row.arg(4)), rest));
    if (row.needs(2)) result[2] = owned(mul(sum_over_classes(product), int64_t{-1}));
    if (row.needs(1)) result[1] = owned(std::move(product));
  }
  if (row.needs(3) && reduction == "mean") {
    static const Op sum("sum");
    const Tensor total = sum(mul(upstream, backward(row.arg(0), row.arg(4))));
    result[3] = owned(mul(div(total, row.arg(5)), int64_t{-1}));
  }
}

// elementwise_binary_cross_entropy(input, target): (x - t) / (x (1 - x)), the divisor at least 1e-12, and
// log(1 - x) - log(x), no logarithm below -100.
void binary_cross_entropy_row(const VtValue* args, VtValue* result) {
  static const Op clamp_min("clamp_min");
  const RowArguments row(args, 2);
  const Tensor input = Tensor::share(row.arg(0).as.tensor);
  if (row.needs(0)) {
    static const Op rsub("rsub");
    const Tensor slope = clamp_min(mul(rsub(input, int64_t{1}), input), 1e-12);
    result[0] = owned(div(mul(row.grad(), sub(input, row.arg(1))), slope));
  }
  if (row.needs(1)) {
    static const Op log("log");
    static const Op log1p("log1p");
    const Tensor of_one = clamp_min(log(input), int64_t{-100});
    const Tensor of_zero = clamp_min(log1p(neg(input)), int64_t{-100});
    result[1] = owned(mul(row.grad(), sub(of_zero, of_one)));
  }
}

// _ctc_loss(log_probs, targets, input_lengths, target_lengths, blank, zero_infinity)
void ctc_loss_row(const VtValue* args, VtValue* result) {
  static const Op backward("_ctc_loss_backward");
  const RowArguments row(args, 6);
  result[0] = owned(backward(row.grad(), row.arg(0), row.arg(1), row.arg(2), row.arg(3), row.arg(4), row.arg(5)));
}

// Each loss depends on its own column alone, so that the gradients of all of them hold every derivative.
void ctc_loss_tangent(const VtValue* args, const VtValue* results, const VtValue* tangents, VtValue* out) {
  static const Op backward("_ctc_loss_backward");
  static const Op ones_like("ones_like");
  static const Op sum("sum.dims");
  const Tensor ones = ones_like(results[0]);
  const Tensor slopes = backward(ones, args[0], args[1], args[2], args[3], args[4], args[5]);
  constexpr int64_t kDims[] = {0, 2};
  out[0] = owned(sum(mul(Tensor::share(tangents[0].as.tensor), slopes), std::span(kDims), false));
}

}  // namespace

void register_loss(VtPlugin* plugin) {
  constexpr uint64_t kInputs = bit(0) | bit(1) | bit(2);
  constexpr uint64_t kAll = bit(0) | bit(1) | bit(2) | bit(3) | bit(4) | bit(5);
  const DerivativeRow rows[] = {
      {"native_cross_entropy",
       boxed<cross_entropy_backward>,
       {{0, 0, kInputs, 0, bit(1) | bit(2) | bit(3)}, {2, 0, kInputs, 0, bit(1) | bit(2)}},
       {},
       RowMark::kTakesOne},
      {"native_cross_entropy_backward",
       boxed<cross_entropy_backward_backward>,
       {{0, 0, kAll, 0, 0}, {1, 0, kAll, 0, 0}, {4, 0, kAll, 0, 0}, {5, 0, kAll, 0, 0}}},
      {"elementwise_binary_cross_entropy",
       boxed<binary_cross_entropy_row>,
       {reads_arguments(0, 0, 1), reads_argument(1, 0)},
       kElementwise},
      {"_ctc_loss", boxed<ctc_loss_row>, {reads_arguments(0, 0, 1)}, {JvpRule::kFunction, ctc_loss_tangent}},
  };
  register_derivatives(plugin, rows);
}

}  // namespace vt::autograd
