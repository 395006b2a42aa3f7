// SPDX-License-Identifier: Apache-2.0
// The results of a call, each a tensor, a list of them, or something else.
#pragma once

#include <vt/cpp/tensor.hpp>

namespace vt::autograd {

// The tensors in one result.
inline std::span<VtTensor* const> tensors_of(const VtValue& result) noexcept {
  if (result.tag == VT_TENSOR) return {&result.as.tensor, 1};
  if (result.tag == VT_TENSOR_LIST) return {result.as.tensors, result.count};
  return {};
}

// Gives back what a call returned, when it cannot be handed on.
inline void release_result(VtValue& result) noexcept {
  for (VtTensor* t : tensors_of(result)) tables().tensor->release(t);
  if (result.tag == VT_TENSOR_LIST)
    tables().alloc->free(const_cast<VtTensor**>(result.as.tensors), result.count * sizeof(VtTensor*));
  result = none();
}

}  // namespace vt::autograd
