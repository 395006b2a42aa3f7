// SPDX-License-Identifier: Apache-2.0
// Devices over the driver table, and the thread-local table of current streams.
#include "device.hpp"

#include <array>
#include <atomic>
#include <string>
#include <utility>

#include "status.hpp"

namespace vt::cuda {
namespace {

constexpr int kMaxDevices = 64;

struct CurrentStream {
  std::uint64_t device_serial = 0;
  RawStream raw = nullptr;
};

// NULL until the thread sets a stream. Not of the initial-exec model: the CUDA runtime, which is linked into this library, has
// 8 KiB of thread-local data, and all of a library's must then fit into the little static space that the process has left.
using CurrentStreams = std::array<CurrentStream, kMaxDevices>;
constinit thread_local CurrentStreams* current_streams = nullptr;

struct CurrentStreamsOwner {
  ~CurrentStreamsOwner() { delete std::exchange(current_streams, nullptr); }
};

CurrentStreams& make_current_streams() {
  static thread_local CurrentStreamsOwner owner;
  return *(current_streams = new CurrentStreams());
}

std::uint64_t next_serial() noexcept {
  static std::atomic<std::uint64_t> serial{0};
  return serial.fetch_add(1, std::memory_order_relaxed) + 1;
}

int checked_ordinal(const Driver& driver, int ordinal) {
  const int count = device_count(driver);
  const int limit = count < kMaxDevices ? count : kMaxDevices;
  if (ordinal >= 0 && ordinal < limit) return ordinal;
  throw Error(ErrorKind::kValue, "device: got ordinal " + std::to_string(ordinal) + ", expected 0 <= ordinal < " +
                                     std::to_string(limit) +
                                     "; choose a visible device, or install a driver if there is none");
}

DeviceProperties query_properties(const Driver& driver, int ordinal) {
  DeviceProperties properties{};
  check(driver, driver.device_properties(driver.self, ordinal, &properties), "read device properties");
  return properties;
}

}  // namespace

int device_count(const Driver& driver) {
  int count = 0;
  check(driver, driver.device_count(driver.self, &count), "count devices");
  return count;
}

Device::Device(const Driver& driver, int ordinal)
    : driver_(driver),
      ordinal_(checked_ordinal(driver, ordinal)),
      serial_(next_serial()),
      properties_(query_properties(driver, ordinal)),
      default_stream_(driver, ordinal),
      streams_(driver, ordinal),
      events_(driver, ordinal) {}

StreamView Device::current_stream() const {
  if (current_streams != nullptr) {
    const CurrentStream& current = (*current_streams)[static_cast<std::size_t>(ordinal_)];
    if (current.device_serial == serial_) return StreamView(driver_, ordinal_, current.raw);
  }
  return default_stream();
}

StreamView Device::set_current_stream(StreamView stream) const {
  if (stream.device() != ordinal_)
    throw Error(ErrorKind::kValue, "set current stream: got a stream of device " + std::to_string(stream.device()) +
                                       ", expected one of device " + std::to_string(ordinal_) +
                                       "; set it on its own device");
  const StreamView before = current_stream();
  CurrentStreams& streams = current_streams != nullptr ? *current_streams : make_current_streams();
  streams[static_cast<std::size_t>(ordinal_)] = {serial_, stream.raw()};
  return before;
}

void Device::synchronize() const {
  check(driver_, driver_.device_synchronize(driver_.self, ordinal_), "synchronize device");
}

DeviceGuard::DeviceGuard(const Driver& driver, int device) : driver_(driver), before_(0), changed_(false) {
  check(driver, driver.get_device(driver.self, &before_), "read current device");
  if (before_ == device) return;
  check(driver, driver.set_device(driver.self, device), "set device");
  changed_ = true;
}

DeviceGuard::~DeviceGuard() {
  if (changed_) (void)driver_.set_device(driver_.self, before_);
}

}  // namespace vt::cuda
