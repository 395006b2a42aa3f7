// SPDX-License-Identifier: Apache-2.0
// Arguments, shapes and results of batch_norm and group_norm, the same on every device; a device brings the loops.
#pragma once

#include <vt/cpp/rows.hpp>

#include <vector>

// Note [Channel norms]
// A tensor is (batch, channels, size). Its elements are normalised by statistics that batch_norm takes over batch and size,
// one per channel, and group_norm over neighbouring channels and size, one per batch entry and group; then each channel c is
// scaled by w[c] and moved by b[c]. With M the number of elements of a statistic:
//   m = sum(x) / M,  r = 1 / sqrt(sum((x - m)^2) / M + eps),  h = (x - m) r,  y = h w + b
// Gradients, with g that of y and sums over a statistic's elements:
//   x: r (g w - sum(g w) / M - h sum(g w h) / M);  w: sum of g h, b: sum of g over batch and size
// With statistics that were given rather than taken the gradient of x is r g w alone. (Ioffe and Szegedy, arXiv:1502.03167;
// Wu and He, arXiv:1803.08494.) Sums are added in an order that depends on sizes alone.
namespace vt::channel_norm {

struct Channels {
  int64_t batch;
  int64_t channels;
  int64_t size;
  int64_t groups;  // of a batch entry; 0 for batch_norm

