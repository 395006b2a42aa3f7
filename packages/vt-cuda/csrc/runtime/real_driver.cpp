// SPDX-License-Identifier: Apache-2.0
// Implements the driver table over the statically linked CUDA runtime; libcuda is never linked.
//
// Note [Errors of the runtime library]
// The runtime also keeps the last failure in a slot of its own. As every entry returns its status, `done` empties the
// slot, so that one failed call (an allocation that is retried, say) is not reported again by a later launch. Failures that
// cost the context are kept by the driver itself and come back from every later call.
//
// Note [Kernels from images]
// Images are loaded through the runtime's library interface (cudaLibraryLoadData and its kin, which obtain the
// driver's entry points at run time). Its kernels belong to no context, so one loaded image serves all devices. The
// library interface reads an image only when a kernel is asked for, and trusts it: so it is checked here, at once.
//
// Note [Calls that leave streams alone]
// A thread that captures may not make calls that could wait for a stream, raw allocations among them, unless it says that it
// knows what it does. `undisturbed` says so around the calls that Note [Capture] in driver.hpp allows; their callers free
// only memory whose work is done, and query only events recorded outside. Without a capture it costs a load.
//
// Note [Virtual memory of the driver]
// The runtime has no calls for virtual memory. Those of the driver are found at run time, all or none: a driver that lacks
// one of them is as a device without virtual memory. Their statuses have the numbers of the runtime's.
#include "real_driver.hpp"

#include <cuda.h>
#include <cuda_runtime_api.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <string>

#include "image.hpp"

