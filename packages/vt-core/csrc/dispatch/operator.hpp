// SPDX-License-Identifier: Apache-2.0
// VtOp: an operator, its immutable snapshot of kernels, and the rows the snapshot is built from.
#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <vector>

#include "dispatch/schema.hpp"

namespace vt::core {

inline constexpr int kNumLayers = 16;
inline constexpr int kNumDeviceSlots = 8;
inline constexpr int kAnyDeviceSlot = kNumDeviceSlots - 1;

// Dense slot of a device type in a snapshot; -1 for a type without kernels.
constexpr int device_slot(int32_t device_type) noexcept {
  switch (device_type) {
    case kDLCPU: return 0;
    case kDLCUDA: return 1;
    case kDLROCM: return 2;
    case kDLMetal: return 3;
    case 64: return 4;  // VT_DEVICE_TYPE_META
    case 65: return 5;  // VT_DEVICE_TYPE_SIMULATED
    case kDLExtDev: return 6;
    case -1: return kAnyDeviceSlot;
    default: return -1;
  }
}

// Note [Snapshots]
// A call reads one snapshot through one acquire load: no lock, no string. Registration builds a new snapshot under the
// registry's mutex and swaps the pointer; the old one is kept until the process ends, since a call may still read it.
struct OpSnapshot {
  uint32_t layers = 0;  // wrapper layers with a kernel
  std::array<VtKernel, kNumDeviceSlots> device{};
  std::array<VtKernel, kNumLayers> layer{};
  const VtDerivative* derivative = nullptr;
  bool withdrawn = false;

  // The kernel for a device: its own row, else the row for every device, else NULL.
  const VtKernel* for_device(int32_t device_type) const noexcept {
    const int slot = device_slot(device_type);
    if (slot >= 0 && device[static_cast<size_t>(slot)].boxed) [[likely]]
      return &device[static_cast<size_t>(slot)];
    if (device[kAnyDeviceSlot].boxed) return &device[kAnyDeviceSlot];
    return nullptr;
  }
};

// Note [Aliases]
// An alias is an op with a schema of its own whose snapshot is its target's: the same kernels, layers (whose context is the
// target, so graph nodes are its) and derivative, at no cost to a call. Rows registered for the alias go to the target.

struct KernelRow {
  const VtPlugin* plugin;
  int32_t layer;
  int32_t device_type;
  VtKernel kernel;
};

struct OwnedDerivative {
  const VtPlugin* plugin;
  std::vector<VtGradient> gradients;
  VtDerivative view;
};

}  // namespace vt::core

struct VtOp {
  VtOp(std::string_view text, std::string_view doc, uint32_t flags, const VtPlugin* plugin)
      : schema(text, doc, flags), plugin(plugin) {}

  std::atomic<const vt::core::OpSnapshot*> snapshot{nullptr};
  vt::core::Schema schema;
  bool mutates_arguments = false;  // an argument other than a destination is written
  const VtPlugin* plugin;          // who defined it
  VtOp* target = nullptr;          // what it is another name of (Note [Aliases])
  std::atomic<const VtOp*> next_overload{nullptr};

  // Guarded by the registry's mutex.
  std::vector<vt::core::KernelRow> rows;
  std::vector<std::unique_ptr<vt::core::OwnedDerivative>> derivatives;
  std::vector<std::unique_ptr<vt::core::OpSnapshot>> snapshots;
  std::vector<VtOp*> aliases;
};
