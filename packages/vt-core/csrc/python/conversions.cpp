// SPDX-License-Identifier: Apache-2.0
// Tensor's methods that are named for the dtype they convert to: float(), half(), long().
#include <vt/cpp/dtype.hpp>
#include <vt/cpp/op.hpp>

#include "errors.hpp"
#include "methods.hpp"
#include "numbers.hpp"
#include "tensor_type.hpp"

namespace vt::python {
namespace {

// Work on more elements than this is worth giving other threads the interpreter.
constexpr int64_t kLongCall = 32768;

PyObject* converted(const char* function, DLDataType dtype, PyObject* self, PyObject* const* args, Py_ssize_t nargs,
                    PyObject* kwnames) {
  PyObject* out[1];
  if (!unpack(function, {"memory_format"}, 0, 1, args, nargs, kwnames, out)) return nullptr;
  VtValue format = none();
  if (out[0] && out[0] != Py_None) {
    format = value_of(int64_t{0});
    if (!int_from(out[0], format.as.i)) return nullptr;
  }
  static const Op to("to.dtype");
  const VtValue values[] = {value_of(tensor_of(self)), value_of(dtype), value_of(false), value_of(false), format};
  VtValue result = none();
  auto call = [&] { return tables().dispatch->call_boxed(to.get(), values, 5, &result); };
  const int status = tensor_of(self)->numel > kLongCall ? without_lock(call) : call();
  return status == 0 ? wrap(result.as.tensor) : raise_error();
}

struct Conversion {
  const char* name;
  DtypeIndex dtype;
  const char* doc;
};

constexpr Conversion kConversions[] = {
    {"float", DtypeIndex::kFloat32, "float(memory_format=None)\n--\n\nAs float32; the tensor itself if it is that."},
    {"double", DtypeIndex::kFloat64, "double(memory_format=None)\n--\n\nAs float64; the tensor itself if it is that."},
    {"half", DtypeIndex::kFloat16, "half(memory_format=None)\n--\n\nAs float16; the tensor itself if it is that."},
    {"bfloat16", DtypeIndex::kBFloat16,
     "bfloat16(memory_format=None)\n--\n\nAs bfloat16; the tensor itself if it is that."},
    {"int", DtypeIndex::kInt32, "int(memory_format=None)\n--\n\nAs int32; the tensor itself if it is that."},
    {"long", DtypeIndex::kInt64, "long(memory_format=None)\n--\n\nAs int64; the tensor itself if it is that."},
    {"short", DtypeIndex::kInt16, "short(memory_format=None)\n--\n\nAs int16; the tensor itself if it is that."},
    {"char", DtypeIndex::kInt8, "char(memory_format=None)\n--\n\nAs int8; the tensor itself if it is that."},
    {"byte", DtypeIndex::kUInt8, "byte(memory_format=None)\n--\n\nAs uint8; the tensor itself if it is that."},
    {"bool", DtypeIndex::kBool, "bool(memory_format=None)\n--\n\nAs bool; the tensor itself if it is that."},
    {"cfloat", DtypeIndex::kComplex64,
     "cfloat(memory_format=None)\n--\n\nAs complex64; the tensor itself if it is that."},
    {"cdouble", DtypeIndex::kComplex128,
     "cdouble(memory_format=None)\n--\n\nAs complex128; the tensor itself if it is that."},
};

// A method has no context of its own, so each is a function of its row.
template <size_t kRow>
PyObject* convert_by(PyObject* self, PyObject* const* args, Py_ssize_t nargs, PyObject* kwnames) {
  constexpr Conversion row = kConversions[kRow];
  return converted(row.name, dtype_info(row.dtype).dtype, self, args, nargs, kwnames);
}

template <size_t... kRows>
void append_all(std::vector<PyMethodDef>& methods, std::index_sequence<kRows...>) {
  (methods.push_back(fast_method(kConversions[kRows].name, convert_by<kRows>, kConversions[kRows].doc)), ...);
}

}  // namespace

void append_conversion_methods(std::vector<PyMethodDef>& methods) {
  append_all(methods, std::make_index_sequence<std::size(kConversions)>());
}

}  // namespace vt::python
