// SPDX-License-Identifier: Apache-2.0
// From a plan to a launch: fills walks, sizes grids and calls the driver table on the device's current stream.
#pragma once

#include <vt/cpp/iter/alike.hpp>

#include <limits>

#include "../backend.hpp"
#include "../kernels/params.hpp"
#include "../runtime/status.hpp"

namespace vt::cuda {

// Threads of a block, and the dynamic shared memory it asks for.
struct BlockShape {
  uint32_t threads = kBlockThreads;
  uint32_t shared_bytes = 0;
};

// Where an op's work goes: the tensors' device and the calling thread's current stream of it.
class Queue {
 public:
  explicit Queue(DLDevice device)
      : context_(Backend::instance().context(device.device_id)), stream_(context_.device.current_stream()) {}

  const StreamView& stream() const noexcept { return stream_; }
  const DeviceProperties& properties() const noexcept { return context_.device.properties(); }

  // Where kernels note an index out of range.
  IndexErrorRecord* index_errors() const { return context_.index_errors.record(); }

  // Enqueues `kernel` on `blocks` x `rows` blocks. Nothing waits.
  template <class Params>
  void launch(const char* op, const void* kernel, int64_t blocks, int64_t rows, Params& params,
              BlockShape block = {}) const {
    void* arguments[] = {&params};
    enqueue(op, kernel, blocks, rows, block, arguments);
  }

  void set_bytes(const char* op, void* data, int value, int64_t bytes) const {
    const DeviceGuard guard(driver(), context_.device.ordinal());
    check(driver(), driver().memset_async(driver().self, data, value, static_cast<std::size_t>(bytes), stream_.raw()),
          op);
  }
  void copy_bytes(const char* op, void* dst, const void* src, int64_t bytes) const {
    const DeviceGuard guard(driver(), context_.device.ordinal());
    check(driver(),
          driver().memcpy_async(driver().self, dst, src, static_cast<std::size_t>(bytes), CopyKind::kDeviceToDevice,
                                stream_.raw()),
          op);
  }

  // Memory for the work enqueued while the object lives; later work of the stream may reuse it at once.
  class Scratch {
   public:
    Scratch(const Queue& queue, int64_t bytes)
        : allocator_(queue.context_.allocator),
          data_(allocator_.allocate(static_cast<std::size_t>(bytes), queue.stream_)) {}
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    ~Scratch() {
      if (data_ != nullptr) allocator_.free(data_);
    }
    void* data() const noexcept { return data_; }

   private:
    CachingAllocator& allocator_;
    void* data_;
  };

 private:
  const Driver& driver() const noexcept { return context_.device.driver(); }
  void enqueue(const char* op, const void* kernel, int64_t blocks, int64_t rows, BlockShape block,
               void** arguments) const;

  DeviceContext& context_;
  StreamView stream_;
};

constexpr int64_t ceil_divide(int64_t n, int64_t by) noexcept { return (n + by - 1) / by; }

inline bool is_aligned(const void* data) noexcept { return reinterpret_cast<std::uintptr_t>(data) % 16 == 0; }

// Blocks of a kernel on dense operands, of which each thread takes some vectors of 16 bytes.
inline int64_t dense_blocks(int64_t num, DLDataType dtype, int64_t vectors) noexcept {
  return ceil_divide(num, 16 / itemsize_of(dtype) * vectors * kBlockThreads);
}

// Whether the plan needs 64-bit offsets, or more dimensions than the narrow walk has.
inline bool is_wide(const IterPlan& p) noexcept { return !p.fits_32_bit || p.ndim > kNarrowDims; }

template <class Index, int kOperands>
Walk<Index, kOperands> walk_of(const IterPlan& p) noexcept {
  Walk<Index, kOperands> walk;
  walk.ndim = p.ndim;
  for (int32_t d = 0; d < p.ndim; ++d) {
    walk.sizes[d] = Extent<Index>::make(p.sizes[static_cast<size_t>(d)]);
    for (int k = 0; k < kOperands; ++k) walk.strides[d][k] = static_cast<Index>(p.strides_of_operand(k)[d]);
  }
  return walk;
}

inline DtypeIndex index_of(DLDataType dtype) { return known_dtype_index(dtype); }

}  // namespace vt::cuda
