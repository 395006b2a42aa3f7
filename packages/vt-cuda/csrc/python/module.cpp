// SPDX-License-Identifier: Apache-2.0
// vt_cuda._C: the calls of vt.cuda and vt.device.cuda on plain numbers. Converts arguments; computes nothing.
#include "python.hpp"

namespace vt::cuda::python {
namespace {

PyObject* device_count(PyObject*, PyObject*) { return PyLong_FromLong(cuda->device->device_count()); }

PyObject* current_stream(PyObject*, PyObject* args) {
  int device = 0;
  VtStream stream = 0;
  if (!PyArg_ParseTuple(args, "i", &device)) return nullptr;
  if (cuda->device->current_stream(device, &stream) != 0) return none_or_raise(-1);
  return PyLong_FromUnsignedLongLong(stream);
}

PyObject* set_current_stream(PyObject*, PyObject* args) {
  int device = 0;
  unsigned long long stream = 0;
  if (!PyArg_ParseTuple(args, "iK", &device, &stream)) return nullptr;
  return none_or_raise(cuda->device->set_current_stream(device, stream));
}

PyObject* create_stream(PyObject*, PyObject* args) {
  int device = 0;
  int priority = 0;
  VtStream stream = 0;
  if (!PyArg_ParseTuple(args, "ii", &device, &priority)) return nullptr;
  if (cuda->device->create_stream(device, priority, &stream) != 0) return none_or_raise(-1);
  return PyLong_FromUnsignedLongLong(stream);
}

PyObject* synchronize_stream(PyObject*, PyObject* args) {
  int device = 0;
  unsigned long long stream = 0;
  if (!PyArg_ParseTuple(args, "iK", &device, &stream)) return nullptr;
  return wait([&] { return cuda->device->synchronize_stream(device, stream); });
}

PyObject* synchronize(PyObject*, PyObject* args) {
  int device = 0;
  if (!PyArg_ParseTuple(args, "i", &device)) return nullptr;
  return wait([&] { return cuda->device->synchronize(device); });
}

PyObject* native_stream(PyObject*, PyObject* args) {
  int device = 0;
  unsigned long long stream = 0;
  if (!PyArg_ParseTuple(args, "iK", &device, &stream)) return nullptr;
  void* native = cuda->native_stream(device, stream);
  return native ? PyLong_FromVoidPtr(native) : none_or_raise(-1);
}

PyObject* wrap_stream(PyObject*, PyObject* args) {
  int device = 0;
  unsigned long long native = 0;
  VtStream stream = 0;
  if (!PyArg_ParseTuple(args, "iK", &device, &native)) return nullptr;
  if (cuda->wrap_stream(device, reinterpret_cast<void*>(native), &stream) != 0) return none_or_raise(-1);
  return PyLong_FromUnsignedLongLong(stream);
}

PyObject* mem_get_info(PyObject*, PyObject* args) {
  int device = 0;
  uint64_t free_bytes = 0;
  uint64_t total_bytes = 0;
  if (!PyArg_ParseTuple(args, "i", &device)) return nullptr;
  if (cuda->mem_get_info(device, &free_bytes, &total_bytes) != 0) return none_or_raise(-1);
  return Py_BuildValue("(KK)", static_cast<unsigned long long>(free_bytes),
                       static_cast<unsigned long long>(total_bytes));
}

PyObject* counters(PyObject*, PyObject*) {
  VtCudaCounters c;
  cuda->counters(&c);
  return dict_of({{"launches", c.launches},
                  {"host_synchronizations", c.host_synchronizations},
                  {"copies", c.copies},
                  {"raw_allocations", c.raw_allocations}});
}

PyObject* is_capturing(PyObject*, PyObject* index) {
  const long device = PyLong_AsLong(index);
  if (device == -1 && PyErr_Occurred()) return nullptr;
  VtStream stream = 0;
  int32_t state = 0;
  const auto number = static_cast<int32_t>(device);
  if (cuda->device->current_stream(number, &stream) != 0 || cuda->device->capture_state(number, stream, &state) != 0)
    return none_or_raise(-1);
  return PyBool_FromLong(state != 0);
}

PyObject* driver_version(PyObject*, PyObject*) {
  int32_t version = 0;
  if (cuda->driver_version(&version) != 0) return none_or_raise(-1);
  return PyLong_FromLong(version);
}

PyMethodDef methods[] = {
    {"device_count", device_count, METH_NOARGS, "device_count(): number of devices; 0 without a driver."},
    {"properties", properties, METH_VARARGS, "properties(device, /): a dict."},
    {"native_device", native_device, METH_VARARGS, "native_device(device, /): the driver's number."},
    {"can_access_peer", can_access_peer, METH_VARARGS, "can_access_peer(device, peer, /)."},
    {"current_stream", current_stream, METH_VARARGS, "current_stream(device, /): number of the thread's stream."},
    {"set_current_stream", set_current_stream, METH_VARARGS, "set_current_stream(device, stream, /)."},
    {"create_stream", create_stream, METH_VARARGS, "create_stream(device, priority, /): number of a stream."},
    {"synchronize_stream", synchronize_stream, METH_VARARGS, "synchronize_stream(device, stream, /): waits."},
    {"synchronize", synchronize, METH_VARARGS, "synchronize(device, /): waits for all streams."},
    {"native_stream", native_stream, METH_VARARGS, "native_stream(device, stream, /): the driver's handle."},
    {"wrap_stream", wrap_stream, METH_VARARGS, "wrap_stream(device, handle, /): number of a foreign stream."},
    {"query_stream", query_stream, METH_VARARGS, "query_stream(device, stream, /): whether its work is done."},
    {"stream_priority", stream_priority, METH_VARARGS, "stream_priority(device, stream, /): lower runs first."},
    {"create_event", create_event, METH_VARARGS, "create_event(device, flags, /): number of an event."},
    {"destroy_event", destroy_event, METH_VARARGS, "destroy_event(device, event, /)."},
    {"record_event", record_event, METH_VARARGS, "record_event(device, event, stream, /)."},
    {"wait_event", wait_event, METH_VARARGS, "wait_event(device, stream, event, /): the stream waits, not the host."},
    {"query_event", query_event, METH_VARARGS, "query_event(device, event, /): whether it has passed."},
    {"synchronize_event", synchronize_event, METH_VARARGS, "synchronize_event(event, /): waits."},
    {"export_event", export_event, METH_VARARGS, "export_event(event, /): bytes for another process."},
    {"import_event", import_event, METH_VARARGS, "import_event(device, handle, /): number of an event."},
    {"elapsed_ms", elapsed_ms, METH_VARARGS, "elapsed_ms(device, start, end, /): waits for end."},
    {"mem_get_info", mem_get_info, METH_VARARGS, "mem_get_info(device, /): (free, total) bytes."},
    {"has_memory", has_memory, METH_VARARGS, "has_memory(device, /): whether it was used so far."},
    {"memory_statistics", memory_statistics, METH_VARARGS, "memory_statistics(device, /): the allocator's figures."},
    {"reset_memory_peaks", reset_memory_peaks, METH_VARARGS, "reset_memory_peaks(device, /)."},
    {"reset_memory_totals", reset_memory_totals, METH_VARARGS, "reset_memory_totals(device, /)."},
    {"set_memory_limit", set_memory_limit, METH_VARARGS, "set_memory_limit(device, nbytes, /): 2**64 - 1 for none."},
    {"set_memory_fraction", set_memory_fraction, METH_VARARGS, "set_memory_fraction(device, fraction, /)."},
    {"memory_limit", memory_limit, METH_VARARGS, "memory_limit(device, /): bytes, 2**64 - 1 for none."},
    {"release_cached", release_cached, METH_VARARGS, "release_cached(device, keep_bytes, /): waits."},
    {"set_memory_options", set_memory_options, METH_VARARGS, "set_memory_options(max_split_bytes, collect_above, /)."},
    {"memory_options", memory_options, METH_NOARGS, "memory_options(): (max_split_bytes, collect_above)."},
    {"set_memory_segments", set_memory_segments, METH_VARARGS, "set_memory_segments(kind, /)."},
    {"memory_segments", memory_segments, METH_NOARGS, "memory_segments(): 0 default, 1 plain, 2 expandable."},
    {"record_memory_history", record_memory_history, METH_VARARGS,
     "record_memory_history(is_on, block_contexts, event_contexts, free_contexts, native_frames, max_events, clear, "
     "skipped_actions, /)."},
    {"memory_snapshot", memory_snapshot, METH_VARARGS, "memory_snapshot(device, /): (segments, events)."},
    {"memory_frames", memory_frames, METH_VARARGS, "memory_frames(context, /): [(name, filename, line)]."},
    {"allocate_memory", allocate_memory, METH_VARARGS, "allocate_memory(device, nbytes, stream, /): its address."},
    {"free_memory", free_memory, METH_VARARGS, "free_memory(device, address, /)."},
    {"create_memory_pool", create_memory_pool, METH_VARARGS,
     "create_memory_pool(device, allocate, free, /): number of a pool; addresses of functions, or 0."},
    {"release_memory_pool", release_memory_pool, METH_VARARGS, "release_memory_pool(device, pool, /)."},
    {"begin_pool_use", begin_pool_use, METH_VARARGS, "begin_pool_use(device, pool, /): on this thread."},
    {"end_pool_use", end_pool_use, METH_VARARGS, "end_pool_use(device, pool, /)."},
    {"set_allocator_backend", set_allocator_backend, METH_VARARGS,
     "set_allocator_backend(backend, allocate, free, /): 0 caching, 1 the driver's pool, 2 the functions."},
    {"allocator_backend", allocator_backend, METH_NOARGS, "allocator_backend(): 0 to 2."},
    {"pinned_stats", pinned_stats, METH_NOARGS, "pinned_stats(): figures of pinned memory."},
    {"empty_pinned_cache", empty_pinned_cache, METH_NOARGS, "empty_pinned_cache(): gives kept memory back."},
    {"set_sync_debug_mode", set_sync_debug_mode, METH_VARARGS, "set_sync_debug_mode(0 to 2, /)."},
    {"sync_debug_mode", sync_debug_mode, METH_NOARGS, "sync_debug_mode(): 0 to 2."},
    {"nvtx_push", nvtx_push, METH_VARARGS, "nvtx_push(message, /): depth of the range."},
    {"nvtx_pop", nvtx_pop, METH_NOARGS, "nvtx_pop(): depth of the range."},
    {"nvtx_mark", nvtx_mark, METH_VARARGS, "nvtx_mark(message, /)."},
    {"nvtx_start", nvtx_start, METH_VARARGS, "nvtx_start(message, /): number of a range."},
    {"nvtx_end", nvtx_end, METH_VARARGS, "nvtx_end(range, /)."},
    {"counters", counters, METH_NOARGS, "counters(): driver calls since the process started."},
    {"driver_version", driver_version, METH_NOARGS, "driver_version(): as 13000."},
    {"set_package_folders", set_package_folders, METH_VARARGS,
     "set_package_folders(folders, /): where to look for BLAS."},
    {"blas_description", blas_description, METH_NOARGS, "blas_description(): what computes products."},
    {"dnn_description", dnn_description, METH_NOARGS, "dnn_description(): what serves convolutions and attention."},
    {"set_float32_precision", set_float32_precision, METH_VARARGS, "set_float32_precision(0 to 2, /)."},
    {"float32_precision", float32_precision, METH_NOARGS, "float32_precision(): 0 to 2."},
    {"is_capturing", is_capturing, METH_O, "is_capturing(device, /): whether its current stream is being captured."},
    {"new_graph_pool", new_graph_pool, METH_NOARGS, "new_graph_pool(): number of a pool."},
    {"create_graph", create_graph, METH_VARARGS, "create_graph(device, /): number of a graph."},
    {"destroy_graph", destroy_graph, METH_VARARGS, "destroy_graph(graph, /)."},
    {"begin_capture", begin_capture, METH_VARARGS, "begin_capture(graph, stream, pool, /): pool 0 is one of its own."},
    {"end_capture", end_capture, METH_VARARGS, "end_capture(graph, /)."},
    {"replay_graph", replay_graph, METH_VARARGS, "replay_graph(graph, device, /): on the current stream."},
    {"reset_graph", reset_graph, METH_VARARGS, "reset_graph(graph, /)."},
    {"graph_info", graph_info, METH_VARARGS, "graph_info(graph, /): (state, pool, nodes)."},
    {"idle_stream", idle_stream, METH_VARARGS, "idle_stream(device, /): number of a stream on which nothing runs."},
    {"record_use", record_use, METH_VARARGS, "record_use(device, data, stream, /): the stream's work uses the memory."},
    {"load_module", load_module, METH_VARARGS, "load_module(device, image, /): a Module."},
    {nullptr, nullptr, 0, nullptr}};

PyModuleDef definition = {PyModuleDef_HEAD_INIT,
                          "vt_cuda._C",
                          "Streams, events, memory and launches on CUDA devices.",
                          -1,
                          methods,
                          nullptr,
                          nullptr,
                          nullptr,
                          nullptr};

// Raises ImportError with the text of the thread's error, which needs vt.core.object only.
bool fetch(VtGetInterfaceFn get_interface, const char* name, uint16_t major, uint16_t minor, const void** out) {
  if (get_interface(name, major, minor, out) == 0) return true;
  const void* object = nullptr;
  VtError error;
  if (get_interface(VT_OBJECT_API_NAME, VT_OBJECT_API_MAJOR, 0, &object) == 0 &&
      static_cast<const VtObjectApi*>(object)->take_error(&error))
    PyErr_SetString(PyExc_ImportError, error.message);
  else
    PyErr_Format(PyExc_ImportError, "vt_cuda: '%s' is not available", name);
  return false;
}

PyObject* make_module() {
  const auto get_interface = reinterpret_cast<VtGetInterfaceFn>(PyCapsule_Import(VT_PYTHON_CAPSULE, 0));
  if (!get_interface) {
    if (!PyErr_ExceptionMatches(PyExc_ImportError))
      PyErr_SetString(PyExc_ImportError, "vt_cuda: the installed vt-core offers no capsule " VT_PYTHON_CAPSULE
                                         "; install a vt-core of version 0.1");
    return nullptr;
  }
  const void* table = nullptr;
  if (!fetch(get_interface, VT_PYTHON_API_NAME, VT_PYTHON_API_MAJOR, VT_PYTHON_API_MINOR, &table)) return nullptr;
  python = static_cast<const VtPythonApi*>(table);
  if (!fetch(get_interface, VT_CUDA_API_NAME, VT_CUDA_API_MAJOR, VT_CUDA_API_MINOR, &table)) return nullptr;
  cuda = static_cast<const VtCudaApi*>(table);
  if (!fetch(get_interface, VT_CUDA_MEMORY_API_NAME, VT_CUDA_MEMORY_API_MAJOR, VT_CUDA_MEMORY_API_MINOR, &table))
    return nullptr;
  memory = static_cast<const VtCudaMemoryApi*>(table);
  if (!fetch(get_interface, VT_CUDA_RUNTIME_API_NAME, VT_CUDA_RUNTIME_API_MAJOR, VT_CUDA_RUNTIME_API_MINOR, &table))
    return nullptr;
  runtime = static_cast<const VtCudaRuntimeApi*>(table);
  if (!fetch(get_interface, kBlasApiName, kBlasApiMajor, kBlasApiMinor, &table)) return nullptr;
  blas = static_cast<const BlasApi*>(table);
  PyObject* module = PyModule_Create(&definition);
  if (module && !add_launch_types(module)) Py_CLEAR(module);
  return module;
}

}  // namespace
}  // namespace vt::cuda::python

PyMODINIT_FUNC PyInit__C() { return vt::cuda::python::make_module(); }
