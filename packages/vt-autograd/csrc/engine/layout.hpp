// SPDX-License-Identifier: Apache-2.0
// Layout: hands out the parts of one block, measured first, then placed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

namespace vt::autograd {

// Everything placed in a node has an alignment of at most 8 bytes.
class Layout {
 public:
  template <class T>
  void add(size_t count) noexcept {
    bytes_ += rounded(count * sizeof(T));
  }
  size_t bytes() const noexcept { return bytes_; }

  static constexpr size_t rounded(size_t bytes) noexcept { return (bytes + 7) & ~size_t{7}; }

 private:
  size_t bytes_ = 0;
};

class Placer {
 public:
  // What lies before need not end where the parts begin: they are aligned, as they were measured.
  explicit Placer(const void* begin) noexcept
      : next_(reinterpret_cast<char*>(Layout::rounded(reinterpret_cast<uintptr_t>(begin)))) {}

  template <class T>
  T* take(size_t count) noexcept {
    T* out = reinterpret_cast<T*>(next_);
    next_ += Layout::rounded(count * sizeof(T));
    return out;
  }
  template <class T>
  T* copy(const T* source, size_t count) noexcept {
    T* out = take<T>(count);
    if constexpr (sizeof(T) == 8) {  // sizes and strides, of which there are few
      for (size_t i = 0; i < count; ++i) out[i] = source[i];
    } else if (count) {
      std::memcpy(static_cast<void*>(out), source, count * sizeof(T));
    }
    return out;
  }

 private:
  char* next_;
};

}  // namespace vt::autograd
