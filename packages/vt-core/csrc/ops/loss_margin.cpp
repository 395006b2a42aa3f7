// SPDX-License-Identifier: Apache-2.0
// Losses of rows that ask for a margin: between classes, labels, angles and distances; composed of other ops.
#include "dispatch/callers.hpp"
#include "ops/losses.hpp"

namespace vt::core {

namespace {

using namespace losses;

// Rows of scores (N, C) with int64 targets; a single row is a batch of one.
struct ScoredRows {
  ScoredRows(const char* op, const VtValue* args, size_t target_ndim) : is_single(args[0].as.tensor->dl.ndim == 1) {
    const VtTensor* input = args[0].as.tensor;
    const VtTensor* target = args[1].as.tensor;
    rows::check_dtype(op, input);
    if (input->dl.ndim < 1 || input->dl.ndim > 2)
      fail(VT_ERROR_SHAPE, std::string(op) + ": input must be (C,) or (N, C): got " + format_sizes(sizes_of(input)));
    if (!same_dtype(target->dl.dtype, kInt64))
      fail(VT_ERROR_DTYPE, std::string(op) + ": target must hold classes: got " +
                               std::string(dtype_name(target->dl.dtype)) + ", expected int64; convert it");
    const auto expected = sizes_of(input).first(static_cast<size_t>(input->dl.ndim) - 2 + target_ndim);
    // One target may have a dimension of its own.
    const bool is_one = is_single && target_ndim == 1 && target->numel == 1 && target->dl.ndim <= 1;
    if (!is_one && !same_sizes(sizes_of(target), expected))
      fail(VT_ERROR_SHAPE, std::string(op) + ": inconsistent sizes of target: got " + format_sizes(sizes_of(target)) +
                               " for an input of " + format_sizes(sizes_of(input)) + ", expected " +
                               format_sizes(expected));
    num_classes = input->dl.shape[input->dl.ndim - 1];
    const int64_t num_rows = is_single ? 1 : input->dl.shape[0];
    scores = reshape(widened(args[0]), {num_rows, num_classes});
    targets =
        target_ndim == 1 ? reshape(shared(args[1]), {num_rows, 1}) : reshape(shared(args[1]), {num_rows, num_classes});
  }

  // Losses of the rows without the dimension that a single row did not have.
  Tensor losses(const Tensor& per_row) const { return is_single ? squeeze(per_row, 0) : per_row; }

