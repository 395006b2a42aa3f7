// SPDX-License-Identifier: Apache-2.0
// Takes the random numbers of a launch from a generator, or for a captured launch its place among those of a replay.
#pragma once

#include <vt/cpp/random_rules.hpp>

#include "../graph/generators.hpp"
#include "../kernels/random_numbers.hpp"
#include "launch.hpp"

namespace vt::cuda {

// For numbers that were taken from the generator already.
inline RandomNumbers numbers_of(const char* op, VtGenerator* generator, const VtGeneratorState& state,
                                DeviceContext& context, StreamView stream) {
  if (const std::uint64_t capture = context.allocator.capture_of(op, stream)) [[unlikely]]
    if (CapturedGenerators* captured = context.captures.find(capture).generators)
      return captured->draw(op, generator, state);
  return {state.seed, state.offset, nullptr};
}
inline RandomNumbers numbers_of(const char* op, VtGenerator* generator, const VtGeneratorState& state,
                                DLDevice device) {
  DeviceContext& context = Backend::instance().context(device.device_id);
  return numbers_of(op, generator, state, context, context.device.current_stream());
}

// Takes the numbers for `numel` elements of `words` words each.
inline RandomNumbers draw_numbers(const char* op, const VtValue& given, DLDevice device, int64_t numel, int words) {
  VtGenerator* generator = generator_of(given, device);
  return numbers_of(op, generator, reserve_random(generator, numel, words), device);
}

// Numbers as the seed and offset of an operator's result, from which its gradient draws them again. Those of a graph are
// told by the highest bit of the offset, and their seed is the address of the device's.
inline constexpr std::uint64_t kReplayedBit = std::uint64_t{1} << 63;

inline VtGeneratorState name_numbers(const RandomNumbers& numbers) noexcept {
  if (numbers.replayed == nullptr) return {numbers.seed, numbers.offset};
  return {reinterpret_cast<std::uintptr_t>(numbers.replayed), numbers.offset | kReplayedBit};
}
inline RandomNumbers named_numbers(const VtGeneratorState& named) noexcept {
  if ((named.offset & kReplayedBit) == 0) return {named.seed, named.offset, nullptr};
  return {0, named.offset & ~kReplayedBit, reinterpret_cast<const uint64_t*>(static_cast<std::uintptr_t>(named.seed))};
}

}  // namespace vt::cuda
