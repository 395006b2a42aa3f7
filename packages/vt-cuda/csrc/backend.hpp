// SPDX-License-Identifier: Apache-2.0
// The one object behind the plugin: the counted driver and its devices, each made at its first use.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "graph/generators.hpp"
#include "memory/caching_allocator.hpp"
#include "memory/pinned_pool.hpp"
#include "memory/staging.hpp"
#include "runtime/counting_driver.hpp"
#include "runtime/device.hpp"
#include "runtime/index_errors.hpp"
#include "runtime/logical_driver.hpp"

namespace vt::cuda {

// An event of the C interface; its number is its address.
struct NumberedEvent {
  int device;
  Event event;
  bool is_pooled;
  std::atomic<bool> was_recorded = false;  // since it was handed out: one of the pool holds what was recorded before
};

// A device with what belongs to it.
class DeviceContext {
 public:
  DeviceContext(const Driver& driver, int ordinal, bool fills_memory)
      : device(driver, ordinal),
        allocator(driver, ordinal, fills_memory),
        staging(driver, ordinal),
        index_errors(driver) {}

  // Stream numbers of the C interface: 0 is the device's default stream, any other number the driver's handle.
  StreamView stream(std::uint64_t number) const;
  std::uint64_t number_of(StreamView stream) const noexcept;

  // Nothing is ever enqueued on it: Note [Memory that the host writes] in graph/generators.hpp.
  StreamView idle_stream();

  // Events of the pool measure time, as any two may be asked for the time between them.
  NumberedEvent* acquire_event();
  void release_event(NumberedEvent* event) noexcept;

  // Before a copy between this device's memory and a peer's, made by this one: whether it is direct. It is where the devices can.
  bool enable_peer(DeviceContext& peer);

  Device device;
  CachingAllocator allocator;
  Staging staging;
  IndexErrors index_errors;
  Captures captures;

 private:
  std::mutex peers_mutex_;                // guards the enabling
  std::atomic<std::uint64_t> peers_{0};   // a bit for each device that was asked about
  std::atomic<std::uint64_t> direct_{0};  // and for those of them whose memory this one may use
  std::mutex idle_stream_mutex_;          // guards idle_stream_
  std::optional<Stream> idle_stream_;
  std::mutex events_mutex_;  // guards events_ and idle_events_
  std::vector<std::unique_ptr<NumberedEvent>> events_;
  std::vector<NumberedEvent*> idle_events_;  // its capacity covers all events, so giving back cannot fail
};

class Backend {
 public:
  static constexpr int kMaxDevices = 64;

  // `upstream` must outlive the backend. With a number of logical devices these stand for its own.
  explicit Backend(const Driver& upstream, int num_logical_devices = 0, bool fills_memory = false) noexcept;
  Backend(const Backend&) = delete;
  Backend& operator=(const Backend&) = delete;
  ~Backend();

  // The process's backend over the installed driver. Never destroyed: tensors may outlive every static object.
  static Backend& instance();

  const Driver& driver() const noexcept { return counting_.table(); }
  CountingDriver& counting() noexcept { return counting_; }
  PinnedPool& pinned() noexcept { return pinned_; }

  // Of all devices, those made later too.
  void set_memory_options(const AllocatorOptions& options);
  AllocatorOptions memory_options();
  void set_allocator_backend(AllocatorBackend backend, const PluggedFunctions& functions);
  AllocatorBackend allocator_backend();
  void record_memory_history(const HistoryOptions& options, bool clear);

  // Number of usable devices, 0 without a driver. Asked of the driver once. Throws when the driver is too old.
  int count();
  // Throws, naming the remedy, when there is no such device.
  DeviceContext& context(int ordinal) {
    if (ordinal >= 0 && ordinal < kMaxDevices) [[likely]]
      if (DeviceContext* found = contexts_[static_cast<std::size_t>(ordinal)].load(std::memory_order_acquire))
          [[likely]]
        return *found;
    return make_context(ordinal);
  }
  bool has_context(int ordinal) const noexcept {
    return ordinal >= 0 && ordinal < kMaxDevices && contexts_[static_cast<std::size_t>(ordinal)].load() != nullptr;
  }

 private:
  DeviceContext& make_context(int ordinal);
  template <class Visit>
  void for_each_context(Visit&& visit) {
    for (std::atomic<DeviceContext*>& slot : contexts_)
      if (DeviceContext* context = slot.load(std::memory_order_acquire)) visit(*context);
  }

  std::optional<LogicalDriver> logical_;
  CountingDriver counting_;
  PinnedPool pinned_;
  std::atomic<int> count_{-1};
  std::mutex mutex_;  // guards the making of contexts, and what is below
  AllocatorOptions memory_options_;
  HistoryOptions memory_history_;
  AllocatorBackend allocator_backend_ = AllocatorBackend::kCaching;
  PluggedFunctions plugged_functions_;
  std::array<std::atomic<DeviceContext*>, kMaxDevices> contexts_{};
  bool fills_memory_;
};

}  // namespace vt::cuda
