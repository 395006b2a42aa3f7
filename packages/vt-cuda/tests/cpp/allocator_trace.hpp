// SPDX-License-Identifier: Apache-2.0
// Traces: programs over an allocator as data, so that they are made from a seed, cut down, stored and run again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "memory/sizes.hpp"

namespace vt::cuda::testing {

// What a step does to slot `slot` (which holds one block, or a graph) and stream `stream`. A slot that is full is emptied before
// it is filled anew; a step that finds nothing to do does nothing. So a trace stays one whatever is cut out of it.
enum class TraceAction {
  kAllocate,
  kFree,
  kUse,
  kRun,
  kRelease,
  kBeginCapture,
  kEndCapture,
  kReplay,
  kDropGraph,
  kSwitch
};

struct TraceStep {
  TraceAction action;
  std::uint32_t slot;
  std::uint32_t stream;
  std::size_t bytes;  // to allocate, or operations to run; to switch to, a SegmentKind

  bool operator==(const TraceStep&) const = default;
};

using Trace = std::vector<TraceStep>;

inline constexpr std::uint32_t kTraceSlots = 256;
inline constexpr std::uint32_t kTraceStreams = 8;
inline constexpr std::uint32_t kTraceGraphs = 4;  // each with a pool of its own

inline constexpr const char* kTraceNames[] = {"allocate", "free", "use",    "run",  "release",
                                              "begin",    "end",  "replay", "drop", "switch"};

// SplitMix64: a few cycles per number.
class TraceRandom {
 public:
  explicit TraceRandom(std::uint64_t seed) noexcept : state_(seed) {}

  std::uint64_t operator()() noexcept {
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }
  std::uint32_t below(std::uint32_t bound) noexcept { return static_cast<std::uint32_t>((*this)() >> 32) % bound; }

 private:
  std::uint64_t state_;
};

// The next step of a random program: mostly small blocks taken and given back, some large, some used on other streams, few
// captures. Now and then segments become expandable, or plain again.
inline TraceStep random_step(TraceRandom& random) noexcept {
  const std::uint32_t kind = random.below(1000);
  const std::uint32_t slot = random.below(kTraceSlots);
  const std::uint32_t stream = random.below(kTraceStreams);
  if (kind < 730) {
    const std::uint32_t size = random.below(1000);
    const std::uint32_t most = size < 900 ? 32 * kKiB : size < 992 ? 2 * kMiB : 24 * kMiB;
    return {TraceAction::kAllocate, slot, stream, 1 + random.below(most)};
  }
  if (kind < 930) return {TraceAction::kFree, slot, 0, 0};
  if (kind < 960) return {TraceAction::kUse, slot, stream, 0};
  if (kind < 990) return {TraceAction::kRun, 0, 0, 1 + random.below(8)};
  const std::uint32_t graph = random.below(kTraceGraphs);
  if (kind < 993) return {TraceAction::kBeginCapture, graph, stream, 0};
  if (kind < 996) return {TraceAction::kEndCapture, graph, 0, 0};
  if (kind < 998) return {TraceAction::kReplay, graph, stream, 0};
  if (kind < 999) return {TraceAction::kDropGraph, graph, 0, 0};
  const std::uint32_t rare = random.below(50);
  if (rare == 0) return {TraceAction::kRelease, 0, 0, 0};
  return rare <= 2 ? TraceStep{TraceAction::kSwitch, 0, 0, rare} : TraceStep{TraceAction::kFree, slot, 0, 0};
}

inline Trace random_trace(std::uint64_t seed, std::size_t num_steps) {
  TraceRandom random(seed);
  Trace trace;
  for (std::size_t i = 0; i < num_steps; ++i) trace.push_back(random_step(random));
  return trace;
}

// One step per line: its name and three numbers.
inline std::string text_of(const Trace& trace) {
  std::string text;
  for (const TraceStep& step : trace)
    text += std::string(kTraceNames[static_cast<int>(step.action)]) + " " + std::to_string(step.slot) + " " +
            std::to_string(step.stream) + " " + std::to_string(step.bytes) + "\n";
  return text;
}

inline Trace parse_trace(std::istream& lines) {
  Trace trace;
  std::string line;
  while (std::getline(lines, line)) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream words(line);
    std::string name;
    TraceStep step{};
    words >> name >> step.slot >> step.stream >> step.bytes;
    int action = 0;
    while (action < 10 && name != kTraceNames[action]) ++action;
    if (!words || action == 10) throw std::runtime_error("trace: not a step: " + line);
    step.action = static_cast<TraceAction>(action);
    trace.push_back(step);
  }
  return trace;
}

}  // namespace vt::cuda::testing
