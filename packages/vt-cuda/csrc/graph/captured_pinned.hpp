// SPDX-License-Identifier: Apache-2.0
// The pinned memory that the copies of a graph read and write: Note [Pinned memory] in memory/pinned_pool.hpp.
#pragma once

#include <algorithm>
#include <vector>

#include "../memory/pinned_pool.hpp"

namespace vt::cuda {

// The pool must outlive the object.
class CapturedPinned {
 public:
  explicit CapturedPinned(PinnedPool& pool) noexcept : pool_(pool) {}
  CapturedPinned(const CapturedPinned&) = delete;
  CapturedPinned& operator=(const CapturedPinned&) = delete;
  ~CapturedPinned() { clear(); }

  // Holds the block that `data` lies in, for a captured copy.
  void keep(const void* data) {
    blocks_.reserve(blocks_.size() + 1);
    void* const block = pool_.hold(data);
    if (block == nullptr) return;
    if (std::find(blocks_.begin(), blocks_.end(), block) != blocks_.end()) return pool_.let_go(block);
    blocks_.push_back(block);
  }

  // After a replay was enqueued.
  void note_replay(StreamView stream) {
    for (void* block : blocks_) pool_.record_use(block, stream);
  }

  void clear() noexcept {
    for (void* block : blocks_) pool_.let_go(block);
    blocks_.clear();
  }

 private:
  PinnedPool& pool_;
  std::vector<void*> blocks_;
};

}  // namespace vt::cuda