  bool is_single;
  int64_t num_classes;
  Tensor scores;
  Tensor targets;
};

// multi_margin_loss(input, target, p, margin, weight, reduction)
void multi_margin_loss(const VtValue* args, VtValue* result) {
  const char* op = "multi_margin_loss";
  const CalledAs named(op);
  const ScoredRows r(op, args, 1);
  const double p = number_of(args[2]).real;
  if (p != 1 && p != 2) fail(VT_ERROR_VALUE, std::string(op) + ": p must be 1 or 2: got " + std::to_string(p));
  const Tensor own = call<"gather">(r.scores, int64_t{1}, r.targets);
  Tensor lack = positive_part(call<"add">(sub(r.scores, own), args[3]));
  if (p == 2) lack = call<"square">(lack);
  if (is_tensor(args[4])) {
    rows::detail::check_class_weight(op, args[4].as.tensor, args[0].as.tensor->dl.dtype, r.num_classes);
    const Tensor weights = call<"index_select">(widened(args[4]), int64_t{0}, reshape(r.targets, {-1}));
    lack = mul(lack, unsqueeze(weights, 1));
  }
  lack = call<"scatter">(lack, int64_t{1}, r.targets, int64_t{0});  // the class itself
  const int64_t last[] = {-1};
  const Tensor per_row = call<"mean.dims">(lack, std::span<const int64_t>(last));
  give_reduced(op, r.losses(per_row), args[5], args[0].as.tensor->dl.dtype, result[0]);
}

// multilabel_margin_loss(input, target, reduction): labels of a row are those before its first negative number.
void multilabel_margin_loss(const VtValue* args, VtValue* result) {
  const char* op = "multilabel_margin_loss";
  const CalledAs named(op);
  const ScoredRows r(op, args, 2);
  const Tensor ends = call<"cumsum">(call<"lt">(r.targets, int64_t{0}), int64_t{1});
  const Tensor counted = call<"eq">(ends, int64_t{0});
  const Tensor labels = call<"masked_fill">(r.targets, call<"logical_not">(counted), int64_t{0});
  const Tensor counts =
      call<"scatter_add">(call<"zeros_like">(r.targets), int64_t{1}, labels, call<"to.dtype">(counted, kInt64));
  const Tensor is_other = call<"eq">(counts, int64_t{0});
  const Tensor own = call<"gather">(r.scores, int64_t{1}, labels);
  const Tensor gaps = call<"add">(sub(unsqueeze(r.scores, 1), unsqueeze(own, 2)), int64_t{1});
  const Tensor compared = call<"logical_and">(unsqueeze(counted, 2), unsqueeze(is_other, 1));
  const Tensor total = sum(where_else_zero(compared, positive_part(gaps)), {1, 2});
  const Tensor per_row = mul(total, value_of(1 / static_cast<double>(r.num_classes)));
  give_reduced(op, r.losses(per_row), args[2], args[0].as.tensor->dl.dtype, result[0]);
}

// cosine_embedding_loss(input1, input2, target, margin, reduction)
void cosine_embedding_loss(const VtValue* args, VtValue* result) {
  const char* op = "cosine_embedding_loss";
  const DLDataType dtype = result_dtype(op, args);
  const VtTensor* target = args[2].as.tensor;
  for (int i = 0; i < 2; ++i)
    if (target->dl.ndim > 1 || args[i].as.tensor->dl.ndim != target->dl.ndim + 1)
      fail(VT_ERROR_RUNTIME, std::string(op) +
                                 ": vectors must have one dimension more than the target, which has 0 or 1: "
                                 "got " +
                                 format_sizes(sizes_of(args[i].as.tensor)) + " with a target of " +
                                 format_sizes(sizes_of(target)));
  const Tensor a = widened(args[0]);
  const Tensor b = widened(args[1]);
  constexpr double kLeast = 1e-12;
  const auto square = [&](const Tensor& x) { return call<"add">(sum(mul(x, x), {-1}), kLeast); };
  const Tensor cosine = call<"div">(sum(mul(a, b), {-1}), call<"sqrt">(mul(square(a), square(b))));
  const Tensor of_like = where_else_zero(call<"eq">(args[2], int64_t{1}), call<"rsub">(cosine, int64_t{1}));
  const Tensor hinge = positive_part(call<"sub">(cosine, args[3]));
  const Tensor of_unlike = where_else_zero(call<"eq">(args[2], int64_t{-1}), hinge);
  give_reduced(op, add(of_like, of_unlike), args[4], dtype, result[0]);
}

// triplet_margin_loss(anchor, positive, negative, margin, p, eps, swap, reduction)
void triplet_margin_loss(const VtValue* args, VtValue* result) {
  const char* op = "triplet_margin_loss";
  const DLDataType dtype = result_dtype(op, args, 3);
  for (int i = 1; i < 3; ++i)
    if (args[i].as.tensor->dl.ndim != args[0].as.tensor->dl.ndim)
      fail(VT_ERROR_RUNTIME, std::string(op) + ": anchor, positive and negative must have as many dimensions: got " +
                                 format_sizes(sizes_of(args[0].as.tensor)) + ", " +
                                 format_sizes(sizes_of(args[1].as.tensor)) + " and " +
                                 format_sizes(sizes_of(args[2].as.tensor)));
  const auto distance = [&](int a, int b) {
    return call<"pairwise_distance">(widened(args[a]), widened(args[b]), args[4], args[5]);
  };
  const Tensor to_positive = distance(0, 1);
  Tensor to_negative = distance(0, 2);
  if (args[6].as.i != 0) to_negative = call<"minimum">(to_negative, distance(1, 2));
  const Tensor losses = positive_part(call<"add">(sub(to_positive, to_negative), args[3]));
  give_reduced(op, losses, args[7], dtype, result[0]);
}

constexpr char kMultiMarginDoc[] =
    R"(How far scores of other classes j come within `margin` of that of the class y: ``max(0, margin - x[y] + x[j]) ** p``.

Parameters
----------
input : Tensor
    Scores, (C,) or (N, C).
target : Tensor
    int64 classes, () or (N,).
p : Scalar
    1 or 2.
margin : float
weight : Tensor, optional
    (C,); a factor for each class as a target.
reduction : str
    'none', 'mean' or 'sum' over rows; a row is the mean over all C classes.

Raises
------
ValueError
    If `p` is neither 1 nor 2.
IndexError
    If a target is no class.)";

constexpr char kMultilabelMarginDoc[] =
    R"(How far scores of other classes j come within 1 of those of the labels y of a row: ``max(0, 1 - x[y] + x[j])``.

Parameters
----------
input : Tensor
    Scores, (C,) or (N, C).
target : Tensor
    int64 classes, of the same sizes: the labels of a row, then -1.
reduction : str
    'none', 'mean' or 'sum' over rows; a row is the sum divided by C.

Raises
------
IndexError
    If a label is no class.

Notes
-----
It needs memory for N C C elements.)";

