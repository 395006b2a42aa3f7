// SPDX-License-Identifier: Apache-2.0
// Gradients of views that drop elements: a tensor of the input's sizes, zero but for what the view saw.
#include <vt/abi/stream.h>
#include <vt/cpp/iter/strided_window.hpp>

#include <algorithm>
#include <complex>
#include <vector>

#include "ops/ops.hpp"
#include "runtime/device.hpp"

namespace vt::core {

namespace {

Owned zeros_of(std::span<const int64_t> sizes, DLDataType dtype, DLDevice device) {
  return Owned(call_op("zeros", {value_of(sizes), value_of(dtype), value_of(device)}));
}

Owned zeros_of(std::span<const int64_t> sizes, const VtTensor* like) {
  return zeros_of(sizes, like->dl.dtype, like->dl.device);
}

void slice_backward(const VtValue* args, VtValue* result) {
  VtTensor* grad = args[0].as.tensor;
  Owned out = zeros_of(ints_of(args[1]), grad);
  Owned part(call_op("slice", {value_of(out.get()), args[2], args[3], args[4], args[5]}));
  copy_tensor(part.get(), grad, false);
  result[0] = value_of(out.take());
}

void select_backward(const VtValue* args, VtValue* result) {
  VtTensor* grad = args[0].as.tensor;
  Owned out = zeros_of(ints_of(args[1]), grad);
  Owned part(call_op("select", {value_of(out.get()), args[2], args[3]}));
  copy_tensor(part.get(), grad, false);
  result[0] = value_of(out.take());
}

// A strided window on a flat buffer.
struct Window {
  std::span<const int64_t> sizes;
  std::span<const int64_t> strides;
  int64_t offset;

