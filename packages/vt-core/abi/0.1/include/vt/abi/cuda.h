/* SPDX-License-Identifier: Apache-2.0 */
/* vt.cuda: streams, events, memory, modules and launches of the CUDA backend, free of CUDA types. */
#ifndef VT_ABI_CUDA_H_
#define VT_ABI_CUDA_H_

#include "stream.h"

VT_EXTERN_C_BEGIN

#define VT_CUDA_API_NAME "vt.cuda"
#define VT_CUDA_API_MAJOR 1
#define VT_CUDA_API_MINOR 1

typedef struct VtCudaModule VtCudaModule;
typedef struct VtCudaFunction VtCudaFunction;
typedef struct VtCudaGraph VtCudaGraph;

typedef struct VtCudaLaunch {
  uint32_t struct_size;
  uint32_t flags; /* VtCudaLaunchFlags */
  uint32_t grid[3];
  uint32_t block[3];
  uint32_t shared_bytes;
  uint32_t reserved;
  VtStream stream;
  void** params; /* one pointer to each argument, as cuLaunchKernel takes them */
} VtCudaLaunch;

typedef enum VtCudaLaunchFlags {
  /* May start before the kernel ahead of it has finished. It must wait for that before it ends (griddepcontrol.wait,
   * cudaGridDependencySynchronize): kernels after it take its end for that of all before it. */
  VT_CUDA_LAUNCH_PROGRAMMATIC = 1 << 0
} VtCudaLaunchFlags;

typedef struct VtCudaMemoryStats {
  uint32_t struct_size;
  uint32_t reserved;
  uint64_t allocated_bytes;
  uint64_t peak_allocated_bytes;
  uint64_t reserved_bytes;
  uint64_t peak_reserved_bytes;
  uint64_t num_allocations;
  uint64_t num_frees;
  uint64_t num_raw_allocations;
  uint64_t num_raw_frees;
  uint64_t num_retries;
  uint64_t num_out_of_memory;
} VtCudaMemoryStats;

typedef struct VtCudaCounters {
  uint32_t struct_size;
  uint32_t reserved;
  uint64_t launches;
  uint64_t host_synchronizations;
  uint64_t copies;
  uint64_t raw_allocations;
} VtCudaCounters;

/* Since 1.1. */
typedef struct VtCudaGraphInfo {
  uint32_t struct_size;
  int32_t state;  /* 0 empty, 1 capturing, 2 ready */
  uint64_t pool;  /* 0 when empty */
  uint64_t nodes; /* once ready */
} VtCudaGraphInfo;

typedef struct VtCudaApi {
  VtTableHeader header;

  const VtDeviceApi* device; /* streams, events, memory and copies */

  /* Streams as the driver knows them: a CUstream, which is also a cudaStream_t. */
  void* (*native_stream)(int32_t device, VtStream stream);
  int (*wrap_stream)(int32_t device, void* native, VtStream* out);
  int (*elapsed_ms)(int32_t device, VtEvent start, VtEvent end, float* out); /* waits for `end` */

  /* Code. The image is a cubin for the device's architecture; loaded on the given device. */
  int (*load_module)(int32_t device, const void* image, size_t nbytes, VtCudaModule** out);
  void (*unload_module)(VtCudaModule* module);
  int (*get_function)(VtCudaModule* module, const char* name, VtCudaFunction** out); /* owned by the module */
  int (*launch)(VtCudaFunction* function, const VtCudaLaunch* launch);

  /* Memory. */
  int (*mem_get_info)(int32_t device, uint64_t* free_bytes, uint64_t* total_bytes);
  int (*memory_stats)(int32_t device, VtCudaMemoryStats* out);
  int (*empty_cache)(int32_t device);
  int (*allocate_pinned)(uint64_t nbytes, void** out);
  void (*free_pinned)(void* data);

  /* Calls that went through the driver table since the start of the process. */
  void (*counters)(VtCudaCounters* out);
  /* 0 and a version such as 13000, or an error saying what is missing. */
  int (*driver_version)(int32_t* out);

  /* Since 1.1. Graphs: the work of a stream, captured once, run by each replay. One thread at a time uses a graph. Memory
   * that is allocated while the stream is captured comes from a pool, which graphs that run one after the other may share.
   * A graph that fails to be captured, or is reset, is empty and may be captured anew. */
  uint64_t (*new_graph_pool)(void);
  int (*create_graph)(int32_t device, VtCudaGraph** out);
  void (*destroy_graph)(VtCudaGraph* graph); /* also during a capture, which ends, and while it runs */
  int (*begin_capture)(VtCudaGraph* graph, VtStream stream, uint64_t pool); /* pool 0: one of its own */
  int (*end_capture)(VtCudaGraph* graph);                                   /* on the thread that began */
  int (*replay_graph)(VtCudaGraph* graph, VtStream stream);
  int (*reset_graph)(VtCudaGraph* graph);
  int (*graph_info)(const VtCudaGraph* graph, VtCudaGraphInfo* out);
  /* A stream on which nothing is ever enqueued. Memory allocated on it is outside of all graphs, also during a capture: that
   * is where the host puts what a graph shall read. */
  int (*idle_stream)(int32_t device, VtStream* out);
} VtCudaApi;

VT_EXTERN_C_END

#endif /* VT_ABI_CUDA_H_ */
