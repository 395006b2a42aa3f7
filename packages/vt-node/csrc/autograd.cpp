// SPDX-License-Identifier: Apache-2.0
// Gradients through whichever plugin provides vt.autograd.
#include "autograd.hpp"

#include <atomic>

#include "convert.hpp"
#include "instance.hpp"
#include "task.hpp"

namespace vt::node {
namespace {

constexpr uint32_t kAutogradBit = 1u << VT_LAYER_AUTOGRAD;

// The table of the loaded plugin, or NULL with no error set. What a plugin published stays for the life of the process.
const VtAutogradApi* find_autograd() noexcept {
  static std::atomic<const VtAutogradApi*> loaded{nullptr};
  if (const VtAutogradApi* api = loaded.load(std::memory_order_acquire)) return api;
  const void* table = nullptr;
  if (tables().get_interface(VT_AUTOGRAD_API_NAME, VT_AUTOGRAD_API_MAJOR, VT_AUTOGRAD_API_MINOR, &table) != 0) {
    VtError error{};
    error.struct_size = sizeof error;
    tables().object->take_error(&error);
    return nullptr;
  }
  loaded.store(static_cast<const VtAutogradApi*>(table), std::memory_order_release);
  return static_cast<const VtAutogradApi*>(table);
}

const VtAutogradApi& need_autograd(const char* what) {
  if (const VtAutogradApi* api = find_autograd()) return *api;
  fail(VT_ERROR_IMPORT, std::string(what) +
                            ": no automatic differentiation is loaded: libvt_autograd.so does not lie " +
                            "beside the addon; call loadPlugin(path) with the one of vt-autograd");
}

struct TensorAndObject {
  Tensor tensor;
  Reference object;
  Tensor other;  // a second operand, may be empty
  Appearance appearance;
};

TensorAndObject hold(napi_env env, napi_value value, const char* what) {
  return {Tensor::share(need_tensor_object(env, value, what).get(what)), Reference(env, value), {}, {}};
}

Tensor optional_tensor(napi_env env, napi_value value, const char* what) {
  const napi_valuetype type = type_of(env, value);
  if (type == napi_undefined || type == napi_null) return {};
  return Tensor::share(need_tensor_object(env, value, what).get(what));
}

// Brings the object up to date and returns it.
napi_value settle_object(napi_env env, TensorAndObject& state) {
  napi_value object = state.object.get();
  need_tensor_object(env, object, "requiresGrad").update(std::move(state.appearance));
  return object;
}

struct BackwardState {
  Tensor root;
  Tensor gradient;
  std::vector<Tensor> inputs;
  uint32_t flags = 0;
};

void run_backward(BackwardState& state) {
  VtTensor* const roots[1] = {state.root.get()};
  VtTensor* const gradients[1] = {state.gradient.get()};
  std::vector<VtTensor*> inputs;
  for (const Tensor& input : state.inputs) inputs.push_back(input.get());
  check(need_autograd("backward").backward(roots, gradients, 1, inputs.data(), inputs.size(), state.flags));
  state = {};
}

}  // namespace

bool requires_grad(const VtTensor* tensor) noexcept {
  if (tensor->flags & VT_TENSOR_REQUIRES_GRAD) return true;
  if (!(tensor->flags & kAutogradBit)) return false;
  const VtAutogradApi* api = find_autograd();
  return api && api->requires_grad(tensor);
}

bool is_leaf(const VtTensor* tensor) noexcept {
  if (!(tensor->flags & (VT_TENSOR_REQUIRES_GRAD | kAutogradBit))) return true;
  const VtAutogradApi* api = find_autograd();
  return !api || api->is_leaf(tensor);
}

void set_grad_mode(bool enabled) noexcept {
  const VtAutogradApi* api = find_autograd();
  if (api) api->set_grad_mode(enabled);
}

void set_requires_grad(VtTensor* tensor, bool enabled) {
  check(need_autograd("requiresGrad").set_requires_grad(tensor, enabled));
}

napi_value backward(napi_env env, napi_callback_info info) {
  const Arguments<5> args(env, info);
  need_autograd("backward");
  BackwardState state;
  state.root = Tensor::share(need_tensor_object(env, args[0], "backward").get("backward"));
  state.gradient = optional_tensor(env, args[1], "backward: gradient");
  if (type_of(env, args[2]) != napi_undefined) {
    bool is_array = false;
    uint32_t length = 0;
    js(env, napi_is_array(env, args[2], &is_array));
    if (!is_array) fail_type("backward: inputs must be an array of Tensors: got " + describe_value(env, args[2]));
    js(env, napi_get_array_length(env, args[2], &length));
    for (uint32_t i = 0; i < length; ++i) {
      napi_value entry = nullptr;
      js(env, napi_get_element(env, args[2], i, &entry));
      state.inputs.push_back(Tensor::share(need_tensor_object(env, entry, "backward: inputs").get("backward")));
    }
  }
  js(env, napi_get_value_uint32(env, args[3], &state.flags));
  auto job = make_task(std::move(state), run_backward, [](napi_env e, BackwardState&) { return make_undefined(e); });
  js(env, napi_get_value_uint32(env, args[4], &job->ticket));
  return instance_of(env).dispatcher().submit(std::move(job));
}

napi_value read_grad(napi_env env, napi_callback_info info) {
  const Arguments<1> args(env, info);
  need_autograd("grad");
  TensorState state{Tensor::share(need_tensor_object(env, args[0], "grad").get("grad")), {}};
  auto run = [](TensorState& s) {
    VtTensor* grad = nullptr;
    check(need_autograd("grad").grad(s.tensor.get(), &grad));
    s = grad ? state_of(Tensor::steal(grad)) : TensorState{};
  };
  auto settle = [](napi_env e, TensorState& s) { return s.tensor ? wrap(e, std::move(s)) : make_null(e); };
  return instance_of(env).dispatcher().submit(make_task(std::move(state), run, settle));
}

napi_value write_grad(napi_env env, napi_callback_info info) {
  const Arguments<2> args(env, info);
  need_autograd("setGrad");
  TensorAndObject state = hold(env, args[0], "setGrad");
  state.other = optional_tensor(env, args[1], "setGrad");
  auto run = [](TensorAndObject& s) {
    check(need_autograd("setGrad").set_grad(s.tensor.get(), s.other.get()));
    s.appearance = appearance_of(s.tensor.get());
  };
  return instance_of(env).dispatcher().submit(make_task(std::move(state), run, settle_object));
}

napi_value change_requires_grad(napi_env env, napi_callback_info info) {
  const Arguments<2> args(env, info);
  need_autograd("setRequiresGrad");
  bool enabled = false;
  if (type_of(env, args[1]) != napi_boolean)
    fail_type("setRequiresGrad: expected a boolean: got " + describe_value(env, args[1]));
  js(env, napi_get_value_bool(env, args[1], &enabled));
  auto run = [enabled](TensorAndObject& s) {
    set_requires_grad(s.tensor.get(), enabled);
    s.appearance = appearance_of(s.tensor.get());
  };
  return instance_of(env).dispatcher().submit(make_task(hold(env, args[0], "setRequiresGrad"), run, settle_object));
}

}  // namespace vt::node
