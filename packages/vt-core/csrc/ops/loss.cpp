// SPDX-License-Identifier: Apache-2.0
// Losses: cross_entropy on the CPU with its fused backward pass, and those composed of other ops.
#include <vt/cpp/rows/loss.hpp>

#include "dispatch/callers.hpp"
#include "ops/loops/loss.hpp"
#include "ops/losses.hpp"
#include "ops/ops.hpp"
#include "ops/runs.hpp"

namespace vt::core {

namespace {

double number_at(const void* data, DLDataType dtype, int64_t i) noexcept {
  return same_dtype(dtype, kFloat64) ? static_cast<const double*>(data)[i]
                                     : static_cast<double>(static_cast<const float*>(data)[i]);
}
void store_at(void* data, DLDataType dtype, double value) noexcept {
  if (same_dtype(dtype, kFloat64)) {
    *static_cast<double*>(data) = value;
  } else {
    *static_cast<float*>(data) = static_cast<float>(value);
  }
}

void check_targets(const rows::CrossEntropy& c) {
  for (int64_t row = 0; row < c.num_rows; ++row) {
    const int64_t target = c.target[row];
    if (target != c.ignore_index && (target < 0 || target >= c.num_classes))
      fail(VT_ERROR_INDEX, "cross_entropy: Target " + std::to_string(target) +
                               " is out of bounds: expected a class from 0 to " + std::to_string(c.num_classes - 1) +
                               " or ignore_index " + std::to_string(c.ignore_index));
  }
}

CrossEntropyRows rows_of(const rows::CrossEntropy& c) {
  const DLDataType compute = rows::compute_dtype(c.dtype);
  double weight_total = static_cast<double>(c.num_classes);
  if (c.weight) {
    weight_total = 0;
    for (int64_t k = 0; k < c.num_classes; ++k) weight_total += number_at(c.weight, compute, k);
  }
  CrossEntropyRows rows{};
  rows.num_classes = c.num_classes;
  rows.ignore_index = c.ignore_index;
  rows.smoothing = c.smoothing;
  rows.input = c.input;
  rows.target = c.target;
  rows.weight = c.weight;
  rows.weight_total = weight_total;
  rows.losses = c.losses;
  rows.lse = c.lse;
  rows.grad = c.grad;
  rows.out = c.out;
  return rows;
}

void forward(const rows::CrossEntropy& c) {
  check_targets(c);
  const DLDataType compute = rows::compute_dtype(c.dtype);
  const CrossEntropyRows rows = rows_of(c);
  const CrossEntropyLoop loop = loops<LossLoops>().cross_entropy[static_cast<size_t>(dtype_index(c.dtype))];
  parallel_for(0, c.num_rows, rows_per_grain(c.num_classes),
               [&](int64_t begin, int64_t end) { loop(rows, begin, end); });
  double total = 0;
  double loss = 0;
  for (int64_t row = 0; row < c.num_rows; ++row) {
    if (c.target[row] == c.ignore_index) continue;
    total += c.weight ? number_at(c.weight, compute, c.target[row]) : 1;
    loss += number_at(c.losses, compute, row);
  }
  store_at(c.total_weight, compute, total);
  if (c.loss) store_at(c.loss, compute, c.reduction == rows::Reduction::kMean ? loss / total : loss);
}

void backward(const rows::CrossEntropy& c) {
  check_targets(c);
  CrossEntropyRows rows = rows_of(c);
  rows.grad_step = c.grad && c.reduction == rows::Reduction::kNone;
  constexpr float kOne = 1;
  constexpr double kWideOne = 1;
  if (!c.grad)
    rows.grad = same_dtype(rows::compute_dtype(c.dtype), kFloat64) ? static_cast<const void*>(&kWideOne) : &kOne;
  rows.grad_scale =
      c.reduction == rows::Reduction::kMean ? 1 / number_at(c.total_weight, rows::compute_dtype(c.dtype), 0) : 1;
  const CrossEntropyLoop loop = loops<LossLoops>().cross_entropy_backward[static_cast<size_t>(dtype_index(c.dtype))];
  parallel_for(0, c.num_rows, rows_per_grain(c.num_classes),
               [&](int64_t begin, int64_t end) { loop(rows, begin, end); });
}

void native_cross_entropy(const VtValue* args, VtValue* result) { rows::cross_entropy(args, result, forward); }
void native_cross_entropy_backward(const VtValue* args, VtValue* result) {
  rows::cross_entropy_backward(args, result, backward);
}

// Targets that are probabilities: -sum(w t log_softmax(x)) over classes, t smoothed; the mean is that over rows.
void cross_entropy_of_probabilities(const VtValue* args, VtValue* result) {
  using namespace losses;
  const char* op = "cross_entropy";
  const VtTensor* input = args[0].as.tensor;
  if (dtype_info(known_dtype_index(args[1].as.tensor->dl.dtype)).category < Category::kFloating)
    fail(VT_ERROR_RUNTIME, std::string(op) + ": target of the sizes of the input must hold class probabilities: got " +
                               std::string(dtype_name(args[1].as.tensor->dl.dtype)) + ", expected a floating dtype");
  const DLDataType dtype = result_dtype(op, args);
  const int64_t dim = input->dl.ndim == 1 ? 0 : 1;
  const int64_t num_classes = input->dl.shape[dim];
  const double smoothing = rows::detail::smoothing_of(op, args[5]);
  Tensor target = widened(args[1]);
  if (smoothing > 0)
    target = call<"add">(mul(target, value_of(1 - smoothing)), smoothing / static_cast<double>(num_classes));
  if (is_tensor(args[2])) {
    rows::detail::check_class_weight(op, args[2].as.tensor, input->dl.dtype, num_classes);
    Ints along(static_cast<size_t>(input->dl.ndim), 1);
    along[static_cast<size_t>(dim)] = num_classes;
    target = mul(target, reshape(widened(args[2]), along));
  }
  const Tensor products = mul(call<"log_softmax">(widened(args[0]), dim), target);
  give_reduced(op, call<"neg">(sum(products, {dim})), args[4], dtype, result[0]);
}

// The classes of rows. That of one vector may be a vector too, of one element.
Tensor classes_of(const VtTensor* input, VtTensor* target) {
  const Tensor classes = Tensor::share(target);
  return input->dl.ndim == 1 && classes.ndim() == 1 && classes.numel() == 1 ? calls::reshape(classes, {}) : classes;
}

// cross_entropy(input, target, weight, ignore_index, reduction, label_smoothing)
void cross_entropy(const VtValue* args, VtValue* result) {
  const VtTensor* input = args[0].as.tensor;
  if (input->dl.ndim > 0 && same_sizes(sizes_of(input), sizes_of(args[1].as.tensor))) {
    cross_entropy_of_probabilities(args, result);
    return;
  }
  static const Op native("native_cross_entropy");
  const Tensor target = classes_of(input, args[1].as.tensor);
  // A backward that begins here wants the gradient for one; other layers want to see it made.
  const bool with_gradient = (input->flags & VT_TENSOR_LAYER_MASK) == 1u << VT_LAYER_AUTOGRAD;
  result[0] =
      rows::owned(std::move(native.results<4>(args[0], target, args[2], args[3], args[4], args[5], with_gradient)[0]));
}

// nll_loss(input, target, weight, ignore_index, reduction): the gradient is that of gather.
void nll_loss(const VtValue* args, VtValue* result) {
  static const Op eq("eq");
  static const Op gather("gather");
  static const Op logical_not("logical_not");
  static const Op masked_fill("masked_fill");
  static const Op mul("mul");
  static const Op neg("neg");
  static const Op reshape("reshape");
  static const Op sum("sum");
  static const Op unsqueeze("unsqueeze");
  static const Op to("to.dtype");
  const CalledAs here("nll_loss");
  VtTensor* input = args[0].as.tensor;
  // Classes may be bytes, as in PyTorch.
  const Tensor given = classes_of(input, args[1].as.tensor);
  const Tensor named = same_dtype(given.dtype(), kUInt8) ? to(given, kInt64) : Tensor(given);
  VtTensor* target = named.get();
  const rows::detail::Classes checked("nll_loss", input, target, args[2]);
  const rows::Reduction reduction = rows::reduction_of("nll_loss", args[4].as.string);
  const int64_t dim = input->dl.ndim == 1 ? 0 : 1;

  const Tensor ignored = eq(named, args[3]);
  const Tensor classes = masked_fill(named, ignored, int64_t{0});
  Tensor losses = neg(reshape(gather(args[0], dim, unsqueeze(classes, dim)), sizes_of(target)));
  Tensor weights;
  if (is_tensor(args[2])) {
    static const Op index_select("index_select");
    const int64_t flat = -1;
    const Tensor picked = index_select(args[2], int64_t{0}, reshape(classes, std::span<const int64_t>(&flat, 1)));
    weights = reshape(picked, sizes_of(target));
    losses = mul(losses, weights);
  }
  losses = masked_fill(losses, ignored, int64_t{0});
  if (reduction == rows::Reduction::kSum) losses = sum(losses);
  if (reduction == rows::Reduction::kMean) {
    static const Op div("div");
    const Tensor counted = logical_not(ignored);
    losses = div(sum(losses), sum(weights ? mul(weights, counted) : Tensor(counted)));
  }
  result[0] = rows::owned(std::move(losses));
}

// mse_loss(input, target, reduction)
void mse_loss(const VtValue* args, VtValue* result) {
  const DLDataType dtype = losses::broadcast_dtype("mse_loss", args);
  const Tensor difference = calls::sub(losses::widened(args[0], dtype), losses::widened(args[1], dtype));
  losses::give_reduced("mse_loss", losses::consume<"square">(difference), args[2], dtype, result[0]);
}

// l1_loss(input, target, reduction)
void l1_loss(const VtValue* args, VtValue* result) {
  const DLDataType dtype = losses::broadcast_dtype("l1_loss", args);
  const Tensor difference = calls::sub(losses::widened(args[0], dtype), losses::widened(args[1], dtype));
  losses::give_reduced("l1_loss", losses::consume<"abs">(difference), args[2], dtype, result[0]);
}

constexpr char kCrossEntropyDoc[] =
    R"(The cross entropy of class indices under the softmax of logits: ``log(sum(exp(x))) - x[target]`` for each row.

Parameters
----------
input : Tensor
    Logits, (C,), (N, C) or (N, C, d1, ...); float16, bfloat16, float32 or float64.
target : Tensor
    int64 class indices, of the sizes of `input` without C; or class probabilities, of the sizes of `input`.
weight : Tensor, optional
    (C,); a factor for each class. It has no gradient with class indices.
ignore_index : int
    Class indices of this value do not count.
reduction : str
    'none', 'sum', or 'mean': the sum divided by the weights of the targets that count, NaN when there is none; with class
    probabilities, by the number of rows.
label_smoothing : float
    Part of the target that is spread over all classes, from 0 to 1.

Returns
-------
Tensor
    Of the dtype of `input`, computed in float32 for half types; 0-dim unless `reduction` is 'none'.

Raises
------
IndexError
    If a target is no class. On CUDA that is reported when the device is next waited for, and the loss of its row is NaN.
ShapeError
    If sizes do not fit together.)";

constexpr char kNativeCrossEntropyDoc[] = R"(`cross_entropy` with what its gradient reads.

Parameters
----------
input, target : Tensor
weight : Tensor, optional
ignore_index : int
reduction : str
label_smoothing : float
    As in `cross_entropy`.
with_gradient : bool
    Make the gradient of a reduced loss too, where the device makes it in the same pass.

Returns
-------
loss : Tensor
lse : Tensor
    The logarithm of the sum of exponentials of each row; float32 for half types.
total_weight : Tensor
    0-dim: the weights of the targets that count.
gradient : Tensor or None
    Of the loss for `input`: what `native_cross_entropy_backward` makes of a gradient of one. It has no derivative.)";

