// SPDX-License-Identifier: Apache-2.0
// Size: the tuple in which a tensor tells its sizes.
#include "size.hpp"

#include <algorithm>

#include "tensor_type.hpp"

namespace vt::python {
namespace {

PyTypeObject* size_type = nullptr;
binaryfunc tuple_subscript = nullptr;
binaryfunc tuple_concat = nullptr;
newfunc tuple_new = nullptr;

PyObject* as_size(PyObject* tuple) {
  Ref keep(tuple);
  if (!tuple) return nullptr;
  return PyObject_CallFunctionObjArgs(reinterpret_cast<PyObject*>(size_type), tuple, nullptr);
}

PyObject* repr(PyObject* self) {
  Ref list(PySequence_List(self));
  return list ? PyUnicode_FromFormat("%s.Size(%R)", shown_library(), list.get()) : nullptr;
}

// The entries as Python's ints, those of other kinds converted; a TypeError for one that is no integer.
Ref entries_of(PyObject* iterable) {
  Ref tuple(PySequence_Tuple(iterable));
  const Py_ssize_t count = tuple ? PyTuple_Size(tuple.get()) : 0;
  Py_ssize_t others = 0;
  for (Py_ssize_t i = 0; i < count; ++i) others += !PyLong_Check(PyTuple_GetItem(tuple.get(), i));
  if (others == 0) return tuple;
  Ref converted(PyTuple_New(count));
  for (Py_ssize_t i = 0; converted && i < count; ++i) {
    PyObject* entry = PyTuple_GetItem(tuple.get(), i);
    PyObject* number = PyNumber_Index(entry);
    if (!number) {
      PyErr_Clear();
      PyErr_Format(PyExc_TypeError, "Size: expected integers: got %R at %zd", entry, i);
      return Ref();
    }
    PyTuple_SetItem(converted.get(), i, number);
  }
  return converted;
}

PyObject* construct(PyTypeObject* type, PyObject* args, PyObject* kwargs) {
  static const char* names[] = {"", nullptr};
  PyObject* iterable = nullptr;
  if (!PyArg_ParseTupleAndKeywords(args, kwargs, "|O:Size", const_cast<char**>(names), &iterable)) return nullptr;
  const Ref entries = iterable ? entries_of(iterable) : Ref(PyTuple_New(0));
  const Ref packed(entries ? PyTuple_Pack(1, entries.get()) : nullptr);
  return packed ? tuple_new(type, packed.get(), nullptr) : nullptr;
}

PyObject* subscript(PyObject* self, PyObject* key) {
  PyObject* result = tuple_subscript(self, key);
  return PySlice_Check(key) ? as_size(result) : result;
}

PyObject* concat(PyObject* self, PyObject* other) { return as_size(tuple_concat(self, other)); }

PyObject* numel(PyObject* self, PyObject*) {
  Ref product(PyLong_FromLong(1));
  for (Py_ssize_t i = 0; product && i < PyTuple_Size(self); ++i)
    product = Ref(PyNumber_Multiply(product.get(), PyTuple_GetItem(self, i)));
  return product.release();
}

PyMethodDef methods[] = {{"numel", numel, METH_NOARGS, "numel()\n--\n\nThe product of the sizes."},
                         {nullptr, nullptr, 0, nullptr}};

char doc[] = "Sizes of a tensor: a tuple of ints.";

PyObject* new_size(const int64_t* sizes, int32_t ndim) {
  PyObject* self = PyType_GenericAlloc(size_type, ndim);
  if (!self) return nullptr;
  for (int32_t i = 0; i < ndim; ++i) {
    PyObject* size = PyLong_FromLongLong(sizes[i]);
    if (!size || PyTuple_SetItem(self, i, size) != 0) {
      Py_DECREF(self);
      return nullptr;
    }
  }
  return self;
}

// Sizes repeat, and a Size cannot change: the ones made last are handed out again.
constexpr int32_t kMaxCachedDims = 4;
constexpr size_t kCacheSize = 64;

struct CachedSize {
  PyObject* size;
  int32_t ndim;
  int64_t sizes[kMaxCachedDims];
};
CachedSize cache[kCacheSize];

size_t cache_index(const int64_t* sizes, int32_t ndim) {
  uint64_t hash = static_cast<uint64_t>(ndim);
  for (int32_t i = 0; i < ndim; ++i) hash = (hash ^ static_cast<uint64_t>(sizes[i])) * 0x9E3779B97F4A7C15u;
  return hash >> 58;
}

}  // namespace

bool add_size_type(PyObject* module) {
  tuple_subscript = reinterpret_cast<binaryfunc>(PyType_GetSlot(&PyTuple_Type, Py_mp_subscript));
  tuple_concat = reinterpret_cast<binaryfunc>(PyType_GetSlot(&PyTuple_Type, Py_sq_concat));
  tuple_new = reinterpret_cast<newfunc>(PyType_GetSlot(&PyTuple_Type, Py_tp_new));
  PyType_Slot slots[] = {slot(Py_tp_base, &PyTuple_Type),
                         slot(Py_tp_new, construct),
                         slot(Py_tp_repr, repr),
                         slot(Py_mp_subscript, subscript),
                         slot(Py_sq_concat, concat),
                         slot(Py_tp_methods, methods),
                         slot(Py_tp_doc, doc),
                         {0, nullptr}};
  PyType_Spec spec = {"vt_core.Size", 0, 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE, slots};
  size_type = reinterpret_cast<PyTypeObject*>(PyType_FromSpec(&spec));
  return size_type && PyModule_AddObjectRef(module, "Size", reinterpret_cast<PyObject*>(size_type)) == 0;
}

PyObject* make_size(const int64_t* sizes, int32_t ndim) {
  if (ndim > kMaxCachedDims) return new_size(sizes, ndim);
  CachedSize& entry = cache[cache_index(sizes, ndim)];
  if (!entry.size || entry.ndim != ndim || !std::equal(sizes, sizes + ndim, entry.sizes)) {
    PyObject* size = new_size(sizes, ndim);
    if (!size) return nullptr;
    Py_XDECREF(std::exchange(entry.size, size));
    entry.ndim = ndim;
    std::copy(sizes, sizes + ndim, entry.sizes);
  }
  return Py_NewRef(entry.size);
}

}  // namespace vt::python
