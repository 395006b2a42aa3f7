// SPDX-License-Identifier: Apache-2.0
// Graphs by number, for vt_cuda.graphs.
#include "python.hpp"

namespace vt::cuda::python {
namespace {

bool parse(PyObject* args, VtCudaGraph** graph) {
  unsigned long long number = 0;
  if (!PyArg_ParseTuple(args, "K", &number)) return false;
  *graph = reinterpret_cast<VtCudaGraph*>(number);
  return true;
}

}  // namespace

PyObject* new_graph_pool(PyObject*, PyObject*) { return PyLong_FromUnsignedLongLong(cuda->new_graph_pool()); }

PyObject* create_graph(PyObject*, PyObject* args) {
  int device = 0;
  VtCudaGraph* graph = nullptr;
  if (!PyArg_ParseTuple(args, "i", &device)) return nullptr;
  if (cuda->create_graph(device, &graph) != 0) return none_or_raise(-1);
  return PyLong_FromVoidPtr(graph);
}

PyObject* destroy_graph(PyObject*, PyObject* args) {
  VtCudaGraph* graph = nullptr;
  if (!parse(args, &graph)) return nullptr;
  cuda->destroy_graph(graph);
  Py_RETURN_NONE;
}

PyObject* begin_capture(PyObject*, PyObject* args) {
  unsigned long long graph = 0;
  unsigned long long stream = 0;
  unsigned long long pool = 0;
  if (!PyArg_ParseTuple(args, "KKK", &graph, &stream, &pool)) return nullptr;
  return none_or_raise(cuda->begin_capture(reinterpret_cast<VtCudaGraph*>(graph), stream, pool));
}

// Making the graph executable takes a while; nothing waits.
PyObject* end_capture(PyObject*, PyObject* args) {
  VtCudaGraph* graph = nullptr;
  if (!parse(args, &graph)) return nullptr;
  return wait([&] { return cuda->end_capture(graph); });
}

PyObject* replay_graph(PyObject*, PyObject* args) {
  unsigned long long graph = 0;
  int device = 0;
  VtStream stream = 0;
  if (!PyArg_ParseTuple(args, "Ki", &graph, &device)) return nullptr;
  if (cuda->device->current_stream(device, &stream) != 0) return none_or_raise(-1);
  return none_or_raise(cuda->replay_graph(reinterpret_cast<VtCudaGraph*>(graph), stream));
}

PyObject* idle_stream(PyObject*, PyObject* args) {
  int device = 0;
  VtStream stream = 0;
  if (!PyArg_ParseTuple(args, "i", &device)) return nullptr;
  if (cuda->idle_stream(device, &stream) != 0) return none_or_raise(-1);
  return PyLong_FromUnsignedLongLong(stream);
}

PyObject* record_use(PyObject*, PyObject* args) {
  int device = 0;
  unsigned long long data = 0;
  unsigned long long stream = 0;
  if (!PyArg_ParseTuple(args, "iKK", &device, &data, &stream)) return nullptr;
  return none_or_raise(cuda->device->record_use(device, reinterpret_cast<void*>(data), stream));
}

PyObject* reset_graph(PyObject*, PyObject* args) {
  VtCudaGraph* graph = nullptr;
  if (!parse(args, &graph)) return nullptr;
  return none_or_raise(cuda->reset_graph(graph));
}

PyObject* graph_info(PyObject*, PyObject* args) {
  VtCudaGraph* graph = nullptr;
  VtCudaGraphInfo info;
  if (!parse(args, &graph)) return nullptr;
  if (cuda->graph_info(graph, &info) != 0) return none_or_raise(-1);
  return Py_BuildValue("(iKK)", info.state, static_cast<unsigned long long>(info.pool),
                       static_cast<unsigned long long>(info.nodes));
}

}  // namespace vt::cuda::python
