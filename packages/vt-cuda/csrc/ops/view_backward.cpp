// SPDX-License-Identifier: Apache-2.0
// as_strided_backward on CUDA devices; the gradients of slice and select are core's own.
#include <vt/cpp/iter/strided_window.hpp>

#include <algorithm>
#include <vector>

#include "launch.hpp"
#include "ops.hpp"

namespace vt::cuda {
namespace {

struct Dim {
  int64_t size;
  int64_t stride;
  int64_t data_stride;
};

// Whether no two indices of the dimensions, strides ascending, share a position.
bool are_nested(const std::vector<Dim>& dims) noexcept {
  int64_t reach = 1;
  for (const Dim& dim : dims) {
    if (dim.size == 1) continue;
    if (dim.stride < reach) return false;
    reach += (dim.size - 1) * dim.stride;
  }
  return true;
}

// Parts the dimensions into nested ones, largest sizes first, and the rest, whose indices the kernel tries one by one.
Window window_of(std::span<const int64_t> sizes, std::span<const int64_t> strides, int64_t offset,
                 std::span<const int64_t> data_strides) {
  std::vector<Dim> dims;
  for (size_t d = 0; d < sizes.size(); ++d) dims.push_back({sizes[d], strides[d], data_strides[d]});
  std::stable_sort(dims.begin(), dims.end(), [](const Dim& a, const Dim& b) { return a.size > b.size; });
  std::vector<Dim> nested;
  std::vector<Dim> rest;
  for (const Dim& dim : dims) {
    std::vector<Dim> tried = nested;
    tried.insert(std::upper_bound(tried.begin(), tried.end(), dim,
                                  [](const Dim& a, const Dim& b) { return a.stride < b.stride; }),
                 dim);
    if (are_nested(tried)) {
      nested = std::move(tried);
    } else {
      rest.push_back(dim);
    }
  }
  Window w{};
  w.ndim = static_cast<int32_t>(dims.size());
  w.num_nested = static_cast<int32_t>(nested.size());
  w.offset = offset;
  w.num_repeats = 1;
  std::reverse(nested.begin(), nested.end());
  nested.insert(nested.end(), rest.begin(), rest.end());
  for (size_t d = 0; d < nested.size(); ++d) {
    w.sizes[d] = nested[d].size;
    w.strides[d] = nested[d].stride;
    w.data_strides[d] = nested[d].data_stride;
    if (d >= static_cast<size_t>(w.num_nested)) w.num_repeats *= nested[d].size;
  }
  if (std::find(sizes.begin(), sizes.end(), 0) != sizes.end()) w.num_repeats = 0;
  return w;
}

std::vector<int64_t> byte_strides(const VtTensor* t) {
  std::vector<int64_t> strides(t->dl.strides, t->dl.strides + t->dl.ndim);
  for (int64_t& stride : strides) stride *= itemsize_of(t->dl.dtype);
  return strides;
}

void as_strided_backward(const VtValue* args, VtValue* result) {
  const VtTensor* grad = args[0].as.tensor;
  const auto input_sizes = ints_of(args[1]);
  const auto input_strides = ints_of(args[2]);
  const auto sizes = ints_of(args[4]);
  const auto strides = ints_of(args[5]);
  if (!same_sizes(sizes, sizes_of(grad)) || input_sizes.size() != input_strides.size() ||
      sizes.size() != strides.size())
    vt::fail(VT_ERROR_SHAPE,
             "as_strided_backward: sizes and strides do not fit the gradient of sizes " + format_sizes(sizes_of(grad)));
  reach_of("as_strided_backward", input_sizes, input_strides, args[3].as.i);
  reach_of("as_strided_backward", sizes, strides, args[6].as.i);
  Tensor out = Tensor::empty(input_sizes, grad->dl.dtype, grad->dl.device);
  if (out.numel() > 0) {
    const std::vector<int64_t> out_strides = byte_strides(out.get());
    const std::vector<int64_t> grad_strides = byte_strides(grad);
    AsStridedBackward params{static_cast<const char*>(grad->dl.data),
                             out.data<char>(),
                             out.numel(),
                             index_of(grad->dl.dtype),
                             window_of(sizes, strides, args[6].as.i, grad_strides),
                             window_of(input_sizes, input_strides, args[3].as.i, out_strides)};
    const Queue queue(grad->dl.device);
    queue.launch("as_strided_backward", as_strided_backward_kernel(), ceil_divide(params.num, kBlockThreads), 1,
                 params);
  }
  result[0] = value_of(out.release());
}

}  // namespace

void register_view_backward(VtPlugin* plugin) {
  const KernelRow rows[] = {{"as_strided_backward", kernel<as_strided_backward>}};
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
