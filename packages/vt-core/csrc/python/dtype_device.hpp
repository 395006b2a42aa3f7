// SPDX-License-Identifier: Apache-2.0
// The dtype and device objects and their conversion to and from DLPack's structs.
#pragma once

#include <vt/cpp/dtype.hpp>

#include "python.hpp"

namespace vt::python {

bool add_dtypes(PyObject* module);
bool add_devices(PyObject* module);

// The singleton of a dtype (new reference), nullptr with an error for one the stack does not have.
PyObject* dtype_object(DLDataType dtype);
PyObject* device_object(DLDevice device);

// True when `object` names a dtype: a dtype object or one of Python's bool, int, float and complex.
bool dtype_from(PyObject* object, DLDataType& out);
// True when `object` is a device object.
bool device_from(PyObject* object, DLDevice& out);
// A device object or text; false with an exception set otherwise.
bool parse_device(PyObject* object, DLDevice& out);

// "vt_core.float32" and the like, "torch.float32" where an overlay is loaded, for messages and repr.
Ref dtype_text(DLDataType dtype);

}  // namespace vt::python
