// SPDX-License-Identifier: Apache-2.0
// Copies between pageable host memory and a device, through a few pinned buffers.
//
// Note [Staging]
// The driver may wait inside of a copy from or to pageable memory. Through pinned buffers every wait is one of ours: a copy
// to the device waits only when all buffers are still in flight, a copy to the host waits for its own data. Small
// copies to the device need no buffer, as the driver takes up to 64 KiB into the command itself.
#pragma once

#include <array>
#include <cstddef>
#include <mutex>
#include <optional>

#include "../runtime/driver.hpp"
#include "../runtime/event.hpp"
#include "../runtime/stream.hpp"

namespace vt::cuda {

// One per device; the driver must outlive it. Safe to call from any thread; the copies of one device take turns.
class Staging {
 public:
  static constexpr std::size_t kInlineBytes = 64 * 1024;
  static constexpr std::size_t kBufferBytes = 4 * 1024 * 1024;

  Staging(const Driver& driver, int device) noexcept : driver_(driver), device_(device) {}
  Staging(const Staging&) = delete;
  Staging& operator=(const Staging&) = delete;
  ~Staging();

  // On return the host side may be reused; the copy itself is in stream order.
  void to_device(void* dst, const void* src, std::size_t bytes, StreamView stream);
  // On return the bytes are there.
  void to_host(void* dst, const void* src, std::size_t bytes, StreamView stream);

 private:
  struct Buffer {
    void* data = nullptr;
    std::optional<Event> event;  // after the last copy from or to the buffer
  };

  // The next buffer in turn, allocated and no longer in flight.
  Buffer& next_free();
  void copy(void* dst, const void* src, std::size_t bytes, CopyKind kind, StreamView stream) const;

  const Driver& driver_;
  int device_;
  std::mutex mutex_;  // guards buffers_ and next_
  std::array<Buffer, 2> buffers_;
  std::size_t next_ = 0;
};

}  // namespace vt::cuda
