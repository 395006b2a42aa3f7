/* SPDX-License-Identifier: Apache-2.0 */
/* vt.cuda.memory: what the caching allocator of the CUDA backend holds, how it is bounded, and what it did. */
#ifndef VT_ABI_CUDA_MEMORY_H_
#define VT_ABI_CUDA_MEMORY_H_

#include "stream.h"

VT_EXTERN_C_BEGIN

#define VT_CUDA_MEMORY_API_NAME "vt.cuda.memory"
#define VT_CUDA_MEMORY_API_MAJOR 1
#define VT_CUDA_MEMORY_API_MINOR 1

/* Exact at any time: allocated - freed = current, until the totals are started anew, and peak >= current. */
typedef struct VtCudaMemoryFigure {
  uint64_t current;
  uint64_t peak;
  uint64_t allocated; /* in total */
  uint64_t freed;
} VtCudaMemoryFigure;

typedef struct VtCudaMemoryFigures {
  VtCudaMemoryFigure allocation;     /* with callers */
  VtCudaMemoryFigure segment;        /* held from the driver */
  VtCudaMemoryFigure active;         /* with callers, or freed while another stream may still use them */
  VtCudaMemoryFigure inactive_split; /* free blocks that share their segment */
  VtCudaMemoryFigure allocated_bytes;
  VtCudaMemoryFigure reserved_bytes;
  VtCudaMemoryFigure active_bytes;
  VtCudaMemoryFigure inactive_split_bytes;
  VtCudaMemoryFigure requested_bytes; /* before rounding */
} VtCudaMemoryFigures;

typedef struct VtCudaMemoryStatistics {
  uint32_t struct_size;
  uint32_t reserved;
  VtCudaMemoryFigures all;
  VtCudaMemoryFigures small_pool; /* blocks of up to 1 MiB */
  VtCudaMemoryFigures large_pool;
  VtCudaMemoryFigure oversize_allocations; /* of at least the largest size that is split */
  VtCudaMemoryFigure oversize_segments;
  uint64_t num_alloc_retries;    /* requests for which cached memory was given back */
  uint64_t num_ooms;             /* requests that failed all the same */
  uint64_t num_sync_all_streams; /* times that the allocator waited for the device */
  uint64_t num_device_alloc;     /* calls to the driver that got memory, and that gave it back */
  uint64_t num_device_free;
} VtCudaMemoryStatistics;

/* Of the whole process: devices that are used later have them too. */
typedef struct VtCudaMemoryOptions {
  uint32_t struct_size;
  uint32_t reserved;
  uint64_t max_split_bytes; /* blocks of at least so many bytes stay whole; UINT64_MAX for none, else above 20 MiB */
  double collect_above;     /* share of the limit, or of the device, above which idle segments go; 0 for never */
} VtCudaMemoryOptions;

typedef enum VtCudaMemoryAction {
  VT_CUDA_MEMORY_ALLOCATE = 0,
  VT_CUDA_MEMORY_FREE_REQUESTED = 1,
  VT_CUDA_MEMORY_FREE_COMPLETED = 2, /* the memory serves others from now on */
  VT_CUDA_MEMORY_SEGMENT_ALLOCATE = 3,
  VT_CUDA_MEMORY_SEGMENT_FREE = 4,
  VT_CUDA_MEMORY_SEGMENT_MAP = 5, /* a range of addresses got memory, or lost it */
  VT_CUDA_MEMORY_SEGMENT_UNMAP = 6,
  VT_CUDA_MEMORY_SNAPSHOT = 7,
  VT_CUDA_MEMORY_OUT_OF_MEMORY = 8
} VtCudaMemoryAction;

typedef struct VtCudaMemoryEvent {
  int32_t action; /* VtCudaMemoryAction */
  int32_t device;
  uint64_t address;
  uint64_t nbytes; /* as requested; of a segment its size, of a snapshot what is reserved */
  VtStream stream;
  uint64_t pool;       /* 0: the ordinary memory */
  uint64_t context;    /* from the history's hook; 0 for none */
  uint64_t free_bytes; /* on the device; out of memory only */
  int64_t time_us;     /* since 1970 */
} VtCudaMemoryEvent;

/* Names what is running, for events and blocks; called without any lock, by the thread that allocates or frees. */
typedef uint64_t (*VtCudaMemoryContextFn)(void* arg);
/* Puts such a name into one line of at most `size` bytes with its end, for messages. */
typedef void (*VtCudaMemoryDescribeFn)(void* arg, uint64_t context, char* text, size_t size);

/* Of the whole process, as options are. */
typedef struct VtCudaMemoryHistory {
  uint32_t struct_size;
  int32_t is_on;
  uint64_t max_events;      /* the latest that are kept */
  int32_t block_contexts;   /* blocks remember what allocated them */
  int32_t event_contexts;   /* so do events */
  int32_t free_contexts;    /* frees have contexts of their own, instead of those of their allocations */
  int32_t clear;            /* forget earlier events */
  uint32_t skipped_actions; /* bit n: action n is not kept */
  uint32_t reserved;
  VtCudaMemoryContextFn capture; /* may be NULL, as the next */
  VtCudaMemoryDescribeFn describe;
  void* arg;
} VtCudaMemoryHistory;

typedef struct VtCudaMemoryBlock {
  uint64_t address;
  uint64_t nbytes;
  uint64_t requested_bytes; /* 0 when free */
  uint64_t context;         /* of its allocation */
  int32_t state;            /* 0 free, 1 allocated, 2 freed while another stream may still use it */
  int32_t reserved;
} VtCudaMemoryBlock;

