// SPDX-License-Identifier: Apache-2.0
// Enqueuing work on simulated streams and running it in an adversarial order.
#include <algorithm>
#include <thread>

#include <vt/cpp/error.hpp>
#include <vt/cpp/philox.hpp>

#include "simulation.hpp"

namespace vt::simulated {

void Clock::raise(size_t stream, uint64_t number) {
  if (stream >= numbers_.size()) numbers_.resize(stream + 1);
  numbers_[stream] = std::max(numbers_[stream], number);
}

void Clock::join(const Clock& other) {
  for (size_t stream = 0; stream < other.numbers_.size(); ++stream) raise(stream, other.numbers_[stream]);
}

Simulation& Simulation::instance() {
  static auto* simulation = new Simulation;  // work may be enqueued until the process ends
  return *simulation;
}

size_t Simulation::add_stream() {
  const std::lock_guard lock(mutex_);
  streams_.emplace_back();
  return streams_.size() - 1;
}

bool Simulation::has_stream(size_t stream) const {
  const std::lock_guard lock(mutex_);
  return stream < streams_.size();
}

void Simulation::advance_clock(Stream& stream, size_t index) {
  stream.clock.join(host_clock_);
  stream.clock.raise(index, ++stream.enqueued);
}

void Simulation::enqueue(size_t index, std::string name, std::vector<Access> accesses, std::function<void()> run) {
  const std::lock_guard lock(mutex_);
  Stream& stream = streams_[index];
  advance_clock(stream, index);
  for (const Access& access : accesses) record_access(access, name, index);
  stream.work.push_back({std::move(name), std::move(run)});
}

Mark Simulation::mark(size_t index) const {
  const std::lock_guard lock(mutex_);
  const Stream& stream = streams_[index];
  return {index, stream.enqueued, stream.clock};
}

void Simulation::wait(size_t index, const Mark& mark) {
  const std::lock_guard lock(mutex_);
  if (ignored_wait_ >= 0 && ignored_wait_-- == 0) return;
  Stream& stream = streams_[index];
  advance_clock(stream, index);
  stream.clock.join(mark.clock);
  stream.work.push_back({"wait", nullptr, mark.stream, mark.number});
}

bool Simulation::observe(const Mark& mark) {
  const std::lock_guard lock(mutex_);
  if (streams_[mark.stream].done < mark.number) return false;
  host_clock_.join(mark.clock);
  return true;
}

bool Simulation::is_ready(const Stream& stream) const {
  if (stream.work.empty() || stream.running) return false;
  const Work& first = stream.work.front();
  return first.run || streams_[first.awaited_stream].done >= first.awaited_number;
}

uint64_t Simulation::draw() { return philox(seed_, num_drawn_++).word[0]; }

// Seven times out of eight the favourite goes on while it can; then another is drawn.
bool Simulation::draw_stream(size_t* out) {
  std::vector<size_t> ready;
  for (size_t i = 0; i < streams_.size(); ++i)
    if (is_ready(streams_[i])) ready.push_back(i);
  if (ready.empty()) return false;
  const bool keeps = draw() % 8 != 0 && std::ranges::find(ready, favourite_) != ready.end();
  if (!keeps) favourite_ = ready[draw() % ready.size()];
  *out = favourite_;
  return true;
}

bool Simulation::step() {
  std::unique_lock lock(mutex_);
  size_t index = 0;
  while (!draw_stream(&index)) {
    const bool others_run = std::ranges::any_of(streams_, [](const Stream& stream) { return stream.running; });
    if (!others_run) return false;  // events are recorded before they are waited for, so nothing is pending
    lock.unlock();
    std::this_thread::yield();
    lock.lock();
  }
  Stream& stream = streams_[index];
  Work work = std::move(stream.work.front());
  stream.work.pop_front();
  stream.running = true;
  lock.unlock();

  const auto finished = [&] {
    lock.lock();
    stream.running = false;
    ++stream.done;
    lock.unlock();
  };
  try {
    if (work.run) work.run();
  } catch (...) {
    finished();
    throw;
  }
  finished();
  return true;
}

void Simulation::finish(const Mark& mark) {
  while (!observe(mark)) step();
}

void Simulation::finish_all() {
  size_t num_streams = 0;
  {
    const std::lock_guard lock(mutex_);
    num_streams = streams_.size();
  }
  for (size_t stream = 0; stream < num_streams; ++stream) finish(mark(stream));
}

void Simulation::seed(uint64_t seed) {
  const std::lock_guard lock(mutex_);
  seed_ = seed;
  num_drawn_ = 0;
  favourite_ = 0;
}

int64_t Simulation::pending() const {
  const std::lock_guard lock(mutex_);
  uint64_t count = 0;
  for (const Stream& stream : streams_) count += stream.enqueued - stream.done;
  return static_cast<int64_t>(count);
}

void Simulation::ignore_wait(int64_t nth) {
  const std::lock_guard lock(mutex_);
  ignored_wait_ = nth;
}

}  // namespace vt::simulated
