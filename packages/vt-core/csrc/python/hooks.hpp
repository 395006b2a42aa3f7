// SPDX-License-Identifier: Apache-2.0
// Python functions as gradient hooks.
#pragma once

#include <vector>

#include "python.hpp"

namespace vt::python {

bool add_hook_types(PyObject* module);
void append_hook_methods(std::vector<PyMethodDef>& methods);

}  // namespace vt::python
