// SPDX-License-Identifier: Apache-2.0
// Where core keeps vt-autograd's table, so that a dying tensor can release its autograd slot.
#pragma once

#include <vt/abi/autograd.h>

#include <atomic>

namespace vt::core {

inline std::atomic<const VtAutogradApi*> installed_autograd_api{nullptr};

inline void set_autograd_api(const VtAutogradApi* api) noexcept {
  installed_autograd_api.store(api, std::memory_order_release);
}

inline void release_autograd_slot(void* slot) noexcept {
  // A slot can only have been set by the plugin whose table this is.
  installed_autograd_api.load(std::memory_order_acquire)->release(slot);
}

}  // namespace vt::core
