// SPDX-License-Identifier: Apache-2.0
// The backends of all device types: look-up, checking, and the memory calls that storages need.
#pragma once

#include <vt/abi/stream.h>

#include <string>

namespace vt::core {

// Throws VALUE when the table is too short, lacks a function or names a device type that is taken.
void check_device_backend(const VtDeviceApi* backend);
// Makes a checked backend visible; cannot fail.
void install_device_backend(const VtDeviceApi* backend) noexcept;
// The backend of a type. Throws IMPORT naming the wheel to install when there is none.
const VtDeviceApi& device_backend(int32_t device_type);

// Memory on the device's current stream. Throws OUT_OF_MEMORY, DEVICE or VALUE (no such device index).
void* allocate_on_device(uint64_t nbytes, DLDevice device);
void free_on_device(void* data, uint64_t nbytes, DLDevice device) noexcept;

// "cpu", "cuda:1".
std::string device_text(DLDevice device);

}  // namespace vt::core
