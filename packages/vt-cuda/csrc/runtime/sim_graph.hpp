// SPDX-License-Identifier: Apache-2.0
// Captures and graphs of the simulated driver.
//
// Note [Simulated graphs]
// A graph is the list of what was captured, each operation on a lane: one per stream of the capture. A launch gives every lane
// a queue of its own, between a record on the launching stream and a wait there for all lanes, so that branches run in an
// adversarial order and accesses that the captured events do not order are races.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include "driver.hpp"
#include "sim_memory.hpp"

namespace vt::cuda {

struct SimGraphOperation {
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  std::size_t lane;
  const char* name;
  std::function<void(const SimActor&)> work;  // null for a record or wait
  std::size_t record = kNone;                 // number of the mark that it makes
  std::size_t awaited = kNone;                // number of the mark that it waits for
};

struct SimGraph {
  int device = 0;
  std::size_t num_lanes = 0;
  std::size_t num_marks = 0;
  std::size_t num_nodes = 0;
  std::vector<SimGraphOperation> operations;
};

// An event's record in a capture.
struct SimMark {
  std::uint64_t capture = 0;  // its id; 0 for none
  std::size_t number = 0;
};

struct SimCapture {
  // Nodes of each lane that are known to come before.
  using Seen = std::vector<std::size_t>;

  std::uint64_t id;
  std::thread::id thread;
  SimGraph graph;
  std::vector<RawStream> streams;  // by lane; the first is the origin
  std::vector<Seen> seen;          // by lane
  std::vector<Seen> seen_at_mark;
  bool invalidated = false;

  std::size_t add_lane(RawStream stream);
  void add_node(std::size_t lane, const char* name, std::function<void(const SimActor&)> work);
  std::size_t add_mark(std::size_t lane);
  void add_wait(std::size_t lane, std::size_t mark);
  bool is_joined() const;  // whether all nodes come before the end of the origin
};

}  // namespace vt::cuda
