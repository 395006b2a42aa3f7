// SPDX-License-Identifier: Apache-2.0
// What inspect.signature says about an op.
#pragma once

#include "parser.hpp"

namespace vt::python {

// An inspect.Signature from the schema; (*args, **kwargs) for overloaded ops.
PyObject* inspect_signature(const Signature& signature);

}  // namespace vt::python
