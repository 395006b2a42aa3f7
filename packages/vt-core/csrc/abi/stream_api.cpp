// SPDX-License-Identifier: Apache-2.0
// The table vt.core.stream.
#include <vt/cpp/tensor.hpp>

#include "abi/tables.hpp"
#include "dispatch/registry.hpp"
#include "runtime/device.hpp"

namespace vt::core {
namespace {

int register_device(VtPlugin* plugin, const VtDeviceApi* device) {
  return guard([&] { Registry::instance().add_device(plugin, device); });
}

const VtDeviceApi* device(int32_t device_type) {
  const VtDeviceApi* backend = nullptr;
  guard([&] { backend = &device_backend(device_type); });
  return backend;
}

int32_t device_count(int32_t device_type) { return num_devices(device_type); }

int parse(const char* text, DLDevice* out) {
  return guard([&] { *out = parse_device(text); });
}

int copy(VtTensor* dst, VtTensor* src, int32_t non_blocking) {
  return guard([&] { copy_bytes(dst, src, non_blocking != 0); });
}

int synchronize(DLDevice device) {
  return guard([&] {
    check_device(device);
    check(device_backend(device.device_type).synchronize(device.device_id));
  });
}

int record_use(VtTensor* tensor, VtStream stream) {
  return guard([&] {
    const DLDevice device = tensor->dl.device;
    void* data = tables().tensor->storage_data(tensor);
    if (data) check(device_backend(device.device_type).record_use(device.device_id, data, stream));
  });
}

}  // namespace

const VtStreamApi* stream_api() {
  static constexpr VtStreamApi kTable = {table_header<VtStreamApi>(VT_STREAM_API_MINOR),
                                         register_device,
                                         device,
                                         device_count,
                                         parse,
                                         device_type_name,
                                         copy,
                                         synchronize,
                                         record_use};
  return &kTable;
}

}  // namespace vt::core
