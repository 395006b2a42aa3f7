// SPDX-License-Identifier: Apache-2.0
// Arguments of the module's functions.
#include "python.hpp"

namespace vt::autograd::python {

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

bool tensors_from(const char* what, PyObject* object, bool allow_none, Ref& keep, std::vector<VtTensor*>& out) {
  keep = is_tensor(object) ? Ref(PyTuple_Pack(1, object)) : Ref(PySequence_Tuple(object));
  if (!keep) return false;
  for (Py_ssize_t i = 0; i < PyTuple_Size(keep.get()); ++i) {
    PyObject* entry = PyTuple_GetItem(keep.get(), i);
    if (allow_none && entry == Py_None) {
      out.push_back(nullptr);
      continue;
    }
    if (!is_tensor(entry)) {
      PyErr_Format(PyExc_TypeError, "%s must be a Tensor or a sequence of Tensors%s, got %R at index %zd", what,
                   allow_none ? " or None" : "", Py_TYPE(entry), i);
      return false;
    }
    out.push_back(tensor_of(entry));
  }
  return true;
}

}  // namespace vt::autograd::python
