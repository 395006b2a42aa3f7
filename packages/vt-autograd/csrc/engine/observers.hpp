// SPDX-License-Identifier: Apache-2.0
// Observers: who sees nodes as they are recorded and run.
#pragma once

#include "engine/node.hpp"
#include "engine/watch.hpp"

namespace vt::autograd {

// Takes over the context unless it throws.
uint64_t add_observer(const VtGraphObserver& observer);
void remove_observer(uint64_t handle);

// Whether there is one at all.
bool has_observers() noexcept;

// Each calls every observer; throws what one reports.
void notify_recorded(Node* node);
void notify_ran(Node* node, std::span<VtTensor* const> grads, uint64_t elapsed_ns);
// Within an error, which is kept.
void notify_failed(Node* node) noexcept;

}  // namespace vt::autograd
