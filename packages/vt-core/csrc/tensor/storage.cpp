// SPDX-License-Identifier: Apache-2.0
// Storage on devices other than the host, and of foreign memory.
#include "tensor/storage.hpp"

#include "runtime/device.hpp"

namespace vt::core {

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