constexpr char kNativeCrossEntropyBackwardDoc[] =
    R"(The gradient of `native_cross_entropy`: ``(softmax - one_hot) * grad`` in one pass over the logits.

Parameters
----------
grad : Tensor, optional
    That of the loss; ones when left out.
input, target : Tensor
weight : Tensor, optional
lse, total_weight : Tensor
    Results of the forward.
reduction : str
ignore_index : int
label_smoothing : float

Returns
-------
Tensor
    Of the sizes and dtype of `input`.)";

constexpr char kNllLossDoc[] =
    R"(The negative log likelihood of class indices: ``-input[target]`` for each row of log probabilities.

Parameters
----------
input : Tensor
    Log probabilities, (C,), (N, C) or (N, C, d1, ...).
target : Tensor
    int64 class indices, of the sizes of `input` without C.
weight : Tensor, optional
    (C,); a factor for each class.
ignore_index : int
    Targets of this value do not count.
reduction : str
    'none', 'sum', or 'mean': the sum divided by the weights of the targets that count; NaN when there is none.

Raises
------
IndexError
    If a target is no class.
ShapeError
    If sizes do not fit together.)";

constexpr char kMseLossDoc[] = R"(The squared difference of `input` and `target`.

Parameters
----------
input, target : Tensor
    Broadcast with each other.
