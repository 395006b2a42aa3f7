// SPDX-License-Identifier: Apache-2.0
// The table vt.cuda.memory: figures, limits, history, snapshots and observers of the allocators.
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "../backend.hpp"
#include "border.hpp"
#include "tables.hpp"

namespace vt::cuda {
namespace {

DeviceContext& context(int32_t device) { return Backend::instance().context(device); }

// No stream, or one that is gone, is 0 too.
VtStream number_of(const DeviceContext& context, RawStream stream) {
  if (stream == nullptr) return 0;
  return context.number_of(StreamView(context.device.driver(), context.device.ordinal(), stream));
}

uint64_t number_of(const void* address) { return reinterpret_cast<std::uintptr_t>(address); }

VtCudaMemoryFigure figure(const Counter& counter) {
  return {counter.current, counter.peak, counter.increased, counter.decreased};
}

VtCudaMemoryFigures figures(const Figures& f) {
  return {figure(f.allocations),     figure(f.segments),       figure(f.active),       figure(f.inactive_splits),
          figure(f.allocated_bytes), figure(f.reserved_bytes), figure(f.active_bytes), figure(f.inactive_split_bytes),
          figure(f.requested_bytes)};
}

int32_t is_used(int32_t device) { return Backend::instance().has_context(device) ? 1 : 0; }

int statistics(int32_t device, VtCudaMemoryStatistics* out) {
  return border([&] {
    const Statistics s = context(device).allocator.statistics();
    *out = VtCudaMemoryStatistics{.struct_size = sizeof(VtCudaMemoryStatistics),
                                  .reserved = 0,
                                  .all = figures(s.all),
                                  .small_pool = figures(s.small),
                                  .large_pool = figures(s.large),
                                  .oversize_allocations = figure(s.oversize_allocations),
                                  .oversize_segments = figure(s.oversize_segments),
                                  .num_alloc_retries = s.num_reclaims,
                                  .num_ooms = s.num_out_of_memory,
                                  .num_sync_all_streams = s.num_waits,
                                  .num_device_alloc = s.num_raw_allocs,
                                  .num_device_free = s.num_raw_frees};
  });
}

int reset_peaks(int32_t device) {
  return border([&] { context(device).allocator.reset_peaks(); });
}

int reset_totals(int32_t device) {
  return border([&] { context(device).allocator.reset_totals(); });
}

int set_limit(int32_t device, uint64_t nbytes) {
  return border([&] { context(device).allocator.set_limit(nbytes); });
}

int set_limit_fraction(int32_t device, double fraction) {
  return border([&] { context(device).allocator.set_limit_fraction(fraction); });
}

int limit(int32_t device, uint64_t* out) {
  return border([&] { *out = context(device).allocator.limit(); });
}

int release_cached(int32_t device, uint64_t keep_bytes) {
  return border([&] { context(device).allocator.release_cached(keep_bytes); });
}

int set_options(const VtCudaMemoryOptions* options) {
  return border([&] {
    Backend& backend = Backend::instance();
    backend.set_memory_options({.max_split_bytes = options->max_split_bytes,
                                .collect_above = options->collect_above,
                                .segments = backend.memory_options().segments});
  });
}

int options(VtCudaMemoryOptions* out) {
  return border([&] {
    const AllocatorOptions options = Backend::instance().memory_options();
    *out = VtCudaMemoryOptions{sizeof(VtCudaMemoryOptions), 0, options.max_split_bytes, options.collect_above};
  });
}

int record_history(const VtCudaMemoryHistory* history) {
  return border([&] {
    HistoryOptions options;
    options.is_on = history->is_on != 0;
    options.max_events = history->max_events;
    options.has_block_contexts = history->block_contexts != 0;
    options.has_event_contexts = history->event_contexts != 0;
    options.has_free_contexts = history->free_contexts != 0;
    options.skipped_actions = history->skipped_actions;
    options.hook = {history->capture, history->describe, history->arg};
    Backend::instance().record_memory_history(options, history->clear != 0);
  });
}

VtCudaMemoryEvent converted(const DeviceContext& context, const MemoryEvent& event) {
  return {.action = static_cast<int32_t>(event.action),
          .device = context.device.ordinal(),
          .address = number_of(event.address),
          .nbytes = event.bytes,
          .stream = number_of(context, event.stream),
          .pool = event.pool,
          .context = event.context,
          .free_bytes = event.free_bytes,
          .time_us = event.time_us};
}

// A snapshot with what it points to.
struct OwnedSnapshot : VtCudaMemorySnapshot {
  std::vector<VtCudaMemorySegment> owned_segments;
  std::vector<VtCudaMemoryBlock> owned_blocks;
  std::vector<VtCudaMemoryEvent> owned_events;
};

int snapshot(int32_t device, const VtCudaMemorySnapshot** out) {
  return border([&] {
    DeviceContext& c = context(device);
    const MemorySnapshot taken = c.allocator.snapshot();
    auto owned = std::make_unique<OwnedSnapshot>();
    owned->owned_blocks.reserve(taken.blocks.size());  // segments point into it
    for (const BlockSnapshot& block : taken.blocks)
      owned->owned_blocks.push_back({number_of(block.address), block.bytes, block.requested_bytes, block.context,
                                     static_cast<int32_t>(block.state), 0});
    for (const SegmentSnapshot& segment : taken.segments)
      owned->owned_segments.push_back({.address = number_of(segment.address),
                                       .nbytes = segment.bytes,
                                       .allocated_bytes = segment.allocated_bytes,
                                       .active_bytes = segment.active_bytes,
                                       .requested_bytes = segment.requested_bytes,
                                       .stream = number_of(c, segment.stream),
                                       .pool = segment.pool,
                                       .context = segment.context,
                                       .is_small = segment.kind == BlockKind::kSmall,
                                       .is_expandable = segment.is_expandable,
                                       .num_blocks = segment.num_blocks,
                                       .blocks = owned->owned_blocks.data() + segment.first_block});
    for (const MemoryEvent& event : taken.events) owned->owned_events.push_back(converted(c, event));
    static_cast<VtCudaMemorySnapshot&>(*owned) = {.struct_size = sizeof(VtCudaMemorySnapshot),
                                                  .device = device,
                                                  .num_segments = owned->owned_segments.size(),
                                                  .segments = owned->owned_segments.data(),
                                                  .num_events = owned->owned_events.size(),
                                                  .events = owned->owned_events.data()};
    *out = owned.release();
  });
}

void free_snapshot(const VtCudaMemorySnapshot* snapshot) { delete static_cast<const OwnedSnapshot*>(snapshot); }

// An observer of the interface, and the device whose events it is told of.
struct Observer {
  const DeviceContext& context;
  VtCudaMemoryObserverFn call;
  void* arg;

