// SPDX-License-Identifier: Apache-2.0
// A driver without a GPU, for tests: queues that take effect only when stepped, in a seeded adversarial order.
//
// Note [Simulated driver]
// - Enqueued work runs only in `step`, or inside a call that waits. Each step runs the head of one queue, picked at random
//   among those whose event waits are over. The same seed and calls give the same order.
// - An event is seen ready by the host only some queries after its record ran.
// - Device memory is host memory. Kernels are C++ callables under the address of their symbol; they say what they read and
//   write, and every access is checked (see sim_memory.hpp). A copy from pageable memory takes its source at
//   the call, one to pageable memory waits, as CUDA's do.
// - Captures and graphs are in sim_graph.hpp; virtual memory is granular to 2 MiB.
// - Misuse is a report, not an abort: a test asserts that `reports()` is empty, or holds what it provoked.
#pragma once

#include <cstring>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "driver.hpp"
#include "sim_graph.hpp"
#include "sim_memory.hpp"

namespace vt::cuda {

struct SimOptions {
  std::uint64_t seed = 1;
  int num_devices = 1;
  std::size_t capacity_bytes = std::size_t{1} << 30;
  std::size_t virtual_factor = 128;  // addresses to be reserved, in capacities; 0 for a device without virtual memory
  int max_late_queries = 3;
};

// What the body of a simulated kernel sees: its parameters as they were at the launch, and the checks of its accesses.
class SimLaunch {
 public:
  SimLaunch(SimMemory& memory, const SimActor& actor, const LaunchConfig& config,
            const std::vector<std::vector<std::byte>>& params)
      : config(config), memory_(memory), actor_(actor), params_(params) {}

  template <class T>
  T param(std::size_t index) const {
    T value;
    std::memcpy(&value, params_.at(index).data(), sizeof value);
    return value;
  }

  // To be called before the access; when false, which is reported, the body must leave the memory alone.
  [[nodiscard]] bool reads(const void* pointer, std::size_t bytes) {
    return memory_.access(pointer, bytes, false, actor_);
  }
  [[nodiscard]] bool writes(void* pointer, std::size_t bytes) { return memory_.access(pointer, bytes, true, actor_); }

  const LaunchConfig& config;

 private:
  SimMemory& memory_;
  const SimActor& actor_;
  const std::vector<std::vector<std::byte>>& params_;
};

struct SimKernel {
  const char* name;
  std::vector<std::size_t> param_bytes;
  std::function<void(SimLaunch&)> body;
};

class SimDriver {
 public:
  explicit SimDriver(const SimOptions& options = {});
  SimDriver(const SimDriver&) = delete;
  SimDriver& operator=(const SimDriver&) = delete;
  ~SimDriver();

  const Driver& table() const noexcept { return table_; }

  void register_kernel(const void* symbol, SimKernel kernel);
  void register_image(const void* image, std::map<std::string, SimKernel> kernels);

  bool step();     // runs one operation; false when none can run
  void run_all();  // steps until all queues are empty
  std::size_t num_queued() const;

  // Accesses of the host itself to pinned memory, checked like those of a stream.
  bool host_reads(const void* pointer, std::size_t bytes);
  bool host_writes(void* pointer, std::size_t bytes);

  enum class Fallible { kAllocations, kAll };
  // Fails the n-th fallible call from now on (1 is the next), once or from then on for ever. 0 turns it off.
  void fail_nth_call(std::uint64_t n, Fallible which = Fallible::kAllocations, bool for_ever = false);
  std::uint64_t num_fallible_calls() const;  // since the last fail_nth_call

  std::vector<SimReport> reports() const;
  std::vector<SimReport> leaks() const;  // memory, streams, events, modules and graphs that are still there
  std::size_t raw_bytes(int device) const;
  const void* device_memory(int device) const;  // its first byte
  std::size_t address_bytes() const;            // of a device from there on, to be reserved or of plain allocations
  bool has_run(RawEvent event) const;           // whether the latest record has, known to the host or not
  std::uint64_t num_hidden_waits() const;       // copies to pageable memory

 private:
  friend struct SimEntry;
  friend struct SimDeviceEntries;
  friend struct SimGraphEntries;
  friend struct SimMemoryEntries;
  friend struct SimModuleEntries;
  friend struct SimStreamEntries;
  friend struct SimVirtualEntries;

