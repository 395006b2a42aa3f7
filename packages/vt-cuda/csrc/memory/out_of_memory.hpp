// SPDX-License-Identifier: Apache-2.0
// What is known when a request fails, and its message.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

#include "../runtime/driver.hpp"
#include "options.hpp"

namespace vt::cuda {

struct Shortage {
  struct Live {
    std::size_t bytes = 0;
    RawStream stream = nullptr;
    std::uint64_t context = 0;  // Note [History]
  };

  std::size_t requested_bytes = 0;
  std::size_t segment_bytes = 0;  // the least that had to be had from the driver
  std::size_t allocated_bytes = 0;
  std::size_t reserved_bytes = 0;
  std::size_t free_bytes = 0;  // reserved and not active, in pieces that do not serve the request
  std::size_t limit_bytes = kNoLimit;
  std::size_t device_free_bytes = 0;
  std::size_t device_total_bytes = 0;  // 0 when the driver did not say
  std::array<Live, 5> largest{};       // of the live allocations, in falling order

  void note_live(const Live& live) noexcept {
    const auto place =
        std::find_if(largest.begin(), largest.end(), [&](const Live& l) { return l.bytes < live.bytes; });
    if (place == largest.end()) return;
    std::move_backward(place, std::prev(largest.end()), largest.end());
    *place = live;
  }
};

// `describe` puts a context into words, and gives nothing for 0.
std::string out_of_memory_message(int device, const Shortage& shortage,
                                  const std::function<std::string(std::uint64_t context)>& describe);

}  // namespace vt::cuda
