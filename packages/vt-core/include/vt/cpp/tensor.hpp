// SPDX-License-Identifier: Apache-2.0
// Tensor: an owning C++ handle on a VtTensor, for plugins and embedders.
#pragma once

#include <span>
#include <utility>

#include "error.hpp"
#include "value.hpp"

namespace vt {

inline std::span<const int64_t> sizes_of(const VtTensor* t) noexcept {
  return {t->dl.shape, static_cast<size_t>(t->dl.ndim)};
}
inline std::span<const int64_t> strides_of(const VtTensor* t) noexcept {
  return {t->dl.strides, static_cast<size_t>(t->dl.ndim)};
}
inline int64_t itemsize_of(DLDataType dtype) noexcept { return (dtype.bits * dtype.lanes + 7) / 8; }

class Tensor {
 public:
  Tensor() noexcept = default;
  // Takes over one count.
  static Tensor steal(VtTensor* t) noexcept {
    Tensor out;
    out.handle_ = t;
    return out;
  }
  // Adds a count.
  static Tensor share(VtTensor* t) noexcept {
    tables().tensor->retain(t);
    return steal(t);
  }
  static Tensor empty(std::span<const int64_t> sizes, DLDataType dtype, DLDevice device) {
    VtTensor* out = nullptr;
    check(tables().tensor->empty(sizes.data(), static_cast<int32_t>(sizes.size()), dtype, device, &out));
    return steal(out);
  }

  Tensor(const Tensor& other) noexcept : handle_(other.handle_) { tables().tensor->retain(handle_); }
  Tensor(Tensor&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
  Tensor& operator=(Tensor other) noexcept {
    std::swap(handle_, other.handle_);
    return *this;
  }
  ~Tensor() {
    if (handle_) tables().tensor->release(handle_);
  }

  explicit operator bool() const noexcept { return handle_ != nullptr; }
  VtTensor* get() const noexcept { return handle_; }
  VtTensor* release() noexcept { return std::exchange(handle_, nullptr); }
  VtTensor* operator->() const noexcept { return handle_; }

  std::span<const int64_t> sizes() const noexcept { return sizes_of(handle_); }
  std::span<const int64_t> strides() const noexcept { return strides_of(handle_); }
  int32_t ndim() const noexcept { return handle_->dl.ndim; }
  int64_t numel() const noexcept { return handle_->numel; }
  DLDataType dtype() const noexcept { return handle_->dl.dtype; }
  DLDevice device() const noexcept { return handle_->dl.device; }
  template <class T>
  T* data() const noexcept {
    return static_cast<T*>(handle_->dl.data);
  }

 private:
  VtTensor* handle_ = nullptr;
};

}  // namespace vt
