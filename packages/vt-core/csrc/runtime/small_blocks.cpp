// SPDX-License-Identifier: Apache-2.0
// Slabs and regions of small blocks.
#include "small_blocks.hpp"

#include <sys/mman.h>

#include <algorithm>
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
constexpr size_t kHeaderBytes = 192;
// A slab has a bit for each multiple of the alignment, set where a free block begins; a word of bits stands for so much memory.
constexpr size_t kWordBytes = 64 * kBlockAlignment;
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
  uint16_t num_used;  // blocks that threads have
  uint16_t capacity;
  uint16_t first_word;  // none of `free` before it has a bit set
  std::array<uint64_t, kSlabBytes / kWordBytes> free;
};
static_assert(sizeof(Slab) + sizeof(Region) <= kHeaderBytes);

Slab* slab_of(uintptr_t address) noexcept { return reinterpret_cast<Slab*>(address & ~(kSlabBytes - 1)); }
Region* region_of(Slab* slab) noexcept {
  const uintptr_t start = reinterpret_cast<uintptr_t>(slab) & ~(kRegionBytes - 1);
  return reinterpret_cast<Region*>(start + sizeof(Slab));
}
std::byte* start_of(Region* region) noexcept { return reinterpret_cast<std::byte*>(region) - sizeof(Slab); }

// Slabs of all classes.
class Regions {
 public:
  // Without blocks. NULL when the system refuses.
  Slab* take() noexcept {
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
    return new (start_of(region) + static_cast<size_t>(index) * kSlabBytes) Slab{};
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

// The slabs of one class. Locks of two classes share no line of the cache.
class alignas(64) Slabs {
 public:
  void* take(size_t block_bytes, int32_t* length) noexcept {
    const std::lock_guard lock(mutex_);
    void* chain = nullptr;
    void** end = &chain;
    *length = 0;
    while (*length < kChainLength) {
      Slab* slab = with_room_.first();
      if (!slab) {
        slab = regions.take();
        if (!slab) break;
        cut(slab, block_bytes);
        with_room_.push(slab);
      }
      const int32_t count = std::min(kChainLength - *length, int32_t{slab->capacity} - slab->num_used);
      end = take_from(slab, count, end);
      *length += count;
      if (slab->num_used == slab->capacity) with_room_.remove(slab);
    }
    *end = nullptr;
    num_taken_ += *length;
    return chain;
  }

  void give(void* chain) noexcept {
    const std::lock_guard lock(mutex_);
    while (chain) {
      // Blocks that were freed in turn mostly belong to one word, whose bits are set at once.
      const uintptr_t places = reinterpret_cast<uintptr_t>(chain) & ~(kWordBytes - 1);
      uint64_t bits = 0;
      uint16_t count = 0;
      do {
        bits |= uint64_t{1} << reinterpret_cast<uintptr_t>(chain) / kBlockAlignment % 64;
        ++count;
        chain = static_cast<Link*>(chain)->next;
      } while ((reinterpret_cast<uintptr_t>(chain) & ~(kWordBytes - 1)) == places);
      put_back(places, bits, count);
    }
  }

  int64_t num_taken() noexcept {
    const std::lock_guard lock(mutex_);
    return num_taken_;
  }

  void lock() noexcept { mutex_.lock(); }
  void unlock() noexcept { mutex_.unlock(); }

 private:
  static void cut(Slab* slab, size_t block_bytes) noexcept {
    // Blocks of several classes are used together: at one place in their slabs they would compete for one set of the cache.
    const size_t index = reinterpret_cast<uintptr_t>(slab) / kSlabBytes;
    const size_t start = kHeaderBytes + index * 11 % 32 * kBlockAlignment;
    slab->capacity = static_cast<uint16_t>((kSlabBytes - start) / block_bytes);
    for (size_t i = 0; i < slab->capacity; ++i) {
      const size_t place = (start + i * block_bytes) / kBlockAlignment;
      slab->free[place / 64] |= uint64_t{1} << place % 64;
    }
  }

  // Links as many free blocks as that to where a chain ends, lowest addresses first; returns the new end.
  static void** take_from(Slab* slab, int32_t count, void** end) noexcept {
    slab->num_used = static_cast<uint16_t>(slab->num_used + count);
    while (count > 0) {
      uint64_t& word = slab->free[slab->first_word];
      auto* start = reinterpret_cast<std::byte*>(slab) + slab->first_word * kWordBytes;
      for (; word && count > 0; word &= word - 1, --count) {
        void* block = start + static_cast<size_t>(std::countr_zero(word)) * kBlockAlignment;
        *end = block;
        end = static_cast<void**>(block);
      }
      if (!word) ++slab->first_word;
    }
    return end;
  }

  // Sets bits of the word for the places from that address on.
  void put_back(uintptr_t places, uint64_t bits, uint16_t count) noexcept {
    Slab* slab = slab_of(places);
    const auto index = static_cast<uint16_t>(places % kSlabBytes / kWordBytes);
    slab->free[index] |= bits;
    slab->first_word = std::min(slab->first_word, index);
    if (slab->num_used == slab->capacity) with_room_.push(slab);
    slab->num_used = static_cast<uint16_t>(slab->num_used - count);
    num_taken_ -= count;
    if (slab->num_used == 0) empty(slab);
  }

  // Gives a slab of which nothing is used back, unless it is the only one with room.
  void empty(Slab* slab) noexcept {
    if (with_room_.first() == slab && !slab->next) return;
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
