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

// Elements that a block adds up at least, and the blocks that keep a device at work (Note [Pieces of channels]).
constexpr int64_t kMinSliceElements = 8192;
constexpr int64_t kManyBlocks = 1056;

void set_shape(ChannelNormParams& p, const Channels& c, DLDataType dtype, std::initializer_list<const void*> data) {
  p.batch = c.batch;
  p.channels = c.channels;
  p.size = c.size;
  p.groups = c.groups;
  p.piece = has_vectors(c.size, itemsize_of(dtype), data) ? 16 / itemsize_of(dtype) : 1;
  p.is_narrow = c.numel() <= std::numeric_limits<int32_t>::max();
}
// Cuts `num` things of `count` elements into slices.
void set_slices(ChannelNormParams& p, int64_t num, int64_t count) {
  const int64_t most = std::min(ceil_divide(kManyBlocks, std::max<int64_t>(num, 1)), count / kMinSliceElements);
  const int64_t pieces = count / p.piece;
  p.slice = std::max<int64_t>(ceil_divide(pieces, std::max<int64_t>(most, 1)), 1);
  p.num_slices = std::max<int64_t>(ceil_divide(pieces, p.slice), 1);
}
int64_t piece_blocks(const ChannelNormParams& p) noexcept {
  return ceil_divide(p.numel() / p.piece, int64_t{kBlockThreads} * kChannelPiecesPerThread);
}
constexpr auto kPair = static_cast<int64_t>(2 * sizeof(double));

void run_forward(const Queue& queue, const Forward& f) {
  const char* op = f.shape.groups ? "group_norm" : "batch_norm";
  ChannelNormParams p{};
  set_shape(p, f.shape, f.dtype, {f.input, f.out});
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
  const bool whole = p.piece > 1;
  set_slices(p, p.num_stats(), f.shape.count());
  const Queue::Scratch sums(queue, f.measures && p.num_slices > 1 ? p.num_stats() * p.num_slices * kPair : 0);
  p.sums = static_cast<double*>(sums.data());
  if (f.measures && p.num_stats() > 0) {
    queue.launch(op, channel_measure_kernel(index_of(f.dtype), whole), p.num_stats(), p.num_slices, p);
    if (p.num_slices > 1)
      queue.launch(op, channel_combine_kernel(index_of(rows::compute_dtype(f.dtype))),
                   ceil_divide(p.num_stats(), kBlockThreads), 1, p);
  }
  if (p.numel() > 0) queue.launch(op, channel_apply_kernel(index_of(f.dtype), whole), piece_blocks(p), 1, p);
}

void run_backward(const Queue& queue, const Backward& b) {
  const char* op = b.shape.groups ? "native_group_norm_backward" : "batch_norm_backward";
  ChannelNormParams p{};
  set_shape(p, b.shape, b.dtype, {b.input, b.grad, b.input_grad});
  p.input = b.input;
  p.grad = b.grad;
  p.out = b.input_grad;
  p.mean = const_cast<void*>(b.mean);
  p.rstd = const_cast<void*>(b.rstd);
  p.weight = b.weight;
  p.weight_grad = b.weight_grad;
  p.bias_grad = b.bias_grad;
  p.measured = b.measured;
  const bool whole = p.piece > 1;
  set_slices(p, p.num_sums(), p.groups ? p.size : p.batch * p.size);
  const Queue::Scratch sums(queue, p.num_sums() * p.num_slices * kPair);
  const Queue::Scratch terms(queue, p.num_stats() * kPair);
  p.sums = static_cast<double*>(sums.data());
  p.terms = static_cast<double*>(terms.data());
  if (p.num_sums() > 0) queue.launch(op, channel_sums_kernel(index_of(b.dtype), whole), p.num_sums(), p.num_slices, p);
  if (const int64_t threads = std::max(p.num_stats(), p.channels); threads > 0)
    queue.launch(op, channel_settle_kernel(index_of(rows::compute_dtype(b.dtype))), ceil_divide(threads, kBlockThreads),
                 1, p);
  if (b.input_grad && p.numel() > 0)
    queue.launch(op, channel_gradient_kernel(index_of(b.dtype), whole), piece_blocks(p), 1, p);
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
