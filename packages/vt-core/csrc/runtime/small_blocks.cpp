// SPDX-License-Identifier: Apache-2.0
// Slabs and regions of small blocks.
#include "small_blocks.hpp"

#include <sys/mman.h>

#include <array>
#include <bit>
#include <mutex>
#include <new>
#include <utility>

#include "brief_mutex.hpp"
#include "live.hpp"

namespace vt::core {
namespace {

constexpr size_t kSlabBytes = size_t{64} << 10;
constexpr size_t kRegionBytes = size_t{2} << 20;  // aligned to its size, as a huge page is
constexpr size_t kHeaderBytes = 64;
constexpr uint32_t kAllSlabs = 0xFFFF'FFFFu;
static_assert(kRegionBytes / kSlabBytes == 32);
constexpr uint64_t kMaxKeptRegions = 16;

struct Link {
  Link* next;
};

struct Slab;

// A doubly linked list of what has room.
template <class T>
class Ring {
 public:
  T* first() const noexcept { return first_; }
  void push(T* item) noexcept {
    item->previous = nullptr;
    item->next = first_;
    if (first_) first_->previous = item;
    first_ = item;
  }
  void remove(T* item) noexcept {
    (item->previous ? item->previous->next : first_) = item->next;
    if (item->next) item->next->previous = item->previous;
  }

 private:
  T* first_ = nullptr;
};

// Lies in the header of its first slab.
struct Region {
  Region* next;
  Region* previous;
  uint32_t free_slabs;  // one bit each
};

struct Slab {
  Slab* next;
  Slab* previous;
  Link* freed;        // blocks that came back
  uint16_t num_used;  // blocks that threads have
  uint16_t num_cut;   // blocks behind these were never taken
  uint16_t capacity;
  uint16_t start;  // of the first block
};
static_assert(sizeof(Slab) + sizeof(Region) <= kHeaderBytes);

Slab* slab_of(void* block) noexcept {
  return reinterpret_cast<Slab*>(reinterpret_cast<uintptr_t>(block) & ~(kSlabBytes - 1));
}
Region* region_of(Slab* slab) noexcept {
  const uintptr_t start = reinterpret_cast<uintptr_t>(slab) & ~(kRegionBytes - 1);
  return reinterpret_cast<Region*>(start + sizeof(Slab));
}
std::byte* start_of(Region* region) noexcept { return reinterpret_cast<std::byte*>(region) - sizeof(Slab); }

// Slabs of all classes.
class Regions {
 public:
  // NULL when the system refuses.
  Slab* take(size_t block_bytes) noexcept {
    const std::lock_guard lock(mutex_);
    Region* region = with_room_.first();
    if (!region) {
      region = map();
      if (!region) return nullptr;
      ++num_whole_;
      with_room_.push(region);
    }
    if (region->free_slabs == kAllSlabs) --num_whole_;
    const int index = std::countr_zero(region->free_slabs);
    region->free_slabs &= region->free_slabs - 1;
    if (region->free_slabs == 0) with_room_.remove(region);
    auto* slab = new (start_of(region) + static_cast<size_t>(index) * kSlabBytes) Slab{};
    // Blocks of several classes are used together: at one place in their slabs they would compete for one set of the cache.
    slab->start = static_cast<uint16_t>(kHeaderBytes + static_cast<size_t>(index) * 11 % 32 * kBlockAlignment);
    slab->capacity = static_cast<uint16_t>((kSlabBytes - slab->start) / block_bytes);
    return slab;
  }

  void give(Slab* slab) noexcept {
    const std::lock_guard lock(mutex_);
    Region* region = region_of(slab);
    if (region->free_slabs == 0) with_room_.push(region);
    const auto offset = static_cast<size_t>(reinterpret_cast<std::byte*>(slab) - start_of(region));
    region->free_slabs |= 1u << offset / kSlabBytes;
    if (region->free_slabs != kAllSlabs) return;
    if (num_whole_ == kMaxKeptRegions) return unmap(region);
    ++num_whole_;
  }

  uint64_t kept_bytes() noexcept {
    const std::lock_guard lock(mutex_);
    return num_whole_ * kRegionBytes;
  }

  void release_kept() noexcept {
    const std::lock_guard lock(mutex_);
    for (Region* region = with_room_.first(); region;) {
      Region* next = region->next;
      if (region->free_slabs == kAllSlabs) unmap(region);
      region = next;
    }
    num_whole_ = 0;
  }

