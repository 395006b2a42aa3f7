// SPDX-License-Identifier: Apache-2.0
// The entries of vt.cuda for pinned memory.
#include "../backend.hpp"
#include "border.hpp"
#include "runtime_api.hpp"

namespace vt::cuda {
namespace {

PinnedPool& pool() { return Backend::instance().pinned(); }

}  // namespace

int allocate_pinned(uint64_t nbytes, void** out) {
  return border([&] {
    (void)Backend::instance().context(0);  // says what is missing where there is no device
    *out = nbytes > 0 ? pool().allocate(nbytes) : nullptr;
  });
}

void free_pinned(void* data) {
  if (data != nullptr) pool().free(data);
}

int32_t is_pinned(const void* data, uint64_t nbytes) { return pool().owns(data, nbytes) ? 1 : 0; }

int pinned_stats(VtCudaPinnedStats* out) {
  return border([&] {
    const PinnedStatistics s = pool().statistics();
    write_known(out, VtCudaPinnedStats{out->struct_size, 0, s.allocated_bytes, s.cached_bytes, s.num_allocations,
                                       s.num_raw_allocations});
  });
}

int empty_pinned_cache() {
  return border([] { pool().release_cached(); });
}

}  // namespace vt::cuda
