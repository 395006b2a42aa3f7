// SPDX-License-Identifier: Apache-2.0
// Plugins, settings and threads from Python.
#pragma once

#include "python.hpp"

namespace vt::python {

bool add_settings_functions(PyObject* module);

}  // namespace vt::python