  void lock() noexcept { mutex_.lock(); }
  void unlock() noexcept { mutex_.unlock(); }

 private:
  Region* map() noexcept {
    void* mapped = mmap(nullptr, 2 * kRegionBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapped == MAP_FAILED) return nullptr;
    auto* start = static_cast<std::byte*>(mapped);
    const size_t before = (kRegionBytes - reinterpret_cast<uintptr_t>(mapped) % kRegionBytes) % kRegionBytes;
    if (before) munmap(start, before);
    munmap(start + before + kRegionBytes, kRegionBytes - before);
    // A program that needs one region may need little of it.
    if (std::exchange(has_mapped_, true)) madvise(start + before, kRegionBytes, MADV_HUGEPAGE);
    return new (start + before + sizeof(Slab)) Region{nullptr, nullptr, kAllSlabs};
  }

  void unmap(Region* region) noexcept {
    with_room_.remove(region);
    munmap(start_of(region), kRegionBytes);
  }

  BriefMutex mutex_;  // guards all below; innermost
  Ring<Region> with_room_;
  uint64_t num_whole_ = 0;  // regions without a slab in use
  bool has_mapped_ = false;
};

constinit Regions regions;

// The slabs of one class.
class Slabs {
 public:
  void* take(size_t block_bytes, int32_t* length) noexcept {
    const std::lock_guard lock(mutex_);
    void* chain = nullptr;
    void** end = &chain;
    *length = 0;
    while (*length < kChainLength) {
      Slab* slab = with_room_.first();
      if (!slab) {
        slab = regions.take(block_bytes);
        if (!slab) break;
        with_room_.push(slab);
      }
      for (; *length < kChainLength && slab->num_used < slab->capacity; ++slab->num_used, ++*length) {
        void* block = take_from(slab, block_bytes);
        *end = block;
        end = static_cast<void**>(block);
      }
      if (slab->num_used == slab->capacity) with_room_.remove(slab);
    }
    *end = nullptr;
    num_taken_ += *length;
    return chain;
  }

  void give(void* chain) noexcept {
    const std::lock_guard lock(mutex_);
    while (chain) {
      auto* block = static_cast<Link*>(chain);
      chain = block->next;
      --num_taken_;
      Slab* slab = slab_of(block);
      block->next = slab->freed;
      slab->freed = block;
      if (slab->num_used-- == slab->capacity) with_room_.push(slab);
      if (slab->num_used == 0) empty(slab);
    }
  }

  int64_t num_taken() noexcept {
    const std::lock_guard lock(mutex_);
    return num_taken_;
  }

  void lock() noexcept { mutex_.lock(); }
  void unlock() noexcept { mutex_.unlock(); }

 private:
  static void* take_from(Slab* slab, size_t block_bytes) noexcept {
    if (Link* block = slab->freed) {
      slab->freed = block->next;
      return block;
    }
    return reinterpret_cast<std::byte*>(slab) + slab->start + block_bytes * slab->num_cut++;
  }

  // Gives a slab of which nothing is used back, unless it is the only one with room.
  void empty(Slab* slab) noexcept {
    if (with_room_.first() == slab && !slab->next) {
      slab->freed = nullptr;  // cut anew, in order
      slab->num_cut = 0;
      return;
    }
    with_room_.remove(slab);
    regions.give(slab);
  }

  BriefMutex mutex_;  // guards all below; taken before that of the regions
  Ring<Slab> with_room_;
  int64_t num_taken_ = 0;
};

constinit std::array<Slabs, kNumBlockClasses> classes;

}  // namespace

void* take_chain(int block_class, int32_t* length) noexcept {
  return classes[static_cast<size_t>(block_class)].take(block_class_bytes(block_class), length);
}

void give_chain(int block_class, void* chain) noexcept { classes[static_cast<size_t>(block_class)].give(chain); }

int64_t num_taken_blocks(int block_class) noexcept { return classes[static_cast<size_t>(block_class)].num_taken(); }

uint64_t kept_region_bytes() noexcept { return regions.kept_bytes(); }

void release_kept_regions() noexcept { regions.release_kept(); }

void lock_small_blocks() noexcept {
  for (Slabs& slabs : classes) slabs.lock();
  regions.lock();
}

void unlock_small_blocks() noexcept {
  regions.unlock();
  for (Slabs& slabs : classes) slabs.unlock();
}

}  // namespace vt::core
