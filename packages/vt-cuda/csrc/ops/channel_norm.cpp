// SPDX-License-Identifier: Apache-2.0
// batch_norm and group_norm on CUDA devices, with their backward passes.
#include <vt/cpp/spatial/channel_norm.hpp>

#include "../kernels/channel_norm.hpp"
#include "launch.hpp"
#include "ops.hpp"

namespace vt::cuda {
namespace {

using channel_norm::Backward;
using channel_norm::Channels;
using channel_norm::Forward;

void set_shape(ChannelNormParams& p, const Channels& c) {
  p.batch = c.batch;
  p.channels = c.channels;
  p.size = c.size;
  p.groups = c.groups;
}
int64_t element_blocks(const Channels& c) noexcept {
  return ceil_divide(c.numel(), int64_t{kBlockThreads} * kChannelElementsPerThread);
}

void run_forward(const Queue& queue, const Forward& f) {
  const char* op = f.shape.groups ? "group_norm" : "batch_norm";
  ChannelNormParams p{};
  set_shape(p, f.shape);
  p.input = f.input;
  p.out = f.out;
  p.mean = f.mean;
  p.rstd = f.rstd;
  p.weight = f.weight;
  p.bias = f.bias;
  p.running_mean = f.running_mean;
  p.running_var = f.running_var;
  p.eps = f.eps;
  p.momentum = f.momentum;
  if (f.measures && f.shape.num_stats() > 0)
    queue.launch(op, channel_measure_kernel(index_of(f.dtype)), f.shape.num_stats(), 1, p);
  if (f.shape.numel() > 0) queue.launch(op, channel_apply_kernel(index_of(f.dtype)), element_blocks(f.shape), 1, p);
}

void run_backward(const Queue& queue, const Backward& b) {
  const char* op = b.shape.groups ? "native_group_norm_backward" : "batch_norm_backward";
  ChannelNormParams p{};
  set_shape(p, b.shape);
  p.input = b.input;
  p.grad = b.grad;
  p.out = b.input_grad;
  p.mean = const_cast<void*>(b.mean);
  p.rstd = const_cast<void*>(b.rstd);
  p.weight = b.weight;
  p.weight_grad = b.weight_grad;
  p.bias_grad = b.bias_grad;
  p.measured = b.measured;
  constexpr auto kPair = static_cast<int64_t>(2 * sizeof(double));
  const Queue::Scratch sums(queue, p.num_sums() * kPair);
  const Queue::Scratch terms(queue, p.num_stats() * kPair);
  p.sums = static_cast<double*>(sums.data());
  p.terms = static_cast<double*>(terms.data());
  if (p.num_sums() > 0) queue.launch(op, channel_sums_kernel(index_of(b.dtype)), p.num_sums(), 1, p);
  if (const int64_t threads = std::max(p.num_stats(), p.channels); threads > 0)
    queue.launch(op, channel_settle_kernel(index_of(rows::compute_dtype(b.dtype))), ceil_divide(threads, kBlockThreads),
                 1, p);
  if (b.input_grad && p.numel() > 0)
    queue.launch(op, channel_gradient_kernel(index_of(b.dtype)), element_blocks(b.shape), 1, p);
}

auto forward_on(const VtValue* args) {
  return [queue = Queue(args[0].as.tensor->dl.device)](const Forward& f) { run_forward(queue, f); };
}
auto backward_on(const VtValue* args) {
  return [queue = Queue(args[0].as.tensor->dl.device)](const Backward& b) { run_backward(queue, b); };
}

void batch_norm_train(const VtValue* args, VtValue* result) {
  channel_norm::batch_train(args, result, forward_on(args));
}
void batch_norm_apply(const VtValue* args, VtValue* result) {
  channel_norm::batch_apply(args, result, forward_on(args));
}
void batch_norm_backward(const VtValue* args, VtValue* result) {
  channel_norm::batch_backward(args, result, backward_on(args));
}
void native_group_norm(const VtValue* args, VtValue* result) {
  channel_norm::group_forward(args, result, forward_on(args));
}
void native_group_norm_backward(const VtValue* args, VtValue* result) {
  channel_norm::group_backward(args, result, backward_on(args));
}

}  // namespace

void register_channel_norm(VtPlugin* plugin) {
  const KernelRow rows[] = {{"batch_norm_train", kernel<batch_norm_train>},
                            {"batch_norm_apply", kernel<batch_norm_apply>},
                            {"batch_norm_backward", kernel<batch_norm_backward>},
                            {"native_group_norm", kernel<native_group_norm>},
                            {"native_group_norm_backward", kernel<native_group_norm_backward>}};
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
