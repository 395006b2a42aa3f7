// SPDX-License-Identifier: Apache-2.0
// CPU tensors in pinned memory, which the CUDA backend keeps.
#pragma once

#include <span>

#include "tensor/tensor_impl.hpp"

namespace vt::core {

// An uninitialised tensor; `strides` may be empty, for row-major. Throws IMPORT when no backend with such memory is loaded.
TensorImpl* empty_pinned(std::span<const int64_t> sizes, std::span<const int64_t> strides, DLDataType dtype);
bool is_pinned(const VtTensor* tensor) noexcept;

}  // namespace vt::core
