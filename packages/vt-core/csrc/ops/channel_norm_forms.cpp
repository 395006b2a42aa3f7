// SPDX-License-Identifier: Apache-2.0
// Normalisation over batches, groups and instances under PyTorch's names, over the inner ops: on any device.
#include <vt/cpp/spatial/channel_norm.hpp>

#include "ops/channel_norm.hpp"

namespace vt::core {

namespace {

using Ints = std::vector<int64_t>;
std::span<const int64_t> span_of(const Ints& ints) noexcept { return ints; }

// Whether running statistics are given: both or none.
bool has_running(const char* op, const VtValue& mean, const VtValue& var) {
  if (is_none(mean) != is_none(var))
    fail(VT_ERROR_VALUE, std::string(op) + ": running_mean and running_var must be given together: got only " +
                             (is_none(mean) ? "running_var" : "running_mean"));
  return !is_none(mean);
}

// args = (input, weight, bias, running_mean, running_var, training, momentum, eps)
std::array<Tensor, 3> batch_normalised(const char* op, const VtValue* args) {
  static const Op train("batch_norm_train");
  static const Op apply("batch_norm_apply");
  static const Op add("add");
  static const Op rsqrt("rsqrt");
  VtTensor* input = args[0].as.tensor;
  const channel_norm::Channels c = channel_norm::batch_channels(op, input);
  const bool running = has_running(op, args[3], args[4]);
  if (args[5].as.i != 0) return train.results<3>(args[0], args[1], args[2], args[3], args[4], args[6], args[7]);
  if (!running) fail(VT_ERROR_RUNTIME, std::string(op) + ": without training the running statistics must be given");
  channel_norm::check_parameter(op, "running_mean", args[3], input, c.channels);
  channel_norm::check_parameter(op, "running_var", args[4], input, c.channels);
  const DLDataType compute = rows::compute_dtype(input->dl.dtype);
  const Tensor rstd = rsqrt(add(rows::cast(args[4].as.tensor, compute), args[7]));
  return {apply(args[0], args[1], args[2], rows::cast(args[3].as.tensor, compute), rstd), Tensor(), Tensor()};
}

// batch_norm(input, weight, bias, running_mean, running_var, training, momentum, eps, cudnn_enabled)
void batch_norm(const VtValue* args, VtValue* result) {
  result[0] = rows::owned(std::move(batch_normalised("batch_norm", args)[0]));
}

// native_batch_norm(input, weight, bias, running_mean, running_var, training, momentum, eps): as PyTorch, statistics without
// elements when they were not taken.
void native_batch_norm(const VtValue* args, VtValue* result) {
  auto results = batch_normalised("native_batch_norm", args);
  const VtTensor* input = args[0].as.tensor;
  constexpr int64_t kNothing[] = {0};
  for (size_t k = 0; k < 3; ++k) {
    if (!results[k]) results[k] = Tensor::empty(kNothing, rows::compute_dtype(input->dl.dtype), input->dl.device);
    result[k] = rows::owned(std::move(results[k]));
  }
}

// group_norm(input, num_groups, weight, bias, eps, cudnn_enabled)
void group_norm(const VtValue* args, VtValue* result) {
  static const Op native("native_group_norm");
  const channel_norm::Channels c = channel_norm::batch_channels("group_norm", args[0].as.tensor);
  result[0] = rows::owned(
      std::move(native.results<3>(args[0], args[2], args[3], c.batch, c.channels, c.size, args[1].as.i, args[4])[0]));
}

// Instances as a batch of one with N C channels, whose running statistics are the mean of those of the instances.
Tensor instance_norm_running(const VtValue* args, const channel_norm::Channels& c) {
  static const Op train("batch_norm_train");
  static const Op repeat("repeat");
  static const Op reshape("reshape");
  static const Op mean("mean.dims");
  static const Op copy("copy_");
  const Ints times{c.batch};
  const auto repeated = [&](const VtValue& v) { return is_tensor(v) ? repeat(v, span_of(times)) : Tensor(); };
  const VtTensor* input = args[0].as.tensor;
  const Ints one_batch{1, c.num_runs(), c.size};
  const Tensor running_mean = repeated(args[3]);
  const Tensor running_var = repeated(args[4]);
  const auto outs = train.results<3>(reshape(args[0], span_of(one_batch)), repeated(args[1]), repeated(args[2]),
                                     running_mean, running_var, args[6], args[7]);
  const auto give_back = [&](VtTensor* given, const Tensor& moved) {
    const Ints by_instance{c.batch, c.channels};
    const Ints dims{0};
    const Tensor means = mean(reshape(moved, span_of(by_instance)), span_of(dims), false);
    copy.into(Tensor::share(given), value_of(given), means, false);
  };
  if (input->numel > 0) {
    give_back(args[3].as.tensor, running_mean);
    give_back(args[4].as.tensor, running_var);
  }
  return reshape(outs[0], sizes_of(input));
}

// instance_norm(input, weight, bias, running_mean, running_var, use_input_stats, momentum, eps, cudnn_enabled)
void instance_norm(const VtValue* args, VtValue* result) {
  static const Op group("native_group_norm");
  const char* op = "instance_norm";
  VtTensor* input = args[0].as.tensor;
  const channel_norm::Channels c = channel_norm::batch_channels(op, input);
  const bool running = has_running(op, args[3], args[4]);
  for (int k = 1; k <= 4; ++k) {
    constexpr const char* kNames[] = {"", "weight", "bias", "running_mean", "running_var"};
    channel_norm::check_parameter(op, kNames[k], args[k], input, c.channels);
  }
  if (args[5].as.i == 0) {
    if (!running)
      fail(VT_ERROR_RUNTIME, std::string(op) + ": without use_input_stats the running statistics must be given");
    result[0] = rows::owned(std::move(batch_normalised(op, args)[0]));
  } else if (running) {
    result[0] = rows::owned(instance_norm_running(args, c));
  } else {
    result[0] = rows::owned(
        std::move(group.results<3>(args[0], args[1], args[2], c.batch, c.channels, c.size, c.channels, args[7])[0]));
  }
}

// local_response_norm(input, size, alpha, beta, k): means over neighbouring channels, zeros beyond them.
void local_response_norm(const VtValue* args, VtValue* result) {
  static const Op mul("mul");
  static const Op reshape("reshape");
  static const Op pad("constant_pad_nd");
  static const Op pool("avg_pool2d");
  static const Op add("add");
  static const Op power("pow");
  static const Op div("div");
  VtTensor* input = args[0].as.tensor;
  const auto sizes = sizes_of(input);
  const int64_t size = args[1].as.i;
  if (sizes.size() < 3)
    fail(VT_ERROR_VALUE,
         "local_response_norm: the input must be (N, C, ...) with 3 dimensions or more: got " + format_sizes(sizes));
  if (size < 1 || size > INT32_MAX)
    fail(VT_ERROR_RUNTIME, "local_response_norm: size must be from 1 to 2147483647: got " + std::to_string(size));
  if (input->numel == 0) {
    result[0] = shared_value(input);
    return;
  }
  const Ints planes{sizes[0], 1, sizes[1], input->numel / (sizes[0] * sizes[1])};
  const Ints around{0, 0, size / 2, (size - 1) / 2};
  const Ints window{size, 1};
  const Ints one{1};
  const Tensor squares = pad(reshape(mul(args[0], args[0]), span_of(planes)), span_of(around), int64_t{0});
  const Tensor means = reshape(pool(squares, span_of(window), span_of(one)), sizes);
  result[0] = rows::owned(div(args[0], power(add(mul(means, args[2]), args[4]), args[3])));
}

// The norm over all dimensions but `dim`, kept as ones; over all of them for -1.
Tensor norm_but(const char* op, VtTensor* v, double p, int64_t dim) {
  static const Op norm("linalg_vector_norm");
  static const Op unsqueeze("unsqueeze");
  Ints dims;
  if (dim == -1) {
    for (int32_t d = 0; d < v->dl.ndim; ++d) dims.push_back(d);
    return norm(value_of(v), p, span_of(dims), false);
  }
  const int32_t kept = wrap_dim(op, dim, v->dl.ndim);
  for (int32_t d = 0; d < v->dl.ndim; ++d)
    if (d != kept) dims.push_back(d);
  if (!dims.empty()) return norm(value_of(v), p, span_of(dims), true);
  dims.push_back(v->dl.ndim);  // a dimension of one element to take the norm over
  return norm(unsqueeze(value_of(v), int64_t{v->dl.ndim}), p, span_of(dims), false);
}

// norm_except_dim(v, pow, dim)
void norm_except_dim(const VtValue* args, VtValue* result) {
  result[0] =
      rows::owned(norm_but("norm_except_dim", args[0].as.tensor, static_cast<double>(args[1].as.i), args[2].as.i));
}

// _weight_norm(v, g, dim)
void weight_norm(const VtValue* args, VtValue* result) {
  static const Op mul("mul");
  static const Op div("div");
  result[0] = rows::owned(mul(args[0], div(args[1], norm_but("_weight_norm", args[0].as.tensor, 2, args[2].as.i))));
}

constexpr char kBatchDoc[] = R"(Normalises each channel by its mean and variance over the batch and all positions.

Parameters
----------
input : Tensor
    (N, C, ...); float16, bfloat16, float32 or float64.
weight, bias : Tensor, optional
    (C,). With a half `input` they may be float32, as the running statistics.
running_mean, running_var : Tensor, optional
    (C,). Moved in training, used otherwise.
training : bool
    Whether statistics are taken from the batch.
momentum : float
    The weight of the batch in ``(1 - momentum) running + momentum statistic``, whose variance is the unbiased one.
eps : float
    Added to the variance.
cudnn_enabled : bool
    Taken for the sake of PyTorch's programs; means nothing.

Returns
-------
Tensor
    Like `input`, contiguous. Half types are computed in float32.

Raises
------
ValueError
    If only one running statistic is given.
RuntimeError
    If there are none without training, or sizes do not fit together.

References
----------
Ioffe and Szegedy, Batch Normalization, arXiv:1502.03167.)";
constexpr char kNativeBatchDoc[] = R"(`batch_norm` with the statistics it took.

Parameters
----------
input : Tensor
weight, bias, running_mean, running_var : Tensor, optional
training : bool
momentum, eps : float
    As in `batch_norm`.

Returns
-------
out : Tensor
save_mean, save_invstd : Tensor
    (C,), float32 for half types; without elements when not training.)";
