// SPDX-License-Identifier: Apache-2.0
// Packed tensors: what saved-tensor hooks gave a node to keep in place of its tensors.
#pragma once

#include <vt/abi/autograd.h>
#include <vt/cpp/tensor.hpp>

#include <memory>
#include <vector>

#include "engine/watch.hpp"

namespace vt::autograd {

// A pair of functions with a reference of its own on their context: so a cycle collector may see each owner's.
class SavedHooks {
 public:
  // Takes over the context.
  explicit SavedHooks(const VtSavedHooks& calls) noexcept : calls(calls) {}
  SavedHooks(const SavedHooks& other) noexcept : calls(other.calls) {
    if (calls.retain) calls.retain(calls.context);
  }
  SavedHooks& operator=(const SavedHooks&) = delete;
  ~SavedHooks() {
    if (calls.release) calls.release(calls.context);
  }
  // Runs without recording. Throws what the function reports, or when it writes to its tensor.
  void* pack(VtTensor* tensor) const;
  Tensor unpack(void* packed) const;

  VtSavedHooks calls;
};

// The packed form of each saved tensor of a node, in their order.
class PackedTensors {
 public:
  explicit PackedTensors(const SavedHooks& hooks) noexcept : hooks_(hooks) {}
  PackedTensors(const PackedTensors&) = delete;
  PackedTensors& operator=(const PackedTensors&) = delete;
  ~PackedTensors() { clear(); }

  // Where a saved tensor stands: forward argument or result, and index into its list.
  struct Place {
    uint32_t value;
    uint32_t item;
  };

  void add(VtTensor* tensor, Place place);
  Tensor unpack(size_t index) const { return hooks_.unpack(objects_[index]); }
  Place place(size_t index) const noexcept { return places_[index]; }
  void clear() noexcept;
  int visit(VtVisitFn visit, void* arg) const;

 private:
  SavedHooks hooks_;
  std::vector<void*> objects_;
  std::vector<Place> places_;
};

// The calling thread's hooks, the last pushed first.
void push_saved_hooks(const VtSavedHooks& hooks);
void pop_saved_hooks();
std::shared_ptr<const SavedHooks> current_saved_hooks();
// Pushing fails with this message; NULL allows it again.
void disable_saved_hooks(const char* message);
const char* saved_hooks_disabled() noexcept;

}  // namespace vt::autograd
