// SPDX-License-Identifier: Apache-2.0
// The allocation functions of the C library, in front of the process's own: they count and, where asked to, fail.
#include "failing_malloc.hpp"

#include <atomic>
#include <cerrno>
#include <cstddef>

// The process's own are glibc's, or a sanitizer's, which so goes on watching every block.
extern "C" {
void* own_malloc(size_t) __asm__(VT_OWN_ALLOCATION "malloc");
void* own_calloc(size_t, size_t) __asm__(VT_OWN_ALLOCATION "calloc");
void* own_realloc(void*, size_t) __asm__(VT_OWN_ALLOCATION "realloc");
void* own_memalign(size_t, size_t) __asm__(VT_OWN_ALLOCATION "memalign");
void own_free(void*) __asm__(VT_OWN_ALLOCATION "free");
}

namespace vt::autograd::test {

namespace {

struct Plan {
  int64_t countdown = 0;  // allocations until the failing one; 0 when none is to fail
  bool for_ever = false;
  bool failed = false;
};
constinit thread_local Plan plan;
constinit std::atomic<int64_t> live{0};

bool fails_now() noexcept {
  if (plan.failed && plan.for_ever) return true;
  if (plan.countdown == 0 || --plan.countdown != 0) return false;
  plan.failed = true;
  return true;
}

template <class Allocate>
void* allocated(Allocate allocate) noexcept {
  void* block = fails_now() ? nullptr : allocate();
  if (block)
    live.fetch_add(1, std::memory_order_relaxed);
  else
    errno = ENOMEM;
  return block;
}

}  // namespace

void fail_allocation(int64_t nth, Failing failing) noexcept { plan = {nth, failing == Failing::kForEver, false}; }

bool stop_failing() noexcept {
  const bool failed = plan.failed;
  plan = {};
  return failed;
}

int64_t live_blocks() noexcept { return live.load(std::memory_order_relaxed); }

}  // namespace vt::autograd::test

#define VT_INTERPOSED extern "C" __attribute__((visibility("default")))

VT_INTERPOSED void* malloc(size_t nbytes) {
  return vt::autograd::test::allocated([&] { return own_malloc(nbytes); });
}
VT_INTERPOSED void* calloc(size_t count, size_t nbytes) {
  return vt::autograd::test::allocated([&] { return own_calloc(count, nbytes); });
}
VT_INTERPOSED void* memalign(size_t alignment, size_t nbytes) {
  return vt::autograd::test::allocated([&] { return own_memalign(alignment, nbytes); });
}
VT_INTERPOSED void* aligned_alloc(size_t alignment, size_t nbytes) { return memalign(alignment, nbytes); }
VT_INTERPOSED int posix_memalign(void** out, size_t alignment, size_t nbytes) {
  *out = memalign(alignment, nbytes);
  return *out ? 0 : ENOMEM;
}
VT_INTERPOSED void free(void* block) {
  if (block) vt::autograd::test::live.fetch_sub(1, std::memory_order_relaxed);
  own_free(block);
}
VT_INTERPOSED void* realloc(void* block, size_t nbytes) {
  if (!block) return malloc(nbytes);
  if (nbytes == 0) {
    free(block);
    return nullptr;
  }
  if (vt::autograd::test::fails_now()) {
    errno = ENOMEM;
    return nullptr;
  }
  return own_realloc(block, nbytes);
}
