// SPDX-License-Identifier: Apache-2.0
// The driver table: every call this package makes into CUDA, as C function pointers over types of our own.
//
// Note [Driver table]
// Runtime, allocator and op launches reach the device through this table alone, so that one and the same code runs
// on CUDA (`real_driver`), on the simulated driver of the tests, and under the counting layer.
// - `self` is passed back as the first argument of every entry; a layer keeps its upstream there.
// - The table is append-only: an entry exists iff `struct_size` covers it.
// - A status is 0 or CUDA's own error number; numbers from 10000 on are this package's.
// - Entries neither throw nor keep an error aside: what went wrong is in the returned status and nowhere else.
// - An entry that enqueues takes a stream, never null; entries marked [waits] block the calling host thread.
//
// Note [Capture]
// Between `stream_begin_capture` and `stream_end_capture` what is enqueued on a stream becomes nodes of a graph and does not
// run. Another stream joins by waiting for an event that was recorded on a capturing one, and must be waited for by the first
// before the end. Captures are thread-local: other threads may do what they like with other streams. So may the capturing
// thread: allocate and free memory, query or wait for other streams and for events recorded outside. What waits for a
// device, for a capturing stream or for an event recorded in a capture fails and invalidates the capture.
//
// Note [Virtual memory]
// Addresses are reserved by themselves; memory is made by itself, and mapped to some of them as a whole. A device may use it there once
// it was given access. Memory lives until it is released and no longer mapped, in either order. Unmapping takes any number
// of mappings in a row, each as a whole, and wants all work on them done. All addresses and sizes are multiples of the
// granularity; a device or driver without virtual memory has none and says kNotSupported. None of these calls concerns a stream, so they
// are allowed during captures.
#pragma once

#include <cstddef>
#include <cstdint>

namespace vt::cuda {

using Status = int;
using DevicePtr = void*;
using RawStream = struct RawStreamObject*;
using RawEvent = struct RawEventObject*;
using RawModule = struct RawModuleObject*;
using RawFunction = struct RawFunctionObject*;
using RawGraph = struct RawGraphObject*;
using RawGraphExec = struct RawGraphExecObject*;
using RawMemory = std::uint64_t;  // memory without an address; 0 is none

// CUDA's per-thread default stream: another stream on each thread, so it cannot name who a block of memory belongs to.
inline constexpr std::uintptr_t kPerThreadStream = 2;

inline constexpr Status kSuccess = 0;
inline constexpr Status kInvalidValue = 1;
inline constexpr Status kMemoryAllocation = 2;
inline constexpr Status kInsufficientDriver = 35;
inline constexpr Status kNoDevice = 100;
inline constexpr Status kInvalidDevice = 101;
inline constexpr Status kInvalidImage = 200;
inline constexpr Status kInvalidHandle = 400;
inline constexpr Status kNotFound = 500;
inline constexpr Status kNotReady = 600;
inline constexpr Status kIllegalAddress = 700;
inline constexpr Status kNotSupported = 801;
inline constexpr Status kCaptureUnsupported = 900;
inline constexpr Status kCaptureInvalidated = 901;
inline constexpr Status kCaptureMerge = 902;
inline constexpr Status kCaptureUnmatched = 903;
inline constexpr Status kCaptureUnjoined = 904;
inline constexpr Status kCaptureIsolation = 905;
inline constexpr Status kCapturedEvent = 907;
inline constexpr Status kCaptureWrongThread = 908;
inline constexpr Status kHostSyncRefused = 10000;

enum class CopyKind : std::int32_t { kHostToHost, kHostToDevice, kDeviceToHost, kDeviceToDevice, kAny };

enum class CaptureState : std::int32_t { kNone, kCapturing, kInvalidated };

enum EventFlags : std::uint32_t { kEventNoTiming = 0, kEventTiming = 1, kEventBlocking = 2, kEventInterprocess = 4 };

struct DeviceProperties {
  char name[256];
  int compute_major;
  int compute_minor;
  int sm_count;
  int max_shared_bytes_per_block;  // with the opt-in of function_set_shared_limit
  std::size_t total_bytes;
  int warp_size;
  int max_threads_per_block;
  int max_threads_per_sm;
  int registers_per_block;
  int registers_per_sm;
  int shared_bytes_per_block;
  int shared_bytes_per_sm;
  int l2_cache_bytes;
  int memory_bus_bits;
  int is_integrated;
  int is_multi_gpu_board;
  int pci_domain;
  int pci_bus;
  int pci_device;
  unsigned char uuid[16];
};

// An event as another process may open it.
struct IpcEventHandle {
  unsigned char bytes[64];
};

struct FunctionAttributes {
  int max_threads_per_block;
  int num_registers;
  int local_bytes;
  int shared_bytes;
  int constant_bytes;
  int binary_version;
  int ptx_version;
};

struct LaunchConfig {
  std::uint32_t grid[3];
  std::uint32_t block[3];
  std::uint32_t shared_bytes;
  std::uint32_t programmatic;  // nonzero: may start before the previous kernel of the stream ends (dependent launch)
  RawStream stream;            // of the calling thread's current device
};

struct Driver {
  std::uint32_t struct_size;
  std::uint32_t reserved;
  void* self;

  const char* (*status_name)(void* self, Status status);  // borrowed, static; null when unknown

  // Devices. No driver or no device is a count of 0 and success; a driver that is too old, kInsufficientDriver.
  Status (*device_count)(void* self, int* count);
  Status (*device_properties)(void* self, int device, DeviceProperties* properties);
  Status (*set_device)(void* self, int device);
  Status (*get_device)(void* self, int* device);
  Status (*device_synchronize)(void* self, int device);  // [waits]

