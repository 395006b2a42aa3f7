// SPDX-License-Identifier: Apache-2.0
// Large blocks of host memory: their sizes, the shared cache, the system below it, statistics.
#include "host_allocator.hpp"

#include <malloc.h>
#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <mutex>
#include <string>

#include <vt/cpp/error.hpp>

#include "settings.hpp"

namespace vt::core {
namespace {

constexpr uint64_t kMappedBytes = uint64_t{4} << 20;  // from here on a block is mapped on its own
constexpr uint64_t kHugePageBytes = uint64_t{2} << 20;
constexpr uint64_t kMaxBytes = uint64_t{1} << 62;  // larger requests fail before rounding could overflow
constexpr uint64_t kMaxCachedBytes = uint64_t{1} << 30;
constexpr int kStepsPerDoubling = 8;
constexpr int kFirstDoubling = 16;  // 64 KiB
constexpr int kNumBins = (62 - kFirstDoubling) * kStepsPerDoubling + 1;

struct LargeClass {
  int bin;
  uint64_t bytes;
};

// The class of a size above 64 KiB: its size rounded up to an eighth of the power of two below it.
LargeClass large_class(uint64_t nbytes) {
  const int doubling = std::bit_width(nbytes - 1) - 1;
  const int step_bits = doubling - 3;
  const uint64_t steps = ((nbytes - 1) >> step_bits) + 1;  // 9 .. 16
  return {(doubling - kFirstDoubling) * kStepsPerDoubling + static_cast<int>(steps) - 9, steps << step_bits};
}

void* map_block(uint64_t nbytes) {
  const uint64_t reserved = nbytes + kHugePageBytes;
  void* mapped = mmap(nullptr, reserved, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapped == MAP_FAILED) return nullptr;
  const auto start = reinterpret_cast<uintptr_t>(mapped);
  const uintptr_t aligned = (start + kHugePageBytes - 1) & ~(kHugePageBytes - 1);
  if (aligned != start) munmap(mapped, aligned - start);
  const uintptr_t end = aligned + nbytes;
  if (end != start + reserved) munmap(reinterpret_cast<void*>(end), start + reserved - end);
  void* block = reinterpret_cast<void*>(aligned);
  madvise(block, nbytes, MADV_HUGEPAGE);  // advice only: without huge pages the block works as well
  return block;
}

// Every byte of NaN, whatever the floating dtype; an integer of minus one.
constexpr int kFill = 0xFF;

void* system_allocate(uint64_t nbytes) {
  void* block =
      kCacheBlocks && nbytes >= kMappedBytes ? map_block(nbytes) : std::aligned_alloc(kBlockAlignment, nbytes);
  if (block && setting_fill_memory()) std::memset(block, kFill, nbytes);
  return block;
}

void system_free(void* block, uint64_t nbytes) {
  if (kCacheBlocks && nbytes >= kMappedBytes)
    munmap(block, nbytes);
  else
    free_block(block);
}

// Freed large blocks, linked inside their own memory: by size class, latest first, and by age.
class LargeCache {
 public:
  void* take(const LargeClass& size) {
    const std::lock_guard lock(mutex_);
    Node* node = bins_[size.bin];
    if (node) unlink(node);
    return node;
  }

  // Takes the block over, unless it is larger than the whole cache.
  bool put(void* block, const LargeClass& size) {
    const uint64_t limit = limit_bytes();
    if (!kCacheBlocks || size.bytes > limit || setting_fill_memory()) return false;
    Node* evicted = nullptr;
    {
      const std::lock_guard lock(mutex_);
      link(new (block) Node{size.bytes, size.bin, nullptr, nullptr, nullptr, nullptr});
      while (cached_bytes_ > limit) evicted = unlink_oldest(evicted);
    }
    free_chain(evicted);
    return true;
  }

  void clear() {
    Node* evicted = nullptr;
    {
      const std::lock_guard lock(mutex_);
      while (oldest_) evicted = unlink_oldest(evicted);
    }
    free_chain(evicted);
  }

  uint64_t cached_bytes() {
    const std::lock_guard lock(mutex_);
    return cached_bytes_;
  }

  void lock() { mutex_.lock(); }
  void unlock() { mutex_.unlock(); }

 private:
  struct Node {
    uint64_t bytes;
    int bin;
    Node* bin_previous;
    Node* bin_next;
    Node* younger;
    Node* older;
  };

  // An eighth of the machine's memory, at most 1 GiB.
  static uint64_t limit_bytes() {
    static const uint64_t limit = [] {
      const auto total = static_cast<uint64_t>(sysconf(_SC_PHYS_PAGES)) * static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
      return std::min(total / 8, kMaxCachedBytes);
    }();
    return limit;
  }

  void link(Node* node) {
    node->bin_next = bins_[node->bin];
    if (node->bin_next) node->bin_next->bin_previous = node;
    bins_[node->bin] = node;
    node->older = youngest_;
    (youngest_ ? youngest_->younger : oldest_) = node;
    youngest_ = node;
    cached_bytes_ += node->bytes;
  }

