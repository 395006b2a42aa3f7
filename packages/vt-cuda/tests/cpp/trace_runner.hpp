// SPDX-License-Identifier: Apache-2.0
// Runs traces over an allocator and compares each step with a model of it in constant time.
//
// Note [Model of the allocator]
// - A bit per 512 bytes of the device's memory says what is with callers; a block whose bits are set overlaps another.
// - A block that was used on another stream and freed lies in quarantine until that stream has run what it had enqueued by
//   then; a block handed out from there is a block too early.
// - Counts of allocations and bytes are kept beside, and compared after each step.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "allocator_trace.hpp"
#include "graph/graph.hpp"
#include "memory/caching_allocator.hpp"
#include "runtime/sim_driver.hpp"

namespace vt::cuda::testing {

// What is with callers, shared by the threads of one allocator.
class UsedUnits {
 public:
  UsedUnits(const void* base, std::size_t bytes)
      : base_(static_cast<const std::byte*>(base)), words_((bytes / kBlockUnit + 63) / 64) {}

  // False when some of it was used already.
  bool take(const void* address, std::size_t bytes) {
    bool was_free = true;
    for_each_word(address, bytes, [&](std::atomic<std::uint64_t>& word, std::uint64_t mask) {
      was_free &= (word.fetch_or(mask, std::memory_order_relaxed) & mask) == 0;
    });
    return was_free;
  }
  void give_back(const void* address, std::size_t bytes) {
    for_each_word(address, bytes, [](std::atomic<std::uint64_t>& word, std::uint64_t mask) {
      word.fetch_and(~mask, std::memory_order_relaxed);
    });
  }

 private:
  template <class Visit>
  void for_each_word(const void* address, std::size_t bytes, Visit&& visit) {
    std::size_t unit = static_cast<std::size_t>(static_cast<const std::byte*>(address) - base_) / kBlockUnit;
    const std::size_t end = unit + (bytes + kBlockUnit - 1) / kBlockUnit;
    while (unit < end) {
      const std::size_t num = std::min(end - unit, 64 - unit % 64);
      const std::uint64_t ones = num == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << num) - 1;
      visit(words_[unit / 64], ones << (unit % 64));
      unit += num;
    }
  }

  const std::byte* base_;
  std::vector<std::atomic<std::uint64_t>> words_;
};

enum class TraceFault { kNone, kForgetsUses };  // seeded, to see that the model finds it

class TraceRunner {
 public:
  // With `is_alone` nobody else uses the allocator, so that its counts are the model's.
  TraceRunner(SimDriver& sim, CachingAllocator& allocator, UsedUnits& used, bool is_alone,
              TraceFault fault = TraceFault::kNone, const AllocatorOptions& options = {})
      : sim_(sim),
        driver_(sim.table()),
        allocator_(allocator),
        used_(used),
        is_alone_(is_alone),
        fault_(fault),
        options_(options) {
    for (std::uint32_t i = 0; i < kTraceStreams; ++i) streams_.emplace_back(driver_, 0);
    for (auto& graph : graphs_) graph.graph = std::make_unique<Graph>(driver_, allocator_);
  }

  ~TraceRunner() {
    for (Held& held : slots_)
      if (held.pointer != nullptr) allocator_.free(held.pointer);
  }

