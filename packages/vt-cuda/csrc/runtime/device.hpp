// SPDX-License-Identifier: Apache-2.0
// One GPU: its properties, its streams and events, and the current stream of each thread.
#pragma once

#include <cstdint>
#include <optional>

#include "driver.hpp"
#include "event.hpp"
#include "stream.hpp"

namespace vt::cuda {

// Whether kernels are compiled for an architecture that can wait for the kernel before them. Every device of compute capability
// 9.0 or newer is then given code that does.
#ifdef VT_CUDA_KERNELS_WAIT
inline constexpr bool kKernelsWait = true;
#else
inline constexpr bool kKernelsWait = false;
#endif

// Number of usable devices; 0 without a driver.
int device_count(const Driver& driver);

// The driver must outlive the device, and the device all views of its streams. Safe to call from any thread.
class Device {
 public:
  Device(const Driver& driver, int ordinal);

  const Driver& driver() const noexcept { return driver_; }
  int ordinal() const noexcept { return ordinal_; }
  const DeviceProperties& properties() const noexcept { return properties_; }

  // Whether the kernels of this library wait by themselves there: Note [Dependent launches] in device/dependent_launch.cuh.
  bool has_dependent_launches() const noexcept { return kKernelsWait && properties_.compute_major >= 9; }

  // The stream that a thread uses until it sets another: an ordinary stream of this package, not CUDA's default one.
  StreamView default_stream() const { return default_stream_.view(); }
  StreamView stream_from_pool(StreamPriority priority = StreamPriority::kNormal) { return streams_.next(priority); }
  EventPool& events() noexcept { return events_; }

  StreamView current_stream() const;
  // Returns the one that was current before. Rejects a stream of another device.
  StreamView set_current_stream(StreamView stream) const;

  void synchronize() const;  // waits on the host for all streams of the device

 private:
  const Driver& driver_;
  int ordinal_;
  std::uint64_t serial_;  // tells this object from an earlier one of the same ordinal in thread-local state
  DeviceProperties properties_;
  Stream default_stream_;
  StreamPool streams_;
  EventPool events_;
};

// Makes a device current for the calling thread, and puts the former back.
class DeviceGuard {
 public:
  DeviceGuard(const Driver& driver, int device);
  DeviceGuard(const DeviceGuard&) = delete;
  DeviceGuard& operator=(const DeviceGuard&) = delete;
  ~DeviceGuard();

 private:
  const Driver& driver_;
  int before_;
  bool changed_;
};

// Makes a stream current for the calling thread and its device, and puts the former back.
class StreamGuard {
 public:
  StreamGuard(const Device& device, StreamView stream) : device_(device), before_(device.set_current_stream(stream)) {}
  StreamGuard(const StreamGuard&) = delete;
  StreamGuard& operator=(const StreamGuard&) = delete;
  ~StreamGuard() { device_.set_current_stream(before_); }

 private:
  const Device& device_;
  StreamView before_;
};

}  // namespace vt::cuda
