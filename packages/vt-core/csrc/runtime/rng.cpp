// SPDX-License-Identifier: Apache-2.0
// The state of generators and the list of default ones.
#include "rng.hpp"

#include <map>
#include <memory>
#include <utility>
#include <vector>

VtGeneratorState VtGenerator::state() const {
  const std::lock_guard lock(mutex_);
  return state_;
}

void VtGenerator::set_state(const VtGeneratorState& state) {
  const std::lock_guard lock(mutex_);
  state_ = state;
}

VtGeneratorState VtGenerator::reserve(uint64_t count) {
  const std::lock_guard lock(mutex_);
  const VtGeneratorState before = state_;
  state_.offset += count;
  return before;
}

namespace vt::core {
namespace {

struct Defaults {
  std::mutex mutex;  // guards all below; a generator's own mutex is never taken under it
  uint64_t seed = kDefaultSeed;
  std::map<std::pair<int32_t, int32_t>, std::unique_ptr<VtGenerator>> generators;
};

Defaults& defaults() {
  static auto* instance = new Defaults;  // generators outlive static destructors
  return *instance;
}

}  // namespace

VtGenerator* default_generator(DLDevice device) {
  Defaults& all = defaults();
  const std::lock_guard lock(all.mutex);
  auto& slot = all.generators[{static_cast<int32_t>(device.device_type), device.device_id}];
  if (!slot) slot = std::make_unique<VtGenerator>(device, all.seed);
  return slot.get();
}

void seed_all(uint64_t seed) {
  std::vector<VtGenerator*> made;
  {
    Defaults& all = defaults();
    const std::lock_guard lock(all.mutex);
    all.seed = seed;
    for (const auto& entry : all.generators) made.push_back(entry.second.get());
  }
  for (VtGenerator* generator : made) generator->set_state({seed, 0});
}

}  // namespace vt::core
