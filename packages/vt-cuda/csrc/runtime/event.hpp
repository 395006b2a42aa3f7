// SPDX-License-Identifier: Apache-2.0
// Events: an owner, and a pool that keeps them for reuse.
#pragma once

#include <cstdint>
#include <mutex>
#include <utility>
#include <vector>

#include "driver.hpp"
#include "stream.hpp"

namespace vt::cuda {

// Owns one event. Recording again moves the event on; a wait made earlier keeps the record that it saw.
class Event {
 public:
  Event(const Driver& driver, int device, std::uint32_t flags = kEventNoTiming);  // EventFlags
  // Another process's.
  Event(const Driver& driver, int device, const IpcEventHandle& handle);
  Event(Event&& other) noexcept;
  Event& operator=(Event&& other) noexcept;
  ~Event();

  RawEvent raw() const noexcept { return raw_; }

  void record(StreamView stream);
  bool ready() const;                        // true when the work before the latest record is done; does not wait
  void synchronize() const;                  // waits on the host
  float elapsed_ms(const Event& end) const;  // both recorded with timing on, and ready
  IpcEventHandle export_handle() const;      // made with kEventInterprocess

 private:
  const Driver* driver_;
  RawEvent raw_;
};

class EventPool;

// An event on loan: goes back to its pool, which must outlive it.
class PooledEvent {
 public:
  PooledEvent(PooledEvent&& other) noexcept;
  PooledEvent& operator=(PooledEvent&& other) noexcept;
  ~PooledEvent();

  Event& operator*() noexcept { return event_; }
  Event* operator->() noexcept { return &event_; }
  const Event* operator->() const noexcept { return &event_; }

 private:
  friend class EventPool;
  PooledEvent(EventPool& pool, Event event) noexcept : pool_(&pool), event_(std::move(event)) {}

  EventPool* pool_;
  Event event_;
};

// Events without timing, of one device, made on demand and kept. Safe to call from any thread.
class EventPool {
 public:
  EventPool(const Driver& driver, int device) noexcept : driver_(driver), device_(device) {}

  PooledEvent acquire();
  std::size_t num_on_loan() const;
  void release_idle() noexcept;  // destroys the events that are not on loan

 private:
  friend class PooledEvent;
  void give_back(Event event) noexcept;

  const Driver& driver_;
  int device_;
  mutable std::mutex mutex_;  // guards idle_ and num_on_loan_
  std::vector<Event> idle_;   // its capacity covers the loaned events too, so giving back cannot fail
  std::size_t num_on_loan_ = 0;
};

}  // namespace vt::cuda
