// SPDX-License-Identifier: Apache-2.0
// Op objects: every registered op as a Python callable and as a method of Tensor.
#pragma once

#include "parser.hpp"

namespace vt::python {

bool add_op_types(PyObject* module);

// The signature of a Python name ("add", "add_"), nullptr when there is none. Valid until the next refresh.
const Signature* find_signature(const char* name);

// Brings the op names, Tensor's methods and the operators up to date with the registry. False with an exception set.
bool refresh_ops();

}  // namespace vt::python
