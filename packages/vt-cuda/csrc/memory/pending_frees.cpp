// SPDX-License-Identifier: Apache-2.0
// Pending frees in order of their free.
#include "pending_frees.hpp"

#include <algorithm>

namespace vt::cuda {

void PendingFrees::add(Block* block) noexcept {
  block->state = BlockState::kPending;
  block->list_before = last_;
  block->list_after = nullptr;
  (last_ != nullptr ? last_->list_after : first_) = block;
  last_ = block;
}

// Drops the uses that are over, so that their events serve others.
bool PendingFrees::over(Block* block) {
  std::vector<StreamUse>& uses = block->uses;
  for (std::size_t i = uses.size(); i-- > 0;) {
    const RawStream stream = uses[i].stream.raw();
    if (!uses[i].recorded || std::find(behind_.begin(), behind_.end(), stream) != behind_.end()) continue;
    if (uses[i].event->ready())
      uses.erase(uses.begin() + static_cast<std::ptrdiff_t>(i));
    else
      behind_.push_back(stream);
  }
  return uses.empty();
}

void PendingFrees::remove(Block* block) noexcept {
  (block->list_before != nullptr ? block->list_before->list_after : first_) = block->list_after;
  (block->list_after != nullptr ? block->list_after->list_before : last_) = block->list_before;
  block->list_before = block->list_after = nullptr;
}

}  // namespace vt::cuda
