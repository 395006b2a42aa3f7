// SPDX-License-Identifier: Apache-2.0
// Copies between tensors of any two devices, ordered by events.
#include <algorithm>
#include <memory>
#include <ranges>

#include <vt/cpp/tensor.hpp>

#include "device.hpp"
#include "host_allocator.hpp"

namespace vt::core {
namespace {

bool is_host(DLDevice device) {
  return device.device_type == kDLCPU || device.device_type == kDLCUDAHost || device.device_type == kDLCUDAManaged;
}

bool same_device(DLDevice a, DLDevice b) { return a.device_type == b.device_type && a.device_id == b.device_id; }

bool same_layout(const VtTensor* a, const VtTensor* b) {
  return std::ranges::equal(sizes_of(a), sizes_of(b)) && a->dl.dtype.code == b->dl.dtype.code &&
         a->dl.dtype.bits == b->dl.dtype.bits && a->dl.dtype.lanes == b->dl.dtype.lanes &&
         ((a->flags & b->flags & VT_TENSOR_CONTIGUOUS) != 0 ||
          ((a->flags & b->flags & VT_TENSOR_NON_OVERLAPPING) != 0 && std::ranges::equal(strides_of(a), strides_of(b))));
}

VtStream current_stream(const VtDeviceApi& backend, int32_t index) {
  VtStream stream = 0;
  check(backend.current_stream(index, &stream));
  return stream;
}

// An event recorded on one stream, for another to wait for.
class Event {
 public:
  Event(const VtDeviceApi& backend, int32_t index, VtStream stream) : backend_(backend), index_(index) {
    check(backend_.create_event(index_, &event_));
    if (const int status = backend_.record_event(index_, event_, stream)) {
      backend_.destroy_event(index_, event_);
      check(status);
    }
  }
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;
  ~Event() { backend_.destroy_event(index_, event_); }

  void make_wait(int32_t index, VtStream stream) const { check(backend_.wait_event(index, stream, event_)); }

 private:
  const VtDeviceApi& backend_;
  int32_t index_;
  VtEvent event_ = 0;
};

// Between two devices of one type: enqueued on the source's stream, after what the destination's stream has to do, and
// before what it will be given.
void copy_between_peers(const VtDeviceApi& backend, VtTensor* dst, VtTensor* src, uint64_t nbytes, uint32_t flags) {
  const int32_t dst_index = dst->dl.device.device_id;
  const int32_t src_index = src->dl.device.device_id;
  const VtStream dst_stream = current_stream(backend, dst_index);
  const VtStream src_stream = current_stream(backend, src_index);
  Event(backend, dst_index, dst_stream).make_wait(src_index, src_stream);
  check(backend.copy(src_index, dst->dl.data, dst->dl.device, src->dl.data, src->dl.device, nbytes, src_stream, flags));
  Event(backend, src_index, src_stream).make_wait(dst_index, dst_stream);
  check(backend.record_use(dst_index, tables().tensor->storage_data(dst), src_stream));
}

// Between backends that know nothing of each other: through host memory, waiting for both.
void copy_through_host(const VtDeviceApi& to, VtTensor* dst, const VtDeviceApi& from, VtTensor* src, uint64_t nbytes) {
  constexpr DLDevice kHost = {kDLCPU, 0};
  const auto free_buffer = [nbytes](void* data) { free_host(data, nbytes); };
  const std::unique_ptr<void, decltype(free_buffer)> buffer(allocate_host(nbytes), free_buffer);
  const int32_t src_index = src->dl.device.device_id;
  const int32_t dst_index = dst->dl.device.device_id;
  const VtStream src_stream = current_stream(from, src_index);
  check(from.copy(src_index, buffer.get(), kHost, src->dl.data, src->dl.device, nbytes, src_stream, 0));
  check(from.synchronize_stream(src_index, src_stream));
  const VtStream dst_stream = current_stream(to, dst_index);
  check(to.copy(dst_index, dst->dl.data, dst->dl.device, buffer.get(), kHost, nbytes, dst_stream, 0));
  check(to.synchronize_stream(dst_index, dst_stream));
}

}  // namespace

void copy_bytes(VtTensor* dst, VtTensor* src, bool non_blocking) {
  const DLDevice to = dst->dl.device;
  const DLDevice from = src->dl.device;
  if (!same_layout(dst, src))
    fail(VT_ERROR_VALUE, "copy_bytes: the tensors differ in sizes, strides or dtype; copy with copy_ instead");
  if (dst->flags & VT_TENSOR_READ_ONLY)
    fail(VT_ERROR_VALUE, "copy_bytes: the destination is read-only; copy into a tensor of your own");
  const auto nbytes = static_cast<uint64_t>(dst->numel * itemsize_of(dst->dl.dtype));
  if (nbytes == 0 || (dst->dl.data == src->dl.data && same_device(to, from))) return;
  const uint32_t flags = non_blocking ? VT_COPY_ASYNC : 0;

  if (!is_host(to) && !is_host(from) && to.device_type != from.device_type) {
    if (to.device_type == kMetaType) return;
    if (from.device_type == kMetaType) {
      check(kMetaDevice.copy(0, dst->dl.data, to, src->dl.data, from, nbytes, 0, flags));
      return;
    }
    return copy_through_host(device_backend(to.device_type), dst, device_backend(from.device_type), src, nbytes);
  }
  if (to.device_type == from.device_type && !same_device(to, from) && !is_host(to))
    return copy_between_peers(device_backend(to.device_type), dst, src, nbytes, flags);

  const DLDevice device = is_host(to) ? from : to;  // the one that enqueues the copy
  const VtDeviceApi& backend = device_backend(is_host(device) ? kDLCPU : device.device_type);
  const int32_t index = is_host(device) ? 0 : device.device_id;
  check(backend.copy(index, dst->dl.data, to, src->dl.data, from, nbytes, current_stream(backend, index), flags));
}

}  // namespace vt::core
