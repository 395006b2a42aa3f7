// SPDX-License-Identifier: Apache-2.0
// Pinned tensors over the table vt.cuda.runtime, which is looked for when one is asked for.
#include "pinned.hpp"

#include <vt/abi/cuda_runtime.h>
#include <vt/cpp/tensor.hpp>

#include <atomic>

namespace vt::core {
namespace {

std::atomic<const VtCudaRuntimeApi*> loaded{nullptr};

// NULL with an IMPORT error that names the wheel.
const VtCudaRuntimeApi* find_cuda() noexcept {
  if (const VtCudaRuntimeApi* cuda = loaded.load(std::memory_order_acquire)) return cuda;
  const void* table = nullptr;
  if (tables().get_interface(VT_CUDA_RUNTIME_API_NAME, VT_CUDA_RUNTIME_API_MAJOR, 0, &table) != 0) return nullptr;
  loaded.store(static_cast<const VtCudaRuntimeApi*>(table), std::memory_order_release);
  return static_cast<const VtCudaRuntimeApi*>(table);
}

// Of the bytes from the first element to the last.
uint64_t extent_of(std::span<const int64_t> sizes, std::span<const int64_t> strides, DLDataType dtype) {
  int64_t last = 0;
  for (size_t d = 0; d < strides.size(); ++d) {
    if (sizes[d] == 0) return 0;
    if (strides[d] < 0) fail(VT_ERROR_VALUE, "empty_pinned: strides must not be negative");
    int64_t reach = 0;
    if (__builtin_mul_overflow(sizes[d] - 1, strides[d], &reach) || __builtin_add_overflow(last, reach, &last))
      fail(VT_ERROR_OVERFLOW, "empty_pinned: the size in bytes does not fit in 64 bits");
  }
  int64_t bytes = 0;
  if (__builtin_mul_overflow(last + 1, itemsize_of(dtype), &bytes))
    fail(VT_ERROR_OVERFLOW, "empty_pinned: the size in bytes does not fit in 64 bits");
  return static_cast<uint64_t>(bytes);
}

}  // namespace

TensorImpl* empty_pinned(std::span<const int64_t> sizes, std::span<const int64_t> strides, DLDataType dtype) {
  const VtCudaRuntimeApi* cuda = find_cuda();
  if (!cuda) check(-1);
  int64_t numel = 0;
  uint64_t nbytes = checked_nbytes(sizes, dtype, &numel);
  if (!strides.empty()) nbytes = extent_of(sizes, strides, dtype);
  void* data = nullptr;
  check(cuda->allocate_pinned(nbytes, &data));
  VtTensor* out = nullptr;
  if (tables().tensor->from_blob(data, nbytes, sizes.data(), strides.empty() ? nullptr : strides.data(),
                                 static_cast<int32_t>(sizes.size()), dtype, DLDevice{kDLCPU, 0}, 0, cuda->free_pinned,
                                 data, &out) != 0) {
    cuda->free_pinned(data);
    check(-1);
  }
  return impl(out);
}

bool is_pinned(const VtTensor* tensor) noexcept {
  if (tensor->dl.device.device_type == kDLCUDAHost) return true;
  if (tensor->dl.device.device_type != kDLCPU || !tensor->dl.data) return false;
  const VtCudaRuntimeApi* cuda = loaded.load(std::memory_order_acquire);
  if (!cuda) {
    cuda = find_cuda();
    VtError none;
    if (!cuda) tables().object->take_error(&none);
  }
  return cuda && cuda->is_pinned(tensor->dl.data, 1) != 0;
}

}  // namespace vt::core
