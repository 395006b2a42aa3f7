// SPDX-License-Identifier: Apache-2.0
// Autocast from Python: the calling thread's state.
#pragma once

#include "python.hpp"

namespace vt::python {

bool add_autocast_functions(PyObject* module);

}  // namespace vt::python
