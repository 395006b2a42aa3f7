// SPDX-License-Identifier: Apache-2.0
// Generators during captures and before replays.
#include "generators.hpp"

#include <vt/cpp/tensor.hpp>

#include <string>

#include "../runtime/status.hpp"

namespace vt::cuda {

static_assert(sizeof(VtGeneratorState) == 2 * sizeof(std::uint64_t));

RandomNumbers CapturedGenerators::draw(const char* op, VtGenerator* generator, const VtGeneratorState& state) {
  const auto numbers = [&](const Entry& entry) {
    return RandomNumbers{0, state.offset - entry.first.offset, reinterpret_cast<const uint64_t*>(entry.place)};
  };
  for (const Entry& entry : entries_) {
    if (entry.generator != generator) continue;
    if (entry.first.seed != state.seed)
      throw Error(ErrorKind::kRuntime, std::string(op) +
                                           ": the generator was given another seed during the capture, which replays "
                                           "cannot follow; seed it before the capture");
    return numbers(entry);
  }
  entries_.reserve(entries_.size() + 1);
  auto* place = static_cast<VtGeneratorState*>(allocator_.allocate(sizeof(VtGeneratorState), idle_stream_));
  tables().rng->retain(generator);
  entries_.push_back({generator, state, 0, place, {}});
  return numbers(entries_.back());
}

void CapturedGenerators::end_capture() {
  bool reseeded = false;
  for (Entry& entry : entries_) {
    VtGeneratorState now{};
    tables().rng->get_state(entry.generator, &now);
    reseeded |= now.seed != entry.first.seed;
    entry.count = now.offset - entry.first.offset;
    tables().rng->set_state(entry.generator, &entry.first);
  }
  has_ended_ = true;
  if (reseeded)
    throw Error(ErrorKind::kRuntime,
                "end capture: a generator was given another seed during the capture, which replays cannot follow; seed "
                "it before the capture");
}

void CapturedGenerators::prepare_replay(StreamView stream) {
  for (const Entry& entry : entries_) allocator_.record_use(entry.place, stream);
  for (Entry& entry : entries_) tables().rng->reserve(entry.generator, entry.count, &entry.before);
  for (const Entry& entry : entries_) {
    const Status status = driver_.memcpy_async(driver_.self, entry.place, &entry.before, sizeof entry.before,
                                               CopyKind::kHostToDevice, stream.raw());
    if (status == kSuccess) continue;
    undo_replay();
    throw_status(driver_, status, "replay");
  }
}

void CapturedGenerators::undo_replay() noexcept {
  for (const Entry& entry : entries_) tables().rng->set_state(entry.generator, &entry.before);
}

void CapturedGenerators::clear() noexcept {
  for (const Entry& entry : entries_) {
    if (!has_ended_) tables().rng->set_state(entry.generator, &entry.first);
    tables().rng->release(entry.generator);
    // The only failure is of the driver, which keeps the memory then.
    try {
      allocator_.free(entry.place);
    } catch (const std::exception&) {}
  }
  entries_.clear();
  has_ended_ = false;
}

void Captures::add(std::uint64_t id, Captured captured) {
  const std::scoped_lock lock(mutex_);
  all_.emplace_back(id, captured);
}

void Captures::remove(std::uint64_t id) noexcept {
  const std::scoped_lock lock(mutex_);
  std::erase_if(all_, [&](const auto& entry) { return entry.first == id; });
}

Captured Captures::find(std::uint64_t id) const {
  const std::scoped_lock lock(mutex_);
  for (const auto& [known, captured] : all_)
    if (known == id) return captured;
  return {};
}

}  // namespace vt::cuda
