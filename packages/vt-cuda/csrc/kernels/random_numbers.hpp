// SPDX-License-Identifier: Apache-2.0
// Which random numbers a launch draws.
#pragma once

#include <vt/cpp/philox.hpp>

#include <cstdint>

// Note [Random numbers of graphs]
// A launch draws a range of its generator's sequence, named by seed and offset. In a graph these would be the same numbers at
// every replay; there a launch names its place behind the first draw of the capture, and the seed and offset of that
// are in device memory. Each replay takes as many numbers from the generator as one run of the captured calls would, and
// writes the place there before the graph starts: replays draw what these calls would draw.
namespace vt::cuda {

// Where a range begins.
struct RandomPlace {
  uint64_t seed;
  uint64_t offset;
};

struct RandomNumbers {
  uint64_t seed = 0;
  uint64_t offset = 0;
  const uint64_t* replayed = nullptr;  // seed and offset of the first draw, on the device; null outside graphs

  [[gnu::always_inline]] VT_HOST_DEVICE RandomPlace place() const noexcept {
    return replayed != nullptr ? RandomPlace{replayed[0], replayed[1] + offset} : RandomPlace{seed, offset};
  }
  // The four words of output number `index` of the range.
  [[gnu::always_inline]] VT_HOST_DEVICE PhiloxWords operator()(uint64_t index) const noexcept {
    const RandomPlace first = place();
    return philox(first.seed, first.offset + index);
  }
};

}  // namespace vt::cuda
