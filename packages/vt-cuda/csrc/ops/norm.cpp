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

void forward_rows(const Queue& queue, const rows::NormForward& f) {
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
  p.centred = f.centred;
  p.vectors = has_vectors(f.size, itemsize_of(f.dtype), {f.input, f.weight, f.bias, f.out});
  const RowForm form = row_form(f.size, itemsize_of(f.dtype));
  queue.launch(f.centred ? "layer_norm" : "rms_norm", norm_forward_kernel(index_of(f.dtype), form),
               row_blocks(form, f.num_rows), 1, p);
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
    const auto data = [](VtTensor* t) { return t ? t->dl.data : nullptr; };
    const auto dtype = [&](VtTensor* t) { return index_of(t ? t->dl.dtype : compute_); };
    NormFinish finish{weight(), bias(),      data(b.weight_grad),  data(b.bias_grad),
                      b.size,   num_slices_, dtype(b.weight_grad), dtype(b.bias_grad)};
    queue.launch(op, norm_finish_kernel(index_of(compute_)), ceil_divide(b.size, kFinishColumns), 1, finish);
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
  const auto plan = NormGradients::of(b.num_rows, b.size, itemsize_of(b.dtype));
  if (plan.held && plan.blocks > 0 && (columns || b.input_grad)) {
    const Sums sums(queue, b, plan.blocks);
    NormKernel p = backward_kernel(b);
    p.weight_sums = sums.weight();
    p.bias_sums = sums.bias();
    p.lanes = plan.lanes;
    queue.launch(op, norm_backward_all_kernel(index_of(b.dtype), plan.whole_block, b.bias_grad != nullptr), plan.blocks,
                 1, p, {static_cast<uint32_t>(plan.threads), static_cast<uint32_t>(plan.shared_bytes)});
    if (columns) sums.finish(op, queue, b);
    return;
  }
  if (b.input_grad && b.num_rows > 0) {
    NormKernel p = backward_kernel(b);
    queue.launch(op, norm_backward_kernel(index_of(b.dtype)), b.num_rows, 1, p);
  }
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
