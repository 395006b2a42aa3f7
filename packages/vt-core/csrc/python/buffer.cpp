// SPDX-License-Identifier: Apache-2.0
// The buffer protocol: host tensors as memoryviews, and foreign buffers as tensors.
#include <vt/cpp/tensor.hpp>

#include <cstring>
#include <memory>
#include <optional>
#include <string>

#include "autograd.hpp"
#include "dtype_device.hpp"
#include "errors.hpp"
#include "exchange.hpp"
#include "numbers.hpp"
#include "tensor_type.hpp"

namespace vt::python {
namespace {

// Format letters of the struct module; nullptr where it has none.
const char* format_of(DLDataType dtype) {
  switch (dtype_index(dtype)) {
    case DtypeIndex::kBool: return "?";
    case DtypeIndex::kUInt8: return "B";
    case DtypeIndex::kUInt16: return "H";
    case DtypeIndex::kUInt32: return "I";
    case DtypeIndex::kUInt64: return "Q";
    case DtypeIndex::kInt8: return "b";
    case DtypeIndex::kInt16: return "h";
    case DtypeIndex::kInt32: return "i";
    case DtypeIndex::kInt64: return "q";
    case DtypeIndex::kFloat16: return "e";
    case DtypeIndex::kFloat32: return "f";
    case DtypeIndex::kFloat64: return "d";
    case DtypeIndex::kComplex64: return "Zf";
    case DtypeIndex::kComplex128: return "Zd";
    default: return nullptr;
  }
}

std::optional<DLDataType> dtype_of_format(const char* format, Py_ssize_t itemsize) {
  std::string_view text = format ? format : "B";
  if (!text.empty() && (text[0] == '@' || text[0] == '=' || text[0] == '<'))
    text.remove_prefix(1);
  else if (!text.empty() && (text[0] == '>' || text[0] == '!') && itemsize == 1)
    text.remove_prefix(1);
  const bool complex = text.size() == 2 && text[0] == 'Z';
  if (complex) text.remove_prefix(1);
  if (text.size() != 1) return std::nullopt;
  int code = -1;
  if (std::strchr("bhilqn", text[0]))
    code = kDLInt;
  else if (std::strchr("BHILQN", text[0]))
    code = kDLUInt;
  else if (text[0] == '?')
    code = kDLBool;
  else if (std::strchr("efd", text[0]))
    code = complex ? kDLComplex : kDLFloat;
  if (code < 0 || itemsize > 16) return std::nullopt;
  const DLDataType dtype = make_dtype(code, static_cast<int>(itemsize) * 8);
  return is_known_dtype(dtype) ? std::optional(dtype) : std::nullopt;
}

// What an exported view owns: a handle that keeps the memory where it is, and the strides in bytes.
struct Export {
  Tensor tensor;
  std::vector<Py_ssize_t> strides;
};

int fail_export(Py_buffer* view, const char* format, const char* detail = "") {
  view->obj = nullptr;
  PyErr_Format(PyExc_BufferError, format, detail);
  return -1;
}

int get_buffer(PyObject* self, Py_buffer* view, int flags) {
  VtTensor* t = tensor_of(self);
  const char* format = format_of(t->dl.dtype);
  const bool read_only = t->flags & VT_TENSOR_READ_ONLY;
  const VtAutogradApi* autograd =
      t->flags & (VT_TENSOR_REQUIRES_GRAD | 1u << VT_LAYER_AUTOGRAD) ? find_autograd() : nullptr;
  if (t->dl.device.device_type != kDLCPU)
    return fail_export(view, "buffer: the tensor is not in host memory: copy it to the CPU first");
  if (autograd && autograd->requires_grad(t))
    return fail_export(view, "buffer: the tensor requires grad: call detach() first");
  if (!format)
    return fail_export(view, "buffer: %s has no format letter: view it as an integer dtype",
                       std::string(dtype_name(t->dl.dtype)).c_str());
  if (read_only && (flags & PyBUF_WRITABLE) == PyBUF_WRITABLE)
    return fail_export(view, "buffer: the tensor is read-only");
  const bool contiguous = t->flags & VT_TENSOR_CONTIGUOUS;
  if (!contiguous && (flags & PyBUF_STRIDES) != PyBUF_STRIDES)
    return fail_export(view, "buffer: the tensor is not contiguous and the consumer wants no strides");
  if (!contiguous && (flags & PyBUF_C_CONTIGUOUS) == PyBUF_C_CONTIGUOUS)
    return fail_export(view, "buffer: the tensor is not contiguous");

  VtTensor* alias = nullptr;
  if (tables().tensor->alias(t, 1, &alias) != 0) {
    view->obj = nullptr;
    return raise_status();
  }
  auto owner = std::make_unique<Export>();
  owner->tensor = Tensor::steal(alias);
  const int64_t itemsize = itemsize_of(t->dl.dtype);
  for (int64_t stride : owner->tensor.strides()) owner->strides.push_back(stride * itemsize);
  view->buf = alias->dl.data;
  view->len = alias->numel * itemsize;
  view->itemsize = itemsize;
  view->readonly = read_only;
  view->ndim = alias->dl.ndim;
  view->format = flags & PyBUF_FORMAT ? const_cast<char*>(format) : nullptr;
  view->shape = (flags & PyBUF_ND) == PyBUF_ND ? reinterpret_cast<Py_ssize_t*>(alias->dl.shape) : nullptr;
  view->strides = (flags & PyBUF_STRIDES) == PyBUF_STRIDES ? owner->strides.data() : nullptr;
  view->suboffsets = nullptr;
  view->internal = owner.release();
  view->obj = Py_NewRef(self);
  return 0;
}

void release_buffer(PyObject*, Py_buffer* view) { delete static_cast<Export*>(view->internal); }

// Gives a foreign buffer back, from whichever thread releases the storage.
void return_buffer(void* context) {
  auto* view = static_cast<Py_buffer*>(context);
  if (!Py_IsInitialized()) return;
  const PyGILState_STATE state = PyGILState_Ensure();
  PyBuffer_Release(view);
  PyGILState_Release(state);
  delete view;
}

struct ReturnBuffer {
  void operator()(Py_buffer* view) const { return_buffer(view); }
};
using Buffer = std::unique_ptr<Py_buffer, ReturnBuffer>;

Buffer request_buffer(PyObject* object, int flags) {
  auto view = std::make_unique<Py_buffer>();
  if (PyObject_GetBuffer(object, view.get(), flags) != 0) return nullptr;
  return Buffer(view.release());
}

// Hands the buffer to a new tensor over its memory.
VtTensor* share_buffer(Buffer view, char* data, uint64_t nbytes, std::span<const int64_t> sizes, const int64_t* strides,
                       DLDataType dtype) {
  VtTensor* out = nullptr;
  const uint32_t flags = view->readonly ? VT_TENSOR_READ_ONLY : 0;
  if (tables().tensor->from_blob(nbytes ? data : nullptr, nbytes, sizes.data(), strides,
                                 static_cast<int32_t>(sizes.size()), dtype, DLDevice{kDLCPU, 0}, flags, return_buffer,
                                 view.get(), &out) != 0) {
    raise_error();
    return nullptr;
  }
  view.release();
  return out;
}

// Memory that tensors cannot describe (negative or odd strides), copied.
VtTensor* copy_buffer(const Py_buffer& view, std::span<const int64_t> sizes, DLDataType dtype) {
  VtTensor* out = nullptr;
  if (tables().tensor->empty(sizes.data(), static_cast<int32_t>(sizes.size()), dtype, DLDevice{kDLCPU, 0}, &out) != 0) {
    raise_error();
    return nullptr;
  }
  if (view.len == 0 || PyBuffer_ToContiguous(out->dl.data, &view, view.len, 'C') == 0) return out;
  tables().tensor->release(out);
  return nullptr;
}

// from_buffer(dtype=...): the bytes of a buffer read as elements of a dtype.
VtTensor* reinterpret_buffer(PyObject* object, DLDataType dtype, int64_t count, int64_t offset) {
  Buffer view = request_buffer(object, PyBUF_SIMPLE);
  if (!view) return nullptr;
  const int64_t itemsize = itemsize_of(dtype), nbytes = view->len;
  if (offset < 0 || offset > nbytes) {
    PyErr_Format(PyExc_ValueError, "from_buffer: offset must lie in [0, %lld], got %lld",
                 static_cast<long long>(nbytes), static_cast<long long>(offset));
    return nullptr;
  }
  if (count < 0 && (nbytes - offset) % itemsize != 0) {
    PyErr_Format(PyExc_ValueError, "from_buffer: %lld bytes after the offset are no multiple of the element size %lld",
                 static_cast<long long>(nbytes - offset), static_cast<long long>(itemsize));
    return nullptr;
  }
  const int64_t numel = count < 0 ? (nbytes - offset) / itemsize : count;
  if (numel > (nbytes - offset) / itemsize) {
    PyErr_Format(
        PyExc_ValueError, "from_buffer: %lld elements of %lld bytes do not fit the %lld bytes after the offset",
        static_cast<long long>(numel), static_cast<long long>(itemsize), static_cast<long long>(nbytes - offset));
    return nullptr;
  }
  char* data = static_cast<char*>(view->buf) + offset;
  return share_buffer(std::move(view), data, static_cast<uint64_t>(numel * itemsize), {&numel, 1}, nullptr, dtype);
}

PyObject* from_buffer(PyObject*, PyObject* const* args, Py_ssize_t nargs, PyObject* kwnames) {
  PyObject* out[4];
  if (!unpack("from_buffer", {"buffer", "dtype", "count", "offset"}, 1, 1, args, nargs, kwnames, out)) return nullptr;
  VtTensor* tensor = nullptr;
  if (!out[1] || out[1] == Py_None) {
    tensor = tensor_from_buffer(out[0]);
  } else {
    DLDataType dtype{};
    int64_t count = -1, offset = 0;
    if (!dtype_from(out[1], dtype))
      return PyErr_Format(PyExc_TypeError, "from_buffer(): dtype must be vt_core.dtype, got %U",
                          type_name(out[1]).get());
    if ((out[2] && !int_from(out[2], count)) || (out[3] && !int_from(out[3], offset))) return nullptr;
    tensor = reinterpret_buffer(out[0], dtype, count, offset);
  }
  return tensor ? wrap(tensor) : nullptr;
}

PyMethodDef functions[] = {
    fast_method(
        "from_buffer", from_buffer,
        "from_buffer(buffer, *, dtype=None, count=-1, offset=0)\n--\n\n"
        "A tensor that shares the memory of an object with the buffer protocol.\n\n"
        "With `dtype` its bytes from `offset` on are read as `count` elements, all that fit when negative. The tensor "
        "is read-only when the buffer is."),
    {nullptr, nullptr, 0, nullptr}};

}  // namespace

VtTensor* tensor_from_buffer(PyObject* object) {
  Buffer view = request_buffer(object, PyBUF_STRIDES | PyBUF_FORMAT);
  if (!view) return nullptr;
  const std::optional<DLDataType> dtype = dtype_of_format(view->format, view->itemsize);
  if (!dtype) {
    PyErr_Format(PyExc_TypeError, "cannot make a tensor of a buffer of format '%s' in native byte order",
                 view->format ? view->format : "B");
    return nullptr;
  }
  const int64_t itemsize = view->itemsize;
  const std::vector<int64_t> sizes(view->shape, view->shape + view->ndim);
  std::vector<int64_t> strides;
  int64_t last = 0;  // byte offset of the last element
  bool describable = reinterpret_cast<uintptr_t>(view->buf) % static_cast<uintptr_t>(itemsize > 8 ? 8 : itemsize) == 0;
  for (int32_t i = 0; i < view->ndim; ++i) {
    describable = describable && view->strides[i] >= 0 && view->strides[i] % itemsize == 0;
    strides.push_back(view->strides[i] / itemsize);
    last += (view->shape[i] - 1) * view->strides[i];
  }
  if (!describable) return copy_buffer(*view, sizes, *dtype);
  const uint64_t nbytes = view->len > 0 ? static_cast<uint64_t>(last + itemsize) : 0;
  char* data = static_cast<char*>(view->buf);
  return share_buffer(std::move(view), data, nbytes, sizes, strides.data(), *dtype);
}

void append_buffer_slots(std::vector<PyType_Slot>& slots) {
  slots.push_back(slot(Py_bf_getbuffer, get_buffer));
  slots.push_back(slot(Py_bf_releasebuffer, release_buffer));
}

bool add_buffer_functions(PyObject* module) { return PyModule_AddFunctions(module, functions) == 0; }

}  // namespace vt::python
