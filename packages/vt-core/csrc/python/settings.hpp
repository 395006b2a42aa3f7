// SPDX-License-Identifier: Apache-2.0
// Plugins, settings and threads from Python.
#pragma once

#include "python.hpp"

namespace vt::python {

// What tensors are made of where no dtype is given: real and complex (Note [Default dtype]).
DLDataType default_dtype();
DLDataType default_complex_dtype();

bool add_settings_functions(PyObject* module);

}  // namespace vt::python
