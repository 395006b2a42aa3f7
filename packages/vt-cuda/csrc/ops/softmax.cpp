// SPDX-License-Identifier: Apache-2.0
// softmax and log_softmax on CUDA devices, with their backward passes.
#include <vt/cpp/rows/softmax.hpp>

#include "../kernels/softmax.hpp"
#include "launch.hpp"
#include "ops.hpp"

namespace vt::cuda {
namespace {

void run(const Queue& queue, const rows::Softmax& s) {
  const char* op = s.log ? "log_softmax" : "softmax";
  const DtypeIndex dtype = index_of(s.dtype);
  const int64_t itemsize = itemsize_of(s.dtype);
  SoftmaxKernel p{s.input, s.grad,  s.out, s.outer,
                  s.size,  s.inner, s.log, has_vectors(s.size, itemsize, {s.input, s.grad, s.out})};
  if (s.inner == 1) {
    const RowForm form = row_form(s.size, itemsize);
    queue.launch(op, softmax_rows_kernel(dtype, form, s.grad != nullptr), row_blocks(form, s.outer), 1, p);
  } else {
    queue.launch(op, softmax_columns_kernel(dtype, s.grad != nullptr), s.outer * ceil_divide(s.inner, kSoftmaxLanes), 1,
                 p);
  }
}

template <bool kLog>
void forward(const VtValue* args, VtValue* result) {
  const Queue queue(args[0].as.tensor->dl.device);
  rows::softmax<kLog>(args, result, [&](const rows::Softmax& s) { run(queue, s); });
}
template <bool kLog>
void backward(const VtValue* args, VtValue* result) {
  const Queue queue(args[0].as.tensor->dl.device);
  rows::softmax_backward<kLog>(args, result, [&](const rows::Softmax& s) { run(queue, s); });
}

}  // namespace

void register_softmax(VtPlugin* plugin) {
  const KernelRow rows[] = {{"softmax", kernel<forward<false>>},
                            {"log_softmax", kernel<forward<true>>},
                            {"softmax_backward", kernel<backward<false>>},
                            {"log_softmax_backward", kernel<backward<true>>}};
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
