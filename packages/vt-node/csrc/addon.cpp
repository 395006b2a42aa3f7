// SPDX-License-Identifier: Apache-2.0
// The addon's entry point: one instance per environment, and the functions that lib/ builds the public face from.
#include "autograd.hpp"
#include "convert.hpp"
#include "elements.hpp"
#include "instance.hpp"
#include "op_call.hpp"

namespace vt::node {
namespace {

// Fetches the tables of the libvt_core beside the addon, once per process. Returns what went wrong, or "".
const std::string& load_core() {
  static const std::string failure = []() -> std::string {
    if (load_tables(vt_get_interface) == 0) return "";
    const void* table = nullptr;
    VtError error{};
    error.struct_size = sizeof error;
    if (vt_get_interface(VT_OBJECT_API_NAME, VT_OBJECT_API_MAJOR, 0, &table) == 0 &&
        static_cast<const VtObjectApi*>(table)->take_error(&error))
      return error.message;
    return "vt-node: libvt_core lacks an interface";
  }();
  return failure;
}

// setTensorClass(class): the class, extending TensorBase, of which tensors are made.
napi_value set_tensor_class(napi_env env, napi_callback_info info) {
  const Arguments<1> args(env, info);
  instance_of(env).tensor_class = Reference(env, args[0]);
  return make_undefined(env);
}

// loadPlugin(path). Waits: what it brings can be called at once.
napi_value load_plugin(napi_env env, napi_callback_info info) {
  const Arguments<1> args(env, info);
  if (type_of(env, args[0]) != napi_string)
    fail_type("loadPlugin: expected a path: got " + describe_value(env, args[0]));
  check(tables().object->load_plugin(string_of(env, args[0]).c_str()));
  return make_undefined(env);
}

napi_value list_plugins(napi_env env, napi_callback_info) {
  struct Plugin {
    std::string name, version, path;
  };
  std::vector<Plugin> plugins;
  auto visit = [](const VtPluginInfo* plugin, const char* path, void* arg) {
    return guard(
        [&] { static_cast<std::vector<Plugin>*>(arg)->push_back({plugin->name, plugin->version, path ? path : ""}); });
  };
  check(tables().object->visit_plugins(visit, &plugins));
  napi_value out = make_array(env, plugins.size());
  for (size_t i = 0; i < plugins.size(); ++i) {
    napi_value entry = make_object(env);
    set_property(env, entry, "name", make_string(env, plugins[i].name));
    set_property(env, entry, "version", make_string(env, plugins[i].version));
    set_property(env, entry, "path", make_string(env, plugins[i].path));
    set_element(env, out, static_cast<uint32_t>(i), entry);
  }
  return out;
}

napi_value cancel(napi_env env, napi_callback_info info) {
  const Arguments<1> args(env, info);
  uint32_t ticket = 0;
  js(env, napi_get_value_uint32(env, args[0], &ticket));
  return make_bool(env, instance_of(env).dispatcher().cancel(ticket));
}

napi_value ready(napi_env env, napi_callback_info) { return instance_of(env).dispatcher().ready(); }

napi_value set_max_in_flight(napi_env env, napi_callback_info info) {
  const Arguments<1> args(env, info);
  int64_t limit = 0;
  if (integer_from(env, args[0], limit) != Fit::kYes || limit < 1)
    fail(VT_ERROR_VALUE, "configure: maxInFlight must be a positive integer: got " + describe_value(env, args[0]));
  instance_of(env).dispatcher().set_limit(static_cast<size_t>(limit));
  return make_undefined(env);
}

napi_value memory(napi_env env, napi_callback_info) {
  Instance& instance = instance_of(env);
  VtAllocStats stats{};
  stats.struct_size = sizeof stats;
  tables().alloc->stats(&stats);
  napi_value out = make_object(env);
  auto set = [&](const char* name, auto number) {
    set_property(env, out, name, make_number(env, static_cast<double>(number)));
  };
  set("numTensors", instance.live->num_tensors);
  set("numBytes", instance.live->num_bytes);
  set("inFlight", instance.dispatcher().in_flight());
  set("maxInFlight", instance.dispatcher().limit());
  set("processBytes", stats.current_bytes);
  set("processPeakBytes", stats.peak_bytes);
  set("processCachedBytes", stats.cached_bytes);
  return out;
}

napi_value show_config(napi_env env, napi_callback_info) { return make_string(env, tables().object->show_config()); }

void define_functions(napi_env env, napi_value exports) {
  const auto function = [](const char* name, napi_callback body) {
    return napi_property_descriptor{name, nullptr, body, nullptr, nullptr, nullptr, napi_enumerable, nullptr};
  };
  const napi_property_descriptor functions[] = {
      function("setTensorClass", guarded<set_tensor_class>),
      function("createTensor", guarded<create_tensor>),
      function("readTensor", guarded<read_tensor>),
      function("listOperators", guarded<list_operators>),
      function("findOperator", guarded<find_operator>),
      function("callOperator", guarded<call_operator>),
      function("cancel", guarded<cancel>),
      function("ready", guarded<ready>),
      function("setMaxInFlight", guarded<set_max_in_flight>),
      function("backward", guarded<backward>),
      function("grad", guarded<read_grad>),
      function("setGrad", guarded<write_grad>),
      function("setRequiresGrad", guarded<change_requires_grad>),
      function("loadPlugin", guarded<load_plugin>),
      function("plugins", guarded<list_plugins>),
      function("memory", guarded<memory>),
      function("showConfig", guarded<show_config>),
  };
  js(env, napi_define_properties(env, exports, std::size(functions), functions));
  set_property(env, exports, "TensorBase", define_tensor_class(env));
  set_property(env, exports, "Generator", define_generator_class(env));
}

// The environment's state, dropped with it. The dispatcher stops first, while JavaScript values can still be released.
void make_instance(napi_env env) {
  auto instance = std::make_unique<Instance>(env);
  auto stop = [](void* dispatcher) { static_cast<Dispatcher*>(dispatcher)->stop(); };
  js(env, napi_add_env_cleanup_hook(env, stop, &instance->dispatcher()));
  auto finalize = [](napi_env, void* data, void*) { delete static_cast<Instance*>(data); };
  js(env, napi_set_instance_data(env, instance.release(), finalize, nullptr));
}

}  // namespace
}  // namespace vt::node

NAPI_MODULE_INIT() {
  using namespace vt::node;
  Failure failure;
  if (!load_core().empty()) {
    failure = {CodedError::Class::kError, "ERR_VT_IMPORT", load_core()};
  } else {
    failure = attempt([&] {
      make_instance(env);
      define_functions(env, exports);
    });
  }
  if (failure) napi_throw_error(env, failure.code, failure.message.c_str());
  return exports;
}
