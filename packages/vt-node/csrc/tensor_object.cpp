// SPDX-License-Identifier: Apache-2.0
// The JavaScript class Tensor: owns one count of a native tensor and shows what it looked like when it was last seen.
#include "tensor_object.hpp"

#include <vt/cpp/dtype.hpp>

#include "autograd.hpp"
#include "instance.hpp"

namespace vt::node {
namespace {

constexpr napi_type_tag kTensorTag{0x9c1f5e0a7d3b4482, 0xb6f02d8e41c7593a};

TensorObject& self_of(napi_env env, const Arguments<0>& args, const char* what) {
  return need_tensor_object(env, args.self, what);
}

napi_value construct(napi_env env, napi_callback_info info) {
  const Arguments<0> args(env, info);
  Instance& instance = instance_of(env);
  TensorState* state = std::exchange(instance.pending, nullptr);
  if (!state) fail_type("Tensor: cannot be constructed directly; call tensor(data)");
  auto object = std::make_unique<TensorObject>(env, instance.live, std::move(*state));
  js(env, napi_type_tag_object(env, args.self, &kTensorTag));
  auto finalize = [](napi_env, void* data, void*) { delete static_cast<TensorObject*>(data); };
  js(env, napi_wrap(env, args.self, object.get(), finalize, nullptr, nullptr));
  object.release();
  return args.self;
}

napi_value get_shape(napi_env env, napi_callback_info info) {
  const auto& sizes = self_of(env, Arguments<0>(env, info), "shape").appearance("shape").sizes;
  napi_value out = make_array(env, sizes.size());
  for (size_t i = 0; i < sizes.size(); ++i)
    set_element(env, out, static_cast<uint32_t>(i), make_number(env, static_cast<double>(sizes[i])));
  return out;
}

napi_value get_dtype(napi_env env, napi_callback_info info) {
  return make_string(env, dtype_name(self_of(env, Arguments<0>(env, info), "dtype").appearance("dtype").dtype));
}

napi_value get_device(napi_env env, napi_callback_info info) {
  return make_string(env, device_text(self_of(env, Arguments<0>(env, info), "device").appearance("device").device));
}

napi_value get_size(napi_env env, napi_callback_info info) {
  return make_number(env, static_cast<double>(self_of(env, Arguments<0>(env, info), "size").appearance("size").numel));
}

napi_value get_requires_grad(napi_env env, napi_callback_info info) {
  return make_bool(env, self_of(env, Arguments<0>(env, info), "requiresGrad").appearance("requiresGrad").requires_grad);
}

napi_value get_is_leaf(napi_env env, napi_callback_info info) {
  return make_bool(env, self_of(env, Arguments<0>(env, info), "isLeaf").appearance("isLeaf").is_leaf);
}

napi_value get_disposed(napi_env env, napi_callback_info info) {
  return make_bool(env, self_of(env, Arguments<0>(env, info), "disposed").is_disposed());
}

napi_value dispose(napi_env env, napi_callback_info info) {
  self_of(env, Arguments<0>(env, info), "dispose").dispose();
  return make_undefined(env);
}

}  // namespace

Appearance appearance_of(VtTensor* tensor) {
  const VtTensorApi& api = *tables().tensor;
  Appearance a;
  const auto sizes = sizes_of(tensor);
  a.sizes.assign(sizes.begin(), sizes.end());
  a.dtype = tensor->dl.dtype;
  a.device = tensor->dl.device;
  a.numel = tensor->numel;
  a.requires_grad = requires_grad(tensor);
  a.is_leaf = is_leaf(tensor);
  if (api.storage_use_count(tensor) == 1) a.own_bytes = api.storage_nbytes(tensor);
  return a;
}

TensorObject::TensorObject(napi_env env, std::shared_ptr<Live> live, TensorState state)
    : env_(env), live_(std::move(live)), tensor_(std::move(state.tensor)), appearance_(std::move(state.appearance)) {
  ++live_->num_tensors;
  account(static_cast<int64_t>(appearance_.own_bytes));
}

VtTensor* TensorObject::get(const char* what) const {
  if (tensor_) return tensor_.get();
  throw CodedError(CodedError::Class::kTypeError, "ERR_VT_DISPOSED",
                   std::string(what) + ": the tensor was disposed; it holds no elements any more");
}

void TensorObject::update(Appearance appearance) noexcept {
  if (is_disposed()) return;
  appearance_ = std::move(appearance);
  account(static_cast<int64_t>(appearance_.own_bytes));
}

void TensorObject::dispose() noexcept {
  if (is_disposed()) return;
  account(0);
  --live_->num_tensors;
  live_->dispatcher->discard(tensor_.release());
}

void TensorObject::account(int64_t bytes) noexcept {
  int64_t total = 0;
  napi_adjust_external_memory(env_, bytes - accounted_bytes_, &total);
  live_->num_bytes += bytes - accounted_bytes_;
  accounted_bytes_ = bytes;
}

napi_value define_tensor_class(napi_env env) {
  const auto getter = [](const char* name, napi_callback get) {
    return napi_property_descriptor{name, nullptr, nullptr, get, nullptr, nullptr, napi_enumerable, nullptr};
  };
  const napi_property_descriptor properties[] = {
      getter("shape", guarded<get_shape>),
      getter("dtype", guarded<get_dtype>),
      getter("device", guarded<get_device>),
      getter("size", guarded<get_size>),
      getter("requiresGrad", guarded<get_requires_grad>),
      getter("isLeaf", guarded<get_is_leaf>),
      getter("disposed", guarded<get_disposed>),
      {"dispose", nullptr, guarded<dispose>, nullptr, nullptr, nullptr, napi_default_method, nullptr},
  };
  napi_value out = nullptr;
  js(env, napi_define_class(env, "TensorBase", NAPI_AUTO_LENGTH, guarded<construct>, nullptr, std::size(properties),
                            properties, &out));
  return out;
}

napi_value wrap(napi_env env, TensorState state) {
  Instance& instance = instance_of(env);
  napi_value out = nullptr;
  instance.pending = &state;
  const napi_status status = napi_new_instance(env, instance.tensor_class.get(), 0, nullptr, &out);
  instance.pending = nullptr;
  js(env, status);
  return out;
}

TensorObject* tensor_object_of(napi_env env, napi_value value) {
  bool tagged = false;
  if (type_of(env, value) != napi_object) return nullptr;
  js(env, napi_check_object_type_tag(env, value, &kTensorTag, &tagged));
  if (!tagged) return nullptr;
  void* data = nullptr;
  js(env, napi_unwrap(env, value, &data));
  return static_cast<TensorObject*>(data);
}

TensorObject& need_tensor_object(napi_env env, napi_value value, const char* what) {
  TensorObject* object = tensor_object_of(env, value);
  if (!object) fail_type(std::string(what) + ": expected a Tensor of this thread");
  return *object;
}

std::string device_text(DLDevice device) {
  const char* name = tables().stream->device_name(device.device_type);
  if (device.device_type == kDLCPU && device.device_id == 0) return "cpu";
  return std::string(name ? name : "device") + ":" + std::to_string(device.device_id);
}

}  // namespace vt::node
