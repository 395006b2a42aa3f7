/* SPDX-License-Identifier: Apache-2.0 */
/* Memory calls of a CUDA driver for the emulated device: each block is full of NaN and ends where no page is, and what is
 * freed has no page any more. An access beyond its end, or after its free, ends the process. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>

enum { kPage = 4096, kAlignment = 16, kMostBlocks = 1 << 16 };

static struct {
  void* data;
  char* pages;
  size_t bytes;
} blocks[kMostBlocks];

static size_t rounded(size_t bytes, size_t unit) { return (bytes + unit - 1) / unit * unit; }

__attribute__((visibility("default"))) int cuMemAlloc_v2(void** data, size_t bytes) {
  const size_t used = rounded(bytes, kAlignment);
  const size_t whole = rounded(used, kPage);
  char* pages = mmap(NULL, whole + kPage, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (pages == MAP_FAILED || mprotect(pages, whole, PROT_READ | PROT_WRITE) != 0) return 2;
  memset(pages, 0xFF, whole);
  for (size_t i = 0; i < kMostBlocks; ++i) {
    if (blocks[i].data != NULL) continue;
    blocks[i].data = pages + whole - used;
    blocks[i].pages = pages;
    blocks[i].bytes = whole + kPage;
    *data = blocks[i].data;
    return 0;
  }
  return 2;
}

__attribute__((visibility("default"))) int cuMemFree_v2(void* data) {
  for (size_t i = 0; i < kMostBlocks; ++i) {
    if (blocks[i].data != data) continue;
    munmap(blocks[i].pages, blocks[i].bytes);
    blocks[i].data = NULL;
    return 0;
  }
  return 1;
}
