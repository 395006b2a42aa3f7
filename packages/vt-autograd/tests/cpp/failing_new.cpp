// SPDX-License-Identifier: Apache-2.0
// The allocation functions of C++ over those of C (failing_malloc.cpp): a sanitizer's own do not come through malloc.
#include <cstdlib>
#include <new>

namespace {

void* or_throw(void* block) {
  if (!block) throw std::bad_alloc();
  return block;
}

void* aligned(std::size_t nbytes, std::align_val_t alignment) noexcept {
  void* block = nullptr;
  return posix_memalign(&block, static_cast<std::size_t>(alignment), nbytes) == 0 ? block : nullptr;
}

}  // namespace

using std::align_val_t;
using std::nothrow_t;
using std::size_t;

void* operator new(size_t n) { return or_throw(std::malloc(n)); }
void* operator new[](size_t n) { return or_throw(std::malloc(n)); }
void* operator new(size_t n, const nothrow_t&) noexcept { return std::malloc(n); }
void* operator new[](size_t n, const nothrow_t&) noexcept { return std::malloc(n); }
void* operator new(size_t n, align_val_t a) { return or_throw(aligned(n, a)); }
void* operator new[](size_t n, align_val_t a) { return or_throw(aligned(n, a)); }
void* operator new(size_t n, align_val_t a, const nothrow_t&) noexcept { return aligned(n, a); }
void* operator new[](size_t n, align_val_t a, const nothrow_t&) noexcept { return aligned(n, a); }

void operator delete(void* block) noexcept { std::free(block); }
void operator delete[](void* block) noexcept { std::free(block); }
void operator delete(void* block, size_t) noexcept { std::free(block); }
void operator delete[](void* block, size_t) noexcept { std::free(block); }
void operator delete(void* block, const nothrow_t&) noexcept { std::free(block); }
void operator delete[](void* block, const nothrow_t&) noexcept { std::free(block); }
void operator delete(void* block, align_val_t) noexcept { std::free(block); }
void operator delete[](void* block, align_val_t) noexcept { std::free(block); }
void operator delete(void* block, size_t, align_val_t) noexcept { std::free(block); }
void operator delete[](void* block, size_t, align_val_t) noexcept { std::free(block); }
void operator delete(void* block, align_val_t, const nothrow_t&) noexcept { std::free(block); }
void operator delete[](void* block, align_val_t, const nothrow_t&) noexcept { std::free(block); }
