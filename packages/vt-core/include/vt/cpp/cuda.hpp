// SPDX-License-Identifier: Apache-2.0
// CUDA for plugins and embedders: owners and views over the tables vt.cuda and vt.cuda.runtime. None of CUDA's own headers is needed.
#pragma once

#include <vt/abi/cuda_runtime.h>

#include <array>
#include <utility>

#include "tensor.hpp"

namespace vt {

namespace detail {

// Fetched once per library; throws IMPORT, naming the wheel, when there is no such table.
template <class Table>
const Table& published(const char* name, uint16_t major, uint16_t minor) {
  static const Table* const table = [&] {
    const void* found = nullptr;
    check(tables().get_interface(name, major, minor, &found));
    return static_cast<const Table*>(found);
  }();
  return *table;
}

}  // namespace detail

// The tables of the loaded CUDA backend.
inline const VtCudaApi& cuda_table() {
  return detail::published<VtCudaApi>(VT_CUDA_API_NAME, VT_CUDA_API_MAJOR, VT_CUDA_API_MINOR);
}
inline const VtCudaRuntimeApi& cuda_runtime_table() {
  return detail::published<VtCudaRuntimeApi>(VT_CUDA_RUNTIME_API_NAME, VT_CUDA_RUNTIME_API_MAJOR,
                                             VT_CUDA_RUNTIME_API_MINOR);
}

// The number by which CUDA itself knows a device.
inline int32_t cuda_native_device(int32_t device) {
  int32_t native = 0;
  check(cuda_runtime_table().native_device(device, &native));
  return native;
}

// Names a stream of a device without owning it.
class CudaStreamView {
 public:
  CudaStreamView(int32_t device, VtStream number) noexcept : device_(device), number_(number) {}
  // The one that operators of this thread enqueue on.
  static CudaStreamView current(int32_t device) {
    VtStream number = 0;
    check(cuda_table().device->current_stream(device, &number));
    return {device, number};
  }

  int32_t device() const noexcept { return device_; }
  VtStream number() const noexcept { return number_; }
  // A cudaStream_t as CUDA's own calls take it.
  void* native() const {
    void* native = cuda_table().native_stream(device_, number_);
    if (!native) throw ErrorIsSet();
    return native;
  }

 private:
  int32_t device_;
  VtStream number_;
};

// Owns device memory for work on one stream, enqueued while the object lives: later work of the stream may get it at once. In a
// capture it is memory of the graph.
class CudaScratch {
 public:
  CudaScratch(CudaStreamView stream, uint64_t nbytes) : stream_(stream), nbytes_(nbytes) {
    check(cuda_table().device->allocate(stream.device(), nbytes, stream.number(), &data_));
  }
  CudaScratch(CudaScratch&& other) noexcept
      : stream_(other.stream_), nbytes_(other.nbytes_), data_(std::exchange(other.data_, nullptr)) {}
  CudaScratch& operator=(CudaScratch&& other) noexcept {
    std::swap(stream_, other.stream_);
    std::swap(nbytes_, other.nbytes_);
    std::swap(data_, other.data_);
    return *this;
  }
  ~CudaScratch() {
    if (data_) cuda_table().device->free(stream_.device(), data_, nbytes_);
  }

  template <class T>
  T* data() const noexcept {
    return static_cast<T*>(data_);
  }

 private:
  CudaStreamView stream_;
  uint64_t nbytes_;
  void* data_ = nullptr;
};

// Takes `count` Philox outputs for a kernel that `op` is about to enqueue; kernels read them by vt/cpp/cuda_random.hpp.
inline VtCudaRandom cuda_draw(const char* op, CudaStreamView stream, VtGenerator* generator, uint64_t count) {
  VtCudaRandom out{};
  check(cuda_runtime_table().draw(op, stream.device(), stream.number(), generator, count, &out));
  return out;
}

// Names a kernel of a module, which must outlive it.
class CudaFunctionView {
 public:
  explicit CudaFunctionView(VtCudaFunction* function) noexcept : function_(function) {}

  VtCudaFunctionAttributes attributes() const {
    VtCudaFunctionAttributes out{};
    out.struct_size = sizeof out;
    check(cuda_runtime_table().function_attributes(function_, &out));
    return out;
  }

  // Enqueues the kernel with its arguments as it declares them.
  template <class... Args>
  void launch(CudaStreamView stream, const std::array<uint32_t, 3>& grid, const std::array<uint32_t, 3>& block,
              uint32_t shared_bytes, const Args&... args) const {
    const void* params[] = {&args..., nullptr};
    VtCudaLaunch config{};
    config.struct_size = sizeof config;
    for (size_t i = 0; i < 3; ++i) {
      config.grid[i] = grid[i];
      config.block[i] = block[i];
    }
    config.shared_bytes = shared_bytes;
    config.stream = stream.number();
    config.params = const_cast<void**>(params);
    check(cuda_table().launch(function_, &config));
  }

 private:
  VtCudaFunction* function_;
};

// Owns a loaded cubin or PTX text. No kernel of it may run when it goes.
class CudaModule {
 public:
  CudaModule(int32_t device, std::span<const char> image) {
    check(cuda_table().load_module(device, image.data(), image.size(), &module_));
  }
  CudaModule(CudaModule&& other) noexcept : module_(std::exchange(other.module_, nullptr)) {}
  CudaModule& operator=(CudaModule&& other) noexcept {
    std::swap(module_, other.module_);
    return *this;
  }
  ~CudaModule() {
    if (module_) cuda_table().unload_module(module_);
  }

  CudaFunctionView function(const char* name) const {
    VtCudaFunction* function = nullptr;
    check(cuda_table().get_function(module_, name, &function));
    return CudaFunctionView(function);
  }

 private:
  VtCudaModule* module_ = nullptr;
};

}  // namespace vt
