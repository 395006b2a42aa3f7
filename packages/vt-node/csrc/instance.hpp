// SPDX-License-Identifier: Apache-2.0
// What one environment (the main thread or a worker) keeps: its dispatcher, its class Tensor and its call plans.
#pragma once

#include <memory>

#include "dispatcher.hpp"
#include "signature.hpp"
#include "tensor_object.hpp"

namespace vt::node {

struct Instance {
  explicit Instance(napi_env env) : live(std::make_shared<Live>(std::make_shared<Dispatcher>(env))) {}

  Dispatcher& dispatcher() noexcept { return *live->dispatcher; }

  std::shared_ptr<Live> live;
  Signatures signatures;
  Reference base_class;            // the native class Tensor
  Reference tensor_class;          // the class that extends it, of which new tensors are made
  TensorState* pending = nullptr;  // what the constructor running now takes over
};

inline Instance& instance_of(napi_env env) {
  void* data = nullptr;
  js(env, napi_get_instance_data(env, &data));
  return *static_cast<Instance*>(data);
}

// The arguments of a callback; those not given are undefined.
template <size_t N>
struct Arguments {
  Arguments(napi_env env, napi_callback_info info) {
    size_t count = N;
    js(env, napi_get_cb_info(env, info, &count, value, &self, nullptr));
  }
  napi_value operator[](size_t index) const noexcept { return value[index]; }

  napi_value value[N > 0 ? N : 1];
  napi_value self = nullptr;
};

}  // namespace vt::node