  int64_t num_runs() const noexcept { return batch * channels; }
  int64_t numel() const noexcept { return num_runs() * size; }
  int64_t num_stats() const noexcept { return groups ? batch * groups : channels; }
  int64_t runs_per_stat() const noexcept { return groups ? channels / groups : batch; }
  int64_t count() const noexcept { return runs_per_stat() * size; }
};

struct Forward {
  Channels shape;
  DLDataType dtype;
  bool measures;  // statistics are taken and written, not read
  double eps;
  double momentum;
  const void* input;
  // In the compute dtype; NULL where there is none.
  const void* weight;
  const void* bias;
  void* mean;
  void* rstd;
  void* running_mean;
  void* running_var;
  void* out;
};

struct Backward {
  Channels shape;
  DLDataType dtype;
  bool measured;
  const void* grad;
  const void* input;
  const void* mean;
  const void* rstd;
  const void* weight;
  void* input_grad;  // NULL where not needed, as those below
  // In the compute dtype.
  void* weight_grad;
  void* bias_grad;
};

inline void check_parameter(const char* op, const char* name, const VtValue& v, const VtTensor* input,
                            int64_t channels) {
  if (!is_tensor(v)) return;
  rows::check_parameter_dtype(op, name, v.as.tensor, input->dl.dtype);
  if (v.as.tensor->dl.ndim != 1 || v.as.tensor->numel != channels)
    fail(VT_ERROR_SHAPE, std::string(op) + ": " + name + " must have one element per channel: got sizes " +
                             format_sizes(sizes_of(v.as.tensor)) + ", expected " + std::to_string(channels));
}

// Of batch_norm: (N, C, ...).
inline Channels batch_channels(const char* op, const VtTensor* input) {
  rows::check_dtype(op, input);
  const auto sizes = sizes_of(input);
  if (sizes.size() < 2)
    fail(VT_ERROR_SHAPE,
         std::string(op) + ": the input must be (N, C, ...): got " + format_sizes(sizes) + "; add a dimension");
  Channels c{sizes[0], sizes[1], 1, 0};
  for (size_t d = 2; d < sizes.size(); ++d) c.size *= sizes[d];
  return c;
}

// native_group_norm's N, C, HxW and group, from `args` on.
inline Channels group_channels(const char* op, const VtTensor* input, const VtValue* args) {
  rows::check_dtype(op, input);
  const Channels c{args[0].as.i, args[1].as.i, args[2].as.i, args[3].as.i};
  const int64_t sizes[] = {c.batch, c.channels, c.size};
  if (checked_numel(op, sizes) != input->numel)
    fail(VT_ERROR_SHAPE, std::string(op) + ": N, C and HxW must multiply up to the elements of the input: got " +
                             format_sizes(sizes) + " for sizes " + format_sizes(sizes_of(input)));
  if (c.groups <= 0 || c.channels % c.groups != 0)
    fail(VT_ERROR_RUNTIME, std::string(op) + ": the number of groups must be positive and divide the channels: got " +
                               std::to_string(c.groups) + " groups for " + std::to_string(c.channels) + " channels");
  return c;
}

inline Tensor statistic(const char* op, const char* name, const VtTensor* input, const Channels& c, VtTensor* t) {
  const DLDataType compute = rows::compute_dtype(input->dl.dtype);
  const int64_t per_channel[] = {c.channels};
  const int64_t per_group[] = {c.batch, c.groups};
  const auto expected = c.groups ? std::span<const int64_t>(per_group) : std::span<const int64_t>(per_channel);
  if (!t) return Tensor::empty(expected, compute, input->dl.device);
  if (!same_sizes(sizes_of(t), expected) || !same_dtype(t->dl.dtype, compute))
    fail(VT_ERROR_SHAPE, std::string(op) + ": " + name + " must be what the forward returned: got " +
                             format_sizes(sizes_of(t)) + " of " + std::string(dtype_name(t->dl.dtype)) + ", expected " +
                             format_sizes(expected));
  return rows::dense(t);
}

// run(forward), then the new running statistics go back to where they were given.
template <class Run>
void forward(const char* op, const Channels& c, bool measures, const VtValue* args, VtTensor* running_mean,
             VtTensor* running_var, double momentum, double eps, VtTensor* mean, VtTensor* rstd, VtValue* result,
             Run&& run) {
  static const Op copy("copy_");
  VtTensor* input = args[0].as.tensor;
  check_parameter(op, "weight", args[1], input, c.channels);
  check_parameter(op, "bias", args[2], input, c.channels);
  const DLDataType compute = rows::compute_dtype(input->dl.dtype);
  Tensor out = Tensor::empty(sizes_of(input), input->dl.dtype, input->dl.device);
  Tensor mean_kept = statistic(op, "mean", input, c, mean);
  Tensor rstd_kept = statistic(op, "rstd", input, c, rstd);
  if (!rows::is_meta(input)) {
    const Tensor x = rows::dense(input);
    const Tensor weight = rows::dense_as(args[1], compute);
    const Tensor bias = rows::dense_as(args[2], compute);
    const Tensor moving_mean = rows::dense_as(value_of(running_mean), compute);
    const Tensor moving_var = rows::dense_as(value_of(running_var), compute);
    run(Forward{c, input->dl.dtype, measures, eps, momentum, x->dl.data, rows::data_of(weight), rows::data_of(bias),
                mean_kept->dl.data, rstd_kept->dl.data, rows::data_of(moving_mean), rows::data_of(moving_var),
                out->dl.data});
    const auto give_back = [&](VtTensor* given, const Tensor& moved) {
      if (given && given != moved.get()) copy.into(Tensor::share(given), value_of(given), moved, false);
    };
    give_back(running_mean, moving_mean);
    give_back(running_var, moving_var);
  }
  result[0] = rows::owned(std::move(out));
  if (!measures) return;
  result[1] = rows::owned(std::move(mean_kept));
  result[2] = rows::owned(std::move(rstd_kept));
}

// batch_norm_train(input, weight, bias, running_mean, running_var, momentum, eps)
template <class Run>
void batch_train(const VtValue* args, VtValue* result, Run&& run) {
  const char* op = "batch_norm";
  const Channels c = batch_channels(op, args[0].as.tensor);
  check_parameter(op, "running_mean", args[3], args[0].as.tensor, c.channels);
  check_parameter(op, "running_var", args[4], args[0].as.tensor, c.channels);
  const auto tensor = [](const VtValue& v) { return is_tensor(v) ? v.as.tensor : nullptr; };
  forward(op, c, true, args, tensor(args[3]), tensor(args[4]), args[5].as.f, args[6].as.f, nullptr, nullptr, result,
          run);
}

// batch_norm_apply(input, weight, bias, mean, rstd)
template <class Run>
void batch_apply(const VtValue* args, VtValue* result, Run&& run) {
  const char* op = "batch_norm";
  const Channels c = batch_channels(op, args[0].as.tensor);
  forward(op, c, false, args, nullptr, nullptr, 0, 0, args[3].as.tensor, args[4].as.tensor, result, run);
}

// native_group_norm(input, weight, bias, N, C, HxW, group, eps)
template <class Run>
void group_forward(const VtValue* args, VtValue* result, Run&& run) {
  const char* op = "group_norm";
  const Channels c = group_channels(op, args[0].as.tensor, args + 3);
  forward(op, c, true, args, nullptr, nullptr, 0, args[7].as.f, nullptr, nullptr, result, run);
}

// (grad, input, mean, rstd, weight, bias, ...). Bits of `needed`: input, weight, bias.
template <class Run>
void backward(const char* op, const Channels& c, bool measured, int64_t needed, const VtValue* args, VtValue* result,
              Run&& run) {
  VtTensor* input = args[1].as.tensor;
  rows::check_like(op, "grad", args[0].as.tensor, "input", input);
  const Tensor mean = statistic(op, "mean", input, c, args[2].as.tensor);
  const Tensor rstd = statistic(op, "rstd", input, c, args[3].as.tensor);
  check_parameter(op, "weight", args[4], input, c.channels);
  check_parameter(op, "bias", args[5], input, c.channels);
  const DLDataType compute = rows::compute_dtype(input->dl.dtype);
  Tensor input_grad;
  if (needed & 1) input_grad = Tensor::empty(sizes_of(input), input->dl.dtype, input->dl.device);
  const auto parameter_grad = [&](int bit, const VtValue& v) {
    if (!(needed >> bit & 1) || !is_tensor(v)) return Tensor();
    return Tensor::empty(sizes_of(v.as.tensor), compute, input->dl.device);
  };
  Tensor weight_grad = parameter_grad(1, args[4]);
  Tensor bias_grad = parameter_grad(2, args[5]);
  if (!rows::is_meta(input)) {
    const Tensor grad = rows::dense(args[0].as.tensor);
    const Tensor x = rows::dense(input);
    const Tensor weight = rows::dense_as(args[4], compute);
    run(Backward{c, input->dl.dtype, measured, grad->dl.data, x->dl.data, mean->dl.data, rstd->dl.data,
                 rows::data_of(weight), rows::data_of(input_grad), rows::data_of(weight_grad),
                 rows::data_of(bias_grad)});
  }
  const auto as_given = [&](Tensor& grad, const VtValue& v) {
    return grad ? rows::owned(rows::cast(grad.get(), v.as.tensor->dl.dtype)) : none();
  };
  result[0] = rows::owned(std::move(input_grad));
  result[1] = as_given(weight_grad, args[4]);
  result[2] = as_given(bias_grad, args[5]);
}

// batch_norm_backward(grad, input, mean, rstd, weight, bias, train, needed)
template <class Run>
void batch_backward(const VtValue* args, VtValue* result, Run&& run) {
  const char* op = "batch_norm_backward";
  const Channels c = batch_channels(op, args[1].as.tensor);
  backward(op, c, args[6].as.i != 0, args[7].as.i, args, result, run);
}

// native_group_norm_backward(grad, input, mean, rstd, weight, bias, N, C, HxW, group, needed)
template <class Run>
void group_backward(const VtValue* args, VtValue* result, Run&& run) {
  const char* op = "native_group_norm_backward";
  const Channels c = group_channels(op, args[1].as.tensor, args + 6);
  backward(op, c, true, args[10].as.i, args, result, run);
}

}  // namespace vt::channel_norm
