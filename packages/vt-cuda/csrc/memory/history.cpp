// SPDX-License-Identifier: Apache-2.0
// The ring of events and its observers.
#include "history.hpp"

#include <algorithm>
#include <chrono>

namespace vt::cuda {

std::uint64_t History::capture(const std::atomic<bool>& wanted) const noexcept {
  const auto hook = capture_.load(std::memory_order_acquire);
  if (hook == nullptr || !wanted.load(std::memory_order_relaxed)) return 0;
  return hook(hook_arg_.load(std::memory_order_relaxed));
}

std::string History::describe(std::uint64_t context) const {
  const auto hook = describe_.load(std::memory_order_acquire);
  if (hook == nullptr || context == 0) return {};
  char text[512] = {};
  hook(hook_arg_.load(std::memory_order_relaxed), context, text, sizeof text);
  return text;
}

void History::set_options(const HistoryOptions& options, bool clear) {
  if (clear || options.max_events != options_.max_events) {
    std::vector<MemoryEvent> kept = clear ? std::vector<MemoryEvent>{} : events();
    if (kept.size() > options.max_events)
      kept.erase(kept.begin(), kept.end() - static_cast<std::ptrdiff_t>(options.max_events));
    events_ = std::move(kept);
    next_ = 0;
  }
  options_ = options;
  hook_arg_.store(options.hook.arg, std::memory_order_relaxed);
  capture_.store(options.hook.capture, std::memory_order_release);
  describe_.store(options.hook.describe, std::memory_order_release);
  update();
}

void History::note(MemoryEvent event) {
  using Clock = std::chrono::system_clock;
  event.time_us = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now().time_since_epoch()).count();
  for (const Observer& observer : observers_) observer.observer(observer.arg, event);
  if (!options_.is_on || options_.max_events == 0) return;
  if ((options_.skipped_actions >> static_cast<int>(event.action) & 1u) != 0) return;
  if (!options_.has_event_contexts) event.context = 0;
  if (events_.size() < options_.max_events) {
    // An event that there is no memory for is not kept; the request that it tells of goes on.
    try {
      events_.push_back(event);
    } catch (const std::bad_alloc&) {}
    return;
  }
  events_[next_] = event;
  next_ = (next_ + 1) % events_.size();
}

std::uint64_t History::add_observer(MemoryObserver observer, void* arg) {
  observers_.push_back({++num_observers_, observer, arg});
  update();
  return num_observers_;
}

void History::remove_observer(std::uint64_t number) noexcept {
  std::erase_if(observers_, [&](const Observer& observer) { return observer.number == number; });
  update();
}

std::vector<MemoryEvent> History::events() const {
  std::vector<MemoryEvent> ordered(events_.begin() + static_cast<std::ptrdiff_t>(next_), events_.end());
  ordered.insert(ordered.end(), events_.begin(), events_.begin() + static_cast<std::ptrdiff_t>(next_));
  return ordered;
}

void History::update() noexcept {
  wants_allocation_.store(options_.is_on && (options_.has_block_contexts || options_.has_event_contexts),
                          std::memory_order_relaxed);
  wants_free_.store(options_.is_on && options_.has_free_contexts, std::memory_order_relaxed);
  is_on_.store(options_.is_on || !observers_.empty(), std::memory_order_relaxed);
}

}  // namespace vt::cuda
