// SPDX-License-Identifier: Apache-2.0
// Pools and backends of vt.cuda.memory on plain values; functions are given by their addresses.
#include "python.hpp"

namespace vt::cuda::python {
namespace {

// Parses (device, pool).
bool parse(PyObject* args, int* device, unsigned long long* pool) {
  return PyArg_ParseTuple(args, "iK", device, pool) != 0;
}

}  // namespace

PyObject* allocate_memory(PyObject*, PyObject* args) {
  int device = 0;
  unsigned long long nbytes = 0;
  unsigned long long stream = 0;
  void* data = nullptr;
  if (!PyArg_ParseTuple(args, "iKK", &device, &nbytes, &stream)) return nullptr;
  if (memory->allocate(device, nbytes, stream, &data) != 0) return none_or_raise(-1);
  return PyLong_FromVoidPtr(data);
}

PyObject* free_memory(PyObject*, PyObject* args) {
  int device = 0;
  unsigned long long address = 0;
  if (!parse(args, &device, &address)) return nullptr;
  return none_or_raise(memory->free(device, reinterpret_cast<void*>(address)));
}

PyObject* create_memory_pool(PyObject*, PyObject* args) {
  int device = 0;
  unsigned long long allocate = 0;
  unsigned long long free = 0;
  uint64_t pool = 0;
  if (!PyArg_ParseTuple(args, "iKK", &device, &allocate, &free)) return nullptr;
  if (memory->create_pool(device, reinterpret_cast<VtCudaPlugAllocateFn>(allocate),
                          reinterpret_cast<VtCudaPlugFreeFn>(free), &pool) != 0)
    return none_or_raise(-1);
  return PyLong_FromUnsignedLongLong(pool);
}

PyObject* release_memory_pool(PyObject*, PyObject* args) {
  int device = 0;
  unsigned long long pool = 0;
  if (!parse(args, &device, &pool)) return nullptr;
  return none_or_raise(memory->release_pool(device, pool));
}

PyObject* begin_pool_use(PyObject*, PyObject* args) {
  int device = 0;
  unsigned long long pool = 0;
  if (!parse(args, &device, &pool)) return nullptr;
  return none_or_raise(memory->begin_use(device, pool));
}

PyObject* end_pool_use(PyObject*, PyObject* args) {
  int device = 0;
  unsigned long long pool = 0;
  if (!parse(args, &device, &pool)) return nullptr;
  return none_or_raise(memory->end_use(device, pool));
}

PyObject* set_allocator_backend(PyObject*, PyObject* args) {
  int backend = 0;
  unsigned long long allocate = 0;
  unsigned long long free = 0;
  if (!PyArg_ParseTuple(args, "iKK", &backend, &allocate, &free)) return nullptr;
  return none_or_raise(memory->set_backend(backend, reinterpret_cast<VtCudaPlugAllocateFn>(allocate),
                                           reinterpret_cast<VtCudaPlugFreeFn>(free)));
}

PyObject* allocator_backend(PyObject*, PyObject*) { return PyLong_FromLong(memory->backend()); }

}  // namespace vt::cuda::python
