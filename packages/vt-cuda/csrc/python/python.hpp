// SPDX-License-Identifier: Apache-2.0
// What the files of vt_cuda._C share: the tables they call and the way a failure is raised.
#pragma once

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <vt/abi/vt.h>

#include "../blas/api.hpp"

namespace vt::cuda::python {

// Set once while the module is imported.
inline const VtCudaApi* cuda = nullptr;
inline const VtCudaMemoryApi* memory = nullptr;
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

// load_module(device, image) -> Module.
PyObject* load_module(PyObject*, PyObject* args);
// Matrix products (blas.cpp).
PyObject* set_package_folders(PyObject*, PyObject* args);
PyObject* blas_description(PyObject*, PyObject*);
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
