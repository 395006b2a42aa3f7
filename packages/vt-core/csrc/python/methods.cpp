// SPDX-License-Identifier: Apache-2.0
// Tensor's methods that ask rather than compute: sizes, strides, pointers and elements as Python numbers.
#include "methods.hpp"

#include <vt/cpp/memory_format.hpp>
#include <vt/cpp/tensor.hpp>

#include "autograd.hpp"
#include "errors.hpp"
#include "exchange.hpp"
#include "numbers.hpp"
#include "pinned.hpp"
#include "properties.hpp"
#include "scalar_slots.hpp"
#include "size.hpp"
#include "tensor_type.hpp"

namespace vt::python {
namespace {

// size() and stride(): all entries, or one when a dimension is given.
PyObject* entries(const char* function, PyObject* const* args, Py_ssize_t nargs, PyObject* kwnames,
                  const int64_t* values, int32_t count, PyObject* (*all)(const int64_t*, int32_t)) {
  PyObject* out[1];
  if (!unpack(function, {"dim"}, 0, 1, args, nargs, kwnames, out)) return nullptr;
  if (!out[0] || out[0] == Py_None) return all(values, count);
  int64_t dim = 0;
  if (!int_from(out[0], dim) || !wrap_dim(function, dim, count)) return nullptr;
  return PyLong_FromLongLong(values[dim]);
}

PyObject* plain_tuple(const int64_t* values, int32_t count) {
  Ref tuple(PyTuple_New(count));
  for (int32_t i = 0; tuple && i < count; ++i) {
    PyObject* number = PyLong_FromLongLong(values[i]);
    if (!number || PyTuple_SetItem(tuple.get(), i, number) != 0) return nullptr;
  }
  return tuple.release();
}

PyObject* size(PyObject* self, PyObject* const* args, Py_ssize_t nargs, PyObject* kwnames) {
  const VtTensor* t = tensor_of(self);
  return entries("size", args, nargs, kwnames, t->dl.shape, t->dl.ndim, make_size);
}

PyObject* stride(PyObject* self, PyObject* const* args, Py_ssize_t nargs, PyObject* kwnames) {
  const VtTensor* t = tensor_of(self);
  return entries("stride", args, nargs, kwnames, t->dl.strides, t->dl.ndim, plain_tuple);
}

PyObject* dim(PyObject* self, PyObject*) { return PyLong_FromLong(tensor_of(self)->dl.ndim); }
PyObject* numel(PyObject* self, PyObject*) { return PyLong_FromLongLong(tensor_of(self)->numel); }
PyObject* element_size(PyObject* self, PyObject*) {
  return PyLong_FromLongLong(itemsize_of(tensor_of(self)->dl.dtype));
}
PyObject* storage_offset(PyObject* self, PyObject*) {
  return PyLong_FromLongLong(tables().tensor->storage_offset(tensor_of(self)));
}
PyObject* data_ptr(PyObject* self, PyObject*) { return PyLong_FromVoidPtr(tensor_of(self)->dl.data); }
PyObject* storage_data_ptr(PyObject* self, PyObject*) {
  return PyLong_FromVoidPtr(tables().tensor->storage_data(tensor_of(self)));
}
PyObject* storage_nbytes(PyObject* self, PyObject*) {
  return PyLong_FromUnsignedLongLong(tables().tensor->storage_nbytes(tensor_of(self)));
}
PyObject* is_contiguous(PyObject* self, PyObject* const* args, Py_ssize_t nargs, PyObject* kwnames) {
  PyObject* out[1];
  if (!unpack("is_contiguous", {"memory_format"}, 0, 1, args, nargs, kwnames, out)) return nullptr;
  const VtTensor* t = tensor_of(self);
  if (!out[0]) return PyBool_FromLong(t->flags & VT_TENSOR_CONTIGUOUS);
  int64_t format = 0;
  if (!int_from(out[0], format)) return nullptr;
  if (format < 0 || format > 3 || format == 1)
    return PyErr_Format(PyExc_ValueError, "is_contiguous(): no layout is called by %R", out[0]);
  return PyBool_FromLong(is_in_format(t, static_cast<MemoryFormat>(format)));
}
PyObject* is_inference(PyObject* self, PyObject*) {
  return PyBool_FromLong((tensor_of(self)->flags & VT_TENSOR_INFERENCE) != 0);
}

PyObject* is_floating_point(PyObject* self, PyObject*) {
  return PyBool_FromLong(dtype_info(tensor_of(self)->dl.dtype).category == Category::kFloating);
}
PyObject* is_complex(PyObject* self, PyObject*) {
  return PyBool_FromLong(dtype_info(tensor_of(self)->dl.dtype).category == Category::kComplex);
}
PyObject* use_count(PyObject* self, PyObject*) {
  return PyLong_FromLongLong(tables().tensor->use_count(tensor_of(self)));
}
PyObject* is_rich(PyObject* self, PyObject*) { return PyBool_FromLong(tables().tensor->is_rich(tensor_of(self))); }

PyObject* is_alias_of(PyObject* self, PyObject* other) {
  if (!is_tensor(other))
    return PyErr_Format(PyExc_TypeError, "_is_alias_of(): expected Tensor, got %U", type_name(other).get());
  return PyBool_FromLong(tables().tensor->is_alias_of(tensor_of(self), tensor_of(other)));
}

PyObject* item_method(PyObject* self, PyObject*) { return item(tensor_of(self)); }

PyObject* nested_list(const VtTensor* t, int32_t dim, const char* data) {
  if (dim == t->dl.ndim) return number_from_memory(data, t->dl.dtype);
  const int64_t step = t->dl.strides[dim] * itemsize_of(t->dl.dtype);
  Ref list(PyList_New(t->dl.shape[dim]));
  for (int64_t i = 0; list && i < t->dl.shape[dim]; ++i) {
    PyObject* entry = nested_list(t, dim + 1, data + i * step);
    if (!entry || PyList_SetItem(list.get(), i, entry) != 0) return nullptr;
  }
  return list.release();
}

PyObject* tolist(PyObject* self, PyObject*) {
  const Tensor host = Tensor::steal(on_host(tensor_of(self), "tolist"));
  return host ? nested_list(host.get(), 0, host.data<char>()) : nullptr;
}

PyMethodDef no_args(const char* name, PyCFunction function, const char* doc) {
  return {name, function, METH_NOARGS, doc};
}

}  // namespace

bool wrap_dim(const char* function, int64_t& dim, int32_t ndim) {
  const int64_t given = dim;
  if (dim < 0) dim += ndim;
  if (dim >= 0 && dim < ndim) return true;
  if (ndim == 0)
    PyErr_Format(PyExc_IndexError, "%s(): dimension %lld of a tensor without dimensions", function,
                 static_cast<long long>(given));
  else
    PyErr_Format(PyExc_IndexError, "%s(): dimension out of range: got %lld, expected %d to %d", function,
                 static_cast<long long>(given), -ndim, ndim - 1);
  return false;
}

PyObject* item(VtTensor* tensor) {
  if (tensor->numel != 1)
    return PyErr_Format(PyExc_RuntimeError, "item: a Tensor with %lld elements cannot be converted to a number",
                        static_cast<long long>(tensor->numel));
  const Tensor host = Tensor::steal(on_host(tensor, "item"));
  return host ? number_from_memory(host->dl.data, host->dl.dtype) : nullptr;
}

void append_query_methods(std::vector<PyMethodDef>& methods) {
  for (const PyMethodDef& method :
       {fast_method("size", size, "size(dim=None)\n--\n\nSizes of all dimensions, or of one."),
        fast_method("stride", stride, "stride(dim=None)\n--\n\nStrides in elements of all dimensions, or of one."),
        no_args("dim", dim, "dim()\n--\n\nNumber of dimensions."),
        no_args("ndimension", dim, "ndimension()\n--\n\nNumber of dimensions."),
        no_args("numel", numel, "numel()\n--\n\nNumber of elements."),
        no_args("nelement", numel, "nelement()\n--\n\nNumber of elements."),
        no_args("element_size", element_size, "element_size()\n--\n\nBytes of one element."),
        no_args("storage_offset", storage_offset,
                "storage_offset()\n--\n\nElements between the start of the storage and the first element."),
        no_args("data_ptr", data_ptr, "data_ptr()\n--\n\nAddress of the first element."),
        fast_method("is_contiguous", is_contiguous,
                    "is_contiguous(memory_format=None)\n--\n\nTrue for a layout without gaps: row-major, or that of a "
                    "memory format."),
        no_args("is_inference", is_inference,
                "is_inference()\n--\n\nTrue for a tensor made in inference mode, or a view of one."),
        no_args("is_floating_point", is_floating_point, "is_floating_point()\n--\n\nTrue for a real floating dtype."),
        no_args("is_complex", is_complex, "is_complex()\n--\n\nTrue for a complex dtype."),
        no_args("item", item_method, "item()\n--\n\nThe only element as a Python number. Waits for the device."),
        no_args("tolist", tolist,
                "tolist()\n--\n\nThe elements as nested lists of Python numbers. Waits for the device."),
        no_args("_storage_data_ptr", storage_data_ptr, "Address of the storage."),
        no_args("_storage_nbytes", storage_nbytes, "Bytes of the storage."),
        no_args("_use_count", use_count, "Number of native references on the tensor."),
        no_args("_is_rich", is_rich, "True while the wrapper keeps its identity for the tensor's life."),
        PyMethodDef{"_is_alias_of", is_alias_of, METH_O, "True when both tensors share one storage."}})
    methods.push_back(method);
}

std::vector<PyMethodDef>& tensor_methods() {
  static std::vector<PyMethodDef> methods = [] {
    std::vector<PyMethodDef> all;
    append_query_methods(all);
    append_autograd_methods(all);
    append_pinned_methods(all);
    append_dlpack_methods(all);
    append_scalar_methods(all);
    append_conversion_methods(all);
    all.push_back({nullptr, nullptr, 0, nullptr});
    return all;
  }();
  return methods;
}

}  // namespace vt::python
