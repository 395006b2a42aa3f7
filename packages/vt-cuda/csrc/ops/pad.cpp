// SPDX-License-Identifier: Apache-2.0
// Padding on CUDA devices.
#include <vt/cpp/spatial/pad.hpp>

#include <cstring>

#include "../kernels/pad.hpp"
#include "launch.hpp"
#include "ops.hpp"

namespace vt::cuda {
namespace {

void launch_pad(const char* op, PadParams& params, const Tensor& input, const Tensor& out) {
  params.out = out.data<char>();
  params.in = input.data<const char>();
  params.num = out.numel();
  const Queue queue(out.device());
  queue.launch(op, pad_kernel(itemsize_of(out.dtype())),
               ceil_divide(params.num, int64_t{kBlockThreads} * kPadElementsPerThread), 1, params);
}

void constant_pad_nd(const VtValue* args, VtValue* result) {
  pad::constant(args, result,
                [](std::span<const pad::Dim> dims, const void* element, const Tensor& input, const Tensor& out) {
                  PadParams params{};
                  params.mode = pad::Mode::kConstant;
                  params.ndim = static_cast<int32_t>(dims.size());
                  std::memcpy(params.value.bytes, element, sizeof params.value.bytes);
                  for (size_t d = 0; d < dims.size(); ++d) params.dims[d] = dims[dims.size() - 1 - d];
                  launch_pad("constant_pad_nd", params, input, out);
                });
}

void native_pad(const VtValue* args, VtValue* result) {
  pad::edges(args, result, [](const pad::Edges& e, const Tensor& input, const Tensor& out) {
    PadParams params{};
    params.mode = e.mode;
    params.ndim = 4;
    for (int d = 0; d < 3; ++d) params.dims[d] = e.dims[2 - d];
    params.dims[3] = {e.lead, e.lead, 0};
    launch_pad("native_pad", params, input, out);
  });
}

void native_pad_backward(const VtValue* args, VtValue* result) {
  pad::edges_backward(args, result, [](const pad::Edges& e, const Tensor& grad, const Tensor& out) {
    PadFoldParams params{out->dl.data, grad->dl.data, out.numel(), e.mode, {e.dims[0], e.dims[1], e.dims[2]}};
    const Queue queue(out.device());
    queue.launch("native_pad_backward", pad_fold_kernel(index_of(out.dtype())), ceil_divide(params.num, kBlockThreads),
                 1, params);
  });
}

}  // namespace

void register_pad(VtPlugin* plugin) {
  const KernelRow rows[] = {{"constant_pad_nd", kernel<constant_pad_nd>},
                            {"native_pad", kernel<native_pad>},
                            {"native_pad_backward", kernel<native_pad_backward>}};
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
