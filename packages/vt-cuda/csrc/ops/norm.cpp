// SPDX-License-Identifier: Apache-2.0
// layer_norm and rms_norm on CUDA devices, with their backward passes.
#include <vt/cpp/rows/norm.hpp>

#include "../kernels/norm.hpp"
#include "launch.hpp"
#include "ops.hpp"

namespace vt::cuda {
namespace {

// Rows of a slice whose gradients of weight and bias are added by one block, and the most slices; by sizes alone.
constexpr int64_t kMinSliceRows = 64;
constexpr int64_t kMaxSlices = 128;

NormParameter parameter(const void* data, DLDataType dtype, DLDataType rows) noexcept {
  return {data, same_dtype(dtype, rows)};
}

void launch_rows(const char* op, const Queue& queue, const void* kernel, const NormGroups& groups, NormKernel& p) {
  p.lanes = groups.lanes;
  queue.launch(op, kernel, groups.blocks, 1, p,
               {static_cast<uint32_t>(groups.threads), static_cast<uint32_t>(groups.shared_bytes)});
}

void forward_rows(const Queue& queue, const rows::NormForward& f) {
  const char* op = f.centred ? "layer_norm" : "rms_norm";
  NormKernel p{};
  p.input = f.input;
  p.weight = parameter(f.weight, f.weight_dtype, f.dtype);
  p.bias = parameter(f.bias, f.bias_dtype, f.dtype);
  p.out = f.out;
  p.mean = f.mean;
  p.rstd = f.rstd;
  p.num_rows = f.num_rows;
  p.size = f.size;
  p.eps = f.eps;
  p.share = 1 / static_cast<double>(f.size);
  p.centred = f.centred;
  p.vectors = has_vectors(f.size, itemsize_of(f.dtype), {f.input, f.weight, f.bias, f.out});
  const DtypeIndex dtype = index_of(f.dtype);
  const auto groups = NormGroups::of_forward(f.num_rows, f.size, itemsize_of(f.dtype), p.vectors);
  if (groups.held) {
    launch_rows(op, queue, norm_forward_kernel(dtype, groups.lanes, p.vectors), groups, p);
  } else {
    queue.launch(op, norm_forward_long_kernel(dtype), f.num_rows, 1, p);
  }
}

NormKernel backward_kernel(const rows::NormBackward& b) {
  NormKernel p{};
  p.input = b.input;
  p.grad = b.grad;
  p.weight = parameter(b.weight, b.weight_dtype, b.dtype);
  p.out = b.input_grad;
  p.mean = const_cast<void*>(b.mean);
  p.rstd = const_cast<void*>(b.rstd);
  p.num_rows = b.num_rows;
  p.size = b.size;
  p.share = 1 / static_cast<double>(b.size);
  p.centred = b.centred;
  p.vectors = has_vectors(b.size, itemsize_of(b.dtype), {b.input, b.grad, b.weight, b.input_grad});
  return p;
}

// Sums of slices of rows, in the compute dtype.
class Sums {
 public:
  Sums(const Queue& queue, const rows::NormBackward& b, int64_t num_slices)
      : compute_(rows::compute_dtype(b.dtype)),
        num_slices_(num_slices),
        bytes_(num_slices * b.size * itemsize_of(compute_)),
        weight_(queue, b.weight_grad ? bytes_ : 0),
        bias_(queue, b.bias_grad ? bytes_ : 0) {}

  void* weight() const noexcept { return weight_.data(); }
  void* bias() const noexcept { return bias_.data(); }

  void finish(const char* op, const Queue& queue, const rows::NormBackward& b) const {
    const auto part = [&](const Queue::Scratch& sums, VtTensor* grad) {
      return NormFinish::One{sums.data(), grad ? grad->dl.data : nullptr, index_of(grad ? grad->dl.dtype : compute_)};
    };
    NormFinish finish{{part(weight_, b.weight_grad), part(bias_, b.bias_grad)}, b.size, num_slices_};
    queue.launch(op, norm_finish_kernel(index_of(compute_)), ceil_divide(b.size, kFinishColumns), b.bias_grad ? 2 : 1,
                 finish);
  }

 private:
  DLDataType compute_;
  int64_t num_slices_;
  int64_t bytes_;
  Queue::Scratch weight_;
  Queue::Scratch bias_;
};

void backward_columns(const char* op, const Queue& queue, const rows::NormBackward& b) {
  const int64_t slice = std::max(kMinSliceRows, ceil_divide(b.num_rows, kMaxSlices));
  const int64_t num_slices = std::max<int64_t>(ceil_divide(b.num_rows, slice), 1);
  const Sums sums(queue, b, num_slices);
  const int64_t pack = 16 / itemsize_of(b.dtype);
  NormColumns columns{b.input,
                      b.grad,
                      b.mean,
                      b.rstd,
                      sums.weight(),
                      sums.bias(),
                      b.num_rows,
                      b.size,
                      slice,
                      b.centred,
                      has_vectors(b.size, itemsize_of(b.dtype), {b.input, b.grad})};
  queue.launch(op, norm_columns_kernel(index_of(b.dtype)), ceil_divide(ceil_divide(b.size, pack), kColumnLanes),
               num_slices, columns);
  sums.finish(op, queue, b);
}

void backward_rows(const Queue& queue, const rows::NormBackward& b) {
  const char* op = b.centred ? "native_layer_norm_backward" : "native_rms_norm_backward";
  const bool columns = b.size > 0 && (b.weight_grad || b.bias_grad);
  const DtypeIndex dtype = index_of(b.dtype);
  NormKernel p = backward_kernel(b);
  const auto groups = NormGroups::of_gradients(b.num_rows, b.size, itemsize_of(b.dtype), p.vectors);
  if (groups.held && b.num_rows > 0 && (columns || b.input_grad)) {
    const Sums sums(queue, b, groups.blocks);
    p.weight_sums = sums.weight();
    p.bias_sums = sums.bias();
    const bool bias = b.bias_grad != nullptr;
    launch_rows(op, queue, norm_gradients_kernel(dtype, groups.whole_warps, p.vectors, bias), groups, p);
    if (columns) sums.finish(op, queue, b);
    return;
  }
  if (b.input_grad && b.num_rows > 0) queue.launch(op, norm_gradient_long_kernel(dtype), b.num_rows, 1, p);
  if (columns) backward_columns(op, queue, b);
}

template <bool kCentred>
void forward(const VtValue* args, VtValue* result) {
  const Queue queue(args[0].as.tensor->dl.device);
  rows::norm_forward<kCentred, rows::NormParameters::kLikeInput>(
      args, result, [&](const rows::NormForward& f) { forward_rows(queue, f); });
}
template <bool kCentred>
void backward(const VtValue* args, VtValue* result) {
  const Queue queue(args[0].as.tensor->dl.device);
  rows::norm_backward<kCentred, rows::NormParameters::kLikeInput>(
      args, result, [&](const rows::NormBackward& b) { backward_rows(queue, b); });
}

}  // namespace

void register_norm(VtPlugin* plugin) {
  const KernelRow rows[] = {{"native_layer_norm", kernel<forward<true>>},
                            {"native_layer_norm_backward", kernel<backward<true>>},
                            {"native_rms_norm", kernel<forward<false>>},
                            {"native_rms_norm_backward", kernel<backward<false>>}};
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
