// SPDX-License-Identifier: Apache-2.0
// The segment layer: raw memory from the driver, under a limit, counted.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <vector>

#include "../runtime/driver.hpp"
#include "block.hpp"
#include "block_pool.hpp"
#include "options.hpp"
#include "statistics.hpp"

namespace vt::cuda {

class Segments {
 public:
  Segments(const Driver& driver, AllocatorState& state) noexcept : driver_(driver), state_(state) {}
  Segments(const Segments&) = delete;
  Segments& operator=(const Segments&) = delete;
  ~Segments();  // gives back what is left; the caller has waited for its work

  // Null when the limit or the device's memory does not allow it; throws for any other failure.
  Segment* create(std::size_t bytes, const BlockPool& pool, Arena& arena, SegmentSource& source, std::uint64_t context,
                  std::size_t raw_bytes);

  // Gives back segments without a busy block that `may_go`, those idle longest first, until at most `keep_bytes` are reserved.
  // The caller has waited for all work on them. When the driver fails it throws, with the failed segment still in place.
  template <class MayGo>
  void release_idle(std::size_t keep_bytes, MayGo&& may_go) {
    std::vector<Segment*> idle;
    for (const auto& segment : all_)
      if (segment->num_busy == 0 && may_go(*segment)) idle.push_back(segment.get());
    std::sort(idle.begin(), idle.end(),
              [](const Segment* a, const Segment* b) { return a->idle_since < b->idle_since; });
    for (Segment* segment : idle) {
      if (reserved_bytes() <= keep_bytes) return;
      release(*segment);
    }
  }

  // Gives back one segment without a busy block; what `release_idle` says holds.
  void release(Segment& segment);

  std::size_t reserved_bytes() const noexcept { return state_.statistics.all.reserved_bytes.current; }
  std::size_t limit() const noexcept { return limit_; }
  void set_limit(std::size_t bytes) noexcept { limit_ = bytes; }
  const std::vector<std::unique_ptr<Segment>>& all() const noexcept { return all_; }

 private:
  void note(MemoryAction action, const Segment& segment);

  const Driver& driver_;
  AllocatorState& state_;
  std::size_t limit_ = kNoLimit;
  std::vector<std::unique_ptr<Segment>> all_;
};

}  // namespace vt::cuda
