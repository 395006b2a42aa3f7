// SPDX-License-Identifier: Apache-2.0
// Queues, steps, failures and reports of the simulated driver; its table entries are in sim_entries.cpp.
#include "sim_driver.hpp"

#include <algorithm>

#include "sim_entries.hpp"

namespace vt::cuda {

SimDriver::SimDriver(const SimOptions& options)
    : options_(options),
      random_(options.seed),
      memory_(options.num_devices, options.capacity_bytes, options.virtual_factor * options.capacity_bytes),
      table_(sim_table(*this)) {}

SimDriver::~SimDriver() = default;

void SimDriver::register_kernel(const void* symbol, SimKernel kernel) {
  const std::scoped_lock lock(mutex_);
  kernels_[symbol] = std::move(kernel);
}

void SimDriver::register_image(const void* image, std::map<std::string, SimKernel> kernels) {
  const std::scoped_lock lock(mutex_);
  images_[image] = std::move(kernels);
}

bool SimDriver::step() {
  const std::scoped_lock lock(mutex_);
  return step_locked();
}

void SimDriver::run_all() {
  const std::scoped_lock lock(mutex_);
  while (step_locked()) {}
}

std::size_t SimDriver::num_queued() const {
  const std::scoped_lock lock(mutex_);
  std::size_t total = 0;
  for (const auto& stream : streams_) total += stream->queue.size();
  return total;
}

bool SimDriver::host_reads(const void* pointer, std::size_t bytes) {
  const std::scoped_lock lock(mutex_);
  host_clock_.tick(0);
  return memory_.access(pointer, bytes, false, SimActor{0, host_clock_, "host", SimMemory::kHost});
}

bool SimDriver::host_writes(void* pointer, std::size_t bytes) {
  const std::scoped_lock lock(mutex_);
  host_clock_.tick(0);
  return memory_.access(pointer, bytes, true, SimActor{0, host_clock_, "host", SimMemory::kHost});
}

void SimDriver::fail_nth_call(std::uint64_t n, Fallible which, bool for_ever) {
  const std::scoped_lock lock(mutex_);
  num_fallible_ = 0;
  fail_at_ = n;
  fail_which_ = which;
  fail_for_ever_ = for_ever;
}

std::uint64_t SimDriver::num_fallible_calls() const {
  const std::scoped_lock lock(mutex_);
  return num_fallible_;
}

std::vector<SimReport> SimDriver::reports() const {
  const std::scoped_lock lock(mutex_);
  return memory_.reports();
}

std::vector<SimReport> SimDriver::leaks() const {
  const std::scoped_lock lock(mutex_);
  std::vector<SimReport> leaks;
  const auto add = [&](std::size_t count, const char* what) {
    if (count != 0) leaks.push_back({SimReportKind::kLeak, std::to_string(count) + " " + what});
  };
  add(memory_.num_live(SimMemory::kHost), "pinned allocations");
  for (int device = 0; device < options_.num_devices; ++device) add(memory_.num_live(device), "device allocations");
  for (int device = 0; device < options_.num_devices; ++device) {
    add(memory_.num_reserved(device), "reserved ranges of addresses");
    add(memory_.num_mapped(device), "mappings");
  }
  add(memory_.num_memories(), "pieces of memory");
  add(stream_handles_.size(), "streams");
  add(events_.size(), "events");
  add(modules_.size(), "modules");
  add(captures_.size(), "captures");
  add(graphs_.size(), "graphs");
  add(execs_.size(), "executable graphs");
  return leaks;
}

std::size_t SimDriver::raw_bytes(int device) const {
  const std::scoped_lock lock(mutex_);
  return memory_.live_bytes(device);
}

const void* SimDriver::device_memory(int device) const {
  const std::scoped_lock lock(mutex_);
  return memory_.base(device);
}

std::size_t SimDriver::address_bytes() const {
  const std::scoped_lock lock(mutex_);
  return memory_.address_bytes();
}

bool SimDriver::has_run(RawEvent event) const {
  const std::scoped_lock lock(mutex_);
  const auto found = events_.find(event);
  return found != events_.end() && (found->second->latest == nullptr || found->second->latest->done);
}

std::uint64_t SimDriver::num_hidden_waits() const {
  const std::scoped_lock lock(mutex_);
  return num_hidden_waits_;
}

SimDriver::StreamState* SimDriver::find(RawStream raw) {
  const auto found = stream_handles_.find(raw);
  return found == stream_handles_.end() ? nullptr : found->second;
}

SimDriver::EventState* SimDriver::find(RawEvent raw) {
  const auto found = events_.find(raw);
  return found == events_.end() ? nullptr : found->second.get();
}

void SimDriver::bad_handle(const char* call) {
  memory_.report(SimReportKind::kBadHandle, std::string(call) + ": handle is null, destroyed or of another device");
}

bool SimDriver::fails(bool allocation) {
  if (!allocation && fail_which_ == Fallible::kAllocations) return false;
  ++num_fallible_;
  if (fail_at_ == 0) return false;
  return fail_for_ever_ ? num_fallible_ >= fail_at_ : num_fallible_ == fail_at_;
}

SimDriver::StreamState& SimDriver::add_stream(int device) {
  auto state = std::make_unique<StreamState>();
  state->device = device;
  state->actor = num_actors_++;
  streams_.push_back(std::move(state));
  return *streams_.back();
}

void SimDriver::submit(StreamState& stream, const char* name, std::function<void(const SimActor&)> work) {
  if (stream.capture == nullptr)
    enqueue(stream, name).work = std::move(work);
  else
    stream.capture->add_node(stream.lane, name, std::move(work));
}

void SimDriver::retire(StreamState& stream) {
  retired_clocks_[stream.device].join(stream.clock);
  std::erase_if(streams_, [&](const auto& candidate) { return candidate.get() == &stream; });
}

SimDriver::Operation& SimDriver::enqueue(StreamState& stream, const char* name) {
  stream.clock.join(host_clock_);
  stream.clock.tick(stream.actor);
  return stream.queue.emplace_back(Operation{name, stream.clock, nullptr, nullptr, nullptr});
}

bool SimDriver::step_locked() {
  runnable_.clear();
  for (const auto& stream : streams_) {
    if (stream->queue.empty()) continue;
    const Operation& head = stream->queue.front();
    if (head.awaited == nullptr || head.awaited->done) runnable_.push_back(stream.get());
  }
  if (runnable_.empty()) return false;
  StreamState& stream = *runnable_[random_() % runnable_.size()];
  const Operation operation = std::move(stream.queue.front());
  stream.queue.pop_front();
  ++num_steps_;
  if (operation.work) operation.work(SimActor{stream.actor, operation.clock, operation.name, stream.device});
  if (operation.record) {
    operation.record->done = true;
    operation.record->step = num_steps_;
    const auto lateness = static_cast<std::uint64_t>(options_.max_late_queries) + 1;
    operation.record->late_queries = static_cast<int>(random_() % lateness);
  }
  if (stream.destroyed && stream.queue.empty()) retire(stream);
  return true;
}

}  // namespace vt::cuda
