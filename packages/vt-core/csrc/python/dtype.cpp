// SPDX-License-Identifier: Apache-2.0
// dtype objects: one per dtype of the stack, alive as long as the process.
#include <string>

#include "dtype_device.hpp"
#include "tensor_type.hpp"

namespace vt::python {
namespace {

struct DtypeObject {
  PyObject_HEAD DtypeIndex index;
};

PyTypeObject* dtype_type = nullptr;
PyObject* singletons[kNumDtypes];

const DtypeInfo& info_of(PyObject* self) { return dtype_info(reinterpret_cast<DtypeObject*>(self)->index); }

PyObject* text(std::string_view view) {
  return PyUnicode_FromStringAndSize(view.data(), static_cast<Py_ssize_t>(view.size()));
}

PyObject* repr(PyObject* self) { return dtype_text(info_of(self).dtype).release(); }
PyObject* name(PyObject* self, void*) { return text(info_of(self).name); }
PyObject* itemsize(PyObject* self, void*) { return PyLong_FromLong(info_of(self).itemsize); }
PyObject* is_floating_point(PyObject* self, void*) {
  return PyBool_FromLong(info_of(self).category == Category::kFloating);
}
PyObject* is_complex(PyObject* self, void*) { return PyBool_FromLong(info_of(self).category == Category::kComplex); }
PyObject* is_signed(PyObject* self, void*) {
  const int code = info_of(self).dtype.code;
  return PyBool_FromLong(code != kDLBool && code != kDLUInt);
}

PyObject* from_name(PyObject*, PyObject* object) {
  const char* wanted = text_of(object, "dtype name");
  if (!wanted) return nullptr;
  for (int i = 0; i < kNumDtypes; ++i)
    if (kDtypeInfo[i].name == wanted) return Py_NewRef(singletons[i]);
  return PyErr_Format(PyExc_ValueError, "dtype: unknown name '%s'", wanted);
}

// Pickles by name, so that a dtype read back is the singleton.
PyObject* reduce(PyObject* self, PyObject*) {
  Ref module(PyImport_ImportModule("vt_core._C"));
  if (!module) return nullptr;
  Ref maker(PyObject_GetAttrString(module.get(), "_dtype_from_name"));
  Ref dtype_name(name(self, nullptr));
  if (!maker || !dtype_name) return nullptr;
  return Py_BuildValue("O(O)", maker.get(), dtype_name.get());
}

PyGetSetDef properties[] = {
    {"name", name, nullptr, "Name without a prefix, as in 'float32'.", nullptr},
    {"itemsize", itemsize, nullptr, "Bytes of one element.", nullptr},
    {"is_floating_point", is_floating_point, nullptr, "True for real floating dtypes.", nullptr},
    {"is_complex", is_complex, nullptr, "True for complex dtypes.", nullptr},
    {"is_signed", is_signed, nullptr, "True when negative values can be stored.", nullptr},
    {nullptr, nullptr, nullptr, nullptr, nullptr}};

PyMethodDef methods[] = {{"__reduce__", reduce, METH_NOARGS, nullptr}, {nullptr, nullptr, 0, nullptr}};

PyMethodDef maker = {"_dtype_from_name", from_name, METH_O, "The dtype of a name."};

char doc[] = "Kind of the elements of a tensor.";

}  // namespace

bool add_dtypes(PyObject* module) {
  PyType_Slot slots[] = {slot(Py_tp_repr, repr),
                         slot(Py_tp_getset, properties),
                         slot(Py_tp_methods, methods),
                         slot(Py_tp_doc, doc),
                         {0, nullptr}};
  PyType_Spec spec = {"vt_core.dtype", sizeof(DtypeObject), 0,
                      Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION | Py_TPFLAGS_IMMUTABLETYPE, slots};
  dtype_type = reinterpret_cast<PyTypeObject*>(PyType_FromSpec(&spec));
  if (!dtype_type || PyModule_AddObjectRef(module, "dtype", reinterpret_cast<PyObject*>(dtype_type)) != 0) return false;
  for (int i = 0; i < kNumDtypes; ++i) {
    PyObject* object = PyType_GenericAlloc(dtype_type, 0);
    if (!object) return false;
    reinterpret_cast<DtypeObject*>(object)->index = static_cast<DtypeIndex>(i);
    singletons[i] = object;
    if (PyModule_AddObjectRef(module, kDtypeInfo[i].name.data(), object) != 0) return false;
  }
  Ref function(PyCFunction_NewEx(&maker, nullptr, Ref(PyModule_GetNameObject(module)).get()));
  return function && PyModule_AddObjectRef(module, maker.ml_name, function.get()) == 0;
}

PyObject* dtype_object(DLDataType dtype) {
  const DtypeIndex index = dtype_index(dtype);
  if (index == DtypeIndex::kCount)
    return PyErr_Format(PyExc_TypeError, "dtype: code %d with %d bits has no object", dtype.code, dtype.bits);
  return Py_NewRef(singletons[static_cast<int>(index)]);
}

bool dtype_from(PyObject* object, DLDataType& out) {
  if (Py_TYPE(object) == dtype_type) {
    out = info_of(object).dtype;
    return true;
  }
  const auto is = [object](PyTypeObject& type) { return object == reinterpret_cast<PyObject*>(&type); };
  if (is(PyFloat_Type))
    out = kFloat64;
  else if (is(PyLong_Type))
    out = kInt64;
  else if (is(PyBool_Type))
    out = kBool;
  else if (is(PyComplex_Type))
    out = kComplex128;
  else
    return false;
  return true;
}

Ref dtype_text(DLDataType dtype) {
  return Ref(PyUnicode_FromFormat("%s.%s", shown_library(), std::string(dtype_name(dtype)).c_str()));
}

}  // namespace vt::python
