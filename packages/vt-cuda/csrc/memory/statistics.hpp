// SPDX-License-Identifier: Apache-2.0
// What an allocator counts. Figures are exact: increased - decreased = current, and peak >= current, at any time.
#pragma once

#include <cstddef>
#include <cstdint>

namespace vt::cuda {

struct Counter {
  std::size_t current = 0;
  std::size_t peak = 0;
  std::uint64_t increased = 0;

  std::uint64_t decreased() const noexcept { return increased - current; }

  void increase(std::size_t amount) noexcept {
    current += amount;
    increased += amount;
    if (current > peak) peak = current;
  }
  void decrease(std::size_t amount) noexcept { current -= amount; }
  void reset_peak() noexcept { peak = current; }
};

struct Statistics {
  Counter allocations;      // with callers
  Counter allocated_bytes;  // the blocks of these
  Counter requested_bytes;  // what callers asked for
  Counter pending_bytes;    // freed, but another stream may still use them
  Counter reserved_bytes;   // held from the driver
  Counter segments;
  std::uint64_t num_reclaims = 0;       // times that memory was short and cached memory was given back
  std::uint64_t num_out_of_memory = 0;  // requests that failed all the same
};

}  // namespace vt::cuda