typedef struct VtCudaMemorySegment {
  uint64_t address;
  uint64_t nbytes;
  uint64_t allocated_bytes;
  uint64_t active_bytes;
  uint64_t requested_bytes;
  VtStream stream;
  uint64_t pool;
  uint64_t context;
  int32_t is_small;
  int32_t is_expandable;
  uint64_t num_blocks;
  const VtCudaMemoryBlock* blocks; /* by address */
} VtCudaMemorySegment;

typedef struct VtCudaMemorySnapshot {
  uint32_t struct_size;
  int32_t device;
  uint64_t num_segments;
  const VtCudaMemorySegment* segments; /* by address */
  uint64_t num_events;
  const VtCudaMemoryEvent* events; /* oldest first */
} VtCudaMemorySnapshot;

/* Called under the allocator's lock, after what the event tells of: it must be quick, allocate and free no memory of the
 * device, and take no lock under which anybody does. */
typedef void (*VtCudaMemoryObserverFn)(void* arg, const VtCudaMemoryEvent* event);

typedef enum VtCudaBackend {
  VT_CUDA_BACKEND_CACHING = 0,     /* segments of the driver, cached by the allocator */
  VT_CUDA_BACKEND_DRIVER_POOL = 1, /* each block from the driver's stream-ordered pool (cudaMallocAsync) */
  VT_CUDA_BACKEND_PLUGGED = 2      /* each block from functions that a user gives */
} VtCudaBackend;

/* Expandable segments are reserved addresses that memory is mapped to as they grow and taken from again in whole pages; other
 * processes cannot open it. */
typedef enum VtCudaSegments {
  VT_CUDA_SEGMENTS_DEFAULT = 0, /* expandable where the device has virtual memory */
  VT_CUDA_SEGMENTS_PLAIN = 1,
  VT_CUDA_SEGMENTS_EXPANDABLE = 2
} VtCudaSegments;

/* PyTorch's signatures of a pluggable allocator, with the driver's handle of the stream. Called under the allocator's lock,
 * so they must not wait for anybody who allocates; NULL when there is no memory. */
typedef void* (*VtCudaPlugAllocateFn)(size_t nbytes, int device, void* stream);
typedef void (*VtCudaPlugFreeFn)(void* data, size_t nbytes, int device, void* stream);

typedef struct VtCudaMemoryApi {
  VtTableHeader header;

  int32_t (*is_used)(int32_t device); /* whether there is an allocator yet; other calls make one */
  int (*statistics)(int32_t device, VtCudaMemoryStatistics* out);
  int (*reset_peaks)(int32_t device);
  int (*reset_totals)(int32_t device);

  /* Most bytes to hold from the driver, UINT64_MAX for no limit. What is held already is kept. */
  int (*set_limit)(int32_t device, uint64_t nbytes);
  int (*set_limit_fraction)(int32_t device, double fraction); /* of the device's memory, above 0 and at most 1 */
  int (*limit)(int32_t device, uint64_t* out);
  /* Waits, then gives idle segments back, those idle longest first, until at most `keep_bytes` are held. */
  int (*release_cached)(int32_t device, uint64_t keep_bytes);
  int (*set_options)(const VtCudaMemoryOptions* options);
  int (*options)(VtCudaMemoryOptions* out);

  int (*record_history)(const VtCudaMemoryHistory* history);
  int (*snapshot)(int32_t device, const VtCudaMemorySnapshot** out); /* to be freed */
  void (*free_snapshot)(const VtCudaMemorySnapshot* snapshot);
  int (*add_observer)(int32_t device, VtCudaMemoryObserverFn observer, void* arg, uint64_t* number);
  int (*remove_observer)(int32_t device, uint64_t number); /* returns once the observer is not running */

  /* As those of vt.device, but a free of what is not a live allocation is an error. */
  int (*allocate)(int32_t device, uint64_t nbytes, VtStream stream, void** out);
  int (*free)(int32_t device, void* data);

  /* Pools. What a thread allocates between begin_use and end_use comes from the pool, unless its stream is captured; uses nest.
   * A pool's segments serve nobody else until it is released; its number may be given to begin_capture too. Its memory is
   * from the given functions, which must work until all of it went back, or from the driver when they are NULL. */
  int (*create_pool)(int32_t device, VtCudaPlugAllocateFn allocate, VtCudaPlugFreeFn free, uint64_t* pool);
  int (*release_pool)(int32_t device, uint64_t pool);
  int (*begin_use)(int32_t device, uint64_t pool);
  int (*end_use)(int32_t device, uint64_t pool);

  /* What serves the memory outside of pools and captures, on all devices; an error once one of them holds memory. The functions
   * go with VT_CUDA_BACKEND_PLUGGED. */
  int (*set_backend)(int32_t backend, VtCudaPlugAllocateFn allocate, VtCudaPlugFreeFn free);
  int32_t (*backend)(void);

  /* 1.1. What new segments of the driver's memory are, as VtCudaSegments; of the whole process, as options are.
   * VT_ERROR_NOT_IMPLEMENTED when a device that is used has no virtual memory. */
  int (*set_segments)(int32_t segments);
  int32_t (*segments)(void);
} VtCudaMemoryApi;

VT_EXTERN_C_END

#endif /* VT_ABI_CUDA_MEMORY_H_ */
