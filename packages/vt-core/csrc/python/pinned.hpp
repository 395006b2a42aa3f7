// SPDX-License-Identifier: Apache-2.0
// Tensors in pinned memory: the methods of Tensor, and the keyword of factories.
#pragma once

#include <vector>

#include <vt/abi/host.h>
#include <vt/cpp/tensor.hpp>

#include "python.hpp"

namespace vt::python {

const VtHostApi& host_table();

// `tensor` with its elements in pinned memory, itself when it lies there already. With `copies` off the elements are
// undefined. Empty, with an exception set, for a tensor of a device or without a backend that has such memory.
Tensor pinned(VtTensor* tensor, bool copies);

void append_pinned_methods(std::vector<PyMethodDef>& methods);

}  // namespace vt::python
