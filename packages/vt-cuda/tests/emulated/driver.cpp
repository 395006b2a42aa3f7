// SPDX-License-Identifier: Apache-2.0
// A driver that does everything at the call, on the host: it stands in for real_driver where kernels are compiled as C++.
//
// Note [Emulated captures]
// Nodes are kept in the order of their calls, which is one that the graph allows, and a launch runs them in it. Which streams
// belong to a capture is kept as a driver keeps it: they join by waiting for its events.
//
// Note [Emulated launches]
// The threads of a block are contexts of their own that run in turn, each until it ends or meets a barrier. A warp runs until
// all its threads have ended or wait for the block. Each must have asked for the end of the kernel before: Note [Dependent
// launches] in csrc/device/dependent_launch.cuh. A kernel takes one struct by value. Such an argument lies on the stack, so a call with a larger one whose head it is, is the same call.
#include <sys/mman.h>
#include <ucontext.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "runtime/real_driver.hpp"
#include "threads.hpp"

namespace vt::cuda {
namespace emulated {

uint3 block_index;
uint3 thread_index;
uint3 block_size;
uint3 grid_size;

namespace {

constexpr std::size_t kMaxParamBytes = 4096;
constexpr std::size_t kStackBytes = 64 * 1024;
constexpr std::size_t kDeviceBytes = std::size_t{8} << 30;

struct Params {
  alignas(16) unsigned char bytes[kMaxParamBytes];
};
using Kernel = void (*)(Params);

constexpr std::size_t kWarp = 32;
constexpr std::size_t kSharedBytes = 227 * 1024;

constexpr Status kLaunchFailure = 719;

enum class Wait { kNone, kWarp, kBlock, kEnd };

struct Copy {
  void* to;
  const void* from;
  std::size_t num_bytes;
  std::size_t taken;
};

struct Thread {
  ucontext_t context;
  std::vector<char> stack = std::vector<char>(kStackBytes);
  Wait wait = Wait::kEnd;
  // What it gives in an exchange. Two slots by turns: one barrier between the writing and the reading is enough.
  alignas(std::max_align_t) unsigned char slots[2][kGivenBytes] = {};
  bool turn = false;
  bool has_waited = false;
  std::vector<std::vector<Copy>> copies;  // by group, the last one open
};

std::mutex launch_mutex;  // guards all below, and the indices
std::vector<Thread> threads;
std::size_t running;
ucontext_t scheduler;
Kernel kernel;
Params params;
bool all_waited;
alignas(1024) unsigned char shared_bytes[kSharedBytes];

void run_thread() {
  kernel(params);
  all_waited &= threads[running].has_waited;
  threads[running].wait = Wait::kEnd;
  swapcontext(&threads[running].context, &scheduler);
}

// Runs the threads from `first` on until each has ended or waits for the block; whether one waits.
bool run_warp(std::size_t first, std::size_t end) {
  bool waits = false;
  for (bool any = true; any;) {
    any = waits = false;
    for (running = first; running < end; ++running) {
      Thread& thread = threads[running];
      if (thread.wait == Wait::kNone || thread.wait == Wait::kWarp) {
        thread_index = {static_cast<unsigned>(running), 0, 0};
        swapcontext(&scheduler, &thread.context);
      }
      any |= thread.wait == Wait::kWarp;
      waits |= thread.wait == Wait::kBlock;
    }
  }
  return waits;
}

void run_block(std::size_t num_threads) {
  for (std::size_t i = 0; i < num_threads; ++i) {
    Thread& thread = threads[i];
    getcontext(&thread.context);
    thread.context.uc_stack.ss_sp = thread.stack.data();
    thread.context.uc_stack.ss_size = thread.stack.size();
    thread.context.uc_link = nullptr;
    thread.wait = Wait::kNone;
    thread.turn = false;
    thread.has_waited = false;
    thread.copies.assign(1, {});
    makecontext(&thread.context, run_thread, 0);
  }
  for (bool waits = true; waits;) {
    waits = false;
    for (std::size_t first = 0; first < num_threads; first += kWarp)
      waits |= run_warp(first, std::min(first + kWarp, num_threads));
    for (std::size_t i = 0; i < num_threads; ++i)
      if (threads[i].wait == Wait::kBlock) threads[i].wait = Wait::kNone;
  }
}

// A dependent launch of a kernel that does not wait fails, after the fact.
Status run_kernel(const void* symbol, const LaunchConfig& config, const Params& given) {
  const std::scoped_lock lock(launch_mutex);
  all_waited = true;
  if (threads.size() < config.block[0]) threads.resize(config.block[0]);
  kernel = reinterpret_cast<Kernel>(const_cast<void*>(symbol));
  params = given;
  grid_size = {config.grid[0], config.grid[1], 1};
  block_size = {config.block[0], 1, 1};
  for (block_index.y = 0; block_index.y < config.grid[1]; ++block_index.y)
    for (block_index.x = 0; block_index.x < config.grid[0]; ++block_index.x) {
      // What a block has not written is no number.
      std::memset(shared_bytes, 0xff, config.shared_bytes);
      run_block(config.block[0]);
    }
  return config.programmatic == 0 || all_waited ? kSuccess : kLaunchFailure;
}

using Nodes = std::vector<std::function<Status()>>;

using Seen = std::map<RawStream, std::size_t>;  // by stream, its last node that comes before

struct Capture {
  std::uint64_t id;
  RawStream origin;
  bool invalidated = false;
  Nodes nodes;
  std::map<RawStream, Seen> seen;

