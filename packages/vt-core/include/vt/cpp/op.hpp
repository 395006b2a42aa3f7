// SPDX-License-Identifier: Apache-2.0
// Op: an operator looked up by name once and called with C++ arguments.
#pragma once

#include <array>
#include <string>

#include "tensor.hpp"

namespace vt {

class Op {
 public:
  explicit Op(const char* name) : op_(tables().dispatch->find_op(name)) {
    if (!op_) fail(VT_ERROR_NOT_IMPLEMENTED, std::string(name) + ": no such operator is registered");
  }

  const VtOp* get() const noexcept { return op_; }

  // Calls an op of one return. Missing trailing arguments take their defaults.
  template <class... Args>
  Tensor operator()(const Args&... args) const {
    return call(none(), args...);
  }

  // Calls an op of `N` returns; what it returns as None, or not as a tensor, comes back empty.
  template <size_t N, class... Args>
  std::array<Tensor, N> results(const Args&... args) const {
    const std::array<VtValue, sizeof...(Args)> values{to_value(args)...};
    std::array<VtValue, N> out;
    out.fill(none());
    check(tables().dispatch->call_boxed(op_, values.data(), static_cast<int32_t>(values.size()), out.data()));
    std::array<Tensor, N> tensors;
    for (size_t i = 0; i < N; ++i)
      if (is_tensor(out[i])) tensors[i] = Tensor::steal(out[i].as.tensor);
    return tensors;
  }

  // Writes the result into `destination` (the out= form; the in-place form when it is the first argument).
  template <class... Args>
  Tensor into(const Tensor& destination, const Args&... args) const {
    return call(value_of(destination.get()), args...);
  }

  // Into a kernel's own `result`, where that holds a destination: how a composite op hands it on.
  template <class... Args>
  Tensor into(const VtValue& destination, const Args&... args) const {
    return call(destination, args...);
  }

 private:
  static VtValue to_value(const VtValue& v) noexcept { return v; }
  static VtValue to_value(const Tensor& t) noexcept { return value_of(t.get()); }
  template <class T>
    requires requires(T t) { value_of(t); }
  static VtValue to_value(const T& t) noexcept {
    return value_of(t);
  }

  template <class... Args>
  Tensor call(VtValue result, const Args&... args) const {
    const std::array<VtValue, sizeof...(Args)> values{to_value(args)...};
    check(tables().dispatch->call_boxed(op_, values.data(), static_cast<int32_t>(values.size()), &result));
    return Tensor::steal(result.as.tensor);
  }

  const VtOp* op_;
};

}  // namespace vt
