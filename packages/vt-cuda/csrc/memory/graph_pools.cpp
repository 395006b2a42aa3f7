// SPDX-License-Identifier: Apache-2.0
// The allocator during captures, and the pools of graphs: Note [Graph pools].
#include <algorithm>
#include <atomic>

#include "../runtime/device.hpp"
#include "../runtime/status.hpp"
#include "caching_allocator.hpp"

namespace vt::cuda {
namespace {

std::atomic<PoolId> last_pool{0};

}  // namespace

PoolId CachingAllocator::new_pool() noexcept { return last_pool.fetch_add(1, std::memory_order_relaxed) + 1; }

std::uint64_t CachingAllocator::begin_capture(PoolId pool, StreamView stream) {
  check_stream("begin capture", stream);
  const std::scoped_lock lock(lock_);
  if (is_captured(stream))
    throw Error(ErrorKind::kRuntime,
                "begin capture: the stream is being captured already; end that capture first, or use another stream");
  captures_.reserve(captures_.size() + 1);
  const DeviceGuard guard(driver_, device_);
  PooledEvent before = events_.acquire();
  before->record(stream);
  Arena& arena = claim_arena(pool);
  ++arena.num_users;
  arena.is_capturing = true;
  captures_.push_back({0, &arena, stream, std::move(before)});
  Status status = driver_.stream_begin_capture(driver_.self, stream.raw());
  if (status == kSuccess) {
    CaptureState state = CaptureState::kNone;
    status = driver_.stream_capture_info(driver_.self, stream.raw(), &state, &captures_.back().id);
    if (status == kSuccess) return captures_.back().id;
    RawGraph graph = nullptr;
    (void)driver_.stream_end_capture(driver_.self, stream.raw(), &graph);
    if (graph != nullptr) (void)driver_.graph_destroy(driver_.self, graph);
  }
  finish_capture(std::prev(captures_.end()), false);
  throw_status(driver_, status, "begin capture");
}

RawGraph CachingAllocator::end_capture(std::uint64_t id) {
  const std::scoped_lock lock(lock_);
  const auto capture = find_capture(id);
  const DeviceGuard guard(driver_, device_);
  RawGraph graph = nullptr;
  const Status status = driver_.stream_end_capture(driver_.self, capture->origin.raw(), &graph);
  // The capture goes on: it belongs to another thread.
  if (status == kCaptureWrongThread) throw_status(driver_, status, "end capture");
  finish_capture(capture, status == kSuccess);
  check(driver_, status, "end capture");
  return graph;
}

bool CachingAllocator::is_capturing(std::uint64_t id) const {
  const std::scoped_lock lock(lock_);
  return std::any_of(captures_.begin(), captures_.end(), [&](const Capture& c) { return c.id == id; });
}

std::size_t CachingAllocator::num_captures() const {
  const std::scoped_lock lock(lock_);
  return captures_.size();
}

void CachingAllocator::abandon_capture(std::uint64_t id) noexcept {
  const std::scoped_lock lock(lock_);
  const auto capture = std::find_if(captures_.begin(), captures_.end(), [&](const Capture& c) { return c.id == id; });
  if (capture == captures_.end()) return;
  RawGraph graph = nullptr;
  (void)driver_.stream_end_capture(driver_.self, capture->origin.raw(), &graph);
  if (graph != nullptr) (void)driver_.graph_destroy(driver_.self, graph);
  finish_capture(capture, false);
}

void CachingAllocator::note_replay(PoolId pool, StreamView stream) {
  const std::scoped_lock lock(lock_);
  Arena* arena = find_arena(pool);
  if (arena == nullptr) return;
  for (const StreamUse& use : arena->replays)
    if (use.stream == stream && !use.retired) return;
  arena->replays.reserve(arena->replays.size() + 1);
  arena->replays.push_back({stream, events_.acquire()});
}

void CachingAllocator::release_pool(PoolId pool) noexcept {
  const std::scoped_lock lock(lock_);
  if (Arena* arena = find_arena(pool)) leave_arena(*arena);
}

std::uint64_t CachingAllocator::capture_of(const char* op, StreamView stream) const {
  const std::scoped_lock lock(lock_);
  if (captures_.empty()) return 0;
  std::uint64_t id = 0;
  if (capture_state(stream, id) == CaptureState::kInvalidated)
    throw Error(ErrorKind::kRuntime, std::string(op) +
                                         ": the capture of this stream was invalidated by an earlier call; end it, "
                                         "and leave out what cannot be captured");
  const bool known = std::any_of(captures_.begin(), captures_.end(), [&](const Capture& c) { return c.id == id; });
  return known ? id : 0;
}

CaptureState CachingAllocator::capture_state(StreamView stream, std::uint64_t& id) const {
  CaptureState state = CaptureState::kNone;
  const DeviceGuard guard(driver_, device_);
  check(driver_, driver_.stream_capture_info(driver_.self, stream.raw(), &state, &id), "read capture state");
  return state;
}

bool CachingAllocator::is_captured(StreamView stream) const {
  if (captures_.empty()) return false;
  std::uint64_t id = 0;
  return capture_state(stream, id) != CaptureState::kNone;
}

// The arena that a request on the stream is served from; called only while some stream is captured or a pool of a user in use.
Arena& CachingAllocator::arena_of(StreamView stream) {
  std::uint64_t id = 0;
  const CaptureState state = captures_.empty() ? CaptureState::kNone : capture_state(stream, id);
  if (state == CaptureState::kInvalidated)
    throw Error(ErrorKind::kRuntime,
                "allocate: the capture of this stream was invalidated by an earlier call; end it, and leave out what "
                "cannot be captured");
  for (const Capture& capture : captures_)
    if (state == CaptureState::kCapturing && capture.id == id) return *capture.arena;
  const auto own = std::find_if(routes_.rbegin(), routes_.rend(),
                                [](const Route& route) { return route.thread == std::this_thread::get_id(); });
  return own == routes_.rend() ? ordinary_ : *own->arena;
}

// The arena of a pool for one more capture.
Arena& CachingAllocator::claim_arena(PoolId pool) {
  if (pool > last_pool.load(std::memory_order_relaxed))
    throw Error(ErrorKind::kValue, "begin capture: no such pool: got number " + std::to_string(pool) +
                                       ", expected that of a pool or of a graph that shares its own");
  if (Arena* arena = find_arena(pool)) {
    if (arena->is_capturing)
      throw Error(ErrorKind::kRuntime, "begin capture: pool " + std::to_string(pool) +
                                           " is being used by another capture, expected one at a time; end that one "
                                           "first, or use a pool of its own");
    return *arena;
  }
  return add_arena(pool);
}

Arena& CachingAllocator::add_arena(PoolId pool) {
  graph_arenas_.reserve(graph_arenas_.size() + 1);
  retired_.reserve(retired_.size() + graph_arenas_.size() + 1);  // so that no end of a use can fail
  graph_arenas_.push_back(std::make_unique<Arena>(pool, driver_memory_));
  return *graph_arenas_.back();
}

Arena* CachingAllocator::find_arena(PoolId pool) const noexcept {
  for (const auto& arena : graph_arenas_)
    if (arena->id == pool) return arena.get();
  return nullptr;
}

std::vector<CachingAllocator::Capture>::iterator CachingAllocator::find_capture(std::uint64_t id) {
  const auto capture = std::find_if(captures_.begin(), captures_.end(), [&](const Capture& c) { return c.id == id; });
  if (capture == captures_.end())
    throw Error(ErrorKind::kRuntime, "end capture: no such capture is under way; begin it first");
  return capture;
}

void CachingAllocator::finish_capture(std::vector<Capture>::iterator capture, bool keeps_pool) noexcept {
  Arena& arena = *capture->arena;
  std::iter_swap(capture, std::prev(captures_.end()));
  captures_.pop_back();
  arena.is_capturing = false;
  if (!keeps_pool) leave_arena(arena);
}

void CachingAllocator::leave_arena(Arena& arena) noexcept {
  if (--arena.num_users > 0) return;
  const auto place = std::find_if(graph_arenas_.begin(), graph_arenas_.end(),
                                  [&](const auto& candidate) { return candidate.get() == &arena; });
  for (StreamUse& use : arena.replays) use.recorded = use.retired;
  std::erase_if(routes_, [&](const Route& route) { return route.arena == &arena; });
  retired_.push_back(std::move(*place));
  graph_arenas_.erase(place);
  // Should the driver fail now, the next request that needs memory tries again.
  try {
    adopt_retired();
  } catch (const std::exception&) {}
}

void CachingAllocator::adopt_retired() {
  for (std::size_t i = retired_.size(); i-- > 0;) {
    if (!replays_are_over(*retired_[i])) continue;
    adopt(*retired_[i]);
    std::swap(retired_[i], retired_.back());
    retired_.pop_back();
  }
}

bool CachingAllocator::replays_are_over(Arena& arena) {
  const DeviceGuard guard(driver_, device_);
  for (StreamUse& use : arena.replays)
    if (!use.recorded) PendingFrees::record_use(use, [this](StreamView stream) { return is_captured(stream); });
  std::erase_if(arena.replays, [](StreamUse& use) { return use.recorded && use.event->ready(); });
  return arena.replays.empty();
}

// Moves all segments to the ordinary memory, each block to the pool of its stream there.
void CachingAllocator::adopt(Arena& arena) {
  struct Move {
    Home* from;
    Home* to;
  };
  std::vector<Move> moves;
  for (const auto& home : arena.homes) {
    Home* same = home->stream == nullptr ? nullptr : ordinary_.find(home->stream);
    moves.push_back({home.get(), same != nullptr ? same : &ordinary_.add(state_, home->stream)});
  }
  const auto pool_for = [&](const BlockPool* pool) -> BlockPool& {
    const auto move = std::find_if(moves.begin(), moves.end(),
                                   [&](const Move& m) { return pool == &m.from->small || pool == &m.from->large; });
    return move->to->pool(pool->kind());
  };
  for (const auto& segment : segments_.all()) {
    if (segment->arena != &arena) continue;
    segment->arena = &ordinary_;
    for (Block* block = segment->first; block != nullptr; block = block->after) pool_for(block->pool).adopt(block);
  }
  for (const auto& range : segments_.ranges()) {
    if (range->arena != &arena) continue;
    range->arena = &ordinary_;
    range->pool = &pool_for(range->pool);
  }
}

// What `reclaim` does while a stream is captured, when waiting for the device would end the capture.
void CachingAllocator::wait_for_streams() {
  const DeviceGuard guard(driver_, device_);
  for (const auto& home : ordinary_.homes) {
    home->is_quiet = false;
    if (home->stream == nullptr) continue;
    const StreamView stream(driver_, device_, home->stream);
    if (!is_captured(stream)) {
      PooledEvent end = events_.acquire();
      end->record(stream);
      end->synchronize();
      home->is_quiet = true;
      continue;
    }
    for (const Capture& capture : captures_) {
      if (!(capture.origin == stream)) continue;
      capture.before->synchronize();
      home->is_quiet = true;
    }
  }
}

}  // namespace vt::cuda
