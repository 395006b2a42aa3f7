// SPDX-License-Identifier: Apache-2.0
// The vt.python table: Python objects for other extension modules.
#pragma once

#include "python.hpp"

namespace vt::python {

// Publishes the table. False with an exception set.
bool publish_python_api();

}  // namespace vt::python