constexpr char kCosineEmbeddingDoc[] =
    R"(Of vectors that are alike (target 1) or not (-1), with c the cosine of their angle: ``1 - c`` or ``max(0, c - margin)``.

Parameters
----------
input1, input2 : Tensor
    (D,) or (N, D).
target : Tensor
    () or (N,).
margin : float
reduction : str
    'none', 'mean' or 'sum'.

Raises
------
RuntimeError
    If the numbers of dimensions do not fit.)";

constexpr char kTripletDoc[] =
    R"(How far the anchor is from being nearer to the positive than to the negative: ``max(0, d(a, p) - d(a, n) + margin)``.

Parameters
----------
anchor, positive, negative : Tensor
    (D,) or (N, D); d is their `pairwise_distance`.
margin : float
p : float
    Of the norm.
eps : float
swap : bool
    Takes ``d(p, n)`` where it is less than ``d(a, n)``.
reduction : str
    'none', 'mean' or 'sum'.

Raises
------
RuntimeError
    If the numbers of dimensions differ.

Notes
-----
Source: Balntas, Riba, Ponsa and Mikolajczyk, "Learning local feature descriptors with triplets and shallow convolutional
neural networks", 2016.)";

}  // namespace

void register_loss_margin(VtPlugin* plugin) {
  constexpr uint32_t kFlags = VT_OP_FUNCTION | VT_OP_COMPOSITE;
  const OpRow ops[] = {
      {"multi_margin_loss(Tensor input, Tensor target, Scalar p=1, float margin=1.0, Tensor? weight=None, str "
       "reduction='mean') -> Tensor",
       kFlags, kMultiMarginDoc},
      {"multilabel_margin_loss(Tensor input, Tensor target, str reduction='mean') -> Tensor", kFlags,
       kMultilabelMarginDoc},
      {"cosine_embedding_loss(Tensor input1, Tensor input2, Tensor target, float margin=0.0, str reduction='mean') -> "
       "Tensor",
       kFlags, kCosineEmbeddingDoc},
      {"triplet_margin_loss(Tensor anchor, Tensor positive, Tensor negative, float margin=1.0, float p=2.0, float "
       "eps=1e-06, bool swap=False, str reduction='mean') -> Tensor",
       kFlags, kTripletDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow everywhere[] = {{"multi_margin_loss", boxed<multi_margin_loss>},
                                      {"multilabel_margin_loss", boxed<multilabel_margin_loss>},
                                      {"cosine_embedding_loss", boxed<cosine_embedding_loss>},
                                      {"triplet_margin_loss", boxed<triplet_margin_loss>}};
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
