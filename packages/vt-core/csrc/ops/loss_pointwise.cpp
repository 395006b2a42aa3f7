// SPDX-License-Identifier: Apache-2.0
// Losses of each element by itself, composed of other ops: of differences, of logits and probabilities, of counts.
#include <cmath>
#include <numbers>

#include "ops/loops/loss.hpp"
#include "ops/losses.hpp"
#include "ops/pointwise.hpp"

namespace vt::core {

namespace {

using namespace losses;

Tensor add_number(const Tensor& x, double number) { return call<"add">(x, number); }

// d^2 / 2 for the difference d of two tensors up to a bound, and from there on its tangent: m (d - m / 2) where m is d or the
// bound of its sign; times a factor. On the CPU at once where no layer looks on.
Tensor bounded_squares(const Tensor& x, const Tensor& y, double bound, double factor) {
  if (is_cpu(x.get()) && is_cpu(y.get()) && same_dtype(x.dtype(), y.dtype()) && !watched(x) && !watched(y)) {
    static const PointwiseOp op = pointwise_op<BoundedSquare>(loops<LossLoops>().bounded_square);
    const VtValue inputs[] = {value_of(x.get()), value_of(y.get())};
    const pointwise::Parameters parameters{bound, factor};
    VtValue losses = none();
    run_pointwise(op, inputs, 2, &losses, &parameters);
    return Tensor::steal(losses.as.tensor);
  }
  const Tensor difference = sub(x, y);
  const Tensor bounded = call<"clamp">(difference, -bound, bound);
  const Tensor squares = consume<"mul">(consume<"sub">(difference, bounded, 0.5), bounded);
  return factor == 1 ? squares : consume<"mul">(squares, value_of(factor));
}

// smooth_l1_loss(input, target, reduction, beta)
void smooth_l1_loss(const VtValue* args, VtValue* result) {
  const char* op = "smooth_l1_loss";
  const double beta = args[3].as.f;
  if (beta == 0) {
    static const Op l1_loss("l1_loss");
    result[0] = rows::owned(l1_loss(args[0], args[1], args[2]));
    return;
  }
  const DLDataType dtype = broadcast_dtype(op, args);
  if (!(beta >= 0))
    fail(VT_ERROR_RUNTIME, std::string(op) + ": beta must not be negative: got " + std::to_string(beta));
  give_reduced(op, bounded_squares(widened(args[0], dtype), widened(args[1], dtype), beta, 1 / beta), args[2], dtype,
               result[0]);
}

// huber_loss(input, target, reduction, delta)
void huber_loss(const VtValue* args, VtValue* result) {
  const char* op = "huber_loss";
  const DLDataType common = result_dtype(op, args);
  const DLDataType dtype = args[0].as.tensor->dl.dtype;  // the result is of the input's
  const double delta = args[3].as.f;
  if (!(delta > 0)) fail(VT_ERROR_RUNTIME, std::string(op) + ": delta must be positive: got " + std::to_string(delta));
  give_reduced(op, bounded_squares(widened(args[0], common), widened(args[1], common), delta, 1), args[2], dtype,
               result[0]);
}

// binary_cross_entropy_with_logits(input, target, weight, pos_weight, reduction): with p the factor of positive targets,
// (1 - t) x + (1 + (p - 1) t) log(1 + exp(-x)).
Tensor logit_losses(const Tensor& input, const Tensor& target, const Tensor& pos_weight) {
  Tensor negative = log1p_exp(call<"neg">(input));
  if (pos_weight) negative = mul(negative, add_number(mul(add_number(pos_weight, -1.0), target), 1.0));
  return add(mul(call<"rsub">(target, int64_t{1}), input), negative);
}

void binary_cross_entropy_with_logits(const VtValue* args, VtValue* result) {
  const char* op = "binary_cross_entropy_with_logits";
  // As in PyTorch the target's dtype is the result's, where losses have one of it.
  const DLDataType of_target = args[1].as.tensor->dl.dtype;
  const DLDataType promoted = result_dtype(op, args);
  const bool is_floating = dtype_info(of_target).category == Category::kFloating;
  const DLDataType dtype = is_floating ? of_target : promoted;
  check_same_sizes(op, args[0].as.tensor, args[1].as.tensor);
  Tensor losses = logit_losses(widened(args[0]), widened(args[1]), widened(args[3]));
  if (is_tensor(args[2])) losses = mul(losses, widened(args[2]));
  give_reduced(op, losses, args[4], dtype, result[0]);
}

// multilabel_soft_margin_loss(input, target, weight, reduction)
void multilabel_soft_margin_loss(const VtValue* args, VtValue* result) {
  const char* op = "multilabel_soft_margin_loss";
  const DLDataType dtype = result_dtype(op, args, is_tensor(args[2]) ? 3 : 2);
  if (args[0].as.tensor->dl.ndim == 0)
    fail(VT_ERROR_SHAPE, std::string(op) + ": input must have a dimension of classes: got (), expected (N, C)");
  Tensor losses = logit_losses(widened(args[0]), widened(args[1]), Tensor());
  if (is_tensor(args[2])) losses = mul(losses, widened(args[2]));
  // The classes are those of the input, whatever it broadcasts to.
  const int64_t classes = args[0].as.tensor->dl.ndim - 1;
  const auto count = static_cast<double>(args[0].as.tensor->dl.shape[classes]);
  give_reduced(op, call<"div">(sum(losses, {classes}), count), args[3], dtype, result[0]);
}

// Refuses elements outside [0, 1] where they can be read at once.
void check_probabilities(const char* op, const char* name, const Tensor& input) {
  if (!is_cpu(input.get()) || input.numel() == 0) return;
  const Tensor values = call<"detach">(input);
  const Tensor inside =
      call<"all">(call<"logical_and">(call<"ge">(values, int64_t{0}), call<"le">(values, int64_t{1})));
  if (!*inside.data<const uint8_t>())
    fail(VT_ERROR_RUNTIME,
         std::string(op) + ": all elements of " + name + " must be probabilities: expected from 0 to 1");
}

// elementwise_binary_cross_entropy(input, target): -t max(log x, -100) - (1 - t) max(log(1 - x), -100)
void elementwise_binary_cross_entropy(const VtValue* args, VtValue* result) {
  const char* op = "elementwise_binary_cross_entropy";
  for (int i = 0; i < 2; ++i) rows::check_dtype(op, args[i].as.tensor);
  check_probabilities("binary_cross_entropy", "input", Tensor::share(args[0].as.tensor));
  check_probabilities("binary_cross_entropy", "target", Tensor::share(args[1].as.tensor));
  const Tensor target = shared(args[1]);
  const auto bounded = [](const Tensor& x) { return call<"clamp_min">(x, int64_t{-100}); };
  const Tensor of_one = mul(target, bounded(call<"log">(args[0])));
  const Tensor of_zero = mul(add_number(target, -1.0), bounded(call<"log1p">(call<"neg">(args[0]))));
  result[0] = rows::owned(sub(of_zero, of_one));
}

// binary_cross_entropy(input, target, weight, reduction)
void binary_cross_entropy(const VtValue* args, VtValue* result) {
  const char* op = "binary_cross_entropy";
  const DLDataType dtype = result_dtype(op, args);
  check_same_sizes(op, args[0].as.tensor, args[1].as.tensor);
  Tensor losses = call<"elementwise_binary_cross_entropy">(widened(args[0]), widened(args[1]));
  if (is_tensor(args[2])) losses = mul(losses, widened(args[2]));
  give_reduced(op, losses, args[3], dtype, result[0]);
}

// kl_div(input, target, reduction, log_target): zeros of the target, whose logarithm counts for nothing, become ones.
void kl_div(const VtValue* args, VtValue* result) {
  const char* op = "kl_div";
  const DLDataType dtype = result_dtype(op, args);
  const Tensor input = widened(args[0]);
  const Tensor target = widened(args[1]);
  if (args[3].as.i != 0) {
    give_reduced(op, mul(call<"exp">(target), sub(target, input)), args[2], dtype, result[0]);
    return;
  }
  const Tensor logarithm = call<"log">(call<"masked_fill">(target, call<"eq">(target, int64_t{0}), int64_t{1}));
  give_reduced(op, mul(target, sub(logarithm, input)), args[2], dtype, result[0]);
}

// poisson_nll_loss(input, target, log_input, full, eps, reduction)
void poisson_nll_loss(const VtValue* args, VtValue* result) {
  const char* op = "poisson_nll_loss";
  const DLDataType dtype = result_dtype(op, args);
  const Tensor input = widened(args[0]);
  const Tensor target = widened(args[1]);
  Tensor losses = args[2].as.i != 0 ? sub(call<"exp">(input), mul(target, input))
                                    : sub(input, mul(target, call<"log">(add_number(input, args[4].as.f))));
  if (args[3].as.i != 0) {
    // Stirling's log(t!) where t > 1: t log t - t + log(2 pi t) / 2.
    const Tensor counted = call<"gt">(target, int64_t{1});
    const Tensor t = call<"where">(counted, target, int64_t{1});
    const Tensor logarithm = call<"log">(t);
    const Tensor rest = mul(add_number(logarithm, std::log(2 * std::numbers::pi)), value_of(0.5));
    losses = add(losses, where_else_zero(counted, add(sub(mul(t, logarithm), t), rest)));
  }
  give_reduced(op, losses, args[5], dtype, result[0]);
}

// gaussian_nll_loss(input, target, var, full, eps, reduction)
void gaussian_nll_loss(const VtValue* args, VtValue* result) {
  const char* op = "gaussian_nll_loss";
  const DLDataType dtype = result_dtype(op, args, 3);
  const Tensor difference = sub(widened(args[0]), widened(args[1]));
  const Tensor var = raised(widened(args[2]), args[4].as.f);
  Tensor losses = add(call<"log">(var), call<"div">(call<"square">(difference), var));
  if (args[3].as.i != 0) losses = add_number(losses, std::log(2 * std::numbers::pi));
  give_reduced(op, mul(losses, value_of(0.5)), args[5], dtype, result[0]);
}

// hinge_embedding_loss(input, target, margin, reduction)
void hinge_embedding_loss(const VtValue* args, VtValue* result) {
  const char* op = "hinge_embedding_loss";
  result_dtype(op, args);  // which checks them; the result is of the input's
  const DLDataType dtype = args[0].as.tensor->dl.dtype;
  const Tensor input = widened(args[0]);
  const Tensor hinge = positive_part(call<"rsub">(input, args[2]));
  const Tensor of_unlike = where_else_zero(call<"ne">(args[1], int64_t{1}), hinge);
  const Tensor of_like = where_else_zero(call<"ne">(args[1], int64_t{-1}), input);
  give_reduced(op, add(of_unlike, of_like), args[3], dtype, result[0]);
}

// soft_margin_loss(input, target, reduction)
void soft_margin_loss(const VtValue* args, VtValue* result) {
  const char* op = "soft_margin_loss";
  result_dtype(op, args);  // which checks them; the result is of the input's
  const DLDataType dtype = args[0].as.tensor->dl.dtype;
  const Tensor losses = log1p_exp(call<"neg">(mul(widened(args[0]), widened(args[1]))));
  give_reduced(op, losses, args[2], dtype, result[0]);
}

// margin_ranking_loss(input1, input2, target, margin, reduction)
void margin_ranking_loss(const VtValue* args, VtValue* result) {
  const char* op = "margin_ranking_loss";
  const DLDataType dtype = result_dtype(op, args, 3);
  const Tensor order = mul(call<"neg">(widened(args[2])), sub(widened(args[0]), widened(args[1])));
  give_reduced(op, positive_part(call<"add">(order, args[3])), args[4], dtype, result[0]);
}

constexpr char kSmoothL1Doc[] =
    R"(The difference d of `input` and `target`: ``d ** 2 / (2 * beta)`` where |d| < `beta`, else ``|d| - beta / 2``.

Parameters
----------
input, target : Tensor
    Broadcast with each other.
reduction : str
    'none', 'mean' or 'sum'.
beta : float
    0 gives `l1_loss`.

Raises
------
RuntimeError
    If `beta` is negative.)";

constexpr char kHuberDoc[] =
    R"(The difference d of `input` and `target`: ``d ** 2 / 2`` where |d| <= `delta`, else ``delta * (|d| - delta / 2)``.

Parameters
----------
input, target : Tensor
    Broadcast with each other.
reduction : str
    'none', 'mean' or 'sum'.
delta : float

Raises
------
RuntimeError
    If `delta` is not positive.)";

