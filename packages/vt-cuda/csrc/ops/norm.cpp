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

void forward_rows(const Queue& queue, const rows::NormForward& f) {
  NormKernel p{f.input, nullptr,    f.weight,
               f.bias,  f.out,      f.mean,
               f.rstd,  f.num_rows, f.size,
               f.eps,   f.centred,  has_vectors(f.size, itemsize_of(f.dtype), {f.input, f.weight, f.bias, f.out})};
  const RowForm form = row_form(f.size, itemsize_of(f.dtype));
  queue.launch(f.centred ? "layer_norm" : "rms_norm", norm_forward_kernel(index_of(f.dtype), form),
               row_blocks(form, f.num_rows), 1, p);
}

void backward_columns(const char* op, const Queue& queue, const rows::NormBackward& b) {
  const DLDataType compute = rows::compute_dtype(b.dtype);
  const int64_t slice = std::max(kMinSliceRows, ceil_divide(b.num_rows, kMaxSlices));
  const int64_t num_slices = std::max<int64_t>(ceil_divide(b.num_rows, slice), 1);
  const int64_t bytes = num_slices * b.size * itemsize_of(compute);
  const Queue::Scratch weight_sums(queue, b.weight_grad ? bytes : 0);
  const Queue::Scratch bias_sums(queue, b.bias_grad ? bytes : 0);
  const int64_t pack = 16 / itemsize_of(b.dtype);
  NormColumns columns{b.input,
                      b.grad,
                      b.mean,
                      b.rstd,
                      b.weight_grad ? weight_sums.data() : nullptr,
                      b.bias_grad ? bias_sums.data() : nullptr,
                      b.num_rows,
                      b.size,
                      slice,
                      b.centred,
                      has_vectors(b.size, itemsize_of(b.dtype), {b.input, b.grad})};
  queue.launch(op, norm_columns_kernel(index_of(b.dtype)), ceil_divide(ceil_divide(b.size, pack), kColumnLanes),
               num_slices, columns);
  const auto data = [](VtTensor* t) { return t ? t->dl.data : nullptr; };
  const auto dtype = [&](VtTensor* t) { return index_of(t ? t->dl.dtype : compute); };
  NormFinish finish{columns.weight_sums, columns.bias_sums,    data(b.weight_grad), data(b.bias_grad), b.size,
                    num_slices,          dtype(b.weight_grad), dtype(b.bias_grad)};
  queue.launch(op, norm_finish_kernel(index_of(compute)), ceil_divide(b.size, kBlockThreads), 1, finish);
}

void backward_rows(const Queue& queue, const rows::NormBackward& b) {
  const char* op = b.centred ? "native_layer_norm_backward" : "native_rms_norm_backward";
  if (b.input_grad && b.num_rows > 0) {
    NormKernel p{b.input,
                 b.grad,
                 b.weight,
                 nullptr,
                 b.input_grad,
                 const_cast<void*>(b.mean),
                 const_cast<void*>(b.rstd),
                 b.num_rows,
                 b.size,
                 0,
                 b.centred,
                 has_vectors(b.size, itemsize_of(b.dtype), {b.input, b.grad, b.weight, b.input_grad})};
    const RowForm form = row_form(b.size, itemsize_of(b.dtype));
    queue.launch(op, norm_backward_kernel(index_of(b.dtype), form), row_blocks(form, b.num_rows), 1, p);
  }
  if (b.size > 0 && (b.weight_grad || b.bias_grad)) backward_columns(op, queue, b);
}

template <bool kCentred>
void forward(const VtValue* args, VtValue* result) {
  const Queue queue(args[0].as.tensor->dl.device);
  rows::norm_forward<kCentred>(args, result, [&](const rows::NormForward& f) { forward_rows(queue, f); });
}
template <bool kCentred>
void backward(const VtValue* args, VtValue* result) {
  const Queue queue(args[0].as.tensor->dl.device);
  rows::norm_backward<kCentred>(args, result, [&](const rows::NormBackward& b) { backward_rows(queue, b); });
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