reduction : str
    'none', 'mean' or 'sum'.)";

constexpr char kL1LossDoc[] = R"(The absolute difference of `input` and `target`.

Parameters
----------
input, target : Tensor
    Broadcast with each other.
reduction : str
    'none', 'mean' or 'sum'.)";

}  // namespace

void register_loss(VtPlugin* plugin) {
  constexpr uint32_t kComposite = VT_OP_FUNCTION | VT_OP_COMPOSITE;
  const OpRow ops[] = {
      {"cross_entropy(Tensor input, Tensor target, Tensor? weight=None, int ignore_index=-100, str reduction='mean', float "
       "label_smoothing=0.0) -> Tensor",
       kComposite, kCrossEntropyDoc},
      {"native_cross_entropy(Tensor input, Tensor target, Tensor? weight, int ignore_index, str reduction, float "
       "label_smoothing, bool with_gradient=False) -> (Tensor loss, Tensor lse, Tensor total_weight, Tensor? gradient)",
       VT_OP_FUNCTION, kNativeCrossEntropyDoc},
      {"native_cross_entropy_backward(Tensor? grad, Tensor input, Tensor target, Tensor? weight, Tensor lse, Tensor "
       "total_weight, str reduction, int ignore_index, float label_smoothing) -> Tensor",
       VT_OP_FUNCTION, kNativeCrossEntropyBackwardDoc},
      {"nll_loss(Tensor input, Tensor target, Tensor? weight=None, int ignore_index=-100, str reduction='mean') -> Tensor",
       kComposite, kNllLossDoc},
      {"mse_loss(Tensor input, Tensor target, str reduction='mean') -> Tensor", kComposite, kMseLossDoc},
      {"l1_loss(Tensor input, Tensor target, str reduction='mean') -> Tensor", kComposite, kL1LossDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {{"native_cross_entropy", boxed<native_cross_entropy>},
                                   {"native_cross_entropy_backward", boxed<native_cross_entropy_backward>}};
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
  const vt::KernelRow composites[] = {{"cross_entropy", boxed<cross_entropy>},
                                      {"nll_loss", boxed<nll_loss>},
                                      {"mse_loss", boxed<mse_loss>},
                                      {"l1_loss", boxed<l1_loss>}};
  register_kernels(plugin, kEveryDevice, composites);
}

}  // namespace vt::core