  static void tell(void* self, const MemoryEvent& event) {
    const auto& observer = *static_cast<const Observer*>(self);
    const VtCudaMemoryEvent told = converted(observer.context, event);
    observer.call(observer.arg, &told);
  }
};

// By device and number. The mutex guards it and is never held while an observer runs.
struct Observers {
  std::mutex mutex;
  std::map<std::pair<int32_t, uint64_t>, std::unique_ptr<Observer>> all;
};
Observers& observers() {
  static auto* const observers = new Observers;  // lives on, as the backend does
  return *observers;
}

int add_observer(int32_t device, VtCudaMemoryObserverFn call, void* arg, uint64_t* number) {
  return border([&] {
    if (call == nullptr) throw Error(ErrorKind::kValue, "add observer: got null, expected a function");
    DeviceContext& c = context(device);
    auto observer = std::make_unique<Observer>(c, call, arg);
    *number = c.allocator.add_observer(Observer::tell, observer.get());
    const std::scoped_lock lock(observers().mutex);
    observers().all[{device, *number}] = std::move(observer);
  });
}

int remove_observer(int32_t device, uint64_t number) {
  return border([&] {
    DeviceContext& c = context(device);
    const std::scoped_lock lock(observers().mutex);
    const auto found = observers().all.find({device, number});
    if (found == observers().all.end())
      throw Error(ErrorKind::kValue, "remove observer: no such observer: got number " + std::to_string(number) +
                                         ", expected one from add_observer that was not removed");
    c.allocator.remove_observer(number);
    observers().all.erase(found);
  });
}

int allocate(int32_t device, uint64_t nbytes, VtStream stream, void** out) {
  return border([&] {
    DeviceContext& c = context(device);
    *out = c.allocator.allocate(nbytes, c.stream(stream));
  });
}

int free_memory(int32_t device, void* data) {
  return border([&] { context(device).allocator.free(data); });
}

int create_pool(int32_t device, VtCudaPlugAllocateFn allocate, VtCudaPlugFreeFn free, uint64_t* pool) {
  return border([&] { *pool = context(device).allocator.create_pool({allocate, free}); });
}

int release_pool(int32_t device, uint64_t pool) {
  return border([&] { context(device).allocator.release_pool(pool); });
}

int begin_use(int32_t device, uint64_t pool) {
  return border([&] { context(device).allocator.begin_use(pool); });
}

int end_use(int32_t device, uint64_t pool) {
  return border([&] { context(device).allocator.end_use(pool); });
}

int set_backend(int32_t backend, VtCudaPlugAllocateFn allocate, VtCudaPlugFreeFn free) {
  return border([&] {
    if (backend < VT_CUDA_BACKEND_CACHING || backend > VT_CUDA_BACKEND_PLUGGED)
      throw Error(ErrorKind::kValue, "set allocator backend: no such backend: got " + std::to_string(backend));
    Backend::instance().set_allocator_backend(static_cast<AllocatorBackend>(backend), {allocate, free});
  });
}

int32_t backend() { return static_cast<int32_t>(Backend::instance().allocator_backend()); }

int set_segments(int32_t segments) {
  return border([&] {
    if (segments < VT_CUDA_SEGMENTS_DEFAULT || segments > VT_CUDA_SEGMENTS_EXPANDABLE)
      throw Error(ErrorKind::kValue, "set segments: no such kind: got " + std::to_string(segments));
    AllocatorOptions options = Backend::instance().memory_options();
    options.segments = static_cast<SegmentKind>(segments);
    Backend::instance().set_memory_options(options);
  });
}

int32_t segments() { return static_cast<int32_t>(Backend::instance().memory_options().segments); }

}  // namespace

const VtCudaMemoryApi* memory_api() noexcept {
  static const VtCudaMemoryApi table = {
      {sizeof(VtCudaMemoryApi), VT_CUDA_MEMORY_API_MAJOR, VT_CUDA_MEMORY_API_MINOR, 0, nullptr},
      is_used,
      statistics,
      reset_peaks,
      reset_totals,
      set_limit,
      set_limit_fraction,
      limit,
      release_cached,
      set_options,
      options,
      record_history,
      snapshot,
      free_snapshot,
      add_observer,
      remove_observer,
      allocate,
      free_memory,
      create_pool,
      release_pool,
      begin_use,
      end_use,
      set_backend,
      backend,
      set_segments,
      segments,
  };
  return &table;
}

}  // namespace vt::cuda
