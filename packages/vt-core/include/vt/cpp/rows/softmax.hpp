// SPDX-License-Identifier: Apache-2.0
// Arguments, shapes and results of softmax and log_softmax, the same on every device; a device brings the loops over rows.
#pragma once

#include <vt/cpp/iter/shape.hpp>
#include <vt/cpp/rows.hpp>

// Note [Softmax]
// Along the dimension, with m the greatest element of x and s = sum(exp(x - m)):
//   softmax: y = exp(x - m) / s;  log_softmax: y = x - m - log(s)
// Gradients of x, with g that of y:
//   softmax: y (g - sum(g y));  log_softmax: g - exp(y) sum(g)
// A tensor is seen as (outer, size, inner), the middle one being the dimension.
namespace vt::rows {

struct Softmax {
  bool log;
  int64_t outer;
  int64_t size;
  int64_t inner;
  DLDataType dtype;
  const void* input;  // backward: the output
  const void* grad;   // NULL in the forward
  void* out;
};

namespace detail {

template <bool kLog>
constexpr const char* kSoftmaxName = kLog ? "log_softmax" : "softmax";

// Runs over dense operands of one shape and dtype.
template <bool kLog, class Run>
void softmax_into(const char* op, VtTensor* input, VtTensor* grad, int64_t dim, VtValue* result, Run&& run) {
  check_dtype(op, input);
  const auto sizes = sizes_of(input);
  const auto along = static_cast<size_t>(wrap_dim(op, dim, input->dl.ndim));
  Softmax call{kLog, 1, 1, 1, input->dl.dtype, nullptr, nullptr, nullptr};
  for (size_t d = 0; d < sizes.size(); ++d) (d < along ? call.outer : d > along ? call.inner : call.size) *= sizes[d];
  Tensor out = Tensor::empty(sizes, input->dl.dtype, input->dl.device);
  if (!is_meta(input) && input->numel > 0) {
    const Tensor dense_input = dense(input);
    const Tensor dense_grad = grad ? dense(grad) : Tensor();
    call.input = data_of(dense_input);
    call.grad = data_of(dense_grad);
    call.out = data_of(out);
    run(call);
  }
  result[0] = owned(std::move(out));
}

}  // namespace detail

// softmax(self, dim, *, dtype): the elements are cast to dtype first.
template <bool kLog, class Run>
void softmax(const VtValue* args, VtValue* result, Run&& run) {
  const char* op = detail::kSoftmaxName<kLog>;
  const DLDataType dtype = is_none(args[2]) ? args[0].as.tensor->dl.dtype : args[2].as.dtype;
  const Tensor input = cast(args[0].as.tensor, dtype);
  detail::softmax_into<kLog>(op, input.get(), nullptr, args[1].as.i, result, run);
}

// softmax_backward(grad, output, dim)
template <bool kLog, class Run>
void softmax_backward(const VtValue* args, VtValue* result, Run&& run) {
  const char* op = kLog ? "log_softmax_backward" : "softmax_backward";
  VtTensor* grad = args[0].as.tensor;
  VtTensor* output = args[1].as.tensor;
  check_dtype(op, output);
  check_like(op, "grad", grad, "output", output);
  detail::softmax_into<kLog>(op, output, grad, args[2].as.i, result, run);
}

}  // namespace vt::rows
