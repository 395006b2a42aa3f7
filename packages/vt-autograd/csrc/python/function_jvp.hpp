// SPDX-License-Identifier: Apache-2.0
// Forward mode of a Function.
#pragma once

#include "function_context.hpp"

namespace vt::autograd::python {

// Sets `out` to a tuple of the arguments' tangents and None; leaves it empty where no argument is a dual number. False with an
// error set.
bool find_tangents(PyObject* const* args, Py_ssize_t nargs, Ref& out);

// Gives the results of a Function the tangents that its jvp returns. False with an error set.
bool apply_jvp(FunctionContext* context, PyObject* const* args, PyObject* tangents, PyObject* results);

// Function.jvp itself, which a subclass replaces.
PyObject* no_jvp(PyObject*, PyObject* const*, Py_ssize_t, PyObject*);

}  // namespace vt::autograd::python
