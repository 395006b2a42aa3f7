// SPDX-License-Identifier: Apache-2.0
// Double-buffered copies through pinned memory.
#include "staging.hpp"

#include <algorithm>
#include <cstring>

#include "../runtime/status.hpp"

namespace vt::cuda {

Staging::~Staging() {
  for (Buffer& buffer : buffers_)
    if (buffer.data != nullptr) (void)driver_.host_free(driver_.self, buffer.data);
}

void Staging::to_device(void* dst, const void* src, std::size_t bytes, StreamView stream) {
  if (bytes <= kInlineBytes) return copy(dst, src, bytes, CopyKind::kHostToDevice, stream);
  const std::scoped_lock lock(mutex_);
  for (std::size_t done = 0; done < bytes;) {
    const std::size_t part = std::min(kBufferBytes, bytes - done);
    Buffer& buffer = next_free();
    std::memcpy(buffer.data, static_cast<const char*>(src) + done, part);
    copy(static_cast<char*>(dst) + done, buffer.data, part, CopyKind::kHostToDevice, stream);
    buffer.event->record(stream);
    done += part;
  }
}

void Staging::to_host(void* dst, const void* src, std::size_t bytes, StreamView stream) {
  const std::scoped_lock lock(mutex_);
  Buffer* landed = nullptr;  // the part before, still on its way
  std::size_t landed_at = 0;
  std::size_t landed_bytes = 0;
  const auto take = [&] {
    landed->event->synchronize();
    std::memcpy(static_cast<char*>(dst) + landed_at, landed->data, landed_bytes);
  };
  for (std::size_t done = 0; done < bytes;) {
    const std::size_t part = std::min(kBufferBytes, bytes - done);
    Buffer& buffer = next_free();
    copy(buffer.data, static_cast<const char*>(src) + done, part, CopyKind::kDeviceToHost, stream);
    buffer.event->record(stream);
    if (landed != nullptr) take();
    landed = &buffer;
    landed_at = done;
    landed_bytes = part;
    done += part;
  }
  if (landed != nullptr) take();
}

Staging::Buffer& Staging::next_free() {
  Buffer& buffer = buffers_[next_];
  next_ = (next_ + 1) % buffers_.size();
  if (buffer.data == nullptr) {
    if (!buffer.event) buffer.event.emplace(driver_, device_);
    check(driver_, driver_.host_alloc(driver_.self, kBufferBytes, &buffer.data), "allocate pinned memory");
  } else if (!buffer.event->ready()) {
    buffer.event->synchronize();
  }
  return buffer;
}

void Staging::copy(void* dst, const void* src, std::size_t bytes, CopyKind kind, StreamView stream) const {
  check(driver_, driver_.memcpy_async(driver_.self, dst, src, bytes, kind, stream.raw()), "copy");
}

}  // namespace vt::cuda