  bool is_joined() {
    for (auto& [stream, own] : seen)
      if (seen[origin][stream] < own[stream]) return false;
    return true;
  }
};

std::mutex capture_mutex;  // guards the captures and their members
std::uint64_t num_captures;
std::vector<std::unique_ptr<Capture>> captures;
std::map<RawStream, Capture*> captured_streams;

Capture* capture_of(RawStream stream) {
  const auto found = captured_streams.find(stream);
  return found == captured_streams.end() ? nullptr : found->second;
}

// Runs `work` now, or makes it a node.
Status submit(RawStream stream, std::function<Status()> work) {
  {
    const std::scoped_lock lock(capture_mutex);
    if (Capture* capture = capture_of(stream)) {
      if (capture->invalidated) return kCaptureInvalidated;
      capture->nodes.push_back(std::move(work));
      capture->seen[stream][stream] = capture->nodes.size();
      return kSuccess;
    }
  }
  return work();
}

Status launch(void*, const void* symbol, const LaunchConfig* config, void** arguments) {
  if (config->grid[0] == 0 || config->grid[1] == 0 || config->grid[1] > 65535 || config->block[0] == 0 ||
      config->block[0] % kWarp != 0)
    return 9;
  if (config->programmatic == 0) return kInvalidValue;  // kernels of this library are launched as dependents
  if (config->shared_bytes > kSharedBytes) return kInvalidValue;
  Params given;
  std::memcpy(given.bytes, arguments[0], kMaxParamBytes);
  return submit(config->stream, [symbol, config = *config, given] { return run_kernel(symbol, config, given); });
}

Status begin_capture(void*, RawStream stream) {
  const std::scoped_lock lock(capture_mutex);
  if (capture_of(stream) != nullptr) return 401;
  captures.push_back(std::make_unique<Capture>(Capture{++num_captures, stream, false, {}, {}}));
  captured_streams[stream] = captures.back().get();
  return kSuccess;
}

Status end_capture(void*, RawStream stream, RawGraph* graph) {
  const std::scoped_lock lock(capture_mutex);
  *graph = nullptr;
  Capture* capture = capture_of(stream);
  if (capture == nullptr) return 401;
  if (capture->origin != stream) return kCaptureUnmatched;
  const Status status = capture->invalidated    ? kCaptureInvalidated
                        : !capture->is_joined() ? kCaptureUnjoined
                                                : kSuccess;
  if (status == kSuccess) *graph = reinterpret_cast<RawGraph>(new Nodes(std::move(capture->nodes)));
  std::erase_if(captured_streams, [&](const auto& entry) { return entry.second == capture; });
  std::erase_if(captures, [&](const auto& candidate) { return candidate.get() == capture; });
  return status;
}

Status capture_info(void*, RawStream stream, CaptureState* state, std::uint64_t* id) {
  const std::scoped_lock lock(capture_mutex);
  const Capture* capture = capture_of(stream);
  *state = capture == nullptr     ? CaptureState::kNone
           : capture->invalidated ? CaptureState::kInvalidated
                                  : CaptureState::kCapturing;
  *id = *state == CaptureState::kCapturing ? capture->id : 0;
  return kSuccess;
}

Status launch_graph(void*, RawGraphExec exec, RawStream) {
  for (const auto& node : *reinterpret_cast<Nodes*>(exec))
    if (const Status status = node(); status != kSuccess) return status;
  return kSuccess;
}

// What waits for a captured stream, or with null for the device, ends the capture.
Status wait_for(RawStream stream) {
  const std::scoped_lock lock(capture_mutex);
  bool captured = false;
  for (const auto& [member, capture] : captured_streams)
    if (stream == nullptr || member == stream) captured = capture->invalidated = true;
  return captured ? kCaptureUnsupported : kSuccess;
}

// Fresh memory holds a pattern, so that what was not written shows.
Status allocate(void*, int, std::size_t bytes, DevicePtr* pointer) {
  if (bytes > kDeviceBytes) return kMemoryAllocation;
  *pointer = std::aligned_alloc(512, bytes);
  if (*pointer == nullptr) return kMemoryAllocation;
  std::memset(*pointer, 0xee, bytes);
  return kSuccess;
}

// Addresses are those of the host, of which the mapped ones may be read and written.
constexpr std::size_t kPage = std::size_t{2} << 20;
std::atomic<std::size_t> mapped_bytes{0};

Status reserve_addresses(void*, int, std::size_t bytes, DevicePtr* address) {
  const auto map = [](std::size_t size) {
    return mmap(nullptr, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  };
  void* place = map(bytes + kPage);
  if (place == MAP_FAILED) return kMemoryAllocation;
  auto* const begin = static_cast<std::byte*>(place);
  const std::size_t before = (kPage - reinterpret_cast<std::uintptr_t>(begin) % kPage) % kPage;
  if (before != 0) (void)munmap(begin, before);
  (void)munmap(begin + before + bytes, kPage - before);
  return *address = begin + before, kSuccess;
}

// A number will do for memory that is nowhere yet.
Status create_memory(void*, int, std::size_t bytes, RawMemory* memory) {
  if (mapped_bytes + bytes > kDeviceBytes) return kMemoryAllocation;
  return *memory = 1, kSuccess;
}

Status map_memory(void*, DevicePtr address, std::size_t bytes, RawMemory) {
  if (mprotect(address, bytes, PROT_READ | PROT_WRITE) != 0) return kMemoryAllocation;
  std::memset(address, 0xee, bytes);
  mapped_bytes += bytes;
  return kSuccess;
}

Status unmap_memory(void*, DevicePtr address, std::size_t bytes) {
  constexpr int kFlags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED;
  if (mmap(address, bytes, PROT_NONE, kFlags, -1, 0) == MAP_FAILED) return kInvalidValue;
  mapped_bytes -= bytes;
  return kSuccess;
}

struct EventState {
  bool is_timed;
  bool recorded = false;
  std::chrono::steady_clock::time_point time;
  std::uint64_t capture = 0;  // in which it was recorded
  Seen seen;
};
EventState* state_of(RawEvent event) { return reinterpret_cast<EventState*>(event); }

Status create_event(void*, int, std::uint32_t flags, RawEvent* event) {
  *event = reinterpret_cast<RawEvent>(new EventState{(flags & kEventTiming) != 0, false, {}, 0, {}});
  return kSuccess;
}

Status elapsed(void*, RawEvent start, RawEvent end, float* milliseconds) {
  for (const RawEvent event : {start, end})
    if (!state_of(event)->is_timed || !state_of(event)->recorded) return kInvalidHandle;
  *milliseconds = std::chrono::duration<float, std::milli>(state_of(end)->time - state_of(start)->time).count();
  return kSuccess;
}

Status record(void*, RawEvent event, RawStream stream) {
  const std::scoped_lock lock(capture_mutex);
  Capture* capture = capture_of(stream);
  *state_of(event) = {state_of(event)->is_timed, true, std::chrono::steady_clock::now(), 0, {}};
  if (capture == nullptr) return kSuccess;
  state_of(event)->capture = capture->id;
  state_of(event)->seen = capture->seen[stream];
  return kSuccess;
}

Status wait_event(void*, RawStream stream, RawEvent event) {
  const std::scoped_lock lock(capture_mutex);
  Capture* own = capture_of(stream);
  for (const auto& capture : captures) {
    if (capture->id != state_of(event)->capture) continue;
    if (own != nullptr && own != capture.get()) {
      own->invalidated = capture->invalidated = true;
      return kCaptureMerge;
    }
    captured_streams[stream] = capture.get();
    for (const auto& [member, node] : state_of(event)->seen)
      capture->seen[stream][member] = std::max(capture->seen[stream][member], node);
    return kSuccess;
  }
  if (own == nullptr || !state_of(event)->recorded) return kSuccess;
  own->invalidated = true;
  return kCaptureIsolation;
}

Status ask_event(void*, RawEvent event) {
  const std::scoped_lock lock(capture_mutex);
  for (const auto& capture : captures) {
    if (capture->id != state_of(event)->capture) continue;
    capture->invalidated = true;
    return kCapturedEvent;
  }
  return kSuccess;
}

constexpr DeviceProperties kProperties = {.name = "Emulated device",
                                          .compute_major = 9,
                                          .compute_minor = 0,
                                          .sm_count = 1,
                                          .max_shared_bytes_per_block = 48 * 1024,
                                          .total_bytes = kDeviceBytes,
                                          .warp_size = 32,
                                          .max_threads_per_block = 1024,
                                          .max_threads_per_sm = 1024,
                                          .registers_per_block = 64 * 1024,
                                          .registers_per_sm = 64 * 1024,
                                          .shared_bytes_per_block = 48 * 1024,
                                          .shared_bytes_per_sm = 48 * 1024,
                                          .l2_cache_bytes = 1 << 20,
                                          .memory_bus_bits = 64,
                                          .is_integrated = 1,
                                          .is_multi_gpu_board = 0,
                                          .pci_domain = 0,
                                          .pci_bus = 0,
                                          .pci_device = 0,
                                          .uuid = {}};

const Driver kDriver = {
    .struct_size = sizeof(Driver),
    .reserved = 0,
    .self = nullptr,
    .status_name = [](void*, Status) -> const char* { return nullptr; },
    .device_count = [](void*, int* count) { return *count = 1, kSuccess; },
    .device_properties = [](void*, int, DeviceProperties* out) { return *out = kProperties, kSuccess; },
    .set_device = [](void*, int) { return kSuccess; },
    .get_device = [](void*, int* device) { return *device = 0, kSuccess; },
    .device_synchronize = [](void*, int) { return wait_for(nullptr); },
    .mem_alloc = allocate,
    .mem_free = [](void*, int, DevicePtr pointer) { return std::free(pointer), kSuccess; },
    .mem_info = [](void*, int, std::size_t* free,
                   std::size_t* total) { return *total = kDeviceBytes, *free = kDeviceBytes - mapped_bytes, kSuccess; },
    .host_alloc = [](void*, std::size_t bytes, void** out) { return *out = std::malloc(bytes), kSuccess; },
    .host_free = [](void*, void* pointer) { return std::free(pointer), kSuccess; },
    .memcpy_async =
        [](void*, void* dst, const void* src, std::size_t bytes, CopyKind, RawStream stream) {
          return submit(stream, [=] { return std::memmove(dst, src, bytes), kSuccess; });
        },
    .memset_async =
        [](void*, DevicePtr dst, int value, std::size_t bytes, RawStream stream) {
          return submit(stream, [=] { return std::memset(dst, value, bytes), kSuccess; });
        },
    .stream_priority_range = [](void*, int, int* least, int* greatest) { return *least = *greatest = 0, kSuccess; },
    .stream_create = [](void*, int, int,
                        RawStream* out) { return *out = reinterpret_cast<RawStream>(new char), kSuccess; },
    .stream_destroy = [](void*, RawStream stream) { return delete reinterpret_cast<char*>(stream), kSuccess; },
    .stream_query = [](void*, RawStream stream) { return wait_for(stream); },
    .stream_synchronize = [](void*, RawStream stream) { return wait_for(stream); },
    .stream_wait_event = wait_event,
    .event_create = create_event,
    .event_destroy = [](void*, RawEvent event) { return delete state_of(event), kSuccess; },
    .event_record = record,
    .event_query = ask_event,
    .event_synchronize = ask_event,
    .event_elapsed = elapsed,
    // Images hold code for a device only.
    .module_load = [](void*, const void*, std::size_t, RawModule*) { return kInvalidImage; },
    .module_unload = [](void*, RawModule) { return kInvalidHandle; },
    .module_get_function = [](void*, RawModule, const char*, RawFunction*) { return kInvalidHandle; },
    .function_set_shared_limit = [](void*, RawFunction, int, std::uint32_t) { return kInvalidHandle; },
    .launch_function = [](void*, RawFunction, const LaunchConfig*, void**) { return kInvalidHandle; },
    .launch_host_function = launch,
    .driver_version = [](void*, int* version) { return *version = 13000, kSuccess; },
    .stream_capture_state =
        [](void* self, RawStream stream, CaptureState* state) {
          std::uint64_t id = 0;
          return capture_info(self, stream, state, &id);
        },
    .stream_begin_capture = begin_capture,
    .stream_end_capture = end_capture,
    .stream_capture_info = capture_info,
    .graph_node_count = [](void*, RawGraph graph,
                           std::size_t* count) { return *count = reinterpret_cast<Nodes*>(graph)->size(), kSuccess; },
    .graph_destroy = [](void*, RawGraph graph) { return delete reinterpret_cast<Nodes*>(graph), kSuccess; },
    .graph_instantiate =
        [](void*, RawGraph graph, RawGraphExec* exec) {
          return *exec = reinterpret_cast<RawGraphExec>(new Nodes(*reinterpret_cast<Nodes*>(graph))), kSuccess;
        },
    .graph_launch = launch_graph,
    .graph_exec_destroy = [](void*, RawGraphExec exec) { return delete reinterpret_cast<Nodes*>(exec), kSuccess; },
    .mem_alloc_async = [](void* self, int device, std::size_t bytes, RawStream,
                          DevicePtr* pointer) { return allocate(self, device, bytes, pointer); },
    .mem_free_async = [](void*, int, DevicePtr pointer, RawStream) { return std::free(pointer), kSuccess; },
    .device_can_access_peer = [](void*, int, int, int* can) { return *can = 0, kSuccess; },
    .device_enable_peer_access = [](void*, int, int) { return kInvalidDevice; },
    .device_native = [](void*, int device, int* native) { return *native = device, kSuccess; },
    .stream_priority = [](void*, RawStream, int* priority) { return *priority = 0, kSuccess; },
    .event_export = [](void*, RawEvent, IpcEventHandle*) { return kNotSupported; },
    .event_import = [](void*, int, const IpcEventHandle*, RawEvent*) { return kNotSupported; },
    .function_attributes = [](void*, RawFunction, FunctionAttributes*) { return kInvalidHandle; },
    .runtime_version = [](void*, int* version) { return *version = 13000, kSuccess; },
    .mem_granularity = [](void*, int, std::size_t* bytes) { return *bytes = kPage, kSuccess; },
    .mem_address_reserve = reserve_addresses,
    .mem_address_free = [](void*, int, DevicePtr address,
                           std::size_t bytes) { return munmap(address, bytes) == 0 ? kSuccess : kInvalidValue; },
    .mem_create = create_memory,
    .mem_release = [](void*, RawMemory) { return kSuccess; },
    .mem_map = map_memory,
    .mem_set_access = [](void*, int, DevicePtr, std::size_t) { return kSuccess; },
    .mem_unmap = unmap_memory,
    .memcpy_peer_async =
        [](void*, DevicePtr dst, int, const void* src, int, std::size_t bytes, RawStream stream) {
          return submit(stream, [=] { return std::memmove(dst, src, bytes), kSuccess; });
        },
};

}  // namespace

static void stop_for(Wait what) {
  threads[running].wait = what;
  swapcontext(&threads[running].context, &scheduler);
}
void note_wait() { threads[running].has_waited = true; }
void synchronize_block() { stop_for(Wait::kBlock); }
void synchronize_warp() { stop_for(Wait::kWarp); }

void give(const void* bytes, std::size_t num_bytes) {
  Thread& own = threads[running];
  own.turn = !own.turn;
  std::memcpy(own.slots[own.turn], bytes, num_bytes);
  synchronize_warp();
}

const void* given(int lane) {
  const std::size_t thread = running / kWarp * kWarp + static_cast<std::size_t>(lane);
  return threads[thread].slots[threads[running].turn];
}

void* dynamic_shared() { return shared_bytes; }

void copy_later(void* to, const void* from, std::size_t num_bytes, std::size_t taken) {
  threads[running].copies.back().push_back({to, from, num_bytes, taken});
}
void end_copies() { threads[running].copies.emplace_back(); }
void wait_for_copies(std::size_t num_pending) {
  std::vector<std::vector<Copy>>& copies = threads[running].copies;
  while (copies.size() > num_pending + 1) {
    for (const Copy& copy : copies.front()) {
      std::memcpy(copy.to, copy.from, copy.taken);
      std::memset(static_cast<char*>(copy.to) + copy.taken, 0, copy.num_bytes - copy.taken);
    }
    copies.erase(copies.begin());
  }
}

}  // namespace emulated

const Driver& emulated_driver() noexcept { return emulated::kDriver; }

}  // namespace vt::cuda
