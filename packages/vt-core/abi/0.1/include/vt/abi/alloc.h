/* SPDX-License-Identifier: Apache-2.0 */
/* vt.core.alloc: the caching host allocator and the thread pool. */
#ifndef VT_ABI_ALLOC_H_
#define VT_ABI_ALLOC_H_

#include "base.h"

VT_EXTERN_C_BEGIN

#define VT_ALLOC_API_NAME "vt.core.alloc"
#define VT_ALLOC_API_MAJOR 1
#define VT_ALLOC_API_MINOR 0

typedef struct VtAllocStats {
  uint32_t struct_size;
  uint32_t reserved;
  uint64_t current_bytes; /* handed out */
  uint64_t peak_bytes;
  uint64_t cached_bytes; /* kept for reuse */
  uint64_t num_allocations;
  uint64_t num_frees;
} VtAllocStats;

/* Body of a parallel loop: handles [begin, end). Must not throw; a non-zero return stops the loop and is returned. */
typedef int (*VtParallelFn)(int64_t begin, int64_t end, void* arg);

typedef struct VtAllocApi {
  VtTableHeader header;

  /* 64-byte aligned host memory. nbytes = 0 gives a NULL pointer. */
  int (*allocate)(uint64_t nbytes, void** out);
  void (*free)(void* data, uint64_t nbytes);
  void (*stats)(VtAllocStats* out);
  /* Returns cached memory of the calling thread and of the shared cache to the system. */
  void (*trim)(void);

  /* Splits [begin, end) into parts of at least `grain` and runs them on the pool and the calling thread. Nested calls run
   * on the calling thread alone. The result does not depend on the number of threads for kernels that split by element. */
  int (*parallel_for)(int64_t begin, int64_t end, int64_t grain, VtParallelFn body, void* arg);
  int32_t (*num_threads)(void);
  int (*set_num_threads)(int32_t num_threads);
} VtAllocApi;

VT_EXTERN_C_END

#endif /* VT_ABI_ALLOC_H_ */