  // False when the allocator and the model differ: see `problem`. Throws what the allocator threw but for out of memory.
  bool run(const TraceStep& step) {
    try {
      act(step);
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::kOutOfMemory) throw;
      ++num_out_of_memory_;
      if (is_alone_ && !calls_fail_ && num_out_of_memory_ % kShortagesPerLook == 1) look_for_fitting_block(step.bytes);
    }
    if (is_alone_ && problem_.empty()) compare();
    return problem_.empty();
  }

  // Ends captures, frees all.
  void finish() {
    for (auto& graph : graphs_) graph.graph->reset();
    for (std::uint32_t slot = 0; slot < kTraceSlots; ++slot) free(slot);
    quarantine_.clear();
  }

  // From now on driver calls are made to fail, so that shortages need no reason.
  void let_calls_fail() noexcept { calls_fail_ = true; }

  const std::string& problem() const noexcept { return problem_; }
  std::uint64_t num_out_of_memory() const noexcept { return num_out_of_memory_; }

 private:
  struct Held {
    std::byte* pointer = nullptr;
    std::size_t bytes = 0;
    std::uint32_t stream = 0;
    std::uint32_t used_on = 0;  // bit per stream
  };
  struct Quarantined {
    const std::byte* begin;
    const std::byte* end;
    std::unique_ptr<Event> event;
  };
  struct CapturedGraph {
    std::unique_ptr<Graph> graph;
    std::uint32_t stream = 0;
  };

  void act(const TraceStep& step) {
    switch (step.action) {
      case TraceAction::kAllocate: return allocate(step);
      case TraceAction::kFree: return free(step.slot % kTraceSlots);
      case TraceAction::kUse: return use(step);
      case TraceAction::kRun:
        for (std::size_t i = 0; i < step.bytes; ++i) (void)sim_.step();
        return;
      case TraceAction::kRelease: return allocator_.release_cached();
      case TraceAction::kSwitch: {
        options_.segments = static_cast<SegmentKind>(step.bytes);
        return allocator_.set_options(options_);
      }
      case TraceAction::kBeginCapture: return begin_capture(step);
      case TraceAction::kEndCapture: return end_capture(step);
      case TraceAction::kReplay: {
        Graph& graph = *graphs_[step.slot % kTraceGraphs].graph;
        if (graph.is_ready() && !is_captured(step.stream)) graph.launch(streams_[step.stream].view());
        return;
      }
      case TraceAction::kDropGraph:
        if (Graph& graph = *graphs_[step.slot % kTraceGraphs].graph; !graph.is_capturing()) graph.reset();
        return;
    }
  }

  bool is_captured(std::uint32_t stream) const {
    return std::any_of(graphs_.begin(), graphs_.end(), [&](const CapturedGraph& graph) {
      return graph.graph->is_capturing() && graph.stream == stream;
    });
  }

  void allocate(const TraceStep& step) {
    Held& held = slots_[step.slot % kTraceSlots];
    free(step.slot % kTraceSlots);
    if (step.bytes == 0) return;
    auto* pointer = static_cast<std::byte*>(allocator_.allocate(step.bytes, streams_[step.stream].view()));
    held = {pointer, step.bytes, step.stream, 0};
    ++num_held_;
    held_bytes_ += step.bytes;
    if (!used_.take(pointer, step.bytes)) problem_ = "a block overlaps another";
    if (!quarantine_.empty()) check_quarantine(pointer, step.bytes);
  }

  void free(std::uint32_t slot) {
    Held& held = slots_[slot];
    if (held.pointer == nullptr) return;
    std::vector<std::unique_ptr<Event>> events = ends_of(held.used_on);
    used_.give_back(held.pointer, held.bytes);
    try {
      allocator_.free(held.pointer);
    } catch (const Error&) {
      (void)used_.take(held.pointer, held.bytes);
      throw;
    }
    for (auto& event : events) quarantine_.push_back({held.pointer, held.pointer + held.bytes, std::move(event)});
    --num_held_;
    held_bytes_ -= held.bytes;
    held = {};
  }

  // An event at the present end of each stream.
  std::vector<std::unique_ptr<Event>> ends_of(std::uint32_t streams) {
    std::vector<std::unique_ptr<Event>> events;
    for (std::uint32_t i = 0; streams != 0; ++i, streams >>= 1) {
      if ((streams & 1) == 0 || is_captured(i)) continue;
      auto event = std::make_unique<Event>(driver_, 0);
      event->record(streams_[i].view());
      events.push_back(std::move(event));
    }
    return events;
  }

  void use(const TraceStep& step) {
    Held& held = slots_[step.slot % kTraceSlots];
    if (held.pointer == nullptr || step.stream == held.stream || is_captured(step.stream)) return;
    if (fault_ != TraceFault::kForgetsUses) allocator_.record_use(held.pointer, streams_[step.stream].view());
    held.used_on |= 1u << step.stream;
  }

  void check_quarantine(const std::byte* begin, std::size_t bytes) {
    std::erase_if(quarantine_, [&](const Quarantined& q) {
      const bool overlaps = q.begin < begin + bytes && begin < q.end;
      if (!overlaps && quarantine_.size() < 64) return false;
      const bool is_over = sim_.has_run(q.event->raw());
      if (overlaps && !is_over) problem_ = "a block is handed out while another stream may still use it";
      return is_over || overlaps;
    });
  }

  // No request may fail while free memory in a row would serve it: outside of captures all streams were waited for.
  void look_for_fitting_block(std::size_t bytes) {
    for (const CapturedGraph& graph : graphs_)
      if (graph.graph->is_capturing()) return;
    const MemorySnapshot snapshot = allocator_.snapshot();
    for (const SegmentSnapshot& segment : snapshot.segments) {
      std::size_t free_bytes = 0;
      for (std::size_t i = 0; segment.pool == 0 && i < segment.num_blocks; ++i) {
        const BlockSnapshot& block = snapshot.blocks[segment.first_block + i];
        free_bytes = block.state == BlockState::kFree ? free_bytes + block.bytes : 0;
        if (free_bytes >= bytes) problem_ = "a request fails while free memory in a row would serve it";
      }
    }
  }

  void begin_capture(const TraceStep& step) {
    CapturedGraph& graph = graphs_[step.slot % kTraceGraphs];
    if (!graph.graph->is_empty() || is_captured(step.stream)) return;
    graph.graph->begin(streams_[step.stream].view());
    graph.stream = step.stream;
  }

  void end_capture(const TraceStep& step) {
    CapturedGraph& graph = graphs_[step.slot % kTraceGraphs];
    if (graph.graph->is_capturing()) graph.graph->end();
  }

  void compare() {
    const Statistics now = allocator_.statistics();
    const auto expect = [&](bool holds, const char* what) {
      if (!holds && problem_.empty()) problem_ = what;
    };
    expect(now.all.allocations.current == num_held_, "the count of allocations is not the model's");
    expect(now.all.requested_bytes.current == held_bytes_, "requested bytes are not the model's");
    expect(now.all.requested_bytes.current <= now.all.allocated_bytes.current, "less is allocated than requested");
    expect(now.all.allocated_bytes.current <= now.all.active_bytes.current, "less is active than allocated");
    expect(now.all.active_bytes.current <= now.all.reserved_bytes.current, "less is reserved than active");
    expect(now.all.active.current <= now.all.allocations.increased, "more is active than was allocated");
    for (const auto& [figure, name] : {std::pair{&Figures::active_bytes, "active bytes of both kinds are not all"},
                                       {&Figures::reserved_bytes, "reserved bytes of both kinds are not all"}})
      expect((now.small.*figure).current + (now.large.*figure).current == (now.all.*figure).current, name);
  }

  static constexpr std::uint64_t kShortagesPerLook = 16;

  SimDriver& sim_;
  const Driver& driver_;
  CachingAllocator& allocator_;
  UsedUnits& used_;
  bool is_alone_;
  TraceFault fault_;
  AllocatorOptions options_;
  std::vector<Stream> streams_;
  std::array<Held, kTraceSlots> slots_{};
  std::array<CapturedGraph, kTraceGraphs> graphs_;
  std::vector<Quarantined> quarantine_;
  std::size_t num_held_ = 0;
  std::size_t held_bytes_ = 0;
  std::uint64_t num_out_of_memory_ = 0;
  bool calls_fail_ = false;
  std::string problem_;
};

}  // namespace vt::cuda::testing
