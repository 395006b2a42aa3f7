// SPDX-License-Identifier: Apache-2.0
// Pools that users make, and what serves the ordinary memory.
#include <algorithm>

#include "../runtime/device.hpp"
#include "caching_allocator.hpp"

namespace vt::cuda {

void check_functions(const char* op, const PluggedFunctions& functions) {
  if ((functions.allocate == nullptr) == (functions.free == nullptr)) return;
  throw Error(ErrorKind::kValue, std::string(op) +
                                     ": got one of two functions, expected one that allocates and one that "
                                     "frees, or none");
}

PoolId CachingAllocator::create_pool(const PluggedFunctions& functions) {
  check_functions("create pool", functions);
  auto source = functions.allocate != nullptr ? std::make_unique<PluggedMemory>(functions, device_) : nullptr;
  const std::scoped_lock lock(lock_);
  if (source != nullptr) sources_.reserve(sources_.size() + 1);
  Arena& arena = add_arena(new_pool());
  arena.num_users = 1;
  if (source == nullptr) return arena.id;
  arena.source = source.get();
  sources_.push_back(std::move(source));
  return arena.id;
}

void CachingAllocator::begin_use(PoolId pool) {
  const std::scoped_lock lock(lock_);
  Arena* arena = find_arena(pool);
  if (arena == nullptr)
    throw Error(ErrorKind::kValue, "use pool: no such pool: got " + std::to_string(pool) +
                                       ", expected one that was created and not released");
  routes_.push_back({std::this_thread::get_id(), arena});
}

void CachingAllocator::end_use(PoolId pool) {
  const std::scoped_lock lock(lock_);
  const auto own = std::find_if(routes_.rbegin(), routes_.rend(),
                                [](const Route& route) { return route.thread == std::this_thread::get_id(); });
  if (own == routes_.rend() || own->arena->id != pool)
    throw Error(ErrorKind::kRuntime,
                "use pool: pool " + std::to_string(pool) +
                    " is not the one in use by this thread; end uses in the order opposite to their "
                    "beginnings, on the thread that began");
  routes_.erase(std::next(own).base());
}

void CachingAllocator::check_unused() const {
  const std::scoped_lock lock(lock_);
  check_holds_nothing();
}

void CachingAllocator::check_holds_nothing() const {
  if (!segments_.all().empty())
    throw Error(ErrorKind::kRuntime, "set allocator backend: device " + std::to_string(device_) + " holds " +
                                         std::to_string(segments_.reserved_bytes()) +
                                         " bytes already; choose the backend before anything is allocated");
}

void CachingAllocator::set_backend(AllocatorBackend backend, const PluggedFunctions& functions) {
  check_functions("set allocator backend", functions);
  const std::scoped_lock lock(lock_);
  check_holds_nothing();
  switch (backend) {
    case AllocatorBackend::kCaching: direct_.reset(); break;
    case AllocatorBackend::kDriverPool: direct_ = std::make_unique<DriverPoolMemory>(driver_, device_); break;
    case AllocatorBackend::kPlugged: direct_ = std::make_unique<PluggedMemory>(functions, device_); break;
  }
}

}  // namespace vt::cuda