constexpr char kGroupDoc[] =
    R"(Normalises groups of neighbouring channels by their mean and variance over all positions.

Parameters
----------
input : Tensor
    (N, C, ...); float16, bfloat16, float32 or float64.
num_groups : int
    Divides C.
weight, bias : Tensor, optional
    (C,). With a half `input` they may be float32.
eps : float
    Added to the variance.
cudnn_enabled : bool
    Taken for the sake of PyTorch's programs; means nothing.

Returns
-------
Tensor
    Like `input`, contiguous. Half types are computed in float32.

References
----------
Wu and He, Group Normalization, arXiv:1803.08494.)";
constexpr char kInstanceDoc[] =
    R"(Normalises each channel of each batch entry by its mean and variance over all positions.

Parameters
----------
input : Tensor
    (N, C, ...); float16, bfloat16, float32 or float64.
weight, bias : Tensor, optional
    (C,). With a half `input` they may be float32, as the running statistics.
running_mean, running_var : Tensor, optional
    (C,). Moved by the means of the instances' statistics, or used.
use_input_stats : bool
    Whether statistics are taken from the instances.
momentum, eps : float
    As in `batch_norm`.
cudnn_enabled : bool
    Taken for the sake of PyTorch's programs; means nothing.

References
----------
Ulyanov, Vedaldi and Lempitsky, Instance Normalization, arXiv:1607.08022.)";
constexpr char kResponseDoc[] =
    R"(Divides by ``(k + alpha mean) ** beta``, the mean of squares taken over `size` neighbouring channels.

