// SPDX-License-Identifier: Apache-2.0
// sort and topk on CUDA devices, and the gradient of what selects elements along a dimension.
#include <vt/cpp/iter/search_rules.hpp>

#include "line_result.hpp"
#include "ops.hpp"
#include "sorted_lines.hpp"

namespace vt::cuda {
namespace {

void launch_sort(const SortRequest& r, const VtTensor* self, char* values, char* indices) {
  const Queue queue(self->dl.device);
  if (are_sorted_by_digits(lines_of(sizes_of(self), r.dim)))
    return sort_by_digits(queue, r, self, values, reinterpret_cast<int64_t*>(indices));
  const SortedLines sorted(queue, r.op, self, r.dim, r.descending);
  const Lines& lines = sorted.lines();
  SortWrite write{sorted.entries(), static_cast<const char*>(self->dl.data),
                  values,           reinterpret_cast<int64_t*>(indices),
                  sorted.padded(),  r.length,
                  lines.inner,      lines.outer * lines.inner * r.length,
                  sorted.stride(),  static_cast<int32_t>(itemsize_of(self->dl.dtype)),
                  sorted.walk()};
  queue.launch(r.op, sort_write_kernel(), ceil_divide(write.num, kBlockThreads), 1, write);
}

template <SortRequest (*kRequest)(const VtValue*)>
void sort_op(const VtValue* args, VtValue* results) {
  const SortRequest r = kRequest(args);
  VtTensor* self = args[0].as.tensor;
  check_destination_dtype(r.op, results[0], self->dl.dtype);
  check_destination_dtype(r.op, results[1], kInt64);
  Sizes sizes;
  line_sizes(self, r.dim, r.length, sizes);
  LineResult values(r.op, self, results[0], sizes, self->dl.dtype);
  LineResult indices(r.op, self, results[1], sizes, kInt64);
  if (values.get()->numel > 0) launch_sort(r, self, values.data(), indices.data());
  VtTensor* const first = values.finish();
  results[0] = value_of(first);
  results[1] = value_of(indices.finish());
}

void value_selecting_backward(const VtValue* args, VtValue* result) {
  constexpr const char* kOp = "value_selecting_backward";
  const SelectingRequest r = selecting_request(args);
  const Tensor grad = row_major(args[0].as.tensor);
  const Tensor indices = row_major(args[2].as.tensor);
  Tensor out = Tensor::empty(ints_of(args[3]), grad.dtype(), grad.device());
  const Queue queue(grad.device());
  const int64_t itemsize = itemsize_of(grad.dtype());
  if (out.numel() > 0) queue.set_bytes(kOp, out.data<void>(), 0, out.numel() * itemsize);
  if (grad.numel() > 0) {
    SelectBackward p{
        grad.data<char>(), indices.data<int64_t>(),       out.data<char>(), grad.numel(), r.from.length, r.to.length,
        r.to.inner,        static_cast<int32_t>(itemsize)};
    queue.launch(kOp, select_backward_kernel(), ceil_divide(p.num, kBlockThreads), 1, p);
  }
  result[0] = value_of(out.release());
}

}  // namespace

void register_search(VtPlugin* plugin) {
  const KernelRow rows[] = {{"sort", kernel<sort_op<sort_request>>},
                            {"sort.stable", kernel<sort_op<stable_sort_request>>},
                            {"topk", kernel<sort_op<topk_request>>},
                            {"value_selecting_backward", kernel<value_selecting_backward>}};
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
