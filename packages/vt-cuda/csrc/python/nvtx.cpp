// SPDX-License-Identifier: Apache-2.0
// Ranges and marks for profilers, by the headers of NVTX: they look for a tool at the first call, and do nothing without one.
#include <nvtx3/nvToolsExt.h>

#include "python.hpp"

namespace vt::cuda::python {

PyObject* nvtx_push(PyObject*, PyObject* args) {
  const char* message = nullptr;
  if (!PyArg_ParseTuple(args, "s", &message)) return nullptr;
  return PyLong_FromLong(nvtxRangePushA(message));
}

PyObject* nvtx_pop(PyObject*, PyObject*) { return PyLong_FromLong(nvtxRangePop()); }

PyObject* nvtx_mark(PyObject*, PyObject* args) {
  const char* message = nullptr;
  if (!PyArg_ParseTuple(args, "s", &message)) return nullptr;
  nvtxMarkA(message);
  Py_RETURN_NONE;
}

PyObject* nvtx_start(PyObject*, PyObject* args) {
  const char* message = nullptr;
  if (!PyArg_ParseTuple(args, "s", &message)) return nullptr;
  return PyLong_FromUnsignedLongLong(nvtxRangeStartA(message));
}

PyObject* nvtx_end(PyObject*, PyObject* args) {
  unsigned long long range = 0;
  if (!PyArg_ParseTuple(args, "K", &range)) return nullptr;
  nvtxRangeEnd(range);
  Py_RETURN_NONE;
}

}  // namespace vt::cuda::python
