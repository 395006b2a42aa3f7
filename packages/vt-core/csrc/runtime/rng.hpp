// SPDX-License-Identifier: Apache-2.0
// Generators: counted objects that hand out ranges of a Philox sequence, and the default one of each device.
#pragma once

#include <vt/abi/rng.h>

#include <atomic>
#include <mutex>

// Any thread may use a generator; a range is handed out once.
struct VtGenerator {
  VtGenerator(DLDevice device, uint64_t seed) : device_(device), state_{seed, 0} {}

  DLDevice device() const noexcept { return device_; }
  void retain() noexcept { count_.fetch_add(1, std::memory_order_relaxed); }
  // True when the caller gave up the last count and must delete the generator.
  bool release() noexcept { return count_.fetch_sub(1, std::memory_order_acq_rel) == 1; }

  VtGeneratorState state() const;
  void set_state(const VtGeneratorState& state);
  // Takes `count` outputs and returns the state before.
  VtGeneratorState reserve(uint64_t count);

 private:
  const DLDevice device_;
  std::atomic<int64_t> count_{1};
  mutable std::mutex mutex_;  // guards state_
  VtGeneratorState state_;
};

namespace vt::core {

inline constexpr uint64_t kDefaultSeed = 67280421310721;

// Borrowed; made on first use with the seed of the last seed_all, kDefaultSeed before one, and kept for the life of the
// process.
VtGenerator* default_generator(DLDevice device);
// Starts the sequence `seed` in every default generator, also in those made later.
void seed_all(uint64_t seed);

}  // namespace vt::core
