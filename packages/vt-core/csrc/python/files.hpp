// SPDX-License-Identifier: Apache-2.0
// Safetensors files from Python.
#pragma once

#include "python.hpp"

namespace vt::python {

bool add_file_type(PyObject* module);

}  // namespace vt::python
