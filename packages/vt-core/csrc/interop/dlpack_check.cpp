// SPDX-License-Identifier: Apache-2.0
// The checks of Note [Foreign DLTensors].
#include "dlpack_check.hpp"

#include <algorithm>
#include <string>

#include <vt/cpp/dtype.hpp>
#include <vt/cpp/error.hpp>

#include "runtime/device.hpp"

namespace vt::core {
namespace {

constexpr int32_t kMaxRank = 64;

[[noreturn]] void refuse(const std::string& what) { fail(VT_ERROR_BUFFER, "from_dlpack: " + what); }

int64_t checked_multiply(int64_t a, int64_t b) {
  int64_t out = 0;
  if (__builtin_mul_overflow(a, b, &out)) refuse("the tensor's byte size does not fit in 64 bits");
  return out;
}

int64_t checked_add(int64_t a, int64_t b) {
  int64_t out = 0;
  if (__builtin_add_overflow(a, b, &out)) refuse("the tensor's byte size does not fit in 64 bits");
  return out;
}

void check_dtype(DLDataType dtype) {
  if (dtype.lanes != 1)
    refuse("vector dtypes are not supported: got " + std::to_string(dtype.lanes) + " lanes, expected 1");
  if (!is_known_dtype(dtype))
    refuse("unknown dtype: got code " + std::to_string(dtype.code) + " with " + std::to_string(dtype.bits) + " bits");
}

DLDevice checked_device(DLDevice device) {
  if (device.device_type == kDLCUDAHost) device = {kDLCPU, 0};
  const int32_t count = num_devices(device.device_type);
  if (device.device_id >= 0 && device.device_id < count) return device;
  if (count == 0) refuse(std::string("no backend is loaded for ") + device_type_name(device.device_type) + " devices");
  refuse(std::string("no such device: got ") + device_type_name(device.device_type) + ":" +
         std::to_string(device.device_id) + ", expected an index below " + std::to_string(count));
}

std::vector<int64_t> checked_sizes(const DLTensor& tensor) {
  if (tensor.ndim < 0 || tensor.ndim > kMaxRank)
    refuse("bad rank: got " + std::to_string(tensor.ndim) + ", expected 0 to " + std::to_string(kMaxRank));
  if (tensor.ndim > 0 && !tensor.shape) refuse("the structure has no sizes");
  std::vector<int64_t> sizes(tensor.shape, tensor.shape + tensor.ndim);
  for (const int64_t size : sizes)
    if (size < 0) refuse("negative size: got " + std::to_string(size));
  return sizes;
}

std::vector<int64_t> row_major_strides(const std::vector<int64_t>& sizes) {
  std::vector<int64_t> strides(sizes.size());
  int64_t stride = 1;
  for (size_t d = sizes.size(); d-- > 0;) {
    strides[d] = stride;
    stride = checked_multiply(stride, std::max<int64_t>(sizes[d], 1));
  }
  return strides;
}

// Aligned as its numbers are; a complex number is a pair of them.
uintptr_t alignment_of(DLDataType dtype) {
  const DtypeInfo& info = dtype_info(dtype);
  return info.category == Category::kComplex ? info.itemsize / 2u : info.itemsize;
}

}  // namespace

CheckedDlpack check_dlpack(const DLTensor& tensor) {
  check_dtype(tensor.dtype);
  CheckedDlpack out{nullptr, 0, checked_device(tensor.device), checked_sizes(tensor), {}};
  out.strides = row_major_strides(out.sizes);
  if (std::ranges::find(out.sizes, 0) != out.sizes.end()) return out;

  int64_t last = 0;  // offset of the last element
  for (size_t d = 0; d < out.sizes.size(); ++d) {
    if (out.sizes[d] == 1) continue;
    if (tensor.strides) out.strides[d] = tensor.strides[d];
    if (out.strides[d] < 0)
      refuse("negative stride: got " + std::to_string(out.strides[d]) + " in dimension " + std::to_string(d) +
             "; pass a copy");
    last = checked_add(last, checked_multiply(out.sizes[d] - 1, out.strides[d]));
  }
  out.nbytes = static_cast<uint64_t>(checked_multiply(checked_add(last, 1), dtype_info(tensor.dtype).itemsize));

  if (!tensor.data) refuse("the structure has no data, but the tensor has elements");
  uintptr_t begin = 0;
  uintptr_t end = 0;
  if (__builtin_add_overflow(reinterpret_cast<uintptr_t>(tensor.data), tensor.byte_offset, &begin) ||
      __builtin_add_overflow(begin, out.nbytes, &end))
    refuse("the data leaves the address space: byte offset " + std::to_string(tensor.byte_offset) + ", " +
           std::to_string(out.nbytes) + " bytes");
  if (begin % alignment_of(tensor.dtype) != 0)
    refuse("the data is not aligned for " + std::string(dtype_name(tensor.dtype)) + "; pass a copy");
  out.data = reinterpret_cast<void*>(begin);
  return out;
}

}  // namespace vt::core
