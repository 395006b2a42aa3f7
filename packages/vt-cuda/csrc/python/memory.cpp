// SPDX-License-Identifier: Apache-2.0
// The calls of vt.cuda.memory on plain values.
#include <limits>

#include "python.hpp"
#include "stacks.hpp"

namespace vt::cuda::python {
namespace {

unsigned long long number(uint64_t value) { return value; }

// Takes `value`, a new reference or null; false with an exception.
bool put(PyObject* dict, const char* name, PyObject* value) {
  const bool done = dict && value && PyDict_SetItemString(dict, name, value) == 0;
  Py_XDECREF(value);
  return done;
}

PyObject* dict_of(const VtCudaMemoryFigure& figure) {
  return Py_BuildValue("{sKsKsKsK}", "current", number(figure.current), "peak", number(figure.peak), "allocated",
                       number(figure.allocated), "freed", number(figure.freed));
}

struct NamedFigure {
  const char* name;
  VtCudaMemoryFigure VtCudaMemoryFigures::* figure;
};

constexpr NamedFigure kFigures[] = {
    {"allocation", &VtCudaMemoryFigures::allocation},
    {"segment", &VtCudaMemoryFigures::segment},
    {"active", &VtCudaMemoryFigures::active},
    {"inactive_split", &VtCudaMemoryFigures::inactive_split},
    {"allocated_bytes", &VtCudaMemoryFigures::allocated_bytes},
    {"reserved_bytes", &VtCudaMemoryFigures::reserved_bytes},
    {"active_bytes", &VtCudaMemoryFigures::active_bytes},
    {"inactive_split_bytes", &VtCudaMemoryFigures::inactive_split_bytes},
    {"requested_bytes", &VtCudaMemoryFigures::requested_bytes},
};

PyObject* by_pool(const VtCudaMemoryStatistics& s, VtCudaMemoryFigure VtCudaMemoryFigures::* figure) {
  PyObject* pools = PyDict_New();
  if (put(pools, "all", dict_of(s.all.*figure)) && put(pools, "small_pool", dict_of(s.small_pool.*figure)) &&
      put(pools, "large_pool", dict_of(s.large_pool.*figure)))
    return pools;
  Py_XDECREF(pools);
  return nullptr;
}

bool fill(PyObject* dict, const VtCudaMemoryStatistics& s) {
  for (const auto& [name, figure] : kFigures)
    if (!put(dict, name, by_pool(s, figure))) return false;
  if (!put(dict, "oversize_allocations", dict_of(s.oversize_allocations)) ||
      !put(dict, "oversize_segments", dict_of(s.oversize_segments)))
    return false;
  const struct {
    const char* name;
    uint64_t value;
  } counts[] = {{"num_alloc_retries", s.num_alloc_retries},
                {"num_ooms", s.num_ooms},
                {"num_sync_all_streams", s.num_sync_all_streams},
                {"num_device_alloc", s.num_device_alloc},
                {"num_device_free", s.num_device_free}};
  for (const auto& [name, value] : counts)
    if (!put(dict, name, PyLong_FromUnsignedLongLong(value))) return false;
  return true;
}

constexpr const char* kActions[] = {"alloc",         "free_requested", "free_completed",
                                    "segment_alloc", "segment_free",   "segment_map",
                                    "segment_unmap", "snapshot",       "oom"};

PyObject* tuple_of(const VtCudaMemoryEvent& e) {
  return Py_BuildValue("(sKKKKKKL)", kActions[e.action], number(e.address), number(e.nbytes), number(e.stream),
                       number(e.pool), number(e.context), number(e.free_bytes), static_cast<long long>(e.time_us));
}

PyObject* tuple_of(const VtCudaMemoryBlock& b) {
  return Py_BuildValue("(KKKKi)", number(b.address), number(b.nbytes), number(b.requested_bytes), number(b.context),
                       b.state);
}

template <class Item>
PyObject* list_of(const Item* items, uint64_t num);

PyObject* tuple_of(const VtCudaMemorySegment& s) {
  PyObject* blocks = list_of(s.blocks, s.num_blocks);
  if (!blocks) return nullptr;
  return Py_BuildValue("(KKKKKKKKiiN)", number(s.address), number(s.nbytes), number(s.allocated_bytes),
                       number(s.active_bytes), number(s.requested_bytes), number(s.stream), number(s.pool),
                       number(s.context), s.is_small, s.is_expandable, blocks);
}

template <class Item>
PyObject* list_of(const Item* items, uint64_t num) {
  PyObject* list = PyList_New(0);
  for (uint64_t i = 0; i < num && list; ++i) {
    PyObject* item = tuple_of(items[i]);
    if (!item || PyList_Append(list, item) != 0) Py_CLEAR(list);
    Py_XDECREF(item);
  }
  return list;
}

}  // namespace

PyObject* has_memory(PyObject*, PyObject* args) {
  int device = 0;
  if (!PyArg_ParseTuple(args, "i", &device)) return nullptr;
  return PyBool_FromLong(memory->is_used(device));
}

PyObject* memory_statistics(PyObject*, PyObject* args) {
  int device = 0;
  VtCudaMemoryStatistics s;
  if (!PyArg_ParseTuple(args, "i", &device)) return nullptr;
  if (memory->statistics(device, &s) != 0) return none_or_raise(-1);
  PyObject* dict = PyDict_New();
  if (!dict || fill(dict, s)) return dict;
  Py_DECREF(dict);
  return nullptr;
}

PyObject* reset_memory_peaks(PyObject*, PyObject* args) {
  int device = 0;
  if (!PyArg_ParseTuple(args, "i", &device)) return nullptr;
  return none_or_raise(memory->reset_peaks(device));
}

PyObject* reset_memory_totals(PyObject*, PyObject* args) {
  int device = 0;
  if (!PyArg_ParseTuple(args, "i", &device)) return nullptr;
  return none_or_raise(memory->reset_totals(device));
}

PyObject* set_memory_limit(PyObject*, PyObject* args) {
  int device = 0;
  PyObject* value = nullptr;
  if (!PyArg_ParseTuple(args, "iO", &device, &value)) return nullptr;
  const unsigned long long nbytes = PyLong_AsUnsignedLongLong(value);  // raises where it would wrap
  if (nbytes == std::numeric_limits<unsigned long long>::max() && PyErr_Occurred()) return nullptr;
  return none_or_raise(memory->set_limit(device, nbytes));
}

PyObject* set_memory_fraction(PyObject*, PyObject* args) {
  int device = 0;
  double fraction = 0;
  if (!PyArg_ParseTuple(args, "id", &device, &fraction)) return nullptr;
  return none_or_raise(memory->set_limit_fraction(device, fraction));
}

PyObject* memory_limit(PyObject*, PyObject* args) {
  int device = 0;
  uint64_t nbytes = 0;
  if (!PyArg_ParseTuple(args, "i", &device)) return nullptr;
  if (memory->limit(device, &nbytes) != 0) return none_or_raise(-1);
  return PyLong_FromUnsignedLongLong(nbytes);
}

PyObject* release_cached(PyObject*, PyObject* args) {
  int device = 0;
  unsigned long long keep_bytes = 0;
  if (!PyArg_ParseTuple(args, "iK", &device, &keep_bytes)) return nullptr;
  return wait([&] { return memory->release_cached(device, keep_bytes); });
}

PyObject* set_memory_options(PyObject*, PyObject* args) {
  unsigned long long max_split_bytes = 0;
  double collect_above = 0;
  if (!PyArg_ParseTuple(args, "Kd", &max_split_bytes, &collect_above)) return nullptr;
  const VtCudaMemoryOptions options{sizeof(VtCudaMemoryOptions), 0, max_split_bytes, collect_above};
  return none_or_raise(memory->set_options(&options));
}

PyObject* memory_options(PyObject*, PyObject*) {
  VtCudaMemoryOptions options;
  if (memory->options(&options) != 0) return none_or_raise(-1);
  return Py_BuildValue("(Kd)", number(options.max_split_bytes), options.collect_above);
}

PyObject* set_memory_segments(PyObject*, PyObject* args) {
  int segments = 0;
  if (!PyArg_ParseTuple(args, "i", &segments)) return nullptr;
  return none_or_raise(memory->set_segments(segments));
}

PyObject* memory_segments(PyObject*, PyObject*) { return PyLong_FromLong(memory->segments()); }

PyObject* record_memory_history(PyObject*, PyObject* args) {
  VtCudaMemoryHistory history{};
  history.struct_size = sizeof history;
  int native_frames = 0;
  unsigned long long max_events = 0;
  unsigned int skipped_actions = 0;
  if (!PyArg_ParseTuple(args, "pppppKpI", &history.is_on, &history.block_contexts, &history.event_contexts,
                        &history.free_contexts, &native_frames, &max_events, &history.clear, &skipped_actions))
    return nullptr;
  history.max_events = max_events;
  history.skipped_actions = skipped_actions;
  history.capture = native_frames != 0 ? capture_whole_stack : capture_python_stack;
  history.describe = describe_stack;
  return none_or_raise(memory->record_history(&history));
}

PyObject* memory_snapshot(PyObject*, PyObject* args) {
  int device = 0;
  const VtCudaMemorySnapshot* snapshot = nullptr;
  if (!PyArg_ParseTuple(args, "i", &device)) return nullptr;
  if (memory->snapshot(device, &snapshot) != 0) return none_or_raise(-1);
  PyObject* segments = list_of(snapshot->segments, snapshot->num_segments);
  PyObject* events = segments ? list_of(snapshot->events, snapshot->num_events) : nullptr;
  memory->free_snapshot(snapshot);
  if (segments && events) return Py_BuildValue("(NN)", segments, events);
  Py_XDECREF(segments);
  return nullptr;
}

PyObject* memory_frames(PyObject*, PyObject* args) {
  unsigned long long context = 0;
  if (!PyArg_ParseTuple(args, "K", &context)) return nullptr;
  return frames_of(context);
}

}  // namespace vt::cuda::python
