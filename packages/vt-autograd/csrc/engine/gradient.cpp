// SPDX-License-Identifier: Apache-2.0
// Fitting a gradient to the sizes, dtype and device of the tensor it belongs to.
#include "engine/gradient.hpp"

#include <algorithm>

#include "engine/calls.hpp"

namespace vt::autograd {

namespace {

// Whether broadcasting `to` gives `from`.
bool broadcasts_to(std::span<const int64_t> to, std::span<const int64_t> from) noexcept {
  if (to.size() > from.size()) return false;
  const std::span<const int64_t> tail = from.last(to.size());
  for (size_t i = 0; i < to.size(); ++i)
    if (to[i] != tail[i] && to[i] != 1) return false;
  return true;
}

[[noreturn]] void invalid(const char* producer, uint32_t index, const Tensor& grad, const VtTensorMeta& meta) {
  fail(VT_ERROR_RUNTIME, std::string(producer) + ": returned an invalid gradient at index " + std::to_string(index) +
                             ": got " + describe(grad.get()) + ", expected one compatible with " + describe(meta));
}

}  // namespace

bool fits(const VtTensor* grad, const VtTensorMeta& meta) noexcept {
  if (grad->dl.ndim != meta.ndim || !same_dtype(grad->dl.dtype, meta.dtype) ||
      !same_device(grad->dl.device, meta.device))
    return false;
  for (int32_t i = 0; i < meta.ndim; ++i)
    if (grad->dl.shape[i] != meta.sizes[i]) return false;
  return true;
}

Tensor fit(Tensor grad, const VtTensorMeta& meta, const char* producer, uint32_t index, bool may_drop_imaginary) {
  if (!is_differentiable(grad.dtype())) invalid(producer, index, grad, meta);
  if (!may_drop_imaginary && grad.dtype().code == kDLComplex && meta.dtype.code != kDLComplex)
    invalid(producer, index, grad, meta);
  if (!std::ranges::equal(grad.sizes(), sizes_of(meta))) {
    if (!broadcasts_to(sizes_of(meta), grad.sizes())) invalid(producer, index, grad, meta);
    grad = ops().sum_to_size(grad, sizes_of(meta));
  }
  if (!same_device(grad.device(), meta.device)) {
    if (grad.ndim() != 0) invalid(producer, index, grad, meta);
    grad = ops().to(grad, none(), meta.device);
  }
  if (!same_dtype(grad.dtype(), meta.dtype)) grad = ops().to(grad, meta.dtype);
  return grad;
}

std::string describe_sizes(std::span<const int64_t> sizes) {
  std::string text = "[";
  for (size_t i = 0; i < sizes.size(); ++i) text += (i ? ", " : "") + std::to_string(sizes[i]);
  return text + "]";
}

std::string describe(const VtTensorMeta& meta) {
  const char* device = tables().stream->device_name(meta.device.device_type);
  std::string text = std::string(dtype_name(meta.dtype)) + " " + describe_sizes(sizes_of(meta)) + " on ";
  text += device ? device : "device type " + std::to_string(meta.device.device_type);
  if (meta.device.device_type != kDLCPU || meta.device.device_id != 0)
    text += ":" + std::to_string(meta.device.device_id);
  return text;
}

std::string describe(const VtTensor* t) { return describe(meta_of(t)); }

}  // namespace vt::autograd
