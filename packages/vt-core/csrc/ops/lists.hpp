// SPDX-License-Identifier: Apache-2.0
// Lists of tensors as arguments and as results.
#pragma once

#include <vt/cpp/op.hpp>

#include <string>
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

// Each part is a tensor of its own: refused before they exhaust the memory.
inline void check_num_parts(const char* op, int64_t num_parts) {
  constexpr int64_t kMaxParts = int64_t{1} << 24;
  if (num_parts > kMaxParts)
    fail(VT_ERROR_VALUE, std::string(op) + ": too many parts: got " + std::to_string(num_parts) +
                             ", expected at most " + std::to_string(kMaxParts));
}

}  // namespace vt::core
