// SPDX-License-Identifier: Apache-2.0
// Captures, graphs and their launches on the simulated driver.
#include "sim_graph.hpp"

#include <algorithm>

#include "sim_driver.hpp"
#include "sim_entries.hpp"

namespace vt::cuda {

std::size_t SimCapture::add_lane(RawStream stream) {
  streams.push_back(stream);
  for (Seen& other : seen) other.push_back(0);
  for (Seen& other : seen_at_mark) other.push_back(0);
  seen.emplace_back(streams.size(), 0);
  return graph.num_lanes++;
}

void SimCapture::add_node(std::size_t lane, const char* name, std::function<void(const SimActor&)> work) {
  ++graph.num_nodes;
  ++seen[lane][lane];
  graph.operations.push_back({lane, name, std::move(work)});
}

std::size_t SimCapture::add_mark(std::size_t lane) {
  seen_at_mark.push_back(seen[lane]);
  graph.operations.push_back({lane, "record", nullptr, graph.num_marks});
  return graph.num_marks++;
}

void SimCapture::add_wait(std::size_t lane, std::size_t mark) {
  for (std::size_t other = 0; other < streams.size(); ++other)
    seen[lane][other] = std::max(seen[lane][other], seen_at_mark[mark][other]);
  graph.operations.push_back({lane, "wait", nullptr, SimGraphOperation::kNone, mark});
}

bool SimCapture::is_joined() const {
  for (std::size_t lane = 1; lane < streams.size(); ++lane)
    if (seen[0][lane] < seen[lane][lane]) return false;
  return true;
}

// A friend of SimDriver: the entries for captures and graphs.
struct SimGraphEntries : SimEntry {
  static constexpr Status kIllegalState = 401;

  static Status begin_capture(void* self, RawStream raw) {
    std::unique_lock<std::mutex> lock;
    SimDriver& sim = locked(self, lock);
    SimDriver::StreamState* stream = sim.find(raw);
    if (stream == nullptr) return rejected(sim, "stream_begin_capture");
    if (stream->capture != nullptr) return kIllegalState;
    if (sim.fails(false)) return kLaunchFailure;
    auto capture = std::make_unique<SimCapture>();
    capture->id = ++sim.num_captures_;
    capture->thread = std::this_thread::get_id();
    capture->graph.device = stream->device;
    stream->capture = capture.get();
    stream->lane = capture->add_lane(raw);
    sim.captures_.push_back(std::move(capture));
    return kSuccess;
  }

  static Status end_capture(void* self, RawStream raw, RawGraph* graph) {
    std::unique_lock<std::mutex> lock;
    SimDriver& sim = locked(self, lock);
    *graph = nullptr;
    SimDriver::StreamState* stream = sim.find(raw);
    if (stream == nullptr) return rejected(sim, "stream_end_capture");
    SimCapture* capture = stream->capture;
    if (capture == nullptr) return kIllegalState;
    if (stream->lane != 0) return kCaptureUnmatched;
    if (capture->thread != std::this_thread::get_id()) return kCaptureWrongThread;
    const bool failed = sim.fails(false);
    Status status = failed ? kLaunchFailure : kSuccess;
    if (capture->invalidated) status = kCaptureInvalidated;
    if (status == kSuccess && !capture->is_joined()) status = kCaptureUnjoined;
    for (const RawStream member : capture->streams)
      if (SimDriver::StreamState* state = sim.find(member)) state->capture = nullptr;
    if (status == kSuccess) {
      auto made = std::make_unique<SimGraph>(std::move(capture->graph));
      *graph = reinterpret_cast<RawGraph>(made.get());
      sim.graphs_[*graph] = std::move(made);
    }
    std::erase_if(sim.captures_, [&](const auto& candidate) { return candidate.get() == capture; });
    return status;
  }

  static Status capture_info(void* self, RawStream raw, CaptureState* state, std::uint64_t* id) {
    std::unique_lock<std::mutex> lock;
    SimDriver& sim = locked(self, lock);
    SimDriver::StreamState* stream = sim.find(raw);
    if (stream == nullptr) return rejected(sim, "stream_capture_info");
    const SimCapture* capture = stream->capture;
    *state = capture == nullptr     ? CaptureState::kNone
             : capture->invalidated ? CaptureState::kInvalidated
                                    : CaptureState::kCapturing;
    *id = *state == CaptureState::kCapturing ? capture->id : 0;
    return kSuccess;
  }

  static Status capture_state(void* self, RawStream raw, CaptureState* state) {
    std::uint64_t id = 0;
    return capture_info(self, raw, state, &id);
  }

  static Status node_count(void* self, RawGraph raw, std::size_t* count) {
    std::unique_lock<std::mutex> lock;
    SimDriver& sim = locked(self, lock);
    const auto found = sim.graphs_.find(raw);
    if (found == sim.graphs_.end()) return rejected(sim, "graph_node_count");
    *count = found->second->num_nodes;
    return kSuccess;
  }

