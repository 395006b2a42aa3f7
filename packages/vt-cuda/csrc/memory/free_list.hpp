// SPDX-License-Identifier: Apache-2.0
// Free blocks by size: best fit in constant time for small blocks, over few candidates for large ones. Knows no driver.
//
// Note [Size bins]
// A bin per 512 bytes below 2 MiB, so each of those holds blocks of one size; above, 32 bins per power of two, searched
// for the smallest block that fits. Two levels of bit masks find the next bin that is not empty.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "block.hpp"

namespace vt::cuda {

class FreeList {
 public:
  void insert(Block* block) noexcept {
    const std::size_t bin = bin_of(block->bytes);
    Block* head = heads_[bin];
    block->list_before = nullptr;
    block->list_after = head;
    if (head != nullptr) head->list_before = block;
    heads_[bin] = block;
    mask_[bin / 64] |= std::uint64_t{1} << (bin % 64);
    summary_[bin / 4096] |= std::uint64_t{1} << (bin / 64 % 64);
  }

  void remove(Block* block) noexcept {
    if (block->list_after != nullptr) block->list_after->list_before = block->list_before;
    if (block->list_before != nullptr) {
      block->list_before->list_after = block->list_after;
      return;
    }
    const std::size_t bin = bin_of(block->bytes);
    heads_[bin] = block->list_after;
    if (heads_[bin] != nullptr) return;
    mask_[bin / 64] &= ~(std::uint64_t{1} << (bin % 64));
    if (mask_[bin / 64] == 0) summary_[bin / 4096] &= ~(std::uint64_t{1} << (bin / 64 % 64));
  }

  // The smallest block of at least `bytes`, still in the list; null when there is none.
  Block* best_fit(std::size_t bytes) const noexcept {
    for (std::size_t bin = next_bin(bin_of(bytes)); bin < kBins; bin = next_bin(bin + 1))
      if (Block* block = smallest_in(bin, bytes)) return block;
    return nullptr;
  }

  static constexpr std::size_t bin_of(std::size_t bytes) noexcept {
    const std::size_t units = bytes / kBlockUnit;
    if (units < kExactBins) return units;
    const auto octave = static_cast<std::size_t>(std::bit_width(units)) - 1;  // at least 12
    const std::size_t step = (units >> (octave - 5)) & 31;
    const std::size_t bin = kExactBins + (octave - 12) * 32 + step;
    return bin < kBins ? bin : kBins - 1;
  }

 private:
  friend class InvariantWalk;

  static constexpr std::size_t kExactBins = 4096;
  static constexpr std::size_t kBins = kExactBins + 28 * 32;  // up to 2^49 bytes
  static constexpr std::size_t kWords = (kBins + 63) / 64;

  // The first bin from `bin` on that is not empty, kBins when there is none.
  std::size_t next_bin(std::size_t bin) const noexcept {
    if (bin >= kBins) return kBins;
    std::size_t word = bin / 64;
    if (const std::uint64_t rest = mask_[word] >> (bin % 64)) return bin + lowest_bit(rest);
    ++word;
    for (std::size_t group = word / 64; group < summary_.size(); ++group, word = group * 64) {
      const std::uint64_t words = summary_[group] >> (word % 64);
      if (words == 0) continue;
      word += lowest_bit(words);
      return word * 64 + lowest_bit(mask_[word]);
    }
    return kBins;
  }

  Block* smallest_in(std::size_t bin, std::size_t bytes) const noexcept {
    if (bin < kExactBins) return heads_[bin];
    Block* best = nullptr;
    for (Block* block = heads_[bin]; block != nullptr; block = block->list_after)
      if (block->bytes >= bytes && (best == nullptr || block->bytes < best->bytes)) best = block;
    return best;
  }

  static std::size_t lowest_bit(std::uint64_t bits) noexcept {
    return static_cast<std::size_t>(std::countr_zero(bits));
  }

  std::array<std::uint64_t, 2> summary_{};
  std::array<std::uint64_t, kWords> mask_{};
  std::array<Block*, kBins> heads_{};
};

}  // namespace vt::cuda