namespace vt::cuda {
namespace {

Status done(cudaError_t error) noexcept {
  if (error != cudaSuccess && error != cudaErrorNotReady) (void)cudaGetLastError();
  return static_cast<Status>(error);
}

cudaStream_t native(RawStream stream) noexcept { return reinterpret_cast<cudaStream_t>(stream); }
cudaEvent_t native(RawEvent event) noexcept { return reinterpret_cast<cudaEvent_t>(event); }
cudaLibrary_t native(RawModule module) noexcept { return reinterpret_cast<cudaLibrary_t>(module); }
cudaKernel_t native(RawFunction function) noexcept { return reinterpret_cast<cudaKernel_t>(function); }
cudaGraph_t native(RawGraph graph) noexcept { return reinterpret_cast<cudaGraph_t>(graph); }
cudaGraphExec_t native(RawGraphExec exec) noexcept { return reinterpret_cast<cudaGraphExec_t>(exec); }

std::atomic<int> num_captures{0};  // begun by this table and not ended

template <class Call>
auto undisturbed(Call&& call) noexcept {
  if (num_captures.load(std::memory_order_relaxed) == 0) [[likely]]
    return call();
  cudaStreamCaptureMode mode = cudaStreamCaptureModeRelaxed;
  (void)cudaThreadExchangeStreamCaptureMode(&mode);
  const auto result = call();
  (void)cudaThreadExchangeStreamCaptureMode(&mode);
  return result;
}

// Runs `call` with `device` current and puts the thread's device back afterwards.
template <class Call>
Status on_device(int device, Call&& call) noexcept {
  int before = 0;
  if (const cudaError_t error = cudaGetDevice(&before); error != cudaSuccess) return done(error);
  if (before == device) return done(call());
  if (const cudaError_t error = cudaSetDevice(device); error != cudaSuccess) return done(error);
  const cudaError_t result = call();
  const cudaError_t restored = cudaSetDevice(before);
  return done(result != cudaSuccess ? result : restored);
}

const char* status_name(void*, Status status) noexcept { return cudaGetErrorName(static_cast<cudaError_t>(status)); }

Status device_count(void*, int* count) noexcept {
  *count = 0;
  const cudaError_t error = cudaGetDeviceCount(count);
  if (error == cudaSuccess) return kSuccess;
  *count = 0;
  const Status status = done(error);
  // Without any driver the runtime reports one that is too old; the driver's version tells them apart.
  int version = 0;
  if (error == cudaErrorInsufficientDriver) (void)cudaDriverGetVersion(&version);
  const bool absent = error == cudaErrorNoDevice || error == cudaErrorStubLibrary ||
                      (error == cudaErrorInsufficientDriver && version == 0);
  return absent ? kSuccess : status;
}

Status device_properties(void*, int device, DeviceProperties* properties) noexcept {
  cudaDeviceProp native_properties;
  if (const cudaError_t error = cudaGetDeviceProperties(&native_properties, device); error != cudaSuccess)
    return done(error);
  *properties = DeviceProperties{};
  std::memcpy(properties->name, native_properties.name,
              std::min(sizeof properties->name, sizeof native_properties.name) - 1);
  properties->compute_major = native_properties.major;
  properties->compute_minor = native_properties.minor;
  properties->sm_count = native_properties.multiProcessorCount;
  properties->max_shared_bytes_per_block = static_cast<int>(native_properties.sharedMemPerBlockOptin);
  properties->total_bytes = native_properties.totalGlobalMem;
  properties->warp_size = native_properties.warpSize;
  properties->max_threads_per_block = native_properties.maxThreadsPerBlock;
  properties->max_threads_per_sm = native_properties.maxThreadsPerMultiProcessor;
  properties->registers_per_block = native_properties.regsPerBlock;
  properties->registers_per_sm = native_properties.regsPerMultiprocessor;
  properties->shared_bytes_per_block = static_cast<int>(native_properties.sharedMemPerBlock);
  properties->shared_bytes_per_sm = static_cast<int>(native_properties.sharedMemPerMultiprocessor);
  properties->l2_cache_bytes = native_properties.l2CacheSize;
  properties->memory_bus_bits = native_properties.memoryBusWidth;
  properties->is_integrated = native_properties.integrated;
  properties->is_multi_gpu_board = native_properties.isMultiGpuBoard;
  properties->pci_domain = native_properties.pciDomainID;
  properties->pci_bus = native_properties.pciBusID;
  properties->pci_device = native_properties.pciDeviceID;
  static_assert(sizeof properties->uuid == sizeof native_properties.uuid);
  std::memcpy(properties->uuid, &native_properties.uuid, sizeof properties->uuid);
  return kSuccess;
}

Status set_device(void*, int device) noexcept { return done(cudaSetDevice(device)); }
Status get_device(void*, int* device) noexcept { return done(cudaGetDevice(device)); }

Status device_synchronize(void*, int device) noexcept {
  return on_device(device, [] { return cudaDeviceSynchronize(); });
}

Status mem_alloc(void*, int device, std::size_t bytes, DevicePtr* pointer) noexcept {
  return on_device(device, [&] { return undisturbed([&] { return cudaMalloc(pointer, bytes); }); });
}

Status mem_free(void*, int device, DevicePtr pointer) noexcept {
  return on_device(device, [&] { return undisturbed([&] { return cudaFree(pointer); }); });
}

Status mem_info(void*, int device, std::size_t* free_bytes, std::size_t* total_bytes) noexcept {
  return on_device(device, [&] { return undisturbed([&] { return cudaMemGetInfo(free_bytes, total_bytes); }); });
}

Status host_alloc(void*, std::size_t bytes, void** pointer) noexcept {
  return done(undisturbed([&] { return cudaHostAlloc(pointer, bytes, cudaHostAllocPortable); }));
}

Status host_free(void*, void* pointer) noexcept {
  return done(undisturbed([&] { return cudaFreeHost(pointer); }));
}

cudaMemcpyKind native(CopyKind kind) noexcept {
  switch (kind) {
    case CopyKind::kHostToHost: return cudaMemcpyHostToHost;
    case CopyKind::kHostToDevice: return cudaMemcpyHostToDevice;
    case CopyKind::kDeviceToHost: return cudaMemcpyDeviceToHost;
    case CopyKind::kDeviceToDevice: return cudaMemcpyDeviceToDevice;
    case CopyKind::kAny: break;
  }
  return cudaMemcpyDefault;
}

Status memcpy_async(void*, void* dst, const void* src, std::size_t bytes, CopyKind kind, RawStream stream) noexcept {
  return done(cudaMemcpyAsync(dst, src, bytes, native(kind), native(stream)));
}

Status memset_async(void*, DevicePtr dst, int value, std::size_t bytes, RawStream stream) noexcept {
  return done(cudaMemsetAsync(dst, value, bytes, native(stream)));
}

Status stream_priority_range(void*, int device, int* least, int* greatest) noexcept {
  return on_device(device, [&] { return cudaDeviceGetStreamPriorityRange(least, greatest); });
}

Status stream_create(void*, int device, int priority, RawStream* stream) noexcept {
  return on_device(device, [&] {
    return cudaStreamCreateWithPriority(reinterpret_cast<cudaStream_t*>(stream), cudaStreamNonBlocking, priority);
  });
}

Status stream_destroy(void*, RawStream stream) noexcept { return done(cudaStreamDestroy(native(stream))); }
Status stream_query(void*, RawStream stream) noexcept {
  return done(undisturbed([&] { return cudaStreamQuery(native(stream)); }));
}
Status stream_synchronize(void*, RawStream stream) noexcept {
  return done(undisturbed([&] { return cudaStreamSynchronize(native(stream)); }));
}

Status stream_wait_event(void*, RawStream stream, RawEvent event) noexcept {
  return done(cudaStreamWaitEvent(native(stream), native(event), cudaEventWaitDefault));
}

Status event_create(void*, int device, std::uint32_t flags, RawEvent* event) noexcept {
  unsigned native_flags = (flags & kEventTiming) != 0 ? cudaEventDefault : cudaEventDisableTiming;
  if ((flags & kEventBlocking) != 0) native_flags |= cudaEventBlockingSync;
  if ((flags & kEventInterprocess) != 0) native_flags |= cudaEventInterprocess;
  return on_device(device,
                   [&] { return cudaEventCreateWithFlags(reinterpret_cast<cudaEvent_t*>(event), native_flags); });
}

Status event_destroy(void*, RawEvent event) noexcept { return done(cudaEventDestroy(native(event))); }

Status event_record(void*, RawEvent event, RawStream stream) noexcept {
  return done(cudaEventRecord(native(event), native(stream)));
}

Status event_query(void*, RawEvent event) noexcept {
  return done(undisturbed([&] { return cudaEventQuery(native(event)); }));
}
Status event_synchronize(void*, RawEvent event) noexcept {
  return done(undisturbed([&] { return cudaEventSynchronize(native(event)); }));
}

Status event_elapsed(void*, RawEvent start, RawEvent end, float* milliseconds) noexcept {
  return done(cudaEventElapsedTime(milliseconds, native(start), native(end)));
}

// Has PTX compiled for the current device now, which else is put off until one of its kernels is asked for.
cudaError_t compile(cudaLibrary_t library) noexcept {
  unsigned num_kernels = 0;
  if (const cudaError_t error = cudaLibraryGetKernelCount(&num_kernels, library); error != cudaSuccess) return error;
  if (num_kernels == 0) return cudaSuccess;
  cudaKernel_t kernel = nullptr;
  if (const cudaError_t error = cudaLibraryEnumerateKernels(&kernel, 1, library); error != cudaSuccess) return error;
  cudaFuncAttributes attributes;
  return cudaFuncGetAttributes(&attributes, reinterpret_cast<const void*>(kernel));
}

Status module_load(void*, const void* image, std::size_t image_bytes, RawModule* module) noexcept {
  const std::span<const std::byte> bytes(static_cast<const std::byte*>(image), image_bytes);
  auto* const library = reinterpret_cast<cudaLibrary_t*>(module);
  if (is_cubin(bytes)) return done(cudaLibraryLoadData(library, image, nullptr, nullptr, 0, nullptr, nullptr, 0));
  if (!is_ptx(bytes)) return kInvalidImage;
  // Read as a text that ends with a NUL, which the caller's need not have.
  const std::string text(static_cast<const char*>(image), image_bytes);
  if (const cudaError_t error = cudaLibraryLoadData(library, text.c_str(), nullptr, nullptr, 0, nullptr, nullptr, 0);
      error != cudaSuccess)
    return done(error);
  const cudaError_t compiled = compile(*library);
  if (compiled != cudaSuccess) (void)cudaLibraryUnload(*library);
  return done(compiled);
}

Status module_unload(void*, RawModule module) noexcept { return done(cudaLibraryUnload(native(module))); }

Status module_get_function(void*, RawModule module, const char* name, RawFunction* function) noexcept {
  return done(cudaLibraryGetKernel(reinterpret_cast<cudaKernel_t*>(function), native(module), name));
}

Status function_set_shared_limit(void*, RawFunction function, int device, std::uint32_t bytes) noexcept {
  return done(cudaKernelSetAttributeForDevice(native(function), cudaFuncAttributeMaxDynamicSharedMemorySize,
                                              static_cast<int>(bytes), device));
}

Status launch(const void* kernel, const LaunchConfig& config, void** params) noexcept {
  cudaLaunchAttribute attribute = {};
  attribute.id = cudaLaunchAttributeProgrammaticStreamSerialization;
  attribute.val.programmaticStreamSerializationAllowed = 1;
  cudaLaunchConfig_t native_config = {};
  native_config.gridDim = dim3(config.grid[0], config.grid[1], config.grid[2]);
  native_config.blockDim = dim3(config.block[0], config.block[1], config.block[2]);
  native_config.dynamicSmemBytes = config.shared_bytes;
  native_config.stream = native(config.stream);
  native_config.attrs = &attribute;
  native_config.numAttrs = config.programmatic != 0 ? 1 : 0;
  return done(cudaLaunchKernelExC(&native_config, kernel, params));
}

Status launch_function(void*, RawFunction function, const LaunchConfig* config, void** params) noexcept {
  return launch(function, *config, params);
}

// Without being asked for by the function, a block has no more.
constexpr std::uint32_t kUnaskedSharedBytes = 48 * 1024;

Status launch_host_function(void*, const void* symbol, const LaunchConfig* config, void** params) noexcept {
  if (config->shared_bytes > kUnaskedSharedBytes) {
    // All that the kernel's own arrays leave, so that launches of other sizes on other threads do not meet a lower limit.
    int device = 0;
    int most = 0;
    cudaFuncAttributes kernel = {};
    cudaError_t error = cudaGetDevice(&device);
    if (error == cudaSuccess) error = cudaDeviceGetAttribute(&most, cudaDevAttrMaxSharedMemoryPerBlockOptin, device);
    if (error == cudaSuccess) error = cudaFuncGetAttributes(&kernel, symbol);
    most -= static_cast<int>(kernel.sharedSizeBytes);
    if (error == cudaSuccess && kernel.maxDynamicSharedSizeBytes < most)
      error = cudaFuncSetAttribute(symbol, cudaFuncAttributeMaxDynamicSharedMemorySize, most);
    if (error != cudaSuccess) return done(error);
  }
  return launch(symbol, *config, params);
}

Status driver_version(void*, int* version) noexcept { return done(cudaDriverGetVersion(version)); }

CaptureState state_of(cudaStreamCaptureStatus status) noexcept {
  switch (status) {
    case cudaStreamCaptureStatusNone: return CaptureState::kNone;
    case cudaStreamCaptureStatusActive: return CaptureState::kCapturing;
    default: return CaptureState::kInvalidated;
  }
}

Status stream_capture_state(void*, RawStream stream, CaptureState* state) noexcept {
  cudaStreamCaptureStatus status = cudaStreamCaptureStatusNone;
  const cudaError_t error = cudaStreamIsCapturing(native(stream), &status);
  *state = state_of(status);
  return done(error);
}

Status stream_begin_capture(void*, RawStream stream) noexcept {
  const cudaError_t error = cudaStreamBeginCapture(native(stream), cudaStreamCaptureModeThreadLocal);
  if (error == cudaSuccess) num_captures.fetch_add(1, std::memory_order_relaxed);
  return done(error);
}

Status stream_end_capture(void*, RawStream stream, RawGraph* graph) noexcept {
  *graph = nullptr;
  const cudaError_t error = cudaStreamEndCapture(native(stream), reinterpret_cast<cudaGraph_t*>(graph));
  // In these cases there was no capture that could end here.
  const bool ended = error != cudaErrorStreamCaptureUnmatched && error != cudaErrorStreamCaptureWrongThread &&
                     error != cudaErrorIllegalState;
  if (ended) num_captures.fetch_sub(1, std::memory_order_relaxed);
  return done(error);
}

Status stream_capture_info(void*, RawStream stream, CaptureState* state, std::uint64_t* id) noexcept {
  cudaStreamCaptureStatus status = cudaStreamCaptureStatusNone;
  unsigned long long number = 0;
  const cudaError_t error = cudaStreamGetCaptureInfo(native(stream), &status, &number);
  *state = state_of(status);
  *id = *state == CaptureState::kCapturing ? number : 0;
  return done(error);
}

Status graph_node_count(void*, RawGraph graph, std::size_t* count) noexcept {
  return done(cudaGraphGetNodes(native(graph), nullptr, count));
}

Status graph_destroy(void*, RawGraph graph) noexcept { return done(cudaGraphDestroy(native(graph))); }

Status graph_instantiate(void*, RawGraph graph, RawGraphExec* exec) noexcept {
  return done(
      undisturbed([&] { return cudaGraphInstantiate(reinterpret_cast<cudaGraphExec_t*>(exec), native(graph), 0); }));
}

Status graph_launch(void*, RawGraphExec exec, RawStream stream) noexcept {
  return done(cudaGraphLaunch(native(exec), native(stream)));
}

Status graph_exec_destroy(void*, RawGraphExec exec) noexcept {
  return done(undisturbed([&] { return cudaGraphExecDestroy(native(exec)); }));
}

// What is freed is kept for later requests, as the allocator of this package keeps it.
cudaError_t keep_freed_memory(int device) noexcept {
  cudaMemPool_t pool = nullptr;
  if (const cudaError_t error = cudaDeviceGetDefaultMemPool(&pool, device); error != cudaSuccess) return error;
  std::uint64_t threshold = ~std::uint64_t{0};
  return cudaMemPoolSetAttribute(pool, cudaMemPoolAttrReleaseThreshold, &threshold);
}

Status mem_alloc_async(void*, int device, std::size_t bytes, RawStream stream, DevicePtr* pointer) noexcept {
  constexpr int kMaxDevices = 64;
  static std::atomic<bool> keeps[kMaxDevices];
  return on_device(device, [&] {
    if (device < kMaxDevices && !keeps[device].exchange(true, std::memory_order_relaxed))
      if (const cudaError_t error = keep_freed_memory(device); error != cudaSuccess) return error;
    return cudaMallocAsync(pointer, bytes, native(stream));
  });
}

Status mem_free_async(void*, int device, DevicePtr pointer, RawStream stream) noexcept {
  return on_device(device, [&] { return cudaFreeAsync(pointer, native(stream)); });
}

Status device_can_access_peer(void*, int device, int peer, int* can) noexcept {
  *can = 0;
  if (device == peer) return kSuccess;
  return done(cudaDeviceCanAccessPeer(can, device, peer));
}

Status device_enable_peer_access(void*, int device, int peer) noexcept {
  const Status status =
      on_device(device, [&] { return undisturbed([&] { return cudaDeviceEnablePeerAccess(peer, 0); }); });
  return status == cudaErrorPeerAccessAlreadyEnabled ? kSuccess : status;
}

Status device_native(void*, int device, int* native_device) noexcept { return *native_device = device, kSuccess; }

Status stream_priority(void*, RawStream stream, int* priority) noexcept {
  return done(cudaStreamGetPriority(native(stream), priority));
}

static_assert(sizeof(IpcEventHandle) == sizeof(cudaIpcEventHandle_t));

Status event_export(void*, RawEvent event, IpcEventHandle* handle) noexcept {
  cudaIpcEventHandle_t made;
  const cudaError_t error = cudaIpcGetEventHandle(&made, native(event));
  if (error == cudaSuccess) std::memcpy(handle, &made, sizeof made);
  return done(error);
}

Status event_import(void*, int device, const IpcEventHandle* handle, RawEvent* event) noexcept {
  cudaIpcEventHandle_t given;
  std::memcpy(&given, handle, sizeof given);
  return on_device(device, [&] { return cudaIpcOpenEventHandle(reinterpret_cast<cudaEvent_t*>(event), given); });
}

Status function_attributes(void*, RawFunction function, FunctionAttributes* attributes) noexcept {
  cudaFuncAttributes known{};
  const cudaError_t error = cudaFuncGetAttributes(&known, function);
  *attributes = {known.maxThreadsPerBlock,
                 known.numRegs,
                 static_cast<int>(known.localSizeBytes),
                 static_cast<int>(known.sharedSizeBytes),
                 static_cast<int>(known.constSizeBytes),
                 known.binaryVersion,
                 known.ptxVersion};
  return done(error);
}

Status runtime_version(void*, int* version) noexcept { return *version = CUDART_VERSION, kSuccess; }

// Note [Virtual memory of the driver].
struct VirtualMemory {
  decltype(&cuDeviceGetAttribute) attribute = nullptr;
  decltype(&cuMemGetAllocationGranularity) granularity = nullptr;
  decltype(&cuMemAddressReserve) reserve = nullptr;
  decltype(&cuMemAddressFree) free = nullptr;
  decltype(&cuMemCreate) create = nullptr;
  decltype(&cuMemRelease) release = nullptr;
  decltype(&cuMemMap) map = nullptr;
  decltype(&cuMemSetAccess) set_access = nullptr;
  decltype(&cuMemUnmap) unmap = nullptr;
  bool is_there = true;

