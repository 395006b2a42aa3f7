// SPDX-License-Identifier: Apache-2.0
// Arguments of the module's cold functions, whose signatures are fixed.
#include "python.hpp"

#include <cstring>

namespace vt::python {

Ref type_name(PyObject* object) {
  Ref name(PyType_GetName(Py_TYPE(object)));
  if (!name) PyErr_Clear();
  return name ? std::move(name) : Ref(PyUnicode_FromString("object"));
}

const char* utf8_of(PyObject* string) {
  Py_ssize_t length = 0;
  const char* text = PyUnicode_AsUTF8AndSize(string, &length);
  if (!text || std::strlen(text) == static_cast<size_t>(length)) return text;
  PyErr_SetString(PyExc_ValueError, "embedded null character in a string");
  return nullptr;
}

const char* text_of(PyObject* object, const char* what) {
  if (PyUnicode_Check(object)) return utf8_of(object);
  PyErr_Format(PyExc_TypeError, "%s must be str, got %U", what, type_name(object).get());
  return nullptr;
}

bool unpack(const char* function, std::initializer_list<const char*> names, Py_ssize_t num_required,
            Py_ssize_t num_positional, PyObject* const* args, Py_ssize_t nargs, PyObject* kwnames, PyObject** out) {
  const auto num_names = static_cast<Py_ssize_t>(names.size());
  if (nargs > num_positional) {
    PyErr_Format(PyExc_TypeError, "%s() takes at most %zd positional arguments, got %zd", function, num_positional,
                 nargs);
    return false;
  }
  for (Py_ssize_t i = 0; i < num_names; ++i) out[i] = i < nargs ? args[i] : nullptr;
  const Py_ssize_t num_keywords = kwnames ? PyTuple_Size(kwnames) : 0;
  for (Py_ssize_t k = 0; k < num_keywords; ++k) {
    PyObject* key = PyTuple_GetItem(kwnames, k);
    Py_ssize_t found = 0;
    while (found < num_names && PyUnicode_CompareWithASCIIString(key, names.begin()[found]) != 0) ++found;
    if (found == num_names) {
      PyErr_Format(PyExc_TypeError, "%s() got an unexpected keyword argument '%U'", function, key);
      return false;
    }
    if (out[found]) {
      PyErr_Format(PyExc_TypeError, "%s() got multiple values for argument '%U'", function, key);
      return false;
    }
    out[found] = args[nargs + k];
  }
  for (Py_ssize_t i = 0; i < num_required; ++i) {
    if (out[i]) continue;
    PyErr_Format(PyExc_TypeError, "%s() missing required argument '%s'", function, names.begin()[i]);
    return false;
  }
  return true;
}

}  // namespace vt::python
