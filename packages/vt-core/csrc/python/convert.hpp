// SPDX-License-Identifier: Apache-2.0
// One Python argument to one value, by the kinds that its parameter accepts.
#pragma once

#include "parser.hpp"

namespace vt::python {

enum class Match { kYes, kNo, kError };  // kError: a Python exception is set

Match convert(const Parameter& parameter, PyObject* object, VtValue& out, CallFrame& frame);

// A run of ints or tensors as a list: view(2, 3), meshgrid(x, y).
Match convert_spread(const Parameter& parameter, PyObject* const* args, Py_ssize_t count, VtValue& out,
                     CallFrame& frame);

// "Tensor or Number": what a parameter accepts, for messages.
std::string describe_kinds(const Parameter& parameter);

}  // namespace vt::python