constexpr char kBceWithLogitsDoc[] =
    R"(The cross entropy of probabilities `target` under the logistic function of `input`.

``(1 - t) x + (1 + (pos_weight - 1) t) log(1 + exp(-x))``, which does not overflow.

Parameters
----------
input : Tensor
    Logits.
target : Tensor
    Of the same sizes.
weight : Tensor, optional
    A factor, broadcast with the losses.
pos_weight : Tensor, optional
    A factor for the positive part, broadcast with `target`.
reduction : str
    'none', 'mean' or 'sum'.

Raises
------
ValueError
    If `target` has other sizes than `input`.)";

constexpr char kMultilabelSoftMarginDoc[] =
    R"(The mean over classes of the cross entropy of labels `target` under the logistic function of `input`.

Parameters
----------
input : Tensor
    Logits, (..., C).
target : Tensor
    Zeros and ones, broadcast with it.
weight : Tensor, optional
    A factor, broadcast with the losses of classes.
reduction : str
    'none', 'mean' or 'sum', over what is left without C.)";

constexpr char kElementwiseBceDoc[] =
    R"(``-t log(x) - (1 - t) log(1 - x)`` for each probability x and target t, no logarithm below -100.)";

constexpr char kBceDoc[] = R"(The cross entropy of probabilities `target` under probabilities `input`.

