// SPDX-License-Identifier: Apache-2.0
// Windows along a dimension as a view, and their gradient.
#include <vt/cpp/op.hpp>

#include <algorithm>

#include "ops/ops.hpp"
#include "ops/view.hpp"

namespace vt::core {

namespace {

// Windows of `size` elements, `step` apart, along one dimension of `length` elements.
struct Windows {
  size_t dim;
  int64_t length;
  int64_t size;
  int64_t step;

  int64_t count() const noexcept { return (length - size) / step + 1; }
};

Windows windows_of(const char* op, std::span<const int64_t> sizes, const VtValue& dim, const VtValue& size,
                   const VtValue& step) {
  const auto d = static_cast<size_t>(wrap_dim(op, dim.as.i, static_cast<int32_t>(sizes.size())));
  const Windows windows{d, sizes.empty() ? 1 : sizes[d], size.as.i, step.as.i};
  if (windows.size < 0)
    fail(VT_ERROR_RUNTIME, std::string(op) + ": size must not be negative: got " + std::to_string(windows.size));
  if (windows.step <= 0)
    fail(VT_ERROR_RUNTIME, std::string(op) + ": step must be positive: got " + std::to_string(windows.step));
  if (windows.size > windows.length)
    fail(VT_ERROR_RUNTIME, std::string(op) + ": windows of " + std::to_string(windows.size) +
                               " do not fit in dimension " + std::to_string(d) + " of size " +
                               std::to_string(windows.length));
  if (sizes.size() + 1 > static_cast<size_t>(kMaxDims))
    fail(VT_ERROR_VALUE, std::string(op) + ": the result would have more than 64 dimensions");
  return windows;
}

VtTensor* windows_view(const VtTensor* self, const Windows& windows) {
  const auto ndim = static_cast<size_t>(self->dl.ndim);
  Sizes sizes;
  Sizes strides;
  sizes.resize(ndim + 1);
  strides.resize(ndim + 1);
  for (size_t d = 0; d < ndim; ++d) {
    sizes[d] = self->dl.shape[d];
    strides[d] = self->dl.strides[d];
  }
  const int64_t stride = ndim == 0 ? 1 : self->dl.strides[windows.dim];
  sizes[ndim] = windows.size;
  strides[ndim] = stride;
  if (ndim > 0) {
    sizes[windows.dim] = windows.count();
    // A single window never steps: its stride may be what it was, so that no product overflows.
    if (sizes[windows.dim] > 1) strides[windows.dim] = windows.step * stride;
  }
  return make_view_unchecked(impl(self), sizes, strides, self->dl.data);
}

void unfold(const VtValue* args, VtValue* result) {
  const VtTensor* self = args[0].as.tensor;
  result[0] = value_of(windows_view(self, windows_of("unfold", sizes_of(self), args[1], args[2], args[3])));
}

// Every k-th window, k * step >= size, overlaps no other of them: k additions through views gather all windows.
void unfold_backward(const VtValue* args, VtValue* result) {
  VtTensor* grad = args[0].as.tensor;
  const auto sizes = ints_of(args[1]);
  const Windows windows = windows_of("unfold_backward", sizes, args[2], args[3], args[4]);
  Owned out(call_op("zeros", {args[1], value_of(grad->dl.dtype), value_of(grad->dl.device)}));
  const Owned expected(windows_view(out.get(), windows));
  if (!same_sizes(sizes_of(expected.get()), sizes_of(grad)))
    fail(VT_ERROR_SHAPE, "unfold_backward: the gradient has sizes " + format_sizes(sizes_of(grad)) + ", expected " +
                             format_sizes(sizes_of(expected.get())));
  const int64_t num_windows = sizes.empty() ? 1 : windows.count();
  const int64_t apart = windows.size / windows.step + (windows.size % windows.step != 0);
  if (grad->numel > 0) {
    if (sizes.empty()) {
      copy_tensor(expected.get(), grad, false);
    } else {
      const VtValue dim = value_of(static_cast<int64_t>(windows.dim));
      for (int64_t first = 0; first < std::min(apart, num_windows); ++first) {
        const std::initializer_list<VtValue> range = {value_of(expected.get()), dim, value_of(first), none(),
                                                      value_of(apart)};
        const Owned to(call_op("slice", range));
        const Owned from(call_op("slice", {value_of(grad), dim, value_of(first), none(), value_of(apart)}));
        release(call_op("add", {value_of(to.get()), value_of(from.get())}, to.get()));
      }
    }
  }
  result[0] = value_of(out.take());
}

constexpr char kUnfoldDoc[] = R"(A view of windows along a dimension, each in a new last dimension.

Parameters
----------
dimension : int
size : int
    Elements of a window.
step : int
    Distance between the first elements of neighbours. Elements of windows that overlap share memory.

Raises
------
RuntimeError
    If a window is larger than the dimension, `size` is negative or `step` is not positive.)";
constexpr char kUnfoldBackwardDoc[] =
    "The gradient of Tensor.unfold: of `input_size`, each element the sum over the windows it lies in.";

}  // namespace

void register_unfold(VtPlugin* plugin) {
  const OpRow ops[] = {
      {"unfold(Tensor(a) self, int dimension, int size, int step) -> Tensor(a)", VT_OP_METHOD, kUnfoldDoc},
      {"unfold_backward(Tensor grad, int[] input_size, int dim, int size, int step) -> Tensor", 0, kUnfoldBackwardDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow everywhere[] = {{"unfold", boxed<unfold>}, {"unfold_backward", boxed<unfold_backward>}};
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