  // Memory. mem_free wants all work on the memory done: it may free at once.
  Status (*mem_alloc)(void* self, int device, std::size_t bytes, DevicePtr* pointer);
  Status (*mem_free)(void* self, int device, DevicePtr pointer);
  Status (*mem_info)(void* self, int device, std::size_t* free_bytes, std::size_t* total_bytes);
  Status (*host_alloc)(void* self, std::size_t bytes, void** pointer);  // pinned
  Status (*host_free)(void* self, void* pointer);
  Status (*memcpy_async)(void* self, void* dst, const void* src, std::size_t bytes, CopyKind kind, RawStream stream);
  Status (*memset_async)(void* self, DevicePtr dst, int value, std::size_t bytes, RawStream stream);

  // Streams are made non-blocking with respect to the legacy default stream; a lower number is a higher priority.
  Status (*stream_priority_range)(void* self, int device, int* least, int* greatest);
  Status (*stream_create)(void* self, int device, int priority, RawStream* stream);
  Status (*stream_destroy)(void* self, RawStream stream);
  Status (*stream_query)(void* self, RawStream stream);        // kSuccess or kNotReady
  Status (*stream_synchronize)(void* self, RawStream stream);  // [waits]
  Status (*stream_wait_event)(void* self, RawStream stream, RawEvent event);

  // Events. A wait or query sees the latest record made before it; an event never recorded is ready.
  Status (*event_create)(void* self, int device, std::uint32_t flags, RawEvent* event);
  Status (*event_destroy)(void* self, RawEvent event);
  Status (*event_record)(void* self, RawEvent event, RawStream stream);
  Status (*event_query)(void* self, RawEvent event);        // kSuccess or kNotReady
  Status (*event_synchronize)(void* self, RawEvent event);  // [waits]
  Status (*event_elapsed)(void* self, RawEvent start, RawEvent end, float* milliseconds);

  // Kernels: from an image, a cubin or PTX, or compiled into this library and named by the address of their host symbol.
  Status (*module_load)(void* self, const void* image, std::size_t image_bytes, RawModule* module);
  Status (*module_unload)(void* self, RawModule module);
  Status (*module_get_function)(void* self, RawModule module, const char* name, RawFunction* function);
  Status (*function_set_shared_limit)(void* self, RawFunction function, int device, std::uint32_t bytes);
  Status (*launch_function)(void* self, RawFunction function, const LaunchConfig* config, void** params);
  Status (*launch_host_function)(void* self, const void* symbol, const LaunchConfig* config, void** params);

  Status (*driver_version)(void* self, int* version);  // as 13000; 0 without a driver
  Status (*stream_capture_state)(void* self, RawStream stream, CaptureState* state);

  // Graphs: Note [Capture]. The id of a capture is unique in the process; it is 0 unless the stream is capturing. The end
  // ends the capture also when it fails, and gives no graph then.
  Status (*stream_begin_capture)(void* self, RawStream stream);
  Status (*stream_end_capture)(void* self, RawStream stream, RawGraph* graph);
  Status (*stream_capture_info)(void* self, RawStream stream, CaptureState* state, std::uint64_t* id);
  Status (*graph_node_count)(void* self, RawGraph graph, std::size_t* count);
  Status (*graph_destroy)(void* self, RawGraph graph);
  // Launches of one executable graph run one after the other. It may be destroyed while it runs.
  Status (*graph_instantiate)(void* self, RawGraph graph, RawGraphExec* exec);
  Status (*graph_launch)(void* self, RawGraphExec exec, RawStream stream);
  Status (*graph_exec_destroy)(void* self, RawGraphExec exec);

  // The driver's stream-ordered pool, which keeps what is freed. Memory of it may also be freed by mem_free.
  Status (*mem_alloc_async)(void* self, int device, std::size_t bytes, RawStream stream, DevicePtr* pointer);
  Status (*mem_free_async)(void* self, int device, DevicePtr pointer, RawStream stream);

  // Peers. Copies between devices are direct once access is enabled; enabling it again is success.
  Status (*device_can_access_peer)(void* self, int device, int peer, int* can);
  Status (*device_enable_peer_access)(void* self, int device, int peer);
  // The number of a device below all layers of the table.
  Status (*device_native)(void* self, int device, int* native);

  Status (*stream_priority)(void* self, RawStream stream, int* priority);
  // Events made for other processes, and those of other processes.
  Status (*event_export)(void* self, RawEvent event, IpcEventHandle* handle);
  Status (*event_import)(void* self, int device, const IpcEventHandle* handle, RawEvent* event);
  Status (*function_attributes)(void* self, RawFunction function, FunctionAttributes* attributes);
  Status (*runtime_version)(void* self, int* version);  // of CUDA that this table was built for, as 13000

  // Addresses and memory apart: Note [Virtual memory].
  Status (*mem_granularity)(void* self, int device, std::size_t* bytes);
  Status (*mem_address_reserve)(void* self, int device, std::size_t bytes, DevicePtr* address);
  Status (*mem_address_free)(void* self, int device, DevicePtr address, std::size_t bytes);
  Status (*mem_create)(void* self, int device, std::size_t bytes, RawMemory* memory);
  Status (*mem_release)(void* self, RawMemory memory);
  Status (*mem_map)(void* self, DevicePtr address, std::size_t bytes, RawMemory memory);
  Status (*mem_set_access)(void* self, int device, DevicePtr address, std::size_t bytes);
  Status (*mem_unmap)(void* self, DevicePtr address, std::size_t bytes);
  // A copy between devices of which neither need have access to the other.
  Status (*memcpy_peer_async)(void* self, DevicePtr dst, int dst_device, const void* src, int src_device,
                              std::size_t bytes, RawStream stream);
};

}  // namespace vt::cuda
