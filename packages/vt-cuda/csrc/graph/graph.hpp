// SPDX-License-Identifier: Apache-2.0
// A graph: captured from a stream once, launched any number of times.
#pragma once

#include <cstddef>
#include <cstdint>

#include "../memory/caching_allocator.hpp"
#include "../runtime/driver.hpp"
#include "../runtime/stream.hpp"

namespace vt::cuda {

// Empty, then capturing, then ready; a failed capture and `reset` make it empty again, with nothing left behind. One thread
// at a time may use it, and the thread that begins a capture must end it. Driver and allocator must outlive it.
class Graph {
 public:
  Graph(const Driver& driver, CachingAllocator& allocator) noexcept : driver_(driver), allocator_(allocator) {}
  Graph(const Graph&) = delete;
  Graph& operator=(const Graph&) = delete;
  ~Graph() { reset(); }

  // Captures what is enqueued on the stream from now on. Memory comes from the pool, or from one of its own for 0: Note
  // [Graph pools].
  void begin(StreamView stream, PoolId pool = 0);
  void end();

  // Enqueues all that was captured.
  void launch(StreamView stream);
  // Throws what `launch` would when there is nothing to launch, or the stream cannot take it.
  void check_launch(StreamView stream) const;

  // Drops the graph, or the capture under way. It may still be running; its memory serves others once it is not.
  void reset() noexcept;

  bool is_empty() const noexcept { return state_ == State::kEmpty; }
  bool is_capturing() const noexcept { return state_ == State::kCapturing; }
  bool is_ready() const noexcept { return state_ == State::kReady; }
  std::uint64_t capture() const noexcept { return capture_; }  // the driver's id, while capturing
  PoolId pool() const noexcept { return pool_; }               // 0 when empty
  std::size_t num_nodes() const noexcept { return num_nodes_; }

 private:
  enum class State { kEmpty, kCapturing, kReady };

  void forget() noexcept;

  const Driver& driver_;
  CachingAllocator& allocator_;
  State state_ = State::kEmpty;
  std::uint64_t capture_ = 0;
  PoolId pool_ = 0;
  RawGraphExec exec_ = nullptr;
  std::size_t num_nodes_ = 0;
};

}  // namespace vt::cuda