  static Status graph_destroy(void* self, RawGraph raw) {
    std::unique_lock<std::mutex> lock;
    SimDriver& sim = locked(self, lock);
    return sim.graphs_.erase(raw) == 1 ? kSuccess : rejected(sim, "graph_destroy");
  }

  static Status instantiate(void* self, RawGraph raw, RawGraphExec* exec) {
    std::unique_lock<std::mutex> lock;
    SimDriver& sim = locked(self, lock);
    const auto found = sim.graphs_.find(raw);
    if (found == sim.graphs_.end()) return rejected(sim, "graph_instantiate");
    if (sim.fails(true)) return kMemoryAllocation;
    auto made = std::make_unique<SimDriver::Exec>();
    made->graph = *found->second;
    made->device = made->graph.device;
    for (std::size_t lane = 0; lane < made->graph.num_lanes; ++lane)
      made->lanes.push_back(&idle_lane(sim, made->device));
    *exec = reinterpret_cast<RawGraphExec>(made.get());
    sim.execs_[*exec] = std::move(made);
    return kSuccess;
  }

  // A lane is used again only when its queue is empty; its actor goes on counting.
  static SimDriver::StreamState& idle_lane(SimDriver& sim, int device) {
    for (SimDriver::StreamState*& lane : sim.idle_lanes_) {
      if (lane->device != device || !lane->queue.empty()) continue;
      SimDriver::StreamState& found = *lane;
      std::swap(lane, sim.idle_lanes_.back());
      sim.idle_lanes_.pop_back();
      return found;
    }
    return sim.add_stream(device);
  }

  static Status launch(void* self, RawGraphExec raw, RawStream raw_stream) {
    std::unique_lock<std::mutex> lock;
    SimDriver& sim = locked(self, lock);
    const auto found = sim.execs_.find(raw);
    SimDriver::StreamState* stream = sim.find(raw_stream);
    if (found == sim.execs_.end() || stream == nullptr || stream->device != found->second->device)
      return rejected(sim, "graph_launch");
    if (stream->capture != nullptr) {
      stream->capture->invalidated = true;
      return kCaptureUnsupported;
    }
    if (sim.fails(false)) return kLaunchFailure;
    const SimDriver::Exec& exec = *found->second;
    const auto start = record(sim, *stream);
    for (SimDriver::StreamState* lane : exec.lanes) wait(sim, *lane, start);
    std::vector<std::shared_ptr<SimDriver::Record>> marks(exec.graph.num_marks);
    for (const SimGraphOperation& operation : exec.graph.operations) {
      SimDriver::StreamState& lane = *exec.lanes[operation.lane];
      if (operation.work) {
        sim.enqueue(lane, operation.name).work = operation.work;
      } else if (operation.record != SimGraphOperation::kNone) {
        marks[operation.record] = record(sim, lane);
      } else {
        wait(sim, lane, marks[operation.awaited]);
      }
    }
    for (SimDriver::StreamState* lane : exec.lanes) wait(sim, *stream, record(sim, *lane));
    return kSuccess;
  }

  static std::shared_ptr<SimDriver::Record> record(SimDriver& sim, SimDriver::StreamState& stream) {
    SimDriver::Operation& operation = sim.enqueue(stream, "record");
    operation.record = std::make_shared<SimDriver::Record>();
    operation.record->clock = operation.clock;
    operation.record->actor = stream.actor;
    return operation.record;
  }

  static void wait(SimDriver& sim, SimDriver::StreamState& stream, const std::shared_ptr<SimDriver::Record>& record) {
    stream.clock.join(record->clock);
    sim.enqueue(stream, "wait").awaited = record;
  }

  static Status exec_destroy(void* self, RawGraphExec raw) {
    std::unique_lock<std::mutex> lock;
    SimDriver& sim = locked(self, lock);
    const auto found = sim.execs_.find(raw);
    if (found == sim.execs_.end()) return rejected(sim, "graph_exec_destroy");
    for (SimDriver::StreamState* lane : found->second->lanes) sim.idle_lanes_.push_back(lane);
    sim.execs_.erase(found);
    return kSuccess;
  }
};

void add_graph_entries(Driver& table) noexcept {
  table.stream_capture_state = SimGraphEntries::capture_state;
  table.stream_begin_capture = SimGraphEntries::begin_capture;
  table.stream_end_capture = SimGraphEntries::end_capture;
  table.stream_capture_info = SimGraphEntries::capture_info;
  table.graph_node_count = SimGraphEntries::node_count;
  table.graph_destroy = SimGraphEntries::graph_destroy;
  table.graph_instantiate = SimGraphEntries::instantiate;
  table.graph_launch = SimGraphEntries::launch;
  table.graph_exec_destroy = SimGraphEntries::exec_destroy;
}

}  // namespace vt::cuda
