// SPDX-License-Identifier: Apache-2.0
// The random numbers of a graph: which generators its capture drew from, and how far each replay moves them.
#pragma once

#include <vt/abi/rng.h>

#include <cstdint>
#include <mutex>
#include <utility>
#include <vector>

#include "../kernels/random_numbers.hpp"
#include "../memory/caching_allocator.hpp"
#include "../runtime/driver.hpp"
#include "../runtime/stream.hpp"
#include "captured_pinned.hpp"

namespace vt::cuda {

// Note [Generators in a capture]
// While capturing, generators count as in any run, so that code which saves and restores their states (checkpointing does)
// gets the numbers that it expects; afterwards they are as before, for nothing has run. Another thread should not draw from
// the same generator meanwhile.
//
// Note [Memory that the host writes]
// What is written before each replay must not lie in the graph's pool: there it might get a block that an earlier node of the
// graph has used, which would write over it at each replay. So it is allocated on a stream on which nothing runs, and the
// streams of the replays are recorded as its uses.
//
// Driver, allocator and stream must outlive the object.
class CapturedGenerators {
 public:
  CapturedGenerators(const Driver& driver, CachingAllocator& allocator, StreamView idle_stream) noexcept
      : driver_(driver), allocator_(allocator), idle_stream_(idle_stream) {}
  CapturedGenerators(const CapturedGenerators&) = delete;
  CapturedGenerators& operator=(const CapturedGenerators&) = delete;
  ~CapturedGenerators() { clear(); }

  // For a captured launch that took the numbers from `state` on.
  RandomNumbers draw(const char* op, VtGenerator* generator, const VtGeneratorState& state);

  // Notes how far the captured calls move each generator, and puts it back. Throws when a seed was changed meanwhile.
  void end_capture();

  // Takes the numbers of one replay and enqueues their place. When it throws no generator has moved.
  void prepare_replay(StreamView stream);
  void undo_replay() noexcept;

  // Puts generators back if the capture has not ended, and forgets all.
  void clear() noexcept;

 private:
  struct Entry {
    VtGenerator* generator;   // one reference
    VtGeneratorState first;   // when the capture drew from it for the first time
    std::uint64_t count;      // outputs of a run
    VtGeneratorState* place;  // on the device
    VtGeneratorState before;  // the replay that is being prepared
  };

  const Driver& driver_;
  CachingAllocator& allocator_;
  StreamView idle_stream_;
  bool has_ended_ = false;
  std::vector<Entry> entries_;
};

// What the graph of a capture keeps; null when it is none of ours.
struct Captured {
  CapturedGenerators* generators = nullptr;
  CapturedPinned* pinned = nullptr;
};

// The captures under way on a device, by id.
class Captures {
 public:
  void add(std::uint64_t id, Captured captured);
  void remove(std::uint64_t id) noexcept;
  Captured find(std::uint64_t id) const;

 private:
  mutable std::mutex mutex_;  // guards all_
  std::vector<std::pair<std::uint64_t, Captured>> all_;
};

}  // namespace vt::cuda
