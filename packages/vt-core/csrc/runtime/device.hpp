// SPDX-License-Identifier: Apache-2.0
// Device backends of the process, the names of devices, and copies between devices.
#pragma once

#include <vt/abi/stream.h>

#include <string>
#include <string_view>

namespace vt::core {

// The stack's own device types, as values of DLPack's enumeration.
inline constexpr auto kMetaType = static_cast<DLDeviceType>(VT_DEVICE_TYPE_META);

// The backend of a device type, or NULL.
const VtDeviceApi* find_device_backend(int32_t device_type) noexcept;
// The same; throws IMPORT naming the wheel or plugin to install.
const VtDeviceApi& device_backend(int32_t device_type);
int32_t num_devices(int32_t device_type) noexcept;

// Throws unless `device` is a complete backend of a type that has none yet.
void check_device_backend(const VtDeviceApi* device);
// Makes a checked backend visible; it stays for the life of the process.
void install_device_backend(const VtDeviceApi* device) noexcept;

// Throws IMPORT for a type without backend, VALUE for an index that the backend does not have.
void check_device(DLDevice device);

// "cuda:1", "cpu" (index 0). Grammar only: the device need not exist, its type must have a name.
DLDevice parse_device(std::string_view text);
// "cuda" for a type; a text with the number for a type that has no name.
const char* device_type_name(int32_t device_type);
// "cuda:1"; "cpu" and "meta" without their index 0.
std::string device_text(DLDevice device);

// Copies between tensors of equal sizes, strides and dtype that are dense, whatever their devices. Work is enqueued on the
// current streams of both devices, each made to wait for the other by events; the host waits only for host memory.
void copy_bytes(VtTensor* dst, VtTensor* src, bool non_blocking);

extern const VtDeviceApi kCpuDevice;
extern const VtDeviceApi kMetaDevice;

}  // namespace vt::core