Parameters
----------
input : Tensor
    (N, C, ...) with 3 dimensions or more. Channels beyond the first and the last count as zeros.
size : int
alpha, beta, k : float

Raises
------
ValueError
    If `input` has fewer than 3 dimensions.

References
----------
Krizhevsky, Sutskever and Hinton, ImageNet Classification with Deep Convolutional Neural Networks, NIPS 2012; the mean is
PyTorch's, theirs is a sum.)";
constexpr char kExceptDoc[] = R"(The norm over all dimensions but one.

Parameters
----------
v : Tensor
    float16, bfloat16, float32 or float64.
pow : int
    The order of the norm.
dim : int
    The dimension that stays; -1 for none.

Returns
-------
Tensor
    With ones for the other dimensions; 0-dim for -1.)";
constexpr char kWeightDoc[] =
    R"(``v * (g / norm)`` with the norm over all dimensions of `v` but `dim`, as `norm_except_dim` has it.

References
----------
Salimans and Kingma, Weight Normalization, arXiv:1602.07868.)";

}  // namespace

void register_channel_norm_forms(VtPlugin* plugin) {
  constexpr uint32_t kComposite = VT_OP_FUNCTION | VT_OP_COMPOSITE;
  const OpRow ops[] = {
      {"batch_norm(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool training, "
       "float momentum, float eps, bool cudnn_enabled) -> Tensor",
       kComposite, kBatchDoc},
      {"native_batch_norm(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool "
       "training, float momentum, float eps) -> (Tensor out, Tensor save_mean, Tensor save_invstd)",
       kComposite, kNativeBatchDoc},
      {"group_norm(Tensor input, int num_groups, Tensor? weight=None, Tensor? bias=None, float eps=1e-05, bool "
       "cudnn_enabled=True) -> Tensor",
       kComposite, kGroupDoc},
      {"instance_norm(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool "
       "use_input_stats, float momentum, float eps, bool cudnn_enabled) -> Tensor",
       kComposite, kInstanceDoc},
      {"local_response_norm(Tensor input, int size, float alpha=0.0001, float beta=0.75, float k=1.0) -> Tensor",
       kComposite, kResponseDoc},
      {"norm_except_dim(Tensor v, int pow=2, int dim=0) -> Tensor", kComposite, kExceptDoc},
      {"_weight_norm(Tensor v, Tensor g, int dim=0) -> Tensor", kComposite, kWeightDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow composites[] = {{"batch_norm", boxed<batch_norm>},
                                      {"native_batch_norm", boxed<native_batch_norm>},
                                      {"group_norm", boxed<group_norm>},
                                      {"instance_norm", boxed<instance_norm>},
                                      {"local_response_norm", boxed<local_response_norm>},
                                      {"norm_except_dim", boxed<norm_except_dim>},
                                      {"_weight_norm", boxed<weight_norm>}};
  register_kernels(plugin, kEveryDevice, composites);
}

}  // namespace vt::core