``-t log(x) - (1 - t) log(1 - x)``, where no logarithm is below -100.

Parameters
----------
input : Tensor
    From 0 to 1.
target : Tensor
    Of the same sizes.
weight : Tensor, optional
    A factor, broadcast with the losses.
reduction : str
    'none', 'mean' or 'sum'.

Raises
------
ValueError
    If `target` has other sizes than `input`.
RuntimeError
    If an element of `input` is no probability, on the CPU. On CUDA its loss is NaN.)";

constexpr char kKlDivDoc[] = R"(The terms of the Kullback-Leibler divergence: ``t * (log(t) - x)``, 0 where t is.

Parameters
----------
input : Tensor
    Log-probabilities x.
target : Tensor
    Probabilities t, or their logarithms; broadcast with `input`.
reduction : str
    'none', 'mean' or 'sum'. The divergence is the sum; 'mean' divides it by the number of elements.
log_target : bool
    Whether `target` has logarithms.)";

constexpr char kPoissonDoc[] =
    R"(The negative log likelihood of counts under Poisson distributions, without ``log(t!)``.

``exp(x) - t x``, or ``x - t log(x + eps)`` for rates.

Parameters
----------
input : Tensor
    Logarithms of the rates, or the rates.
target : Tensor
    Counts t, broadcast with `input`.
