// SPDX-License-Identifier: Apache-2.0
// The vt.python table: Python objects for other extension modules.
#include "python_api.hpp"

#include <vt/abi/python.h>

#include "autograd.hpp"
#include "dtype_device.hpp"
#include "errors.hpp"
#include "generator.hpp"
#include "numbers.hpp"
#include "tensor_type.hpp"

namespace vt::python {
namespace {

VtTensor* tensor_from_pyobject(void* object) {
  auto* self = static_cast<PyObject*>(object);
  if (is_tensor(self)) return tensor_of(self);
  PyErr_Format(PyExc_TypeError, "expected Tensor, got %U", type_name(self).get());
  return nullptr;
}

// Scalars, tensors, dtypes, devices and generators. Complex numbers have no place to borrow their two doubles from.
int value_from_pyobject(void* object, VtValue* out) {
  auto* self = static_cast<PyObject*>(object);
  if (self == Py_None) {
    *out = none();
  } else if (is_tensor(self)) {
    *out = value_of(tensor_of(self));
  } else if (PyUnicode_Check(self)) {
    *out = {VT_STRING, 0, {0}};
    out->as.string = utf8_of(self);
    return out->as.string ? 0 : -1;
  } else if (DLDataType dtype; dtype_from(self, dtype)) {
    *out = value_of(dtype);
  } else if (DLDevice device; device_from(self, device)) {
    *out = value_of(device);
  } else if (VtGenerator* generator = generator_of(self)) {
    *out = {VT_GENERATOR, 0, {0}};
    out->as.generator = generator;
  } else {
    const NumberKind kind = number_kind(self);
    if (kind == NumberKind::kComplex || kind == NumberKind::kNone) {
      PyErr_Format(PyExc_TypeError, "no value for a Python object of type %U", type_name(self).get());
      return -1;
    }
    return value_from_number(self, kind, *out, nullptr) ? 0 : -1;
  }
  return 0;
}

constexpr VtPythonApi kTable = {
    .header = {sizeof(VtPythonApi), VT_PYTHON_API_MAJOR, VT_PYTHON_API_MINOR, 0, nullptr},
    .tensor_from_pyobject = tensor_from_pyobject,
    .tensor_to_pyobject = [](VtTensor* tensor) -> void* { return wrap(tensor); },
    .is_tensor = [](void* object) -> int32_t { return is_tensor(static_cast<PyObject*>(object)); },
    .raise_error = [] { raise_error(); },
    .stash_exception = stash_exception,
    .value_from_pyobject = value_from_pyobject,
    .value_to_pyobject = [](const VtValue* value) -> void* { return object_from_value(*value); },
    .set_node_wrapper = set_node_wrapper,
};

}  // namespace

bool publish_python_api() {
  if (tables().object->publish(nullptr, VT_PYTHON_API_NAME, &kTable.header) == 0) return true;
  raise_error();
  return false;
}

}  // namespace vt::python
