// SPDX-License-Identifier: Apache-2.0
// The entries of vt.cuda that tell of devices.
#include <algorithm>

#include "../backend.hpp"
#include "../runtime/status.hpp"
#include "border.hpp"
#include "runtime_api.hpp"

namespace vt::cuda {
namespace {

const Device& device_of(int32_t device) { return Backend::instance().context(device).device; }

}  // namespace

int properties(int32_t device, VtCudaProperties* out) {
  return border([&] {
    const DeviceProperties& known = device_of(device).properties();
    VtCudaProperties filled{};
    filled.struct_size = out->struct_size;
    filled.capability_major = known.compute_major;
    filled.capability_minor = known.compute_minor;
    filled.num_multiprocessors = known.sm_count;
    filled.warp_size = known.warp_size;
    filled.max_threads_per_block = known.max_threads_per_block;
    filled.max_threads_per_multiprocessor = known.max_threads_per_sm;
    filled.registers_per_block = known.registers_per_block;
    filled.registers_per_multiprocessor = known.registers_per_sm;
    filled.shared_bytes_per_block = known.shared_bytes_per_block;
    filled.shared_bytes_per_block_optin = known.max_shared_bytes_per_block;
    filled.shared_bytes_per_multiprocessor = known.shared_bytes_per_sm;
    filled.l2_cache_bytes = known.l2_cache_bytes;
    filled.memory_bus_bits = known.memory_bus_bits;
    filled.is_integrated = known.is_integrated;
    filled.is_multi_gpu_board = known.is_multi_gpu_board;
    filled.pci_domain = known.pci_domain;
    filled.pci_bus = known.pci_bus;
    filled.pci_device = known.pci_device;
    std::copy_n(known.uuid, sizeof filled.uuid, filled.uuid);
    std::copy_n(known.name, sizeof filled.name, filled.name);
    filled.total_bytes = known.total_bytes;
    write_known(out, filled);
  });
}

int native_device(int32_t device, int32_t* out) {
  return border([&] {
    const Driver& driver = device_of(device).driver();
    int native = 0;
    check(driver, driver.device_native(driver.self, device, &native), "native device");
    *out = native;
  });
}

int can_access_peer(int32_t device, int32_t peer, int32_t* out) {
  return border([&] {
    const Driver& driver = device_of(device).driver();
    (void)device_of(peer);
    int can = 0;
    check(driver, driver.device_can_access_peer(driver.self, device, peer, &can), "peer access");
    *out = can;
  });
}

}  // namespace vt::cuda
