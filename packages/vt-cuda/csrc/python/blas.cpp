// SPDX-License-Identifier: Apache-2.0
// The calls of vt.cuda.blas on plain values.
#include <vector>

#include "python.hpp"

namespace vt::cuda::python {

PyObject* set_package_folders(PyObject*, PyObject* args) {
  PyObject* folders = nullptr;
  if (!PyArg_ParseTuple(args, "O!", &PyTuple_Type, &folders)) return nullptr;
  std::vector<const char*> names;
  for (Py_ssize_t i = 0; i < PyTuple_Size(folders); ++i) {
    const char* name = PyUnicode_AsUTF8AndSize(PyTuple_GetItem(folders, i), nullptr);
    if (!name) return nullptr;
    names.push_back(name);
  }
  blas->set_package_folders(names.data(), static_cast<int32_t>(names.size()));
  Py_RETURN_NONE;
}

PyObject* blas_description(PyObject*, PyObject*) {
  const char* text = blas->description();
  return text ? PyUnicode_FromString(text) : none_or_raise(-1);
}

PyObject* dnn_description(PyObject*, PyObject*) {
  const char* text = blas->dnn_description();
  return text ? PyUnicode_FromString(text) : none_or_raise(-1);
}

PyObject* set_float32_precision(PyObject*, PyObject* args) {
  int precision = 0;
  if (!PyArg_ParseTuple(args, "i", &precision)) return nullptr;
  return none_or_raise(blas->set_float32_precision(precision));
}

PyObject* float32_precision(PyObject*, PyObject*) { return PyLong_FromLong(blas->float32_precision()); }

}  // namespace vt::cuda::python