log_input : bool
    Whether `input` has logarithms.
full : bool
    Adds Stirling's approximation of ``log(t!)`` where t > 1.
eps : float
    Keeps the logarithm of a rate from zero.
reduction : str
    'none', 'mean' or 'sum'.)";

constexpr char kGaussianDoc[] =
    R"(The negative log likelihood under normal distributions: ``(log(var) + (input - target) ** 2 / var) / 2``.

Parameters
----------
input : Tensor
    Means.
target : Tensor
    Broadcast with them.
var : Tensor
    Variances, broadcast with both. Below `eps` they count as `eps`, without change of the gradient.
full : bool
    Adds ``log(2 pi) / 2``.
eps : float
reduction : str
    'none', 'mean' or 'sum'.)";

constexpr char kHingeDoc[] =
    R"(Distances x of pairs that are alike (target 1) or not (-1): ``x`` or ``max(0, margin - x)``.

Parameters
----------
input : Tensor
target : Tensor
    Broadcast with `input`; other values than 1 and -1 get the sum of both.
margin : float
reduction : str
    'none', 'mean' or 'sum'.)";

constexpr char kSoftMarginDoc[] = R"(``log(1 + exp(-target * input))`` for targets 1 and -1.

Parameters
----------
input, target : Tensor
    Broadcast with each other.
