// SPDX-License-Identifier: Apache-2.0
// cross_entropy on CUDA devices, with its backward pass.
#include <vt/cpp/rows/loss.hpp>

#include "../kernels/loss.hpp"
#include "launch.hpp"
#include "ops.hpp"

namespace vt::cuda {
namespace {

CrossEntropyKernel rows_of(const Queue& queue, const rows::CrossEntropy& c) {
  return {c.input,
          c.target,
          c.weight,
          c.losses,
          c.lse,
          c.reduction == rows::Reduction::kMean ? c.total_weight : nullptr,
          c.grad,
          c.out,
          c.num_rows,
          c.num_classes,
          c.ignore_index,
          c.grad != nullptr && c.reduction == rows::Reduction::kNone ? 1 : 0,
          c.smoothing,
          has_vectors(c.num_classes, itemsize_of(c.dtype), {c.input, c.weight, c.out}),
          queue.index_errors()};
}

void launch_rows(const char* op, const Queue& queue, const rows::CrossEntropy& c) {
  if (c.num_rows == 0) return;
  const bool backward = c.losses == nullptr;
  const int64_t itemsize = itemsize_of(c.dtype);
  CrossEntropyKernel p = rows_of(queue, c);
  const RowForm form = row_form(c.num_classes, itemsize);
  queue.launch(op, cross_entropy_kernel(index_of(c.dtype), form, backward), row_blocks(form, c.num_rows), 1, p);
}

void forward(const VtValue* args, VtValue* result) {
  const Queue queue(args[0].as.tensor->dl.device);
  rows::cross_entropy(
      args, result,
      [&](const rows::CrossEntropy& c) {
        CrossEntropyTotal total{c.target,      c.weight,       c.losses,
                                c.loss,        c.total_weight, c.num_rows,
                                c.num_classes, c.ignore_index, c.reduction == rows::Reduction::kMean};
        if (is_small_cross_entropy(c.num_rows, c.num_classes)) {
          CrossEntropySmall all{rows_of(queue, c), total};
          return queue.launch("cross_entropy", cross_entropy_small_kernel(index_of(c.dtype)), 1, 1, all);
        }
        launch_rows("cross_entropy", queue, c);
        queue.launch("cross_entropy", cross_entropy_total_kernel(index_of(rows::compute_dtype(c.dtype))), 1, 1, total);
      },
      is_small_cross_entropy);
}
void backward(const VtValue* args, VtValue* result) {
  const Queue queue(args[1].as.tensor->dl.device);
  rows::cross_entropy_backward(
      args, result, [&](const rows::CrossEntropy& c) { launch_rows("native_cross_entropy_backward", queue, c); });
}

}  // namespace

void register_loss(VtPlugin* plugin) {
  const KernelRow rows[] = {{"native_cross_entropy", kernel<forward>},
                            {"native_cross_entropy_backward", kernel<backward>}};
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
