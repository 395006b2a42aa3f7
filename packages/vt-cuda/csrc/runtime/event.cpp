// SPDX-License-Identifier: Apache-2.0
// Events over the driver table.
#include "event.hpp"

#include <utility>

#include "status.hpp"

namespace vt::cuda {

Event::Event(const Driver& driver, int device, std::uint32_t flags) : driver_(&driver), raw_(nullptr) {
  check(driver, driver.event_create(driver.self, device, flags, &raw_), "create event");
}

Event::Event(const Driver& driver, int device, const IpcEventHandle& handle) : driver_(&driver), raw_(nullptr) {
  check(driver, driver.event_import(driver.self, device, &handle, &raw_), "open event");
}

Event::Event(Event&& other) noexcept : driver_(other.driver_), raw_(std::exchange(other.raw_, nullptr)) {}

Event& Event::operator=(Event&& other) noexcept {
  std::swap(driver_, other.driver_);
  std::swap(raw_, other.raw_);
  return *this;
}

Event::~Event() {
  if (raw_ != nullptr) (void)driver_->event_destroy(driver_->self, raw_);
}

void Event::record(StreamView stream) {
  check(*driver_, driver_->event_record(driver_->self, raw_, stream.raw()), "record event");
}

bool Event::ready() const {
  const Status status = driver_->event_query(driver_->self, raw_);
  if (status == kNotReady) return false;
  check(*driver_, status, "query event");
  return true;
}

void Event::synchronize() const {
  check(*driver_, driver_->event_synchronize(driver_->self, raw_), "synchronize event");
}

float Event::elapsed_ms(const Event& end) const {
  float milliseconds = 0;
  check(*driver_, driver_->event_elapsed(driver_->self, raw_, end.raw_, &milliseconds), "measure elapsed time");
  return milliseconds;
}

IpcEventHandle Event::export_handle() const {
  IpcEventHandle handle{};
  check(*driver_, driver_->event_export(driver_->self, raw_, &handle), "export event");
  return handle;
}

PooledEvent::PooledEvent(PooledEvent&& other) noexcept
    : pool_(std::exchange(other.pool_, nullptr)), event_(std::move(other.event_)) {}

PooledEvent& PooledEvent::operator=(PooledEvent&& other) noexcept {
  std::swap(pool_, other.pool_);
  std::swap(event_, other.event_);
  return *this;
}

PooledEvent::~PooledEvent() {
  if (pool_ != nullptr) pool_->give_back(std::move(event_));
}

PooledEvent EventPool::acquire() {
  const std::scoped_lock lock(mutex_);
  if (idle_.empty()) {
    idle_.reserve(num_on_loan_ + 1);
    idle_.emplace_back(driver_, device_);
  }
  Event event = std::move(idle_.back());
  idle_.pop_back();
  ++num_on_loan_;
  return PooledEvent(*this, std::move(event));
}

std::size_t EventPool::num_on_loan() const {
  const std::scoped_lock lock(mutex_);
  return num_on_loan_;
}

void EventPool::release_idle() noexcept {
  const std::scoped_lock lock(mutex_);
  idle_.clear();
}

void EventPool::give_back(Event event) noexcept {
  const std::scoped_lock lock(mutex_);
  --num_on_loan_;
  idle_.push_back(std::move(event));
}

}  // namespace vt::cuda
