// SPDX-License-Identifier: Apache-2.0
// The table of device backends and the texts of devices.
#include "device.hpp"

#include <array>
#include <atomic>
#include <charconv>

#include <vt/cpp/error.hpp>

#include "thread_state.hpp"

namespace vt::core {
namespace {

constexpr int32_t kNumDeviceTypes = 128;

struct KnownType {
  int32_t type;
  const char* name;
  const char* remedy;
};

constexpr KnownType kKnownTypes[] = {
    {kDLCPU, "cpu", "install vt-core again"},
    {kDLCUDA, "cuda", "install vt-cuda and import vt_cuda"},
    {kDLCUDAHost, "cuda_host", "install vt-cuda and import vt_cuda"},
    {kDLCUDAManaged, "cuda_managed", "install vt-cuda and import vt_cuda"},
    {VT_DEVICE_TYPE_META, "meta", "install vt-core again"},
    {VT_DEVICE_TYPE_SIMULATED, "sim", "load the simulated device with vt_core.testing"},
};

const KnownType* find_known(int32_t device_type) {
  for (const KnownType& known : kKnownTypes)
    if (known.type == device_type) return &known;
  return nullptr;
}

// Written once per type, when a plugin commits; read without a lock.
constinit std::array<std::atomic<const VtDeviceApi*>, kNumDeviceTypes> backends{};

bool is_slot(int32_t device_type) { return device_type >= 0 && device_type < kNumDeviceTypes; }

bool is_complete(const VtDeviceApi& d) {
  return d.name && d.device_count && d.properties && d.allocate && d.free && d.record_use && d.copy &&
         d.current_stream && d.set_current_stream && d.create_stream && d.synchronize_stream && d.synchronize &&
         d.create_event && d.destroy_event && d.record_event && d.wait_event && d.query_event && d.capture_state;
}

int32_t find_type(std::string_view name) {
  for (const KnownType& known : kKnownTypes)
    if (name == known.name) return known.type;
  for (int32_t type = 0; type < kNumDeviceTypes; ++type) {
    const VtDeviceApi* backend = find_device_backend(type);
    if (backend && name == backend->name) return type;
  }
  return -1;
}

[[noreturn]] void fail_parse(std::string_view text) {
  fail(VT_ERROR_RUNTIME, "device: cannot read a device: got '" + std::string(text) +
                             "', expected a type and an optional index such as 'cpu', 'cuda:1' or 'meta'");
}

}  // namespace

const VtDeviceApi* find_device_backend(int32_t device_type) noexcept {
  if (device_type == kDLCPU) [[likely]]
    return &kCpuDevice;
  if (device_type == VT_DEVICE_TYPE_META) return &kMetaDevice;
  return is_slot(device_type) ? backends[static_cast<size_t>(device_type)].load(std::memory_order_acquire) : nullptr;
}

const VtDeviceApi& device_backend(int32_t device_type) {
  if (const VtDeviceApi* backend = find_device_backend(device_type)) [[likely]]
    return *backend;
  const KnownType* known = find_known(device_type);
  const std::string type = known ? known->name : "type " + std::to_string(device_type);
  fail(VT_ERROR_IMPORT, "device: no backend is loaded for " + type + " devices; " +
                            (known ? known->remedy : "load the plugin that provides them"));
}

int32_t num_devices(int32_t device_type) noexcept {
  const VtDeviceApi* backend = find_device_backend(device_type);
  return backend ? backend->device_count() : 0;
}

void check_device_backend(const VtDeviceApi* device) {
  if (!device) fail(VT_ERROR_VALUE, "register_device: got a null table");
  const std::string type = std::to_string(device->device_type);
  if (device->header.major != VT_DEVICE_API_MAJOR)
    fail(VT_ERROR_IMPORT, "register_device: the backend of type " + type + " has interface version " +
                              std::to_string(device->header.major) + "." + std::to_string(device->header.minor) +
                              ", vt-core expects " + std::to_string(VT_DEVICE_API_MAJOR) +
                              ".x; install releases made for each other");
  if (device->header.struct_size < sizeof(VtDeviceApi) || !is_complete(*device))
    fail(VT_ERROR_VALUE, "register_device: the backend of type " + type + " leaves functions out; fill every entry");
  if (!is_slot(device->device_type))
    fail(VT_ERROR_VALUE,
         "register_device: got device type " + type + ", expected 0 to " + std::to_string(kNumDeviceTypes - 1));
  if (find_device_backend(device->device_type))
    fail(VT_ERROR_VALUE, std::string("register_device: '") + device->name + "' (type " + type +
                             ") has a backend already; load one plugin per device type");
}

void install_device_backend(const VtDeviceApi* device) noexcept {
  backends[static_cast<size_t>(device->device_type)].store(device, std::memory_order_release);
}

void check_device(DLDevice device) {
  const int32_t count = device_backend(device.device_type).device_count();
  if (device.device_id >= 0 && device.device_id < count) [[likely]]
    return;
  if (count == 0) {  // the backend knows why
    VtDeviceProperties properties{};
    properties.struct_size = sizeof(properties);
    check(device_backend(device.device_type).properties(device.device_id, &properties));
  }
  const char* name = device_type_name(device.device_type);
  fail(VT_ERROR_VALUE, std::string("device: no such device: got ") + name + ":" + std::to_string(device.device_id) +
                           ", expected an index below " + std::to_string(count));
}

DLDevice parse_device(std::string_view text) {
  const size_t colon = text.find(':');
  const int32_t type = find_type(text.substr(0, colon));
  if (type < 0) fail_parse(text);
  int32_t index = 0;
  if (colon != std::string_view::npos) {
    const std::string_view digits = text.substr(colon + 1);
    if (digits.empty() || digits[0] == '-') fail_parse(text);
    const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), index);
    if (error != std::errc() || stop != digits.data() + digits.size()) fail_parse(text);
  }
  return DLDevice{static_cast<DLDeviceType>(type), index};
}

const char* device_type_name(int32_t device_type) {
  if (const KnownType* known = find_known(device_type)) return known->name;
  if (const VtDeviceApi* backend = find_device_backend(device_type)) return backend->name;
  std::string& text = thread_state().text;
  text = "type" + std::to_string(device_type);
  return text.c_str();
}

std::string device_text(DLDevice device) {
  std::string text = device_type_name(device.device_type);
  const bool is_single = device.device_type == kDLCPU || device.device_type == kMetaType;
  return is_single && device.device_id == 0 ? text : text + ":" + std::to_string(device.device_id);
}

}  // namespace vt::core
