// SPDX-License-Identifier: Apache-2.0
// Events and streams by number, for vt_cuda.streams.
#include <cstring>

#include "python.hpp"

namespace vt::cuda::python {

PyObject* create_event(PyObject*, PyObject* args) {
  int device = 0;
  unsigned flags = 0;
  VtEvent event = 0;
  if (!PyArg_ParseTuple(args, "iI", &device, &flags)) return nullptr;
  if (runtime->create_event(device, flags, &event) != 0) return none_or_raise(-1);
  return PyLong_FromUnsignedLongLong(event);
}

PyObject* destroy_event(PyObject*, PyObject* args) {
  int device = 0;
  unsigned long long event = 0;
  if (!PyArg_ParseTuple(args, "iK", &device, &event)) return nullptr;
  cuda->device->destroy_event(device, event);
  Py_RETURN_NONE;
}

PyObject* record_event(PyObject*, PyObject* args) {
  int device = 0;
  unsigned long long event = 0;
  unsigned long long stream = 0;
  if (!PyArg_ParseTuple(args, "iKK", &device, &event, &stream)) return nullptr;
  return none_or_raise(cuda->device->record_event(device, event, stream));
}

PyObject* wait_event(PyObject*, PyObject* args) {
  int device = 0;
  unsigned long long stream = 0;
  unsigned long long event = 0;
  if (!PyArg_ParseTuple(args, "iKK", &device, &stream, &event)) return nullptr;
  return none_or_raise(cuda->device->wait_event(device, stream, event));
}

PyObject* query_event(PyObject*, PyObject* args) {
  int device = 0;
  unsigned long long event = 0;
  int32_t done = 0;
  if (!PyArg_ParseTuple(args, "iK", &device, &event)) return nullptr;
  if (cuda->device->query_event(device, event, &done) != 0) return none_or_raise(-1);
  return PyBool_FromLong(done);
}

PyObject* synchronize_event(PyObject*, PyObject* args) {
  unsigned long long event = 0;
  if (!PyArg_ParseTuple(args, "K", &event)) return nullptr;
  return wait([&] { return runtime->synchronize_event(event); });
}

PyObject* elapsed_ms(PyObject*, PyObject* args) {
  int device = 0;
  unsigned long long start = 0;
  unsigned long long end = 0;
  float elapsed = 0;
  if (!PyArg_ParseTuple(args, "iKK", &device, &start, &end)) return nullptr;
  PyObject* done = wait([&] { return cuda->elapsed_ms(device, start, end, &elapsed); });
  if (!done) return nullptr;
  Py_DECREF(done);
  return PyFloat_FromDouble(elapsed);
}

PyObject* export_event(PyObject*, PyObject* args) {
  unsigned long long event = 0;
  VtCudaEventHandle handle;
  if (!PyArg_ParseTuple(args, "K", &event)) return nullptr;
  if (runtime->export_event(event, &handle) != 0) return none_or_raise(-1);
  return PyBytes_FromStringAndSize(reinterpret_cast<const char*>(handle.bytes), sizeof handle.bytes);
}

PyObject* import_event(PyObject*, PyObject* args) {
  int device = 0;
  const char* bytes = nullptr;
  Py_ssize_t num_bytes = 0;
  VtCudaEventHandle handle;
  VtEvent event = 0;
  if (!PyArg_ParseTuple(args, "iy#", &device, &bytes, &num_bytes)) return nullptr;
  if (num_bytes != static_cast<Py_ssize_t>(sizeof handle.bytes))
    return PyErr_Format(PyExc_ValueError, "from_ipc_handle: got a handle of %zd bytes, expected %zu", num_bytes,
                        sizeof handle.bytes);
  std::memcpy(handle.bytes, bytes, sizeof handle.bytes);
  if (runtime->import_event(device, &handle, &event) != 0) return none_or_raise(-1);
  return PyLong_FromUnsignedLongLong(event);
}

PyObject* query_stream(PyObject*, PyObject* args) {
  int device = 0;
  unsigned long long stream = 0;
  int32_t done = 0;
  if (!PyArg_ParseTuple(args, "iK", &device, &stream)) return nullptr;
  if (runtime->query_stream(device, stream, &done) != 0) return none_or_raise(-1);
  return PyBool_FromLong(done);
}

PyObject* stream_priority(PyObject*, PyObject* args) {
  int device = 0;
  unsigned long long stream = 0;
  int32_t priority = 0;
  if (!PyArg_ParseTuple(args, "iK", &device, &stream)) return nullptr;
  if (runtime->stream_priority(device, stream, &priority) != 0) return none_or_raise(-1);
  return PyLong_FromLong(priority);
}

}  // namespace vt::cuda::python
