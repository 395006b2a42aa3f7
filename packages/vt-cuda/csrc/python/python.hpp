// SPDX-License-Identifier: Apache-2.0
// What the files of vt_cuda._C share: the tables they call and the way a failure is raised.
#pragma once

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <vt/abi/cuda_runtime.h>
#include <vt/abi/vt.h>

#include "../blas/api.hpp"

namespace vt::cuda::python {

// Set once while the module is imported.
inline const VtCudaApi* cuda = nullptr;
inline const VtCudaMemoryApi* memory = nullptr;
inline const VtCudaRuntimeApi* runtime = nullptr;
inline const BlasApi* blas = nullptr;
inline const VtPythonApi* python = nullptr;

// None, or null with the thread's VtError as exception.
inline PyObject* none_or_raise(int status) {
  if (status == 0) Py_RETURN_NONE;
  python->raise_error();
  return nullptr;
}

// The same for calls that may wait: the GIL is released meanwhile.
template <class Call>
PyObject* wait(Call&& call) {
  int status = 0;
  Py_BEGIN_ALLOW_THREADS status = call();
  Py_END_ALLOW_THREADS return none_or_raise(status);
}

struct Figure {
  const char* name;
  uint64_t value;
};

// Names and numbers as a dict.
template <size_t kNum>
PyObject* dict_of(const Figure (&figures)[kNum]) {
  PyObject* dict = PyDict_New();
  for (const Figure& figure : figures) {
    PyObject* value = dict ? PyLong_FromUnsignedLongLong(figure.value) : nullptr;
    if (!value || PyDict_SetItemString(dict, figure.name, value) != 0) Py_CLEAR(dict);
    Py_XDECREF(value);
  }
  return dict;
}

// Devices (devices.cpp).
PyObject* properties(PyObject*, PyObject* args);
PyObject* native_device(PyObject*, PyObject* args);
PyObject* can_access_peer(PyObject*, PyObject* args);
// Events and streams (events.cpp).
PyObject* create_event(PyObject*, PyObject* args);
PyObject* destroy_event(PyObject*, PyObject* args);
PyObject* record_event(PyObject*, PyObject* args);
PyObject* wait_event(PyObject*, PyObject* args);
PyObject* query_event(PyObject*, PyObject* args);
PyObject* synchronize_event(PyObject*, PyObject* args);
PyObject* elapsed_ms(PyObject*, PyObject* args);
PyObject* export_event(PyObject*, PyObject* args);
PyObject* import_event(PyObject*, PyObject* args);
PyObject* query_stream(PyObject*, PyObject* args);
PyObject* stream_priority(PyObject*, PyObject* args);
// Pinned memory (pinned.cpp).
PyObject* pinned_stats(PyObject*, PyObject*);
PyObject* empty_pinned_cache(PyObject*, PyObject*);
// Waits of the host (debug.cpp).
PyObject* set_sync_debug_mode(PyObject*, PyObject* args);
PyObject* sync_debug_mode(PyObject*, PyObject*);
// Ranges for profilers (nvtx.cpp).
PyObject* nvtx_push(PyObject*, PyObject* args);
PyObject* nvtx_pop(PyObject*, PyObject*);
PyObject* nvtx_mark(PyObject*, PyObject* args);
PyObject* nvtx_start(PyObject*, PyObject* args);
PyObject* nvtx_end(PyObject*, PyObject* args);
// load_module(device, image) -> Module.
PyObject* load_module(PyObject*, PyObject* args);
// Matrix products (blas.cpp).
PyObject* set_package_folders(PyObject*, PyObject* args);
PyObject* blas_description(PyObject*, PyObject*);
PyObject* dnn_description(PyObject*, PyObject*);
PyObject* set_float32_precision(PyObject*, PyObject* args);
PyObject* float32_precision(PyObject*, PyObject*);
// Graphs (graph.cpp).
PyObject* new_graph_pool(PyObject*, PyObject*);
PyObject* create_graph(PyObject*, PyObject* args);
PyObject* destroy_graph(PyObject*, PyObject* args);
PyObject* begin_capture(PyObject*, PyObject* args);
PyObject* end_capture(PyObject*, PyObject* args);
PyObject* replay_graph(PyObject*, PyObject* args);
PyObject* reset_graph(PyObject*, PyObject* args);
PyObject* graph_info(PyObject*, PyObject* args);
PyObject* idle_stream(PyObject*, PyObject* args);
PyObject* record_use(PyObject*, PyObject* args);
// Memory (memory.cpp).
PyObject* has_memory(PyObject*, PyObject* args);
PyObject* memory_statistics(PyObject*, PyObject* args);
PyObject* reset_memory_peaks(PyObject*, PyObject* args);
PyObject* reset_memory_totals(PyObject*, PyObject* args);
PyObject* set_memory_limit(PyObject*, PyObject* args);
PyObject* set_memory_fraction(PyObject*, PyObject* args);
PyObject* memory_limit(PyObject*, PyObject* args);
PyObject* release_cached(PyObject*, PyObject* args);
PyObject* set_memory_options(PyObject*, PyObject* args);
PyObject* memory_options(PyObject*, PyObject*);
PyObject* set_memory_segments(PyObject*, PyObject* args);
PyObject* memory_segments(PyObject*, PyObject*);
PyObject* record_memory_history(PyObject*, PyObject* args);
PyObject* memory_snapshot(PyObject*, PyObject* args);
PyObject* memory_frames(PyObject*, PyObject* args);
// Pools and backends (memory_pools.cpp).
PyObject* allocate_memory(PyObject*, PyObject* args);
PyObject* free_memory(PyObject*, PyObject* args);
PyObject* create_memory_pool(PyObject*, PyObject* args);
PyObject* release_memory_pool(PyObject*, PyObject* args);
PyObject* begin_pool_use(PyObject*, PyObject* args);
PyObject* end_pool_use(PyObject*, PyObject* args);
PyObject* set_allocator_backend(PyObject*, PyObject* args);
PyObject* allocator_backend(PyObject*, PyObject*);
// Adds the types Module and Function; false with an exception set.
bool add_launch_types(PyObject* module);

}  // namespace vt::cuda::python
