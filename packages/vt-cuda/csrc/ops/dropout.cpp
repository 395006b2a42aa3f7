// SPDX-License-Identifier: Apache-2.0
// Dropout on CUDA devices.
#include <vt/cpp/op.hpp>
#include <vt/cpp/random_rules.hpp>

#include "../kernels/dropout.hpp"
#include "draw.hpp"
#include "launch.hpp"
#include "ops.hpp"

namespace vt::cuda {
namespace {

void launch(const char* op, const void* kernel, const Tensor& in, const Tensor& out, const Tensor& mask,
            const RandomNumbers& numbers, const Distribution& kept, double scale) {
  if (in.numel() == 0) return;
  const int64_t quad_bytes = kDropoutPerThread * itemsize_of(in.dtype());
  const auto fits = [](const void* data, int64_t bytes) {
    return reinterpret_cast<std::uintptr_t>(data) % static_cast<std::uintptr_t>(bytes) == 0;
  };
  const bool aligned =
      fits(in->dl.data, quad_bytes) && fits(out->dl.data, quad_bytes) && fits(mask->dl.data, kDropoutPerThread);
  Dropout params{
      in.data<const char>(), out.data<char>(), mask.data<uint8_t>(), in.numel(), numbers, kept, scale, aligned};
  Queue(in.device()).launch(op, kernel, ceil_divide(in.numel(), int64_t{kDropoutPerThread} * kBlockThreads), 1, params);
}

void native_dropout(const VtValue* args, VtValue* result) {
  const double p = number_of(args[1]).real;
  check_dropout("native_dropout", args[0].as.tensor->dl.dtype, p);
  const Tensor in = row_major(args[0].as.tensor);
  Tensor out = Tensor::empty(in.sizes(), in.dtype(), in.device());
  Tensor mask = Tensor::empty(in.sizes(), kBool, in.device());
  const RandomNumbers numbers = draw_numbers("native_dropout", args[2], in.device(), in.numel(), 1);
  launch("native_dropout", dropout_kernel(index_of(in.dtype())), in, out, mask, numbers, chance(1 - p),
         dropout_scale(p));
  result[0] = value_of(out.release());
  result[1] = value_of(mask.release());
}

void native_dropout_backward(const VtValue* args, VtValue* result) {
  check_dropout_backward(args[0].as.tensor, args[1].as.tensor);
  const Tensor grad = row_major(args[0].as.tensor);
  const Tensor mask = row_major(args[1].as.tensor);
  Tensor out = Tensor::empty(grad.sizes(), grad.dtype(), grad.device());
  launch("native_dropout_backward", dropout_backward_kernel(index_of(grad.dtype())), grad, out, mask, {}, {},
         number_of(args[2]).real);
  result[0] = value_of(out.release());
}

}  // namespace

void register_dropout(VtPlugin* plugin) {
  const KernelRow rows[] = {
      {"native_dropout", kernel<native_dropout>},
      {"native_dropout_backward", kernel<native_dropout_backward>},
  };
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
