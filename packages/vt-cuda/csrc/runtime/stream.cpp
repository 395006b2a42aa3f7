// SPDX-License-Identifier: Apache-2.0
// Streams over the driver table.
#include "stream.hpp"

#include <utility>

#include "event.hpp"
#include "status.hpp"

namespace vt::cuda {

void StreamView::throw_null_handle() {
  throw Error(ErrorKind::kValue,
              "stream view: got a null handle, expected a stream; pass handle 1 for the legacy default stream");
}

bool StreamView::ready() const {
  const Status status = driver_->stream_query(driver_->self, raw_);
  if (status == kNotReady) return false;
  check(*driver_, status, "query stream");
  return true;
}

void StreamView::synchronize() const {
  check(*driver_, driver_->stream_synchronize(driver_->self, raw_), "synchronize stream");
}

void StreamView::wait(const Event& event) const {
  check(*driver_, driver_->stream_wait_event(driver_->self, raw_, event.raw()), "wait for event");
}

Stream::Stream(const Driver& driver, int device, StreamPriority priority)
    : driver_(&driver), device_(device), raw_(nullptr) {
  int least = 0;
  int greatest = 0;
  check(driver, driver.stream_priority_range(driver.self, device, &least, &greatest), "create stream");
  const int level = priority == StreamPriority::kHigh ? greatest : least;
  check(driver, driver.stream_create(driver.self, device, level, &raw_), "create stream");
}

Stream::Stream(Stream&& other) noexcept
    : driver_(other.driver_), device_(other.device_), raw_(std::exchange(other.raw_, nullptr)) {}

Stream& Stream::operator=(Stream&& other) noexcept {
  std::swap(driver_, other.driver_);
  std::swap(device_, other.device_);
  std::swap(raw_, other.raw_);
  return *this;
}

Stream::~Stream() {
  if (raw_ != nullptr) (void)driver_->stream_destroy(driver_->self, raw_);
}

StreamView StreamPool::next(StreamPriority priority) {
  const std::scoped_lock lock(mutex_);
  Ring& ring = rings_[priority == StreamPriority::kHigh ? 1 : 0];
  std::optional<Stream>& stream = ring.streams[ring.next];
  if (!stream) stream.emplace(driver_, device_, priority);
  ring.next = (ring.next + 1) % kStreamsPerPriority;
  return stream->view();
}

}  // namespace vt::cuda