  // Calls visit(position in the buffer) in row-major order of the indices.
  template <class Visit>
  void for_each(Visit&& visit) const {
    if (std::find(sizes.begin(), sizes.end(), 0) != sizes.end()) return;
    std::vector<int64_t> index(sizes.size(), 0);
    int64_t position = offset;
    for (;;) {
      visit(static_cast<size_t>(position));
      size_t d = sizes.size();
      for (; d > 0; --d) {
        position += strides[d - 1];
        if (++index[d - 1] < sizes[d - 1]) break;
        position -= sizes[d - 1] * strides[d - 1];
        index[d - 1] = 0;
      }
      if (d == 0) return;
    }
  }
};

// Scatters through `output`, which may meet an element several times, and reads back through `input`. Input elements that
// share memory share its gradient evenly, as in PyTorch. In double whatever the dtype; buffer and counts are zero.
template <class Value>
void scatter_and_gather(const Value* grad, const Window& output, const Window& input, Value* buffer, int64_t* counts,
                        Value* out) {
  output.for_each([&](size_t position) { buffer[position] += *grad++; });
  input.for_each([&](size_t position) { ++counts[position]; });
  input.for_each([&](size_t position) { *out++ = buffer[position] / static_cast<double>(counts[position]); });
}

// Whether no two indices of a window meet; by its dimensions from the least stride on.
bool are_apart(const Window& window) {
  std::vector<size_t> order;
  for (size_t d = 0; d < window.sizes.size(); ++d)
    if (window.sizes[d] != 1) order.push_back(d);
  std::ranges::sort(order, {}, [&](size_t d) { return window.strides[d]; });
  int64_t reach = 0;
  for (const size_t d : order) {
    if (window.strides[d] <= reach) return false;
    reach += (window.sizes[d] - 1) * window.strides[d];
  }
  return true;
}

// The commonest case: the elements of a window that do not meet are copied to where they lie in a row-major input. NULL in others.
VtTensor* laid_out(VtTensor* grad, const Window& input, const Window& output) {
  const auto is_empty = [](std::span<const int64_t> sizes) { return std::ranges::find(sizes, 0) != sizes.end(); };
  if (is_empty(input.sizes) || is_empty(output.sizes) || output.offset < input.offset || !are_apart(output))
    return nullptr;
  int64_t numel = 1;
  for (size_t d = input.sizes.size(); d-- > 0;) {
    if (input.sizes[d] != 1 && input.strides[d] != numel) return nullptr;
    numel *= input.sizes[d];
  }
  int64_t last = output.offset - input.offset;
  for (size_t d = 0; d < output.sizes.size(); ++d) last += (output.sizes[d] - 1) * output.strides[d];
  if (last >= numel) return nullptr;
  Owned out = zeros_of(input.sizes, grad);
  const int64_t offset = (output.offset - input.offset) * itemsize_of(grad->dl.dtype);
  const Owned window(make_view_unchecked(impl(out.get()), output.sizes, output.strides,
                                         static_cast<char*>(out.get()->dl.data) + offset));
  copy_tensor(window.get(), grad, false);
  return out.take();
}

void as_strided_backward(const VtValue* args, VtValue* result) {
  VtTensor* grad = args[0].as.tensor;
  Window input{ints_of(args[1]), ints_of(args[2]), args[3].as.i};
  Window output{ints_of(args[4]), ints_of(args[5]), args[6].as.i};
  if (!same_sizes(output.sizes, sizes_of(grad)) || input.sizes.size() != input.strides.size() ||
      output.sizes.size() != output.strides.size())
    fail(VT_ERROR_SHAPE,
         "as_strided_backward: sizes and strides do not fit the gradient of sizes " + format_sizes(sizes_of(grad)));
  if (VtTensor* out = laid_out(grad, input, output)) {
    result[0] = value_of(out);
    return;
  }
  // The buffer holds what either reaches.
  const Reach reach = joined(reach_of("as_strided_backward", input.sizes, input.strides, input.offset),
                             reach_of("as_strided_backward", output.sizes, output.strides, output.offset));
  input.offset -= reach.first;
  output.offset -= reach.first;
  const int64_t length[] = {reach.count()};
  const bool is_complex = dtype_info(grad->dl.dtype).category == Category::kComplex;
  const DLDataType wide = is_complex ? kComplex128 : kFloat64;
  Owned values(empty(sizes_of(grad), wide, grad->dl.device));
  copy_tensor(values.get(), grad, false);
  Owned gathered(empty(input.sizes, wide, grad->dl.device));
  Owned buffer = zeros_of(length, wide, grad->dl.device);
  Owned counts = zeros_of(length, kInt64, grad->dl.device);
  auto run = [&]<class Value>(Value*) {
    scatter_and_gather(static_cast<const Value*>(values.get()->dl.data), output, input,
                       static_cast<Value*>(buffer.get()->dl.data), static_cast<int64_t*>(counts.get()->dl.data),
                       static_cast<Value*>(gathered.get()->dl.data));
  };
  if (is_complex) {
    run(static_cast<std::complex<double>*>(nullptr));
  } else {
    run(static_cast<double*>(nullptr));
  }
  Owned out(empty(input.sizes, grad->dl.dtype, grad->dl.device));
  copy_tensor(out.get(), gathered.get(), false);
  result[0] = value_of(out.take());
}

constexpr char kSliceDoc[] = "The gradient of slice: zeros of `input_size` with `grad` where the slice was.";
constexpr char kSelectDoc[] = "The gradient of select: zeros of `input_size` with `grad` where the selection was.";
constexpr char kAsStridedDoc[] = R"(The gradient of as_strided.

Elements that the view saw several times gather all their gradients; elements of the input that share memory share the
gradient evenly. Offsets count from the start of the storage.)";

}  // namespace

void register_view_backward(VtPlugin* plugin) {
  const OpRow ops[] = {
      {"slice_backward(Tensor grad, int[] input_size, int dim, int? start, int? end, int step) -> Tensor", 0,
       kSliceDoc},
      {"select_backward(Tensor grad, int[] input_size, int dim, int index) -> Tensor", 0, kSelectDoc},
      {"as_strided_backward(Tensor grad, int[] input_size, int[] input_stride, int input_offset, int[] size, int[] stride, "
       "int storage_offset) -> Tensor",
       0, kAsStridedDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow everywhere[] = {{"slice_backward", boxed<slice_backward>},
                                      {"select_backward", boxed<select_backward>}};
  register_kernels(plugin, kEveryDevice, everywhere);
  const vt::KernelRow kernels[] = {{"as_strided_backward", boxed<as_strided_backward>}};
  register_kernels(plugin, kDLCPU, kernels);
}

}  // namespace vt::core
