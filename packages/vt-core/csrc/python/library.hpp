// SPDX-License-Identifier: Apache-2.0
// Python functions as kernels.
#pragma once

#include "python.hpp"

namespace vt::python {

bool add_library_functions(PyObject* module);

}  // namespace vt::python
