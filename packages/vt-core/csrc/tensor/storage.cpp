// SPDX-License-Identifier: Apache-2.0
// Storage on devices other than the host, and of foreign memory.
#include "tensor/storage.hpp"

#include <vt/cpp/error.hpp>

#include "runtime/device.hpp"

namespace vt::core {

namespace {

// Memory is ordered on the device's current stream.
void* allocate_on_device(uint64_t nbytes, DLDevice device) {
  const VtDeviceApi& backend = device_backend(device.device_type);
  VtStream stream = 0;
  void* data = nullptr;
  if (backend.current_stream(device.device_id, &stream) == 0 &&
      backend.allocate(device.device_id, nbytes, stream, &data) == 0) [[likely]]
    return data;
  check_device(device);  // that there is no such device is the clearer error
  throw ErrorIsSet();
}

void free_on_device(void* data, uint64_t nbytes, DLDevice device) noexcept {
  find_device_backend(device.device_type)->free(device.device_id, data, nbytes);
}

}  // namespace

Storage* make_device_storage(uint64_t nbytes, DLDevice device) {
  void* data = allocate_on_device(nbytes, device);
  Storage* storage = nullptr;
  try {
    storage = new_storage();
  } catch (...) {
    free_on_device(data, nbytes, device);
    throw;
  }
  storage->data = data;
  storage->nbytes = nbytes;
  storage->device = device;
  storage->origin = Origin::kDevice;
  return storage;
}

void free_storage_slow(Storage* storage) noexcept {
  if (storage->origin == Origin::kForeign) {
    if (storage->deleter) storage->deleter(storage->context);
  } else {
    free_on_device(storage->data, storage->nbytes, storage->device);
  }
}

}  // namespace vt::core
