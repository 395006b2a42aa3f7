// SPDX-License-Identifier: Apache-2.0
// Elements in memory and values as Python numbers, and back.
#include "numbers.hpp"

#include <bit>
#include <cmath>
#include <cstring>
#include <string>
#include <string_view>

#include <vt/cpp/op.hpp>

#include "dtype_device.hpp"
#include "errors.hpp"
#include "pinned.hpp"
#include "tensor_type.hpp"

namespace vt::python {
namespace {

template <class T>
T read(const void* data) noexcept {
  T value;
  std::memcpy(&value, data, sizeof value);
  return value;
}

// A small floating format of IEEE's kind: `exponent_bits` and `mantissa_bits`; with_infinity = false means that only the
// all-ones pattern is NaN.
double small_float(uint32_t bits, int exponent_bits, int mantissa_bits, bool with_infinity) noexcept {
  const uint32_t max_exponent = (1u << exponent_bits) - 1;
  const uint32_t mantissa = bits & ((1u << mantissa_bits) - 1);
  const uint32_t exponent = bits >> mantissa_bits & max_exponent;
  const bool negative = bits >> (exponent_bits + mantissa_bits) & 1;
  const int bias = (1 << (exponent_bits - 1)) - 1;
  double value = 0;
  if (exponent == max_exponent && with_infinity)
    value = mantissa ? NAN : INFINITY;
  else if (exponent == max_exponent && mantissa == (1u << mantissa_bits) - 1)
    value = NAN;
  else if (exponent == 0)
    value = std::ldexp(mantissa, 1 - bias - mantissa_bits);
  else
    value = std::ldexp(mantissa + (1u << mantissa_bits), static_cast<int>(exponent) - bias - mantissa_bits);
  return negative ? -value : value;
}

bool has_slot(PyObject* object, int slot_id) { return PyType_GetSlot(Py_TYPE(object), slot_id) != nullptr; }

// The kind letter of a foreign scalar's dtype ("f" for numpy.float32), 0 when it has none or is no scalar.
char foreign_kind(PyObject* object) {
  Ref dtype(PyObject_GetAttrString(object, "dtype"));
  Ref shape(dtype ? PyObject_GetAttrString(object, "shape") : nullptr);
  Ref kind(shape ? PyObject_GetAttrString(dtype.get(), "kind") : nullptr);
  char letter = 0;
  if (kind && PyUnicode_Check(kind.get()) && PyTuple_Check(shape.get()) && PyTuple_Size(shape.get()) == 0) {
    const char* text = PyUnicode_AsUTF8AndSize(kind.get(), nullptr);
    letter = text ? text[0] : 0;
  }
  PyErr_Clear();
  return letter;
}

}  // namespace

PyObject* number_from_memory(const void* data, DLDataType dtype) {
  switch (dtype_index(dtype)) {
    case DtypeIndex::kBool: return PyBool_FromLong(read<uint8_t>(data));
    case DtypeIndex::kUInt8: return PyLong_FromLong(read<uint8_t>(data));
    case DtypeIndex::kUInt16: return PyLong_FromLong(read<uint16_t>(data));
    case DtypeIndex::kUInt32: return PyLong_FromLongLong(read<uint32_t>(data));
    case DtypeIndex::kUInt64: return PyLong_FromUnsignedLongLong(read<uint64_t>(data));
    case DtypeIndex::kInt8: return PyLong_FromLong(read<int8_t>(data));
    case DtypeIndex::kInt16: return PyLong_FromLong(read<int16_t>(data));
    case DtypeIndex::kInt32: return PyLong_FromLong(read<int32_t>(data));
    case DtypeIndex::kInt64: return PyLong_FromLongLong(read<int64_t>(data));
    case DtypeIndex::kFloat8E4M3: return PyFloat_FromDouble(small_float(read<uint8_t>(data), 4, 3, false));
    case DtypeIndex::kFloat8E5M2: return PyFloat_FromDouble(small_float(read<uint8_t>(data), 5, 2, true));
    case DtypeIndex::kFloat16: return PyFloat_FromDouble(small_float(read<uint16_t>(data), 5, 10, true));
    case DtypeIndex::kBFloat16:
      return PyFloat_FromDouble(std::bit_cast<float>(static_cast<uint32_t>(read<uint16_t>(data)) << 16));
    case DtypeIndex::kFloat32: return PyFloat_FromDouble(read<float>(data));
    case DtypeIndex::kFloat64: return PyFloat_FromDouble(read<double>(data));
    case DtypeIndex::kComplex64:
      return PyComplex_FromDoubles(read<float>(data), read<float>(static_cast<const char*>(data) + 4));
    case DtypeIndex::kComplex128:
      return PyComplex_FromDoubles(read<double>(data), read<double>(static_cast<const char*>(data) + 8));
    case DtypeIndex::kCount: break;
  }
  return PyErr_Format(PyExc_TypeError, "item: dtype of code %d has no Python number", dtype.code);
}

// Note [Refusals in a capture] in dispatch/call.cpp.
static void name_refusal(const char* caller) {
  constexpr std::string_view kRefusal = "capture";
  VtError error;
  if (!tables().object->take_error(&error)) return;
  std::string message = error.message;
  if (message.starts_with(kRefusal)) message.replace(0, kRefusal.size(), caller);
  tables().object->set_error_cause(error.kind, message.c_str(), error.cause, error.release_cause);
}

// `tensor`, or its elements side by side on its device: views with gaps and repeated elements are no bytes to copy.
static Tensor packed(VtTensor* tensor) {
  static const Op copy_within("_copy_within_");
  if (tensor->flags & (VT_TENSOR_CONTIGUOUS | VT_TENSOR_NON_OVERLAPPING)) return Tensor::share(tensor);
  const Tensor dense = Tensor::empty(sizes_of(tensor), tensor->dl.dtype, tensor->dl.device);
  return copy_within.into(dense, dense, value_of(tensor));
}

VtTensor* on_host(VtTensor* tensor, const char* caller) {
  const VtTensorApi& api = *tables().tensor;
  const int32_t type = tensor->dl.device.device_type;
  if (type == kDLCPU || type == kDLCUDAHost) {
    api.retain(tensor);
    return tensor;
  }
  VtTensor* host = nullptr;
  const int status = without_lock([&] {
    const char* const before = host_table().set_caller(caller);
    const int done = guard([&] {
      const Tensor from = packed(tensor);
      check(api.empty_strided(from->dl.shape, from->dl.strides, from.ndim(), from.dtype(), DLDevice{kDLCPU, 0}, &host));
      check(tables().stream->copy_bytes(host, from.get(), 0));
    });
    host_table().set_caller(before);
    return done;
  });
  if (status == 0) return host;
  name_refusal(caller);
  api.release(host);
  raise_error();
  return nullptr;
}

PyObject* object_from_value(const VtValue& value) {
  switch (value.tag) {
    case VT_NONE: Py_RETURN_NONE;
    case VT_INT: return PyLong_FromLongLong(value.as.i);
    case VT_UINT64: return PyLong_FromUnsignedLongLong(value.as.u);
    case VT_BOOL: return PyBool_FromLong(value.as.i != 0);
    case VT_FLOAT: return PyFloat_FromDouble(value.as.f);
    case VT_COMPLEX: return PyComplex_FromDoubles(value.as.floats[0], value.as.floats[1]);
    case VT_STRING: return PyUnicode_FromString(value.as.string);
    case VT_DTYPE: return dtype_object(value.as.dtype);
    case VT_DEVICE: return device_object(value.as.device);
    case VT_TENSOR: return wrap(value.as.tensor);
    case VT_INT_LIST: {
      Ref list(PyList_New(value.count));
      for (uint32_t i = 0; list && i < value.count; ++i)
        PyList_SetItem(list.get(), i, PyLong_FromLongLong(value.as.ints[i]));
      return list.release();
    }
    case VT_TENSOR_LIST: {
      Ref tuple(PyTuple_New(value.count));
      for (uint32_t i = 0; i < value.count; ++i) {
        VtTensor* tensor = value.as.tensors[i];
        PyObject* entry = !tensor ? Py_NewRef(Py_None) : wrap(tensor);
        if (!entry || !tuple || PyTuple_SetItem(tuple.get(), i, entry) != 0) tuple = Ref();
      }
      return tuple.release();
    }
    default: return PyErr_Format(PyExc_TypeError, "a value of tag %d has no Python object", value.tag);
  }
}

NumberKind number_kind(PyObject* object) {
  if (PyFloat_Check(object)) return NumberKind::kFloat;
  if (PyBool_Check(object)) return NumberKind::kBool;
  if (PyLong_Check(object)) return NumberKind::kInt;
  if (PyComplex_Check(object)) return NumberKind::kComplex;
  if (PyUnicode_Check(object) || is_tensor(object) ||
      (!has_slot(object, Py_nb_float) && !has_slot(object, Py_nb_index)))
    return NumberKind::kNone;
  switch (foreign_kind(object)) {
    case 'b': return NumberKind::kBool;
    case 'i':
    case 'u': return NumberKind::kInt;
    case 'f':
    case 'V': return NumberKind::kFloat;
    case 'c': return NumberKind::kComplex;
    default: break;
  }
  if (PyObject_HasAttrString(object, "shape")) return NumberKind::kNone;
  return has_slot(object, Py_nb_index) ? NumberKind::kInt : NumberKind::kFloat;
}

bool complex_from(PyObject* object, double out[2]) {
  // The parts of a foreign scalar are read off a complex made of it: the C functions take its imaginary part for zero.
  const Ref number(PyComplex_Check(object)
                       ? Py_NewRef(object)
                       : PyObject_CallFunctionObjArgs(reinterpret_cast<PyObject*>(&PyComplex_Type), object, nullptr));
  if (!number) return false;
  out[0] = PyComplex_RealAsDouble(number.get());
  out[1] = PyComplex_ImagAsDouble(number.get());
  return !PyErr_Occurred();
}

bool int_from(PyObject* object, int64_t& out) {
  if (PyLong_Check(object)) {
    out = PyLong_AsLongLong(object);
  } else {
    Ref index(PyNumber_Index(object));
    if (!index) return false;
    out = PyLong_AsLongLong(index.get());
  }
  return out != -1 || !PyErr_Occurred();
}

bool value_from_number(PyObject* object, NumberKind kind, VtValue& out, double* complex_storage) {
  switch (kind) {
    case NumberKind::kBool: {
      const int truth = PyObject_IsTrue(object);
      out = value_of(truth != 0);
      return truth >= 0;
    }
    case NumberKind::kInt: {
      Ref index(PyLong_Check(object) ? Py_NewRef(object) : PyNumber_Index(object));
      if (!index) return false;
      int overflow = 0;
      out = value_of(static_cast<int64_t>(PyLong_AsLongLongAndOverflow(index.get(), &overflow)));
      if (overflow == 0) return out.as.i != -1 || !PyErr_Occurred();
      if (overflow > 0) {
        const unsigned long long large = PyLong_AsUnsignedLongLong(index.get());
        if (!PyErr_Occurred()) {
          out = {VT_UINT64, 0, {0}};
          out.as.u = large;
          return true;
        }
        PyErr_Clear();
      }
      PyErr_Format(PyExc_OverflowError, "integer out of range: got %R, expected -2**63 to 2**64 - 1", index.get());
      return false;
    }
    case NumberKind::kFloat: {
      const double number = PyFloat_AsDouble(object);
      out = value_of(number);
      return number != -1.0 || !PyErr_Occurred();
    }
    case NumberKind::kComplex: {
      out = {VT_COMPLEX, 0, {0}};
      out.as.floats = complex_storage;
      return complex_from(object, complex_storage);
    }
    case NumberKind::kNone: break;
  }
  PyErr_Format(PyExc_TypeError, "expected a number, got %U", type_name(object).get());
  return false;
}

}  // namespace vt::python
