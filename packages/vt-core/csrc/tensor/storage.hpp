// SPDX-License-Identifier: Apache-2.0
// Storage: a counted run of bytes on one device, shared by the tensors that view it.
#pragma once

#include <vt/abi/tensor.h>

#include <atomic>
#include <new>

#include "runtime/host_allocator.hpp"

namespace vt::core {

// How a storage's bytes came to be, and so how they go.
enum class Origin : uint8_t { kInline, kHost, kDevice, kForeign };

struct Storage {
  std::atomic<uint64_t> count{1};
  void* data = nullptr;
  uint64_t nbytes = 0;
  DLDevice device{kDLCPU, 0};
  std::atomic<uint32_t> version{0};
  Origin origin = Origin::kInline;
  VtDeleter deleter = nullptr;  // kForeign only
  void* context = nullptr;
};
static_assert(sizeof(Storage) <= kBlockAlignment);

// Note [Inline data]
// Up to kMaxInlineBytes on the host lie in one block with their storage: one list is asked rather than two, and who reads the
// one finds the other in the cache. Where a sanitizer watches blocks, data has blocks of its own.
inline constexpr uint64_t kMaxInlineBytes = 64;
inline constexpr int kStorageClass = block_class(sizeof(Storage));
inline constexpr int kInlineStorageClass = block_class(kBlockAlignment + kMaxInlineBytes);

// Storage of a device other than the host, or of foreign memory (storage.cpp).
Storage* make_device_storage(uint64_t nbytes, DLDevice device);
void free_storage_slow(Storage* storage) noexcept;

inline Storage* new_storage() { return new (thread_state().take_small(kStorageClass)) Storage; }

inline Storage* make_storage(uint64_t nbytes, DLDevice device) {
  if (device.device_type != kDLCPU || device.device_id != 0) [[unlikely]]  // cpu:1 may not exist
    return make_device_storage(nbytes, device);
  if (kCacheBlocks && nbytes - 1 < kMaxInlineBytes) {  // zero wraps round
    ThreadState& state = thread_state();
    auto* storage = new (state.take_small(kInlineStorageClass)) Storage;
    storage->data = reinterpret_cast<std::byte*>(storage) + kBlockAlignment;
    storage->nbytes = nbytes;
    count_allocation(state, nbytes);
    return storage;
  }
  void* data = allocate_host(nbytes);
  Storage* storage = nullptr;
  try {
    storage = new_storage();
  } catch (...) {
    free_host(data, nbytes);
    throw;
  }
  storage->data = data;
  storage->nbytes = nbytes;
  storage->origin = Origin::kHost;
  return storage;
}

inline void retain(Storage* storage) noexcept { storage->count.fetch_add(1, std::memory_order_relaxed); }

inline void release(Storage* storage) noexcept {
  // A count of one can only be raised by its owner, who is here: no atomic read-modify-write is needed.
  if (storage->count.load(std::memory_order_acquire) != 1 &&
      storage->count.fetch_sub(1, std::memory_order_acq_rel) != 1)
    return;
  if (storage->origin == Origin::kInline) {
    ThreadState& state = thread_state();
    count_free(state, storage->nbytes);
    return state.give_small(kInlineStorageClass, storage);
  }
  if (storage->origin == Origin::kHost) [[likely]]
    free_host(storage->data, storage->nbytes);
  else
    free_storage_slow(storage);
  thread_state().give_small(kStorageClass, storage);
}

}  // namespace vt::core
