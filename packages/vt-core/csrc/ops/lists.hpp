// SPDX-License-Identifier: Apache-2.0
// Lists of tensors as arguments and as results.
#pragma once

#include <vt/cpp/op.hpp>

#include <vector>

namespace vt::core {

inline std::span<VtTensor* const> tensors_of(const VtValue& v) noexcept { return {v.as.tensors, v.count}; }

// A list result: takes over the tensors. Its array goes back to the allocator with its receiver (Note [Value tags]).
inline VtValue list_value(std::vector<Tensor>& tensors) {
  void* array = nullptr;
  check(tables().alloc->allocate(tensors.size() * sizeof(VtTensor*), &array));
  auto** entries = static_cast<VtTensor**>(array);
  for (size_t i = 0; i < tensors.size(); ++i) entries[i] = tensors[i].release();
  return value_of(std::span<VtTensor* const>(entries, tensors.size()));
}

}  // namespace vt::core
