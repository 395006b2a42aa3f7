// SPDX-License-Identifier: Apache-2.0
// What an allocator counts, exactly and at any time.
//
// Note [Figures]
// - An allocation is with a caller. It is active from the request until its memory may serve others: that is after the free
//   when other streams use it. An inactive split is a free block that shares its segment, so it cannot go back by itself.
// - A block counts for the kind of its pool, a segment for the kind that it was made for, and both for `all`.
// - increased - decreased = current and peak >= current, until the totals or the peaks are started anew.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "sizes.hpp"

namespace vt::cuda {

struct Counter {
  std::size_t current = 0;
  std::size_t peak = 0;
  std::uint64_t increased = 0;
  std::uint64_t decreased = 0;

  void increase(std::size_t amount) noexcept {
    current += amount;
    increased += amount;
    if (current > peak) peak = current;
  }
  void decrease(std::size_t amount) noexcept {
    current -= amount;
    decreased += amount;
  }
  void reset_peak() noexcept { peak = current; }
  void reset_totals() noexcept { increased = decreased = 0; }
};

// Note [Figures].
struct Figures {
  Counter allocations;
  Counter segments;
  Counter active;
  Counter inactive_splits;
  Counter allocated_bytes;
  Counter reserved_bytes;
  Counter active_bytes;
  Counter inactive_split_bytes;
  Counter requested_bytes;

  static constexpr std::array<Counter Figures::*, 9> kAll();
};

constexpr std::array<Counter Figures::*, 9> Figures::kAll() {
  return {&Figures::allocations,     &Figures::segments,       &Figures::active,       &Figures::inactive_splits,
          &Figures::allocated_bytes, &Figures::reserved_bytes, &Figures::active_bytes, &Figures::inactive_split_bytes,
          &Figures::requested_bytes};
}

struct Statistics {
  Figures all;
  Figures small;
  Figures large;
  Counter oversize_allocations;  // of at least the largest size that is split
  Counter oversize_segments;
  std::uint64_t num_reclaims = 0;       // times that memory was short and cached memory was given back
  std::uint64_t num_out_of_memory = 0;  // requests that failed all the same
  std::uint64_t num_waits = 0;          // times that all streams were waited for
  std::uint64_t num_raw_allocs = 0;     // successful calls to the driver for memory
  std::uint64_t num_raw_frees = 0;

  // Freed, but another stream may still use them.
  std::size_t pending_bytes() const noexcept { return all.active_bytes.current - all.allocated_bytes.current; }

  Figures& of(BlockKind kind) noexcept { return kind == BlockKind::kSmall ? small : large; }

  void increase(Counter Figures::* figure, BlockKind kind, std::size_t amount) noexcept {
    (all.*figure).increase(amount);
    (of(kind).*figure).increase(amount);
  }
  void decrease(Counter Figures::* figure, BlockKind kind, std::size_t amount) noexcept {
    (all.*figure).decrease(amount);
    (of(kind).*figure).decrease(amount);
  }

  template <class Visit>
  void for_each_counter(Visit&& visit) {
    for (Figures* figures : {&all, &small, &large})
      for (Counter Figures::* figure : Figures::kAll()) visit(figures->*figure);
    visit(oversize_allocations);
    visit(oversize_segments);
  }

  void reset_peaks() noexcept {
    for_each_counter([](Counter& counter) { counter.reset_peak(); });
  }
  void reset_totals() noexcept {
    for_each_counter([](Counter& counter) { counter.reset_totals(); });
    num_reclaims = num_out_of_memory = num_waits = num_raw_allocs = num_raw_frees = 0;
  }
};

}  // namespace vt::cuda
