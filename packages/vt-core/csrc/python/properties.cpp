// SPDX-License-Identifier: Apache-2.0
// Tensor's properties: geometry, dtype, device and data.
#include "properties.hpp"

#include <vt/cpp/tensor.hpp>

#include "autograd.hpp"
#include "dtype_device.hpp"
#include "errors.hpp"
#include "methods.hpp"
#include "size.hpp"
#include "tensor_type.hpp"

namespace vt::python {
namespace {

PyObject* shape(PyObject* self, void*) {
  const VtTensor* t = tensor_of(self);
  return make_size(t->dl.shape, t->dl.ndim);
}

PyObject* dtype(PyObject* self, void*) { return dtype_object(tensor_of(self)->dl.dtype); }
PyObject* device(PyObject* self, void*) { return device_object(tensor_of(self)->dl.device); }
PyObject* ndim(PyObject* self, void*) { return PyLong_FromLong(tensor_of(self)->dl.ndim); }
PyObject* itemsize(PyObject* self, void*) { return PyLong_FromLongLong(itemsize_of(tensor_of(self)->dl.dtype)); }
PyObject* nbytes(PyObject* self, void*) {
  const VtTensor* t = tensor_of(self);
  return PyLong_FromLongLong(t->numel * itemsize_of(t->dl.dtype));
}
PyObject* version(PyObject* self, void*) {
  if (tensor_of(self)->flags & VT_TENSOR_INFERENCE)
    return PyErr_Format(PyExc_RuntimeError, "Inference tensors do not track version counter.");
  return PyLong_FromUnsignedLong(tables().tensor->version(tensor_of(self)));
}

PyObject* is_on(PyObject* self, void* device_type) {
  return PyBool_FromLong(tensor_of(self)->dl.device.device_type ==
                         static_cast<DLDeviceType>(reinterpret_cast<intptr_t>(device_type)));
}
void* closure(int device_type) { return reinterpret_cast<void*>(static_cast<intptr_t>(device_type)); }

PyObject* is_read_only(PyObject* self, void*) { return PyBool_FromLong(tensor_of(self)->flags & VT_TENSOR_READ_ONLY); }

PyObject* get_data(PyObject* self, void*) {
  VtTensor* alias = nullptr;
  if (tables().tensor->alias(tensor_of(self), 0, &alias) != 0) return raise_error();
  return wrap(alias);
}

int set_data(PyObject* self, PyObject* value, void*) {
  if (!value || !is_tensor(value)) {
    PyErr_Format(PyExc_TypeError, "data: expected Tensor, got %U",
                 value ? type_name(value).get() : Ref(PyUnicode_FromString("a deletion")).get());
    return -1;
  }
  const VtTensor* t = tensor_of(self);
  const DLDataType dtype = tensor_of(value)->dl.dtype;
  if (t->flags & VT_TENSOR_REQUIRES_GRAD && dtype_info(dtype).category < Category::kFloating) {
    PyErr_Format(PyExc_RuntimeError,
                 "data: a tensor that requires gradients must be of a floating point or complex dtype, got %s",
                 std::string(dtype_name(dtype)).c_str());
    return -1;
  }
  return tables().tensor->set_data(tensor_of(self), tensor_of(value)) == 0 ? 0 : raise_status();
}

// Properties that are ops of one tensor. The closure is the op's name.
PyObject* get_view(PyObject* self, void* op_name) {
  const char* name = static_cast<const char*>(op_name);
  const VtOp* op = tables().dispatch->find_op(name);
  if (!op) return PyErr_Format(PyExc_RuntimeError, "%s: no such operator is registered", name);
  const VtValue argument = value_of(tensor_of(self));
  VtValue result = none();
  if (tables().dispatch->call_boxed(op, &argument, 1, &result) != 0) return raise_error();
  return wrap(result.as.tensor);
}

// Assigning to a part of complex numbers writes it.
int set_view(PyObject* self, PyObject* value, void* op_name) {
  if (!value) {
    PyErr_Format(PyExc_AttributeError, "%s cannot be deleted", static_cast<const char*>(op_name));
    return -1;
  }
  const Ref part(get_view(self, op_name));
  if (!part) return -1;
  const bool copies = is_tensor(value);
  return Ref(PyObject_CallMethod(part.get(), copies ? "copy_" : "fill_", "O", value)) ? 0 : -1;
}

void* op_name(const char* name) { return const_cast<char*>(name); }

}  // namespace

std::vector<PyGetSetDef>& tensor_properties() {
  static std::vector<PyGetSetDef> properties = [] {
    std::vector<PyGetSetDef> all = {
        {"shape", shape, nullptr, "Sizes of all dimensions.", nullptr},
        {"dtype", dtype, nullptr, "Kind of the elements.", nullptr},
        {"device", device, nullptr, "Where the elements lie.", nullptr},
        {"ndim", ndim, nullptr, "Number of dimensions.", nullptr},
        {"itemsize", itemsize, nullptr, "Bytes of one element.", nullptr},
        {"nbytes", nbytes, nullptr, "Bytes of all elements, gaps not counted.", nullptr},
        {"data", get_data, set_data, "The elements without graph or version tracking; assigning replaces them.",
         nullptr},
        {"T", get_view, nullptr, "A view with all dimensions in reverse order.", op_name("numpy_T")},
        {"mT", get_view, nullptr, "A view with the last two dimensions exchanged.", op_name("mT")},
        {"H", get_view, nullptr, "The conjugate of a matrix with its dimensions exchanged.", op_name("matrix_H")},
        {"mH", get_view, nullptr, "The conjugate of matrices with their dimensions exchanged.", op_name("adjoint")},
        {"real", get_view, set_view, "A view of the real parts; a real tensor itself. Assigning writes them.",
         op_name("real")},
        {"imag", get_view, set_view, "A view of the imaginary parts. Assigning writes them.", op_name("imag")},
        {"is_cpu", is_on, nullptr, "True when the elements lie in host memory.", closure(kDLCPU)},
        {"is_cuda", is_on, nullptr, "True when the elements lie on a CUDA device.", closure(kDLCUDA)},
        {"is_meta", is_on, nullptr, "True for a tensor that has no elements, only sizes.",
         closure(VT_DEVICE_TYPE_META)},
        {"_is_read_only", is_read_only, nullptr, "True for imported memory that must not be written.", nullptr},
        {"_version", version, nullptr, "Number of writes to the elements so far.", nullptr}};
    append_autograd_properties(all);
    all.push_back({nullptr, nullptr, nullptr, nullptr, nullptr});
    return all;
  }();
  return properties;
}

}  // namespace vt::python
