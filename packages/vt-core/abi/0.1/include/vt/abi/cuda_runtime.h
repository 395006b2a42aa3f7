/* SPDX-License-Identifier: Apache-2.0 */
/* vt.cuda.runtime: what the CUDA backend tells of devices, streams and kernels, events of each kind, pinned memory, random numbers
 * of launches, and the mode that finds waits of the host. */
#ifndef VT_ABI_CUDA_RUNTIME_H_
#define VT_ABI_CUDA_RUNTIME_H_

#include "cuda.h"

VT_EXTERN_C_BEGIN

#define VT_CUDA_RUNTIME_API_NAME "vt.cuda.runtime"
#define VT_CUDA_RUNTIME_API_MAJOR 1
#define VT_CUDA_RUNTIME_API_MINOR 0

typedef struct VtCudaProperties {
  uint32_t struct_size; /* what the caller knows of this struct; no more is written */
  int32_t capability_major;
  int32_t capability_minor;
  int32_t num_multiprocessors;
  int32_t warp_size;
  int32_t max_threads_per_block;
  int32_t max_threads_per_multiprocessor;
  int32_t registers_per_block;
  int32_t registers_per_multiprocessor;
  int32_t shared_bytes_per_block;
  int32_t shared_bytes_per_block_optin;
  int32_t shared_bytes_per_multiprocessor;
  int32_t l2_cache_bytes;
  int32_t memory_bus_bits;
  int32_t is_integrated;
  int32_t is_multi_gpu_board;
  int32_t pci_domain;
  int32_t pci_bus;
  int32_t pci_device;
  uint8_t uuid[16];
  char name[256];
  uint64_t total_bytes;
} VtCudaProperties;

typedef enum VtCudaEventFlags {
  VT_CUDA_EVENT_TIMING = 1 << 0,      /* elapsed_ms may be asked */
  VT_CUDA_EVENT_BLOCKING = 1 << 1,    /* a thread that waits sleeps instead of spinning */
  VT_CUDA_EVENT_INTERPROCESS = 1 << 2 /* export_event may be asked; not with timing */
} VtCudaEventFlags;

typedef struct VtCudaEventHandle {
  uint8_t bytes[64];
} VtCudaEventHandle;

typedef struct VtCudaPinnedStats {
  uint32_t struct_size;
  uint32_t reserved;
  uint64_t allocated_bytes; /* handed out, in whole blocks */
  uint64_t cached_bytes;    /* freed and kept, some of them for copies that are under way */
  uint64_t num_allocations;
  uint64_t num_raw_allocations;
} VtCudaPinnedStats;

/* What the host does when an operator is about to make it wait; waits that a program asks for by name
 * (synchronize and its kin) are left alone. */
typedef enum VtCudaSyncDebugMode {
  VT_CUDA_SYNC_DEFAULT = 0, /* waits */
  VT_CUDA_SYNC_WARN = 1,    /* warns, then waits */
  VT_CUDA_SYNC_ERROR = 2    /* refuses with a RUNTIME error */
} VtCudaSyncDebugMode;

/* Told of a wait in the mode WARN. Non-zero, with the thread's error set, refuses it. */
typedef int (*VtCudaWarnFn)(const char* message, void* arg);

/* Philox outputs of one launch: those of `seed` from `offset` on. In a captured launch `replayed` is not NULL, and
 * the kernel reads the seed at replayed[0] and adds replayed[1] to the offset: both change from replay to replay. */
typedef struct VtCudaRandom {
  uint64_t seed;
  uint64_t offset;
  const uint64_t* replayed; /* on the device */
} VtCudaRandom;

typedef struct VtCudaFunctionAttributes {
  uint32_t struct_size;
  int32_t max_threads_per_block;
  int32_t num_registers; /* per thread */
  int32_t local_bytes;   /* per thread */
  int32_t shared_bytes;  /* per block, without the launch's own */
  int32_t constant_bytes;
  int32_t binary_version; /* as 90 */
  int32_t ptx_version;
} VtCudaFunctionAttributes;

typedef struct VtCudaRuntimeApi {
  VtTableHeader header;

  /* Devices. The driver's own number of a device, which differs with logical devices only. */
  int (*properties)(int32_t device, VtCudaProperties* out);
  int (*native_device)(int32_t device, int32_t* out);
  int (*can_access_peer)(int32_t device, int32_t peer, int32_t* out);
  int (*query_stream)(int32_t device, VtStream stream, int32_t* done);
  int (*stream_priority)(int32_t device, VtStream stream, int32_t* out); /* lower runs first */

  /* Events by VtCudaEventFlags, to be used and destroyed as those of vt.device.cuda. An imported one is another process's. */
  int (*create_event)(int32_t device, uint32_t flags, VtEvent* out);
  int (*synchronize_event)(VtEvent event); /* waits */
  int (*export_event)(VtEvent event, VtCudaEventHandle* out);
  int (*import_event)(int32_t device, const VtCudaEventHandle* handle, VtEvent* out);

  /* Pinned memory, also by these entries of vt.cuda: what is freed is kept, and handed out again once the copies that were
   * enqueued from or to it are done. */
  int (*allocate_pinned)(uint64_t nbytes, void** out);
  void (*free_pinned)(void* data);
  int32_t (*is_pinned)(const void* data, uint64_t nbytes);
  int (*pinned_stats)(VtCudaPinnedStats* out);
  int (*empty_pinned_cache)(void);

  /* Debugging: one mode for the process. `warn` is needed in the mode WARN. */
  int (*set_sync_debug_mode)(int32_t mode, VtCudaWarnFn warn, void* arg);
  int32_t (*sync_debug_mode)(void);

  /* Takes `count` outputs of a generator for a kernel that `op` is about to enqueue on the stream. */
  int (*draw)(const char* op, int32_t device, VtStream stream, VtGenerator* generator, uint64_t count,
              VtCudaRandom* out);
  int (*function_attributes)(VtCudaFunction* function, VtCudaFunctionAttributes* out);
} VtCudaRuntimeApi;

VT_EXTERN_C_END

#endif /* VT_ABI_CUDA_RUNTIME_H_ */
