// SPDX-License-Identifier: Apache-2.0
// A tensor of one element as a Python number: bool(), int(), float(), complex(), index(); and membership.
#include "scalar_slots.hpp"

#include <vt/cpp/tensor.hpp>

#include "numbers.hpp"
#include "properties.hpp"
#include "tensor_type.hpp"

namespace vt::python {
namespace {

int truth(PyObject* self) {
  VtTensor* t = tensor_of(self);
  if (t->numel != 1) {
    PyErr_Format(PyExc_RuntimeError, "Boolean value of Tensor with %s is ambiguous",
                 t->numel == 0 ? "no values" : "more than one value");
    return -1;
  }
  const Ref number(item(t));
  return number ? PyObject_IsTrue(number.get()) : -1;
}

// The number of the only element, for Python's own conversions.
Ref only_number(PyObject* self) {
  if (tensor_of(self)->numel == 1) return Ref(item(tensor_of(self)));
  PyErr_SetString(PyExc_ValueError, "only one element tensors can be converted to Python scalars");
  return Ref();
}

PyObject* as_int(PyObject* self) {
  const Ref number = only_number(self);
  return number ? PyNumber_Long(number.get()) : nullptr;
}

PyObject* as_float(PyObject* self) {
  const Ref number = only_number(self);
  return number ? PyNumber_Float(number.get()) : nullptr;
}

PyObject* as_complex(PyObject* self, PyObject*) {
  const Ref number = only_number(self);
  double parts[2];
  return number && complex_from(number.get(), parts) ? PyComplex_FromDoubles(parts[0], parts[1]) : nullptr;
}

PyObject* as_index(PyObject* self) {
  VtTensor* t = tensor_of(self);
  const Category category = is_known_dtype(t->dl.dtype) ? dtype_info(t->dl.dtype).category : Category::kComplex;
  if (t->numel != 1 || category > Category::kInteger)
    return PyErr_Format(PyExc_TypeError, "only integer tensors of a single element can be converted to an index");
  return as_int(self);
}

int contains_number(const VtTensor* t, int32_t dim, const char* data, PyObject* wanted) {
  if (dim == t->dl.ndim) {
    const Ref number(number_from_memory(data, t->dl.dtype));
    return number ? PyObject_RichCompareBool(number.get(), wanted, Py_EQ) : -1;
  }
  const int64_t step = t->dl.strides[dim] * itemsize_of(t->dl.dtype);
  for (int64_t i = 0; i < t->dl.shape[dim]; ++i)
    if (const int found = contains_number(t, dim + 1, data + i * step, wanted)) return found;
  return 0;
}

// x in tensor: some element equals the number.
int contains(PyObject* self, PyObject* wanted) {
  Ref number = is_tensor(wanted) ? Ref(item(tensor_of(wanted))) : Ref::share(wanted);
  if (!number) return -1;
  if (number_kind(number.get()) == NumberKind::kNone) {
    PyErr_Format(PyExc_TypeError, "Tensor.__contains__ expects a number or a tensor of one element, got %U",
                 type_name(wanted).get());
    return -1;
  }
  const Tensor host = Tensor::steal(on_host(tensor_of(self), "Tensor.__contains__"));
  return host ? contains_number(host.get(), 0, host.data<char>(), number.get()) : -1;
}

}  // namespace

void append_scalar_slots(std::vector<PyType_Slot>& slots) {
  for (const PyType_Slot& s : {slot(Py_nb_bool, truth), slot(Py_nb_int, as_int), slot(Py_nb_float, as_float),
                               slot(Py_nb_index, as_index), slot(Py_sq_contains, contains)})
    slots.push_back(s);
}

void append_scalar_methods(std::vector<PyMethodDef>& methods) {
  methods.push_back({"__complex__", as_complex, METH_NOARGS, nullptr});
}

}  // namespace vt::python