  struct Record {
    bool done = false;
    int late_queries = 0;
    std::size_t actor = 0;
    std::uint64_t step = 0;
    VectorClock clock;
  };
  struct Operation {
    const char* name;
    VectorClock clock;
    std::function<void(const SimActor&)> work;  // null for a record or wait
    std::shared_ptr<Record> record;
    std::shared_ptr<Record> awaited;
  };
  struct StreamState {
    int device;
    std::size_t actor;
    VectorClock clock;
    std::deque<Operation> queue;
    bool destroyed = false;
    SimCapture* capture = nullptr;  // that it takes part in, as this lane
    std::size_t lane = 0;
  };
  struct EventState {
    int device;
    bool timing;
    std::shared_ptr<Record> latest;
    SimMark captured{};  // when the latest record was made in a capture
  };
  struct Exec {
    SimGraph graph;
    int device;
    std::vector<StreamState*> lanes;
  };
  struct Module {
    std::map<std::string, SimKernel> kernels;
  };

  StreamState* find(RawStream raw);
  EventState* find(RawEvent raw);
  void bad_handle(const char* call);
  bool fails(bool allocation);
  bool has_device(int device) const { return device >= 0 && device < options_.num_devices; }

  void retire(StreamState& stream);  // forgets a destroyed stream whose queue is empty
  StreamState& add_stream(int device);
  // Enqueues `work`, or makes it a node of the graph when the stream captures.
  void submit(StreamState& stream, const char* name, std::function<void(const SimActor&)> work);
  Operation& enqueue(StreamState& stream, const char* name);
  bool step_locked();

  SimOptions options_;
  mutable std::mutex mutex_;  // guards all below
  std::mt19937_64 random_;
  SimMemory memory_;
  VectorClock host_clock_;
  std::size_t num_actors_ = 1;
  std::uint64_t num_steps_ = 0;
  std::uint64_t num_hidden_waits_ = 0;
  std::vector<std::unique_ptr<StreamState>> streams_;  // in order of creation, so that a seed repeats
  std::unordered_map<RawStream, StreamState*> stream_handles_;
  std::unordered_map<RawEvent, std::unique_ptr<EventState>> events_;
  std::unordered_map<RawModule, std::unique_ptr<Module>> modules_;
  std::vector<std::unique_ptr<SimCapture>> captures_;  // under way
  std::uint64_t num_captures_ = 0;                     // ever
  std::unordered_map<RawGraph, std::unique_ptr<SimGraph>> graphs_;
  std::unordered_map<RawGraphExec, std::unique_ptr<Exec>> execs_;
  std::vector<StreamState*> idle_lanes_;
  std::map<const void*, SimKernel> kernels_;
  std::map<const void*, std::map<std::string, SimKernel>> images_;
  std::map<int, VectorClock> retired_clocks_;  // by device, what its retired streams had done
  std::vector<StreamState*> runnable_;         // scratch of step_locked
  std::unordered_map<std::thread::id, int> current_device_;
  std::uint64_t num_fallible_ = 0;
  std::uint64_t fail_at_ = 0;
  Fallible fail_which_ = Fallible::kAllocations;
  bool fail_for_ever_ = false;
  Driver table_;
};

// What the entries of the table have in common; a friend of SimDriver.
struct SimEntry {
  static constexpr Status kLaunchFailure = 719;

  static SimDriver& locked(void* self, std::unique_lock<std::mutex>& lock) {
    auto& sim = *static_cast<SimDriver*>(self);
    lock = std::unique_lock(sim.mutex_);
    return sim;
  }

  static Status rejected(SimDriver& sim, const char* call) {
    sim.bad_handle(call);
    return kInvalidHandle;
  }

  // Steps until `done`, then orders the host after `clock`.
  template <class Done>
  static Status wait_until(SimDriver& sim, const VectorClock& clock, Done done) {
    while (!done()) {
      if (sim.step_locked()) continue;
      sim.memory_.report(SimReportKind::kDeadlock, "the host waits for work that can never run");
      return kLaunchFailure;
    }
    sim.host_clock_.join(clock);
    return kSuccess;
  }
};

}  // namespace vt::cuda
