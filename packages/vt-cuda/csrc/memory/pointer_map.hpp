// SPDX-License-Identifier: Apache-2.0
// From the address of a live allocation to its block: open addressing, linear probing, no tombstones.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "block.hpp"

namespace vt::cuda {

class PointerMap {
 public:
  PointerMap() : slots_(1024, nullptr) {}

  std::size_t size() const noexcept { return size_; }

  // After this, `num` calls of `insert` cannot fail.
  void reserve(std::size_t num) {
    while ((size_ + num) * 2 > slots_.size()) [[unlikely]]
      grow();
  }

  void insert(Block* block) noexcept {
    std::size_t slot = home(block->address);
    while (slots_[slot] != nullptr) slot = next(slot);
    slots_[slot] = block;
    ++size_;
  }

  Block* find(const void* address) const noexcept {
    for (std::size_t slot = home(address); slots_[slot] != nullptr; slot = next(slot))
      if (slots_[slot]->address == address) return slots_[slot];
    return nullptr;
  }

  template <class Visit>
  void for_each(Visit&& visit) const {
    for (Block* block : slots_)
      if (block != nullptr) visit(*block);
  }

  // The block must be in the map.
  void erase(const Block* block) noexcept {
    std::size_t hole = home(block->address);
    while (slots_[hole] != block) hole = next(hole);
    slots_[hole] = nullptr;
    --size_;
    // Pull back the followers that would no longer be reached past the hole.
    for (std::size_t slot = next(hole); slots_[slot] != nullptr; slot = next(slot)) {
      const std::size_t wanted = home(slots_[slot]->address);
      if (((slot - wanted) & mask()) < ((slot - hole) & mask())) continue;
      slots_[hole] = slots_[slot];
      slots_[slot] = nullptr;
      hole = slot;
    }
  }

 private:
  std::size_t mask() const noexcept { return slots_.size() - 1; }
  std::size_t next(std::size_t slot) const noexcept { return (slot + 1) & mask(); }

  std::size_t home(const void* address) const noexcept {
    const std::uint64_t unit = reinterpret_cast<std::uintptr_t>(address) / kBlockUnit;
    return static_cast<std::size_t>((unit * 0x9E3779B97F4A7C15u) >> 32) & mask();
  }

  void grow() {
    std::vector<Block*> old(slots_.size() * 2, nullptr);
    old.swap(slots_);
    size_ = 0;
    for (Block* block : old)
      if (block != nullptr) insert(block);
  }

  std::vector<Block*> slots_;
  std::size_t size_ = 0;
};

}  // namespace vt::cuda
