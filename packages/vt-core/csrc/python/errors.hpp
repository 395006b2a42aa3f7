// SPDX-License-Identifier: Apache-2.0
// The one translation between the thread's VtError and Python exceptions.
#pragma once

#include "python.hpp"

namespace vt::python {

// Creates the exception classes and adds them to the module.
bool add_exceptions(PyObject* module);

// Raises the thread's VtError as a Python exception and clears it. Always returns nullptr.
PyObject* raise_error();

// raise_error() for functions that return a status.
inline int raise_status() {
  raise_error();
  return -1;
}

// Moves the pending Python exception into the thread's VtError.
void stash_exception();

}  // namespace vt::python
