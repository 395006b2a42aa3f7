// SPDX-License-Identifier: Apache-2.0
// Pooling on CUDA devices.
#include <vt/cpp/spatial/pool.hpp>

#include "../kernels/index.hpp"
#include "../kernels/pool.hpp"
#include "launch.hpp"
#include "ops.hpp"

namespace vt::cuda {
namespace {

using pool::Shape;

void launch(const char* op, const void* kernel, const Shape& shape, const Tensor& data, const Tensor& result,
            const Tensor& indices, const Tensor& samples, pool::Divisor divisor = {false, 0}) {
  PoolParams params{data->dl.data,          result->dl.data, static_cast<int64_t*>(rows::data_of(indices)),
                    rows::data_of(samples), result.numel(),  static_cast<uint32_t>(shape.rank),
                    divisor.with_padding,   divisor.fixed,   {shape.axes[0], shape.axes[1], shape.axes[2]}};
  const Queue queue(result.device());
  queue.launch(op, kernel, ceil_divide(params.num, kBlockThreads), 1, params);
}

void maxima(const Shape& shape, const Tensor& input, const Tensor& samples, const Tensor& out, const Tensor& indices) {
  launch("max_pool", pool_max_kernel(index_of(out.dtype())), shape, input, out, indices, samples);
}
void max_gradient(const Shape& shape, const Tensor& grad, const Tensor& indices, const Tensor& samples,
                  const Tensor& out) {
  launch("max_pool", pool_max_backward_kernel(index_of(out.dtype())), shape, grad, out, indices, samples);
}
void means(const Shape& shape, pool::Divisor divisor, const Tensor& input, const Tensor& out) {
  launch("avg_pool", pool_mean_kernel(index_of(out.dtype())), shape, input, out, Tensor(), Tensor(), divisor);
}
void mean_gradient(const Shape& shape, pool::Divisor divisor, const Tensor& grad, const Tensor& out) {
  launch("avg_pool", pool_mean_backward_kernel(index_of(out.dtype())), shape, grad, out, Tensor(), Tensor(), divisor);
}

void unpooled(const Shape& shape, const Tensor& values, const Tensor& indices, const Tensor& out) {
  const char* op = "max_unpool";
  const Queue queue(out.device());
  const int64_t bytes = out.numel() * static_cast<int64_t>(sizeof(unsigned long long));
  const Queue::Scratch last(queue, bytes);
  if (bytes > 0) queue.set_bytes(op, last.data(), 0, bytes);
  UnpoolParams params{values->dl.data,
                      indices.data<const int64_t>(),
                      static_cast<unsigned long long*>(last.data()),
                      out->dl.data,
                      values.numel(),
                      values.numel() / shape.planes,
                      out.numel() / shape.planes,
                      queue.index_errors()};
  queue.launch(op, unpool_link_kernel(), ceil_divide(params.num, kBlockThreads), 1, params);
  params.num = out.numel();
  if (params.num > 0)
    queue.launch(op, unpool_kernel(itemsize_of(out.dtype())), ceil_divide(params.num, kBlockThreads), 1, params);
}

void native_max_pool(const VtValue* args, VtValue* result) { pool::max_forward(args, result, maxima); }
void native_adaptive_max_pool(const VtValue* args, VtValue* result) {
  pool::adaptive_max_forward(args, result, maxima);
}
void native_fractional_max_pool(const VtValue* args, VtValue* result) {
  pool::fractional_max_forward(args, result, maxima);
}
void native_max_pool_backward(const VtValue* args, VtValue* result) { pool::max_backward(args, result, max_gradient); }
void native_adaptive_max_pool_backward(const VtValue* args, VtValue* result) {
  pool::adaptive_max_backward(args, result, max_gradient);
}
void native_fractional_max_pool_backward(const VtValue* args, VtValue* result) {
  pool::fractional_max_backward(args, result, max_gradient);
}
void native_max_unpool(const VtValue* args, VtValue* result) { pool::unpool(args, result, unpooled); }
void native_avg_pool(const VtValue* args, VtValue* result) { pool::mean_forward(args, result, means); }
void native_avg_pool_backward(const VtValue* args, VtValue* result) {
  pool::mean_backward(args, result, mean_gradient);
}
void native_adaptive_avg_pool(const VtValue* args, VtValue* result) {
  pool::adaptive_mean_forward(args, result, means);
}
void native_adaptive_avg_pool_backward(const VtValue* args, VtValue* result) {
  pool::adaptive_mean_backward(args, result, mean_gradient);
}

}  // namespace

void register_pool(VtPlugin* plugin) {
  const KernelRow rows[] = {
      {"native_max_pool", kernel<native_max_pool>},
      {"native_max_pool_backward", kernel<native_max_pool_backward>},
      {"native_adaptive_max_pool", kernel<native_adaptive_max_pool>},
      {"native_adaptive_max_pool_backward", kernel<native_adaptive_max_pool_backward>},
      {"native_fractional_max_pool", kernel<native_fractional_max_pool>},
      {"native_fractional_max_pool_backward", kernel<native_fractional_max_pool_backward>},
      {"native_max_unpool", kernel<native_max_unpool>},
      {"native_avg_pool", kernel<native_avg_pool>},
      {"native_avg_pool_backward", kernel<native_avg_pool_backward>},
      {"native_adaptive_avg_pool", kernel<native_adaptive_avg_pool>},
      {"native_adaptive_avg_pool_backward", kernel<native_adaptive_avg_pool_backward>},
  };
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
