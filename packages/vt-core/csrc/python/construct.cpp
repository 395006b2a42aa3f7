// SPDX-License-Identifier: Apache-2.0
// New tensors from Python numbers and nested sequences, and by copying from foreign arrays.
#include "construct.hpp"

#include <vt/abi/autograd.h>

#include <vt/cpp/tensor.hpp>

#include <cstring>
#include <vector>

#include "dtype_device.hpp"
#include "errors.hpp"
#include "exchange.hpp"
#include "numbers.hpp"
#include "op_type.hpp"
#include "settings.hpp"
#include "tensor_type.hpp"

namespace vt::python {
namespace {

constexpr size_t kMaxDepth = 64;
constexpr DLDevice kHost{kDLCPU, 0};

bool is_sequence(PyObject* object) {
  return PyList_Check(object) || PyTuple_Check(object) ||
         (PySequence_Check(object) && !PyUnicode_Check(object) && !is_tensor(object) && !PyDict_Check(object));
}

bool has_buffer(PyObject* object) { return PyObject_CheckBuffer(object) && !is_tensor(object); }

// What a walk over nested sequences finds out before any memory is taken.
struct Layout {
  std::vector<int64_t> sizes;
  DLDataType dtype = default_dtype();
  bool found = false;  // an element was seen

  bool merge(DLDataType other) {
    if (!found)
      dtype = other;
    else if (!same_dtype(dtype, other) && tables().iter->promote_types(dtype, other, &dtype) != 0)
      return raise_status() == 0;
    found = true;
    return true;
  }
};

// dtype of one element by PyTorch's rule: Python floats are of the default dtype, ints int64.
bool element_dtype(PyObject* object, bool is_nested, DLDataType& out) {
  if (is_tensor(object)) {
    if (tensor_of(object)->numel == 1) {
      out = tensor_of(object)->dl.dtype;
      return true;
    }
    PyErr_SetString(PyExc_ValueError, "tensor: only tensors of one element can be elements of a sequence");
    return false;
  }
  switch (number_kind(object)) {
    case NumberKind::kBool: out = kBool; return true;
    case NumberKind::kInt: out = kInt64; return true;
    case NumberKind::kFloat: out = default_dtype(); return true;
    case NumberKind::kComplex: out = default_complex_dtype(); return true;
    case NumberKind::kNone: break;
  }
  PyObject* error = !PyUnicode_Check(object) ? PyExc_RuntimeError : is_nested ? PyExc_ValueError : PyExc_TypeError;
  PyErr_Format(error, "tensor: invalid data type '%U', expected numbers or nested sequences of numbers",
               type_name(object).get());
  return false;
}

// Sizes from the first branch; every other branch is checked against them while its elements decide the dtype.
bool measure(PyObject* object, size_t depth, Layout& layout) {
  if (!is_sequence(object)) {
    if (depth < layout.sizes.size()) {
      PyErr_Format(PyExc_ValueError, "tensor: expected a sequence of length %lld at dim %zu, got %U",
                   static_cast<long long>(layout.sizes[depth]), depth, type_name(object).get());
      return false;
    }
    DLDataType dtype;
    return element_dtype(object, depth > 0, dtype) && layout.merge(dtype);
  }
  if (depth >= kMaxDepth) {
    PyErr_Format(PyExc_ValueError, "tensor: nested more than %zu deep; does a sequence contain itself?", kMaxDepth);
    return false;
  }
  const Py_ssize_t length = PySequence_Size(object);
  if (length < 0) return false;
  const bool first = !layout.found && layout.sizes.size() == depth;
  if (first) layout.sizes.push_back(length);
  if (depth >= layout.sizes.size() || layout.sizes[depth] != length) {
    if (depth >= layout.sizes.size())
      PyErr_Format(PyExc_ValueError, "tensor: expected a number at dim %zu, got a sequence of length %zd", depth,
                   length);
    else
      PyErr_Format(PyExc_ValueError, "tensor: expected a sequence of length %lld at dim %zu, got %zd",
                   static_cast<long long>(layout.sizes[depth]), depth, length);
    return false;
  }
  for (Py_ssize_t i = 0; i < length; ++i) {
    const Ref entry(PySequence_GetItem(object, i));
    if (!entry || !measure(entry.get(), depth + 1, layout)) return false;
    // Empty sequences end the shape: later branches may not be deeper than the first.
    if (!layout.found) layout.found = layout.sizes.size() > depth + 1 && layout.sizes.back() == 0;
  }
  return true;
}

bool overflow(PyObject* object, DLDataType dtype) {
  PyErr_Format(PyExc_OverflowError, "tensor: %R does not fit %U", object, dtype_text(dtype).get());
  return false;
}

template <class T>
bool store_integer(PyObject* object, DLDataType dtype, void* out) {
  Ref whole(PyFloat_Check(object) ? PyNumber_Long(object) : PyNumber_Index(object));
  if (!whole) return false;
  T value;
  if constexpr (std::is_signed_v<T>) {
    int too_large = 0;
    const long long number = PyLong_AsLongLongAndOverflow(whole.get(), &too_large);
    value = static_cast<T>(number);
    if (too_large || value != number) return overflow(object, dtype);
  } else {
    const unsigned long long number = PyLong_AsUnsignedLongLong(whole.get());
    if (PyErr_Occurred()) return overflow(object, dtype);
    value = static_cast<T>(number);
    if (value != number) return overflow(object, dtype);
  }
  std::memcpy(out, &value, sizeof value);
  return true;
}

template <class T>
bool store_floating(PyObject* object, void* out) {
  const double number = PyFloat_AsDouble(object);
  if (number == -1.0 && PyErr_Occurred()) return false;
  const T value = static_cast<T>(number);
  std::memcpy(out, &value, sizeof value);
  return true;
}

template <class T>
bool store_complex(PyObject* object, void* out) {
  double number[2];
  if (!complex_from(object, number)) return false;
  const T parts[2] = {static_cast<T>(number[0]), static_cast<T>(number[1])};
  std::memcpy(out, parts, sizeof parts);
  return true;
}

bool store(PyObject* object, DLDataType dtype, void* out) {
  switch (dtype_index(dtype)) {
    case DtypeIndex::kBool: {
      const int truth = PyObject_IsTrue(object);
      *static_cast<uint8_t*>(out) = truth > 0;
      return truth >= 0;
    }
    case DtypeIndex::kUInt8: return store_integer<uint8_t>(object, dtype, out);
    case DtypeIndex::kUInt16: return store_integer<uint16_t>(object, dtype, out);
    case DtypeIndex::kUInt32: return store_integer<uint32_t>(object, dtype, out);
    case DtypeIndex::kUInt64: return store_integer<uint64_t>(object, dtype, out);
    case DtypeIndex::kInt8: return store_integer<int8_t>(object, dtype, out);
    case DtypeIndex::kInt16: return store_integer<int16_t>(object, dtype, out);
    case DtypeIndex::kInt32: return store_integer<int32_t>(object, dtype, out);
    case DtypeIndex::kInt64: return store_integer<int64_t>(object, dtype, out);
    case DtypeIndex::kFloat32: return store_floating<float>(object, out);
    case DtypeIndex::kFloat64: return store_floating<double>(object, out);
    case DtypeIndex::kComplex64: return store_complex<float>(object, out);
    case DtypeIndex::kComplex128: return store_complex<double>(object, out);
    default: break;
  }
  PyErr_Format(PyExc_SystemError, "tensor: cannot store Python numbers as %U", dtype_text(dtype).get());
  return false;
}

// Dtypes that Python numbers cannot be stored in go through float64, which the copy kernel rounds once.
DLDataType staging_dtype(DLDataType dtype) {
  return dtype_info(dtype).category == Category::kFloating && dtype_info(dtype).itemsize < 4 ? kFloat64 : dtype;
}

bool store_all(PyObject* object, size_t depth, const VtTensor* t, char*& out) {
  const auto ndim = static_cast<size_t>(t->dl.ndim);
  if (depth == ndim) {
    Ref number = is_tensor(object) ? Ref(PyObject_CallMethod(object, "item", nullptr)) : Ref::share(object);
    if (!number || !store(number.get(), t->dl.dtype, out)) return false;
    out += itemsize_of(t->dl.dtype);
    return true;
  }
  // Run code may have changed the sequence since it was measured.
  if (PySequence_Size(object) != t->dl.shape[depth]) {
    if (!PyErr_Occurred())
      PyErr_SetString(PyExc_RuntimeError, "tensor: a sequence changed its length while it was read");
    return false;
  }
  for (int64_t i = 0; i < t->dl.shape[depth]; ++i) {
    const Ref entry(PySequence_GetItem(object, i));
    if (!entry || !store_all(entry.get(), depth + 1, t, out)) return false;
  }
  return true;
}

Tensor new_empty(std::span<const int64_t> sizes, DLDataType dtype, DLDevice device) {
  VtTensor* out = nullptr;
  if (tables().tensor->empty(sizes.data(), static_cast<int32_t>(sizes.size()), dtype, device, &out) == 0)
    return Tensor::steal(out);
  raise_error();
  return {};
}

// A row-major copy of `source` with the given dtype and device, through the copy op.
Tensor copy_to(const Tensor& source, DLDataType dtype, DLDevice device) {
  Tensor out = new_empty(source.sizes(), dtype, device);
  const Signature* copy = find_signature("copy_");
  if (!out || !copy) {
    if (!copy) PyErr_SetString(PyExc_NotImplementedError, "tensor: no op 'copy_' is registered");
    return {};
  }
  const Ref target(wrap(Tensor(out).release()));
  const Ref from(wrap(Tensor(source).release()));
  if (!target || !from) return {};
  PyObject* const args[] = {target.get(), from.get()};
  return Ref(call(*copy, args, 2, nullptr)) ? std::move(out) : Tensor();
}

Tensor from_sequences(PyObject* object, const DLDataType* wanted) {
  Layout layout;
  if (!measure(object, 0, layout)) return {};
  const DLDataType dtype = wanted ? *wanted : layout.dtype;
  Tensor out = new_empty(layout.sizes, staging_dtype(dtype), kHost);
  if (!out) return {};
  char* cursor = out.data<char>();
  if (out.numel() > 0 && !store_all(object, 0, out.get(), cursor)) return {};
  return same_dtype(out.dtype(), dtype) ? std::move(out) : copy_to(out, dtype, kHost);
}

bool same_device(DLDevice a, DLDevice b) { return a.device_type == b.device_type && a.device_id == b.device_id; }

// The memory of another library's array; empty without an exception for what is none.
Tensor view_of_foreign(PyObject* object) {
  if (has_buffer(object)) return Tensor::steal(tensor_from_buffer(object));
  if (number_kind(object) != NumberKind::kNone || PyList_CheckExact(object) || PyTuple_CheckExact(object)) return {};
  if (PyObject_HasAttrString(object, "__dlpack__")) return Tensor::steal(tensor_from_dlpack(object));
  if (PyObject_HasAttrString(object, "__array_interface__")) return Tensor::steal(tensor_from_array_interface(object));
  return {};
}

PyObject* tensor_from_data(PyObject*, PyObject* const* args, Py_ssize_t nargs, PyObject* kwnames) {
  PyObject* out[3];
  if (!unpack("tensor_from_data", {"data", "dtype", "device"}, 1, 3, args, nargs, kwnames, out)) return nullptr;
  VtTensor* tensor = tensor_from_object(out[0], out[1], out[2]);
  if (!tensor) return nullptr;
  // What operators make in inference mode is marked by its layer; numbers are stored without an operator.
  constexpr uint32_t kInferenceBit = 1u << VT_LAYER_INFERENCE;
  if (tables().dispatch->thread_layers()->include & kInferenceBit) [[unlikely]]
    tables().tensor->update_flags(tensor, VT_TENSOR_INFERENCE | kInferenceBit, 0);
  return wrap(tensor);
}

PyMethodDef functions[] = {
    fast_method("tensor_from_data", tensor_from_data,
                "tensor_from_data(data, dtype=None, device=None)\n--\n\n"
                "A new tensor with a copy of numbers, nested sequences, a tensor, a buffer or a DLPack object."),
    {nullptr, nullptr, 0, nullptr}};

}  // namespace

VtTensor* tensor_from_object(PyObject* object, PyObject* dtype_argument, PyObject* device_argument) {
  DLDataType dtype{};
  DLDevice device = kHost;
  const bool has_dtype = dtype_argument && dtype_argument != Py_None;
  const bool has_device = device_argument && device_argument != Py_None;
  if (has_dtype && !dtype_from(dtype_argument, dtype)) {
    PyErr_Format(PyExc_TypeError, "tensor: dtype must be vt_core.dtype, got %U", type_name(dtype_argument).get());
    return nullptr;
  }
  if (has_device && !parse_device(device_argument, device)) return nullptr;

  if (is_tensor(object)) {
    VtTensor* tensor = tensor_of(object);
    return copy_of(tensor, has_dtype ? dtype : tensor->dl.dtype, has_device ? device : tensor->dl.device);
  }
  // Foreign arrays are viewed and then copied; numbers are stored directly.
  const Tensor source = view_of_foreign(object);
  if (source) return copy_to(source, has_dtype ? dtype : source.dtype(), device).release();
  if (PyErr_Occurred()) return nullptr;
  Tensor host = from_sequences(object, has_dtype ? &dtype : nullptr);
  if (!host || same_device(device, kHost)) return host.release();
  return copy_to(host, host.dtype(), device).release();
}

VtTensor* copy_of(VtTensor* source, DLDataType dtype, DLDevice device) {
  VtTensor* detached = nullptr;
  if (tables().tensor->alias(source, 1, &detached) == 0)
    return copy_to(Tensor::steal(detached), dtype, device).release();
  raise_error();
  return nullptr;
}

bool add_construct_functions(PyObject* module) { return PyModule_AddFunctions(module, functions) == 0; }

}  // namespace vt::python