  VirtualMemory() noexcept {
    find("cuDeviceGetAttribute", attribute);
    find("cuMemGetAllocationGranularity", granularity);
    find("cuMemAddressReserve", reserve);
    find("cuMemAddressFree", free);
    find("cuMemCreate", create);
    find("cuMemRelease", release);
    find("cuMemMap", map);
    find("cuMemSetAccess", set_access);
    find("cuMemUnmap", unmap);
  }

  template <class Function>
  void find(const char* name, Function& function) noexcept {
    constexpr unsigned kSince = 10020;  // CUDA 10.2
    void* found = nullptr;
    cudaDriverEntryPointQueryResult result = cudaDriverEntryPointSymbolNotFound;
    const Status status = done(cudaGetDriverEntryPointByVersion(name, &found, kSince, cudaEnableDefault, &result));
    is_there &= status == kSuccess && result == cudaDriverEntryPointSuccess && found != nullptr;
    function = reinterpret_cast<Function>(found);
  }
};

const VirtualMemory& virtual_memory() noexcept {
  static const VirtualMemory found;
  return found;
}

template <class Call>
Status of_driver(Call&& call) noexcept {
  const VirtualMemory& driver = virtual_memory();
  return driver.is_there ? static_cast<Status>(undisturbed([&] { return call(driver); })) : kNotSupported;
}

CUmemAllocationProp on_the_device(int device) noexcept {
  CUmemAllocationProp kind{};
  kind.type = CU_MEM_ALLOCATION_TYPE_PINNED;
  kind.location = {CU_MEM_LOCATION_TYPE_DEVICE, device};
  return kind;
}

CUdeviceptr number_of(DevicePtr address) noexcept { return reinterpret_cast<CUdeviceptr>(address); }

Status mem_granularity(void*, int device, std::size_t* bytes) noexcept {
  // The calls of the driver expect that CUDA has been started on the device.
  const Status started = on_device(device, [] { return undisturbed([] { return cudaFree(nullptr); }); });
  if (started != kSuccess) return started;
  const CUmemAllocationProp kind = on_the_device(device);
  return of_driver([&](const VirtualMemory& driver) {
    int has = 0;
    const CUresult result = driver.attribute(&has, CU_DEVICE_ATTRIBUTE_VIRTUAL_MEMORY_MANAGEMENT_SUPPORTED, device);
    if (result != CUDA_SUCCESS) return result;
    if (has == 0) return CUDA_ERROR_NOT_SUPPORTED;
    return driver.granularity(bytes, &kind, CU_MEM_ALLOC_GRANULARITY_MINIMUM);
  });
}

Status mem_address_reserve(void*, int, std::size_t bytes, DevicePtr* address) noexcept {
  CUdeviceptr begin = 0;
  const Status status = of_driver([&](const VirtualMemory& driver) { return driver.reserve(&begin, bytes, 0, 0, 0); });
  *address = reinterpret_cast<DevicePtr>(begin);
  return status;
}

Status mem_address_free(void*, int, DevicePtr address, std::size_t bytes) noexcept {
  return of_driver([&](const VirtualMemory& driver) { return driver.free(number_of(address), bytes); });
}

Status mem_create(void*, int device, std::size_t bytes, RawMemory* memory) noexcept {
  const CUmemAllocationProp kind = on_the_device(device);
  CUmemGenericAllocationHandle handle = 0;
  const Status status = of_driver([&](const VirtualMemory& driver) { return driver.create(&handle, bytes, &kind, 0); });
  *memory = handle;
  return status;
}

Status mem_release(void*, RawMemory memory) noexcept {
  return of_driver([&](const VirtualMemory& driver) { return driver.release(memory); });
}

Status mem_map(void*, DevicePtr address, std::size_t bytes, RawMemory memory) noexcept {
  return of_driver([&](const VirtualMemory& driver) { return driver.map(number_of(address), bytes, 0, memory, 0); });
}

Status mem_set_access(void*, int device, DevicePtr address, std::size_t bytes) noexcept {
  const CUmemAccessDesc access{{CU_MEM_LOCATION_TYPE_DEVICE, device}, CU_MEM_ACCESS_FLAGS_PROT_READWRITE};
  return of_driver(
      [&](const VirtualMemory& driver) { return driver.set_access(number_of(address), bytes, &access, 1); });
}

Status mem_unmap(void*, DevicePtr address, std::size_t bytes) noexcept {
  return of_driver([&](const VirtualMemory& driver) { return driver.unmap(number_of(address), bytes); });
}

Status memcpy_peer_async(void*, DevicePtr dst, int dst_device, const void* src, int src_device, std::size_t bytes,
                         RawStream stream) noexcept {
  return done(cudaMemcpyPeerAsync(dst, dst_device, src, src_device, bytes, native(stream)));
}

constexpr Driver kRealDriver = {
    .struct_size = sizeof(Driver),
    .reserved = 0,
    .self = nullptr,
    .status_name = status_name,
    .device_count = device_count,
    .device_properties = device_properties,
    .set_device = set_device,
    .get_device = get_device,
    .device_synchronize = device_synchronize,
    .mem_alloc = mem_alloc,
    .mem_free = mem_free,
    .mem_info = mem_info,
    .host_alloc = host_alloc,
    .host_free = host_free,
    .memcpy_async = memcpy_async,
    .memset_async = memset_async,
    .stream_priority_range = stream_priority_range,
    .stream_create = stream_create,
    .stream_destroy = stream_destroy,
    .stream_query = stream_query,
    .stream_synchronize = stream_synchronize,
    .stream_wait_event = stream_wait_event,
    .event_create = event_create,
    .event_destroy = event_destroy,
    .event_record = event_record,
    .event_query = event_query,
    .event_synchronize = event_synchronize,
    .event_elapsed = event_elapsed,
    .module_load = module_load,
    .module_unload = module_unload,
    .module_get_function = module_get_function,
    .function_set_shared_limit = function_set_shared_limit,
    .launch_function = launch_function,
    .launch_host_function = launch_host_function,
    .driver_version = driver_version,
    .stream_capture_state = stream_capture_state,
    .stream_begin_capture = stream_begin_capture,
    .stream_end_capture = stream_end_capture,
    .stream_capture_info = stream_capture_info,
    .graph_node_count = graph_node_count,
    .graph_destroy = graph_destroy,
    .graph_instantiate = graph_instantiate,
    .graph_launch = graph_launch,
    .graph_exec_destroy = graph_exec_destroy,
    .mem_alloc_async = mem_alloc_async,
    .mem_free_async = mem_free_async,
    .device_can_access_peer = device_can_access_peer,
    .device_enable_peer_access = device_enable_peer_access,
    .device_native = device_native,
    .stream_priority = stream_priority,
    .event_export = event_export,
    .event_import = event_import,
    .function_attributes = function_attributes,
    .runtime_version = runtime_version,
    .mem_granularity = mem_granularity,
    .mem_address_reserve = mem_address_reserve,
    .mem_address_free = mem_address_free,
    .mem_create = mem_create,
    .mem_release = mem_release,
    .mem_map = mem_map,
    .mem_set_access = mem_set_access,
    .mem_unmap = mem_unmap,
    .memcpy_peer_async = memcpy_peer_async,
};

}  // namespace

const Driver& real_driver() noexcept { return kRealDriver; }

}  // namespace vt::cuda
