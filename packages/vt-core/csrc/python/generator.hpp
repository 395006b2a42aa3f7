// SPDX-License-Identifier: Apache-2.0
// Generator objects: streams of random numbers.
#pragma once

#include "python.hpp"

namespace vt::python {

bool add_generator_type(PyObject* module);
// The generator of a Generator object (borrowed), nullptr for any other object.
VtGenerator* generator_of(PyObject* object);

}  // namespace vt::python
