// SPDX-License-Identifier: Apache-2.0
// Objects that offer their host memory through __array_interface__ alone.
#include <vt/cpp/dtype.hpp>

#include <optional>
#include <string_view>
#include <vector>

#include "errors.hpp"
#include "exchange.hpp"
#include "numbers.hpp"

namespace vt::python {
namespace {

// "<f4" and the like; nothing for foreign byte order and for what tensors cannot hold.
std::optional<DLDataType> dtype_of_typestr(std::string_view text) {
  if (text.size() < 3 || (text[0] != '<' && text[0] != '|' && text[0] != '=')) return std::nullopt;
  int itemsize = 0;
  for (const char digit : text.substr(2)) {
    if (digit < '0' || digit > '9' || itemsize > 16) return std::nullopt;
    itemsize = itemsize * 10 + (digit - '0');
  }
  int code = -1;
  switch (text[1]) {
    case 'b': code = kDLBool; break;
    case 'i': code = kDLInt; break;
    case 'u': code = kDLUInt; break;
    case 'f': code = kDLFloat; break;
    case 'c': code = kDLComplex; break;
    default: return std::nullopt;
  }
  if (itemsize < 1 || itemsize > 16) return std::nullopt;
  const DLDataType dtype = make_dtype(code, itemsize * 8);
  return is_known_dtype(dtype) ? std::optional(dtype) : std::nullopt;
}

bool ints_from(PyObject* tuple, const char* what, std::vector<int64_t>& out) {
  if (!tuple || !PyTuple_Check(tuple)) {
    PyErr_Format(PyExc_ValueError, "__array_interface__: %s must be a tuple of ints", what);
    return false;
  }
  for (Py_ssize_t i = 0; i < PyTuple_Size(tuple); ++i)
    if (!int_from(PyTuple_GetItem(tuple, i), out.emplace_back())) return false;
  return true;
}

// Bytes from the first to behind the last element; strides come in as bytes and go out as elements.
std::optional<uint64_t> element_strides(const std::vector<int64_t>& sizes, std::vector<int64_t>& strides,
                                        int64_t itemsize) {
  int64_t last = 0;
  bool empty = false;
  for (size_t i = 0; i < sizes.size(); ++i) {
    int64_t reach = 0;
    if (strides[i] < 0 || strides[i] % itemsize != 0 || sizes[i] < 0 ||
        __builtin_mul_overflow(sizes[i] - 1, strides[i], &reach) || __builtin_add_overflow(last, reach, &last))
      return std::nullopt;
    strides[i] /= itemsize;
    empty = empty || sizes[i] == 0;
  }
  int64_t nbytes = 0;
  if (empty) return 0;
  return __builtin_add_overflow(last, itemsize, &nbytes) ? std::nullopt : std::optional<uint64_t>(nbytes);
}

void drop_owner(void* owner) {
  if (!Py_IsInitialized()) return;
  const PyGILState_STATE state = PyGILState_Ensure();
  Py_DECREF(static_cast<PyObject*>(owner));
  PyGILState_Release(state);
}

VtTensor* refuse(const char* why) {
  PyErr_Format(PyExc_ValueError, "__array_interface__: %s", why);
  return nullptr;
}

}  // namespace

VtTensor* tensor_from_array_interface(PyObject* object) {
  const Ref interface(PyObject_GetAttrString(object, "__array_interface__"));
  if (!interface) return nullptr;
  if (!PyDict_Check(interface.get())) return refuse("expected a dict");
  PyObject* data = PyDict_GetItemString(interface.get(), "data");
  PyObject* typestr = PyDict_GetItemString(interface.get(), "typestr");
  PyObject* byte_strides = PyDict_GetItemString(interface.get(), "strides");
  if (!data || !PyTuple_Check(data) || PyTuple_Size(data) != 2)
    return refuse("data must be an (address, read-only) tuple");
  if (!typestr || !PyUnicode_Check(typestr)) return refuse("typestr must be str");
  const char* type_text = utf8_of(typestr);
  const std::optional<DLDataType> dtype = type_text ? dtype_of_typestr(type_text) : std::nullopt;
  if (!dtype) {
    if (!PyErr_Occurred()) PyErr_Format(PyExc_TypeError, "__array_interface__: no dtype for typestr '%s'", type_text);
    return nullptr;
  }
  std::vector<int64_t> sizes, strides;
  if (!ints_from(PyDict_GetItemString(interface.get(), "shape"), "shape", sizes)) return nullptr;
  const int64_t itemsize = dtype->bits / 8;
  if (byte_strides && byte_strides != Py_None) {
    if (!ints_from(byte_strides, "strides", strides)) return nullptr;
    if (strides.size() != sizes.size()) return refuse("shape and strides differ in length");
  } else {
    strides.resize(sizes.size());
    int64_t step = itemsize;
    for (size_t i = sizes.size(); i-- > 0;) {
      strides[i] = step;
      if (sizes[i] > 0 && __builtin_mul_overflow(step, sizes[i], &step)) return refuse("the shape is too large");
    }
  }
  const std::optional<uint64_t> nbytes = element_strides(sizes, strides, itemsize);
  if (!nbytes)
    return refuse("sizes and strides must not be negative and strides must be multiples of the element size");
  void* address = PyLong_AsVoidPtr(PyTuple_GetItem(data, 0));
  const int read_only = PyObject_IsTrue(PyTuple_GetItem(data, 1));
  if (PyErr_Occurred()) return nullptr;
  if (!address && *nbytes > 0) return refuse("the address is 0");
  if (reinterpret_cast<uintptr_t>(address) > UINTPTR_MAX - *nbytes)
    return refuse("the memory ends beyond all addresses");
  VtTensor* out = nullptr;
  if (tables().tensor->from_blob(*nbytes ? address : nullptr, *nbytes, sizes.data(), strides.data(),
                                 static_cast<int32_t>(sizes.size()), *dtype, DLDevice{kDLCPU, 0},
                                 read_only ? VT_TENSOR_READ_ONLY : 0, drop_owner, object, &out) != 0) {
    raise_error();
    return nullptr;
  }
  Py_INCREF(object);
  return out;
}

}  // namespace vt::python
