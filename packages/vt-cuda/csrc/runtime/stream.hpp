// SPDX-License-Identifier: Apache-2.0
// Streams: a borrowed view, an owner, and a pool of streams handed out round-robin.
#pragma once

#include <array>
#include <cstddef>
#include <mutex>
#include <optional>

#include "driver.hpp"

namespace vt::cuda {

class Event;

// Names a stream without owning it. There is no default-constructed or null view: whoever enqueues says where. A stream
// of another library is viewed by its handle; its legacy default stream has the handle 1, not 0.
class StreamView {
 public:
  // The driver must outlive the view.
  StreamView(const Driver& driver, int device, RawStream raw) : driver_(&driver), device_(device), raw_(raw) {
    if (raw == nullptr) [[unlikely]]
      throw_null_handle();
  }
  StreamView(const Driver& driver, int device, std::nullptr_t) = delete;
  StreamView(const Driver& driver, int device, int) = delete;

  const Driver& driver() const noexcept { return *driver_; }
  int device() const noexcept { return device_; }
  RawStream raw() const noexcept { return raw_; }

  bool ready() const;             // true when all enqueued work is done; does not wait
  void synchronize() const;       // waits on the host
  void wait(const Event&) const;  // later work of this stream runs after the event; the host does not wait

  friend bool operator==(const StreamView& a, const StreamView& b) noexcept {
    return a.raw_ == b.raw_ && a.device_ == b.device_;
  }

 private:
  [[noreturn]] static void throw_null_handle();

  const Driver* driver_;
  int device_;
  RawStream raw_;
};

enum class StreamPriority { kNormal, kHigh };

// Owns one non-blocking stream; destroying it does not wait, enqueued work still completes.
class Stream {
 public:
  Stream(const Driver& driver, int device, StreamPriority priority = StreamPriority::kNormal);
  Stream(Stream&& other) noexcept;
  Stream& operator=(Stream&& other) noexcept;
  ~Stream();

  StreamView view() const { return StreamView(*driver_, device_, raw_); }

 private:
  const Driver* driver_;
  int device_;
  RawStream raw_;
};

// 32 streams per priority, made on first use and alive as long as the pool; `next` deals them out in turn, so two callers
// may share one. Safe to call from any thread.
class StreamPool {
 public:
  static constexpr std::size_t kStreamsPerPriority = 32;

  StreamPool(const Driver& driver, int device) noexcept : driver_(driver), device_(device) {}

  StreamView next(StreamPriority priority = StreamPriority::kNormal);

 private:
  struct Ring {
    std::array<std::optional<Stream>, kStreamsPerPriority> streams;
    std::size_t next = 0;
  };

  const Driver& driver_;
  int device_;
  std::mutex mutex_;  // guards rings_
  std::array<Ring, 2> rings_;
};

}  // namespace vt::cuda
