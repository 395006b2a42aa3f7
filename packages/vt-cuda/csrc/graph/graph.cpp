// SPDX-License-Identifier: Apache-2.0
// Capture, launch and end of a graph.
#include "graph.hpp"

#include <string>

#include "../runtime/device.hpp"
#include "../runtime/status.hpp"

namespace vt::cuda {
namespace {

[[noreturn]] void refuse(const char* op, const char* state, const char* remedy) {
  throw Error(ErrorKind::kRuntime, std::string(op) + ": " + state + "; " + remedy);
}

}  // namespace

void Graph::begin(StreamView stream, PoolId pool) {
  if (is_capturing()) refuse("begin capture", "this graph is being captured already", "end that capture first");
  if (is_ready()) refuse("begin capture", "this graph is captured already", "reset it, or use a new one");
  const PoolId chosen = pool == 0 ? CachingAllocator::new_pool() : pool;
  capture_ = allocator_.begin_capture(chosen, stream);
  pool_ = chosen;
  state_ = State::kCapturing;
}

void Graph::end() {
  if (!is_capturing()) refuse("end capture", "no capture of this graph is under way", "begin it first");
  RawGraph graph = nullptr;
  try {
    graph = allocator_.end_capture(capture_);
  } catch (const Error&) {
    // A capture that only its own thread can end goes on.
    if (!allocator_.is_capturing(capture_)) forget();
    throw;
  }
  const DeviceGuard guard(driver_, allocator_.device());
  Status status = driver_.graph_node_count(driver_.self, graph, &num_nodes_);
  if (status == kSuccess) status = driver_.graph_instantiate(driver_.self, graph, &exec_);
  (void)driver_.graph_destroy(driver_.self, graph);
  if (status == kSuccess) {
    state_ = State::kReady;
    capture_ = 0;
    return;
  }
  allocator_.release_pool(pool_);
  forget();
  throw_status(driver_, status, "end capture");
}

void Graph::check_launch(StreamView stream) const {
  if (!is_ready()) refuse("replay", "there is nothing to replay", "capture the graph first");
  if (stream.device() != allocator_.device())
    throw Error(ErrorKind::kValue, "replay: got a stream of device " + std::to_string(stream.device()) +
                                       ", expected one of device " + std::to_string(allocator_.device()) +
                                       "; replay on the device of the capture");
  CaptureState state = CaptureState::kNone;
  check(driver_, driver_.stream_capture_state(driver_.self, stream.raw(), &state), "replay");
  if (state != CaptureState::kNone)
    refuse("replay", "the stream is being captured, and a graph cannot become part of another",
           "capture the calls instead");
}

void Graph::launch(StreamView stream) {
  check_launch(stream);
  allocator_.note_replay(pool_, stream);
  const DeviceGuard guard(driver_, allocator_.device());
  check(driver_, driver_.graph_launch(driver_.self, exec_, stream.raw()), "replay");
}

void Graph::reset() noexcept {
  if (is_capturing()) allocator_.abandon_capture(capture_);
  if (is_ready()) {
    (void)driver_.graph_exec_destroy(driver_.self, exec_);
    allocator_.release_pool(pool_);
  }
  forget();
}

void Graph::forget() noexcept {
  state_ = State::kEmpty;
  capture_ = 0;
  pool_ = 0;
  exec_ = nullptr;
  num_nodes_ = 0;
}

}  // namespace vt::cuda
