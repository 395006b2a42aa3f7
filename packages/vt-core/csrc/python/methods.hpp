// SPDX-License-Identifier: Apache-2.0
// Tensor's methods that ask rather than compute.
#pragma once

#include <vector>

#include "python.hpp"

namespace vt::python {

void append_query_methods(std::vector<PyMethodDef>& methods);
// float(), half(), long() and their like (conversions.cpp).
void append_conversion_methods(std::vector<PyMethodDef>& methods);

// A dimension counted from either end, as a non-negative one; false with an IndexError set.
bool wrap_dim(const char* function, int64_t& dim, int32_t ndim);

}  // namespace vt::python
