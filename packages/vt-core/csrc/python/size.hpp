// SPDX-License-Identifier: Apache-2.0
// Size: the tuple in which a tensor tells its sizes.
#pragma once

#include "python.hpp"

namespace vt::python {

bool add_size_type(PyObject* module);
PyObject* make_size(const int64_t* sizes, int32_t ndim);

}  // namespace vt::python