  void unlink(Node* node) {
    (node->bin_previous ? node->bin_previous->bin_next : bins_[node->bin]) = node->bin_next;
    if (node->bin_next) node->bin_next->bin_previous = node->bin_previous;
    (node->younger ? node->younger->older : youngest_) = node->older;
    (node->older ? node->older->younger : oldest_) = node->younger;
    cached_bytes_ -= node->bytes;
  }

  // Puts the oldest block before `chain`, a list through bin_next.
  Node* unlink_oldest(Node* chain) {
    Node* node = oldest_;
    unlink(node);
    node->bin_next = chain;
    return node;
  }

  static void free_chain(Node* chain) {
    while (chain) {
      Node* next = chain->bin_next;
      system_free(chain, chain->bytes);
      chain = next;
    }
  }

  std::mutex mutex_;  // guards all below; no call into the system is made under it
  Node* bins_[kNumBins]{};
  Node* youngest_ = nullptr;
  Node* oldest_ = nullptr;
  uint64_t cached_bytes_ = 0;
};

LargeCache& large_cache() {
  static constinit LargeCache cache;
  static const int registered = pthread_atfork([] { cache.lock(); }, [] { cache.unlock(); }, [] { cache.unlock(); });
  static_cast<void>(registered);
  return cache;
}

// What all threads have reported; peak follows each report and each look at the statistics.
constinit std::atomic<int64_t> current_bytes{0};
constinit std::atomic<int64_t> peak_bytes{0};

int64_t raise_peak(int64_t current) {
  int64_t peak = peak_bytes.load(std::memory_order_relaxed);
  while (current > peak && !peak_bytes.compare_exchange_weak(peak, current, std::memory_order_relaxed)) {}
  return std::max(current, peak);
}

void add_current(int64_t nbytes) { raise_peak(current_bytes.fetch_add(nbytes, std::memory_order_relaxed) + nbytes); }

// Asks the system, after a refusal once more with every cache emptied.
void* allocate_or_trim(uint64_t nbytes, uint64_t asked_bytes) {
  void* block = system_allocate(nbytes);
  if (!block) {
    trim_host();
    block = system_allocate(nbytes);
  }
  if (!block) fail_out_of_memory(asked_bytes);
  return block;
}

void* allocate_large(ThreadState& state, uint64_t nbytes) {
  if (nbytes > kMaxBytes) fail_out_of_memory(nbytes);
  const LargeClass size = large_class(nbytes);
  void* block = large_cache().take(size);
  if (!block) block = allocate_or_trim(size.bytes, nbytes);
  state.num_allocations.add(1);
  add_current(static_cast<int64_t>(nbytes));
  return block;
}

void free_large(ThreadState& state, void* data, uint64_t nbytes) noexcept {
  const LargeClass size = large_class(nbytes);
  state.num_frees.add(1);
  add_current(-static_cast<int64_t>(nbytes));
  if (!large_cache().put(data, size)) system_free(data, size.bytes);
}

}  // namespace

namespace detail {

void* allocate_beyond(ThreadState& state, uint64_t nbytes) {
  if (nbytes == 0) return nullptr;
  if (nbytes > kMaxMediumBytes) return allocate_large(state, nbytes);
  const int index = medium_class(nbytes);
  void* block = state.medium_blocks[static_cast<size_t>(index)].pop();
  if (!block) block = allocate_block(medium_class_bytes(index));
  count_allocation(state, nbytes);
  return block;
}

void free_beyond(ThreadState& state, void* data, uint64_t nbytes) noexcept {
  if (!data) return;
  if (nbytes > kMaxMediumBytes) return free_large(state, data, nbytes);
  const int index = medium_class(nbytes);
  count_free(state, nbytes);
  if (!state.medium_blocks[static_cast<size_t>(index)].push(data, medium_class_capacity(index))) free_block(data);
}

void report_bytes(ThreadState& state) noexcept {
  add_current(state.unreported_bytes.get());
  state.unreported_bytes.set(0);
}

}  // namespace detail

void fail_out_of_memory(uint64_t nbytes) {
  fail(VT_ERROR_OUT_OF_MEMORY, "allocate: out of host memory: got a request for " + std::to_string(nbytes) +
                                   " bytes, expected them to be free; drop tensors or raise the process's limit");
}

void* allocate_block(size_t nbytes) { return allocate_or_trim(nbytes, nbytes); }

void free_block(void* block) noexcept {
  if (block && setting_fill_memory()) std::memset(block, kFill, malloc_usable_size(block));
  std::free(block);
}

void trim_host() noexcept {
  thread_state().clear_lists();
  release_kept_regions();
  large_cache().clear();
}

VtAllocStats host_stats() {
  const ThreadTotals threads = thread_totals();
  const int64_t current = current_bytes.load(std::memory_order_relaxed) + threads.unreported_bytes;
  VtAllocStats stats{};
  stats.struct_size = sizeof(VtAllocStats);
  stats.current_bytes = static_cast<uint64_t>(current);
  stats.peak_bytes = static_cast<uint64_t>(raise_peak(current));
  stats.cached_bytes = static_cast<uint64_t>(threads.cached_bytes) + kept_region_bytes() + large_cache().cached_bytes();
  stats.num_allocations = static_cast<uint64_t>(threads.num_allocations);
  stats.num_frees = static_cast<uint64_t>(threads.num_frees);
  return stats;
}

}  // namespace vt::core
