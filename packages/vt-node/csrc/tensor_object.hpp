// SPDX-License-Identifier: Apache-2.0
// The JavaScript class Tensor: owns one count of a native tensor and shows what it looked like when it was last seen.
#pragma once

#include <memory>
#include <vector>

#include "dispatcher.hpp"

namespace vt::node {

// Note [Appearance]
// Sizes, dtype and grad state are read on the JavaScript thread while the dispatcher's thread may be resizing the tensor.
// So objects show a copy, taken on the dispatcher's thread after each call that returns the tensor.
struct Appearance {
  std::vector<int64_t> sizes;
  DLDataType dtype{};
  DLDevice device{};
  int64_t numel = 0;
  bool requires_grad = false;
  bool is_leaf = true;
  uint64_t own_bytes = 0;  // of memory that no other tensor shares
};

Appearance appearance_of(VtTensor* tensor);

// A tensor on its way into an object.
struct TensorState {
  Tensor tensor;
  Appearance appearance;
};

inline TensorState state_of(Tensor tensor) {
  Appearance appearance = appearance_of(tensor.get());
  return {std::move(tensor), std::move(appearance)};
}

// What the tensors of one environment share; outlives it while objects remain.
struct Live {
  explicit Live(std::shared_ptr<Dispatcher> d) : dispatcher(std::move(d)) {}

  std::shared_ptr<Dispatcher> dispatcher;
  size_t num_tensors = 0;
  int64_t num_bytes = 0;
};

class TensorObject {
 public:
  TensorObject(napi_env env, std::shared_ptr<Live> live, TensorState state);
  TensorObject(const TensorObject&) = delete;
  TensorObject& operator=(const TensorObject&) = delete;
  ~TensorObject() { dispose(); }

  bool is_disposed() const noexcept { return !tensor_; }
  // The tensor; throws ERR_VT_DISPOSED after dispose.
  VtTensor* get(const char* what) const;
  const Appearance& appearance(const char* what) const {
    get(what);
    return appearance_;
  }
  void update(Appearance appearance) noexcept;
  void dispose() noexcept;

 private:
  void account(int64_t bytes) noexcept;

  napi_env env_;
  std::shared_ptr<Live> live_;
  Tensor tensor_;
  Appearance appearance_;
  int64_t accounted_bytes_ = 0;  // reported to the garbage collector
};

// Defines the native class.
napi_value define_tensor_class(napi_env env);
// Makes an object of the registered class.
napi_value wrap(napi_env env, TensorState state);
// The object behind a value, or NULL when it is no tensor of this package.
TensorObject* tensor_object_of(napi_env env, napi_value value);
// The same; throws a TypeError naming `what` for anything else.
TensorObject& need_tensor_object(napi_env env, napi_value value, const char* what);

std::string device_text(DLDevice device);

}  // namespace vt::node
