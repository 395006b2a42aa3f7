// SPDX-License-Identifier: Apache-2.0
// Where segments come from: the driver, the driver's own stream-ordered pool, or functions of a user.
#pragma once

#include <cstddef>

#include "../runtime/driver.hpp"

namespace vt::cuda {

// Called under the allocator's lock.
class SegmentSource {
 public:
  virtual ~SegmentSource() = default;

  // kMemoryAllocation when there is none to be had. The memory is for work enqueued on the stream from now on.
  virtual Status allocate(std::size_t bytes, RawStream stream, DevicePtr* pointer) noexcept = 0;
  // All work on the memory is done, or was enqueued on the stream; null for the former.
  virtual Status free(DevicePtr pointer, std::size_t bytes, RawStream stream) noexcept = 0;
  // Whether it is asked for the bytes that a caller wants, not rounded. Its frees never fail: such a block serves one request.
  virtual bool is_exact() const noexcept { return false; }
};

class DriverMemory final : public SegmentSource {
 public:
  DriverMemory(const Driver& driver, int device) noexcept : driver_(driver), device_(device) {}

  Status allocate(std::size_t bytes, RawStream, DevicePtr* pointer) noexcept override {
    return driver_.mem_alloc(driver_.self, device_, bytes, pointer);
  }
  Status free(DevicePtr pointer, std::size_t, RawStream) noexcept override {
    return driver_.mem_free(driver_.self, device_, pointer);
  }

 private:
  const Driver& driver_;
  int device_;
};

// cudaMallocAsync and its kin.
class DriverPoolMemory final : public SegmentSource {
 public:
  DriverPoolMemory(const Driver& driver, int device) noexcept : driver_(driver), device_(device) {}

  Status allocate(std::size_t bytes, RawStream stream, DevicePtr* pointer) noexcept override {
    return driver_.mem_alloc_async(driver_.self, device_, bytes, stream, pointer);
  }
  Status free(DevicePtr pointer, std::size_t, RawStream stream) noexcept override {
    if (stream == nullptr) return driver_.mem_free(driver_.self, device_, pointer);
    return driver_.mem_free_async(driver_.self, device_, pointer, stream);
  }

 private:
  const Driver& driver_;
  int device_;
};

// PyTorch's signatures of a pluggable allocator: null when there is no memory.
struct PluggedFunctions {
  void* (*allocate)(std::size_t bytes, int device, void* stream) = nullptr;
  void (*free)(void* pointer, std::size_t bytes, int device, void* stream) = nullptr;

  bool operator==(const PluggedFunctions&) const = default;
};

// Throws when only one of them is given.
void check_functions(const char* op, const PluggedFunctions& functions);

class PluggedMemory final : public SegmentSource {
 public:
  PluggedMemory(const PluggedFunctions& functions, int device) noexcept : functions_(functions), device_(device) {}

  Status allocate(std::size_t bytes, RawStream stream, DevicePtr* pointer) noexcept override {
    *pointer = functions_.allocate(bytes, device_, stream);
    return *pointer != nullptr ? kSuccess : kMemoryAllocation;
  }
  Status free(DevicePtr pointer, std::size_t bytes, RawStream stream) noexcept override {
    functions_.free(pointer, bytes, device_, stream);
    return kSuccess;
  }
  bool is_exact() const noexcept override { return true; }

 private:
  PluggedFunctions functions_;
  int device_;
};

}  // namespace vt::cuda
