// SPDX-License-Identifier: Apache-2.0
// The mode that warns of waits of the host, with Python's warnings.
#include "python.hpp"

namespace vt::cuda::python {
namespace {

// A filter of warnings may make an exception of it, which then is the reason that the wait is refused.
int warn(const char* message, void*) {
  const PyGILState_STATE state = PyGILState_Ensure();
  const bool raised = PyErr_WarnEx(PyExc_UserWarning, message, 1) != 0;
  if (raised) python->stash_exception();
  PyGILState_Release(state);
  return raised ? -1 : 0;
}

}  // namespace

PyObject* set_sync_debug_mode(PyObject*, PyObject* args) {
  int mode = 0;
  if (!PyArg_ParseTuple(args, "i", &mode)) return nullptr;
  return none_or_raise(runtime->set_sync_debug_mode(mode, warn, nullptr));
}

PyObject* sync_debug_mode(PyObject*, PyObject*) { return PyLong_FromLong(runtime->sync_debug_mode()); }

}  // namespace vt::cuda::python
