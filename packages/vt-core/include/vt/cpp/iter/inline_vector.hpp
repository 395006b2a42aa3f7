// SPDX-License-Identifier: Apache-2.0
// InlineVector: an array of run-time length that needs the heap only beyond N entries.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>

namespace vt {

// For trivial types only: entries are uninitialised until written, and nothing is copied on resize.
template <class T, size_t N>
class InlineVector {
  static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

 public:
  InlineVector() noexcept {}
  InlineVector(const InlineVector&) = delete;
  InlineVector& operator=(const InlineVector&) = delete;
  ~InlineVector() {
    if (data_ != inline_) delete[] data_;
  }

  // Sets the length; the contents are lost when the new length exceeds what was reserved.
  void resize(size_t size) {
    if (size > capacity_) {
      T* larger = new T[size];
      if (data_ != inline_) delete[] data_;
      data_ = larger;
      capacity_ = size;
    }
    size_ = size;
  }
  void assign(size_t size, T value) {
    resize(size);
    for (T& entry : *this) entry = value;
  }
  void assign(std::span<const T> values) {
    resize(values.size());
    for (size_t i = 0; i < size_; ++i) data_[i] = values[i];
  }

  T* data() noexcept { return data_; }
  const T* data() const noexcept { return data_; }
  size_t size() const noexcept { return size_; }
  T* begin() noexcept { return data_; }
  T* end() noexcept { return data_ + size_; }
  const T* begin() const noexcept { return data_; }
  const T* end() const noexcept { return data_ + size_; }
  T& operator[](size_t i) noexcept { return data_[i]; }
  const T& operator[](size_t i) const noexcept { return data_[i]; }

 private:
  T* data_ = inline_;
  size_t size_ = 0;
  size_t capacity_ = N;
  T inline_[N];
};

}  // namespace vt
