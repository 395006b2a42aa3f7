// SPDX-License-Identifier: Apache-2.0
// Devices on demand, stream numbers and the events of the C interface.
#include "backend.hpp"

#include <algorithm>
#include <string>

#include "runtime/real_driver.hpp"
#include "runtime/settings.hpp"
#include "runtime/status.hpp"

namespace vt::cuda {

StreamView DeviceContext::stream(std::uint64_t number) const {
  if (number == 0) return device.default_stream();
  return StreamView(device.driver(), device.ordinal(), reinterpret_cast<RawStream>(number));
}

std::uint64_t DeviceContext::number_of(StreamView stream) const noexcept {
  return stream == device.default_stream() ? 0 : reinterpret_cast<std::uint64_t>(stream.raw());
}

StreamView DeviceContext::idle_stream() {
  const std::scoped_lock lock(idle_stream_mutex_);
  if (!idle_stream_) idle_stream_.emplace(device.driver(), device.ordinal());
  return idle_stream_->view();
}

NumberedEvent* DeviceContext::acquire_event() {
  const std::scoped_lock lock(events_mutex_);
  if (idle_events_.empty()) {
    idle_events_.reserve(events_.size() + 1);
    Event timing(device.driver(), device.ordinal(), kEventTiming);
    events_.push_back(std::make_unique<NumberedEvent>(device.ordinal(), std::move(timing), true));
    return events_.back().get();
  }
  NumberedEvent* event = idle_events_.back();
  idle_events_.pop_back();
  event->was_recorded = false;
  return event;
}

void DeviceContext::release_event(NumberedEvent* event) noexcept {
  const std::scoped_lock lock(events_mutex_);
  idle_events_.push_back(event);
}

bool DeviceContext::enable_peer(DeviceContext& peer) {
  const int other = peer.device.ordinal();
  const std::uint64_t bit = std::uint64_t{1} << other;
  if ((peers_.load(std::memory_order_acquire) & bit) == 0) [[unlikely]] {
    const std::scoped_lock lock(peers_mutex_);
    const Driver& driver = device.driver();
    int can = 0;
    check(driver, driver.device_can_access_peer(driver.self, device.ordinal(), other, &can), "peer access");
    if (can != 0) {
      check(driver, driver.device_enable_peer_access(driver.self, device.ordinal(), other), "peer access");
      peer.allocator.give_access(device.ordinal());
      direct_.fetch_or(bit, std::memory_order_relaxed);
    }
    peers_.fetch_or(bit, std::memory_order_release);
  }
  return (direct_.load(std::memory_order_relaxed) & bit) != 0;
}

Backend::Backend(const Driver& upstream, int num_logical_devices, bool fills_memory) noexcept
    : logical_(num_logical_devices > 0 ? std::optional<LogicalDriver>(std::in_place, upstream, num_logical_devices)
                                       : std::nullopt),
      counting_(logical_ ? logical_->table() : upstream),
      pinned_(counting_.table()),
      fills_memory_(fills_memory) {}

Backend::~Backend() {
  for (std::atomic<DeviceContext*>& slot : contexts_) delete slot.load(std::memory_order_acquire);
}

Backend& Backend::instance() {
  static Backend* const backend = new Backend(real_driver(), setting_logical_devices(), setting_fill_memory());
  return *backend;
}

// What this library chooses where the process did not: expandable segments where the device can have them.
static AllocatorOptions options_for(const Driver& driver, int device, AllocatorOptions options) {
  if (options.segments != SegmentKind::kDefault) return options;
  std::size_t granularity = 0;
  const Status status = driver.mem_granularity(driver.self, device, &granularity);
  if (status != kNotSupported) check(driver, status, "ask for virtual memory");
  const bool can = status == kSuccess && kSegmentUnit % granularity == 0;
  options.segments = can ? SegmentKind::kExpandable : SegmentKind::kPlain;
  return options;
}

void Backend::set_memory_options(const AllocatorOptions& options) {
  check_options(options);
  const std::scoped_lock lock(mutex_);
  for_each_context([&](DeviceContext& context) {
    context.allocator.set_options(options_for(driver(), context.device.ordinal(), options));
  });
  memory_options_ = options;
}

AllocatorOptions Backend::memory_options() {
  const std::scoped_lock lock(mutex_);
  return memory_options_;
}

void Backend::set_allocator_backend(AllocatorBackend backend, const PluggedFunctions& functions) {
  check_functions("set allocator backend", functions);
  if ((backend == AllocatorBackend::kPlugged) != (functions.allocate != nullptr))
    throw Error(ErrorKind::kValue, "set allocator backend: functions go with the plugged backend, and with no other");
  const std::scoped_lock lock(mutex_);
  // All refuse before any is changed, but for memory that another thread gets meanwhile.
  for_each_context([](DeviceContext& context) { context.allocator.check_unused(); });
  for_each_context([&](DeviceContext& context) { context.allocator.set_backend(backend, functions); });
  allocator_backend_ = backend;
  plugged_functions_ = functions;
}

AllocatorBackend Backend::allocator_backend() {
  const std::scoped_lock lock(mutex_);
  return allocator_backend_;
}

void Backend::record_memory_history(const HistoryOptions& options, bool clear) {
  const std::scoped_lock lock(mutex_);
  memory_history_ = options;
  for_each_context([&](DeviceContext& context) { context.allocator.record_history(options, clear); });
}

// 13000 as "13.0".
static std::string version_text(int version) {
  return std::to_string(version / 1000) + "." + std::to_string(version % 1000 / 10);
}

int Backend::count() {
  int count = count_.load(std::memory_order_relaxed);
  if (count >= 0) return count;
  const Status status = driver().device_count(driver().self, &count);
  if (status == kInsufficientDriver) {
    int found = 0;
    int needed = 0;
    (void)driver().driver_version(driver().self, &found);
    (void)driver().runtime_version(driver().self, &needed);
    throw Error(ErrorKind::kUnavailable, "cuda: the NVIDIA driver is too old: got one for CUDA " + version_text(found) +
                                             ", expected CUDA " + version_text(needed) +
                                             " or newer; update the driver");
  }
  check(driver(), status, "count devices");
  count = std::min(count, kMaxDevices);
  count_.store(count, std::memory_order_relaxed);
  return count;
}

DeviceContext& Backend::make_context(int ordinal) {
  const int num = count();
  if (num == 0)
    throw Error(ErrorKind::kUnavailable,
                "cuda: no CUDA driver or device was found; install the NVIDIA driver, or check CUDA_VISIBLE_DEVICES");
  if (ordinal < 0 || ordinal >= num)
    throw Error(ErrorKind::kValue, "cuda: no such device: got index " + std::to_string(ordinal) +
                                       ", expected 0 <= index < " + std::to_string(num));
  const std::scoped_lock lock(mutex_);
  std::atomic<DeviceContext*>& slot = contexts_[static_cast<std::size_t>(ordinal)];
  if (DeviceContext* made = slot.load(std::memory_order_acquire)) return *made;
  auto context = std::make_unique<DeviceContext>(driver(), ordinal, fills_memory_);
  context->allocator.set_options(options_for(driver(), ordinal, memory_options_));
  context->allocator.record_history(memory_history_, false);
  context->allocator.set_backend(allocator_backend_, plugged_functions_);
  slot.store(context.get(), std::memory_order_release);
  return *context.release();
}

}  // namespace vt::cuda
