// SPDX-License-Identifier: Apache-2.0
// The host language's hooks on rich tensors, installed once per process.
#pragma once

#include <vt/abi/tensor.h>

#include <atomic>

namespace vt::core {

inline std::atomic<const VtHostHooks*> installed_host_hooks{nullptr};

// Only called for rich tensors, which exist only after a host language installed its hooks.
inline const VtHostHooks& host_hooks() noexcept { return *installed_host_hooks.load(std::memory_order_acquire); }

}  // namespace vt::core
