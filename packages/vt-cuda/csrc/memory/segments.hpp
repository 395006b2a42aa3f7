// SPDX-License-Identifier: Apache-2.0
// The segment layer: raw memory from the driver, under a limit, counted.
#pragma once

#include <cstddef>
#include <limits>
#include <memory>
#include <vector>

#include "../runtime/driver.hpp"
#include "block.hpp"
#include "statistics.hpp"

namespace vt::cuda {

class Segments {
 public:
  static constexpr std::size_t kNoLimit = std::numeric_limits<std::size_t>::max();

  Segments(const Driver& driver, int device, Statistics& statistics) noexcept
      : driver_(driver), device_(device), statistics_(statistics) {}
  Segments(const Segments&) = delete;
  Segments& operator=(const Segments&) = delete;
  ~Segments();  // gives back what is left; the caller has waited for its work

  // Null when the limit or the device's memory does not allow it; throws for any other failure.
  Segment* create(std::size_t bytes, Arena& arena);

  // Gives back every segment without a busy block that `may_go`, after `forget` was called for each of its blocks. The
  // caller has waited for all work on them. When the driver fails it throws, with the failed segment still in place.
  template <class MayGo, class Forget>
  void release_idle(MayGo&& may_go, Forget&& forget) {
    for (std::size_t i = all_.size(); i-- > 0;) {
      if (all_[i]->num_busy != 0 || !may_go(*all_[i])) continue;
      free_raw(*all_[i]);
      for (Block* block = all_[i]->first; block != nullptr;) {
        Block* after = block->after;
        forget(block);
        block = after;
      }
      drop(i);
    }
  }

  std::size_t limit() const noexcept { return limit_; }
  void set_limit(std::size_t bytes) noexcept { limit_ = bytes; }
  const std::vector<std::unique_ptr<Segment>>& all() const noexcept { return all_; }

 private:
  void free_raw(const Segment& segment);
  void drop(std::size_t index) noexcept;

  const Driver& driver_;
  int device_;
  Statistics& statistics_;
  std::size_t limit_ = kNoLimit;
  std::vector<std::unique_ptr<Segment>> all_;
};

}  // namespace vt::cuda