reduction : str
    'none', 'mean' or 'sum'.

Notes
-----
It does not overflow.)";

constexpr char kMarginRankingDoc[] =
    R"(``max(0, -target * (input1 - input2) + margin)``: `input1` should be the greater where target is 1, the lesser where -1.

Parameters
----------
input1, input2, target : Tensor
    Broadcast with each other.
margin : float
reduction : str
    'none', 'mean' or 'sum'.)";

}  // namespace

void register_loss_pointwise(VtPlugin* plugin) {
  constexpr uint32_t kFlags = VT_OP_FUNCTION | VT_OP_COMPOSITE;
  const OpRow ops[] = {
      {"smooth_l1_loss(Tensor input, Tensor target, str reduction='mean', float beta=1.0) -> Tensor", kFlags,
       kSmoothL1Doc},
      {"huber_loss(Tensor input, Tensor target, str reduction='mean', float delta=1.0) -> Tensor", kFlags, kHuberDoc},
      {"binary_cross_entropy_with_logits(Tensor input, Tensor target, Tensor? weight=None, Tensor? pos_weight=None, str "
       "reduction='mean') -> Tensor",
       kFlags, kBceWithLogitsDoc},
      {"multilabel_soft_margin_loss(Tensor input, Tensor target, Tensor? weight=None, str reduction='mean') -> Tensor",
       kFlags, kMultilabelSoftMarginDoc},
      {"elementwise_binary_cross_entropy(Tensor input, Tensor target) -> Tensor", VT_OP_FUNCTION, kElementwiseBceDoc},
      {"binary_cross_entropy(Tensor input, Tensor target, Tensor? weight=None, str reduction='mean') -> Tensor", kFlags,
       kBceDoc},
      {"kl_div(Tensor input, Tensor target, str reduction='mean', *, bool log_target=False) -> Tensor", kFlags,
       kKlDivDoc},
      {"poisson_nll_loss(Tensor input, Tensor target, bool log_input, bool full, float eps, str reduction) -> Tensor",
       kFlags, kPoissonDoc},
      {"gaussian_nll_loss(Tensor input, Tensor target, Tensor var, bool full=False, float eps=1e-06, str "
       "reduction='mean') -> Tensor",
       kFlags, kGaussianDoc},
      {"hinge_embedding_loss(Tensor input, Tensor target, float margin=1.0, str reduction='mean') -> Tensor", kFlags,
       kHingeDoc},
      {"soft_margin_loss(Tensor input, Tensor target, str reduction='mean') -> Tensor", kFlags, kSoftMarginDoc},
      {"margin_ranking_loss(Tensor input1, Tensor input2, Tensor target, float margin=0.0, str reduction='mean') -> "
       "Tensor",
       kFlags, kMarginRankingDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow everywhere[] = {
      {"smooth_l1_loss", boxed<smooth_l1_loss>},
      {"huber_loss", boxed<huber_loss>},
      {"binary_cross_entropy_with_logits", boxed<binary_cross_entropy_with_logits>},
      {"multilabel_soft_margin_loss", boxed<multilabel_soft_margin_loss>},
      {"elementwise_binary_cross_entropy", boxed<elementwise_binary_cross_entropy>},
      {"binary_cross_entropy", boxed<binary_cross_entropy>},
      {"kl_div", boxed<kl_div>},
      {"poisson_nll_loss", boxed<poisson_nll_loss>},
      {"gaussian_nll_loss", boxed<gaussian_nll_loss>},
      {"hinge_embedding_loss", boxed<hinge_embedding_loss>},
      {"soft_margin_loss", boxed<soft_margin_loss>},
      {"margin_ranking_loss", boxed<margin_ranking_loss>},
  };
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
