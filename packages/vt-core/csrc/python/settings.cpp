// SPDX-License-Identifier: Apache-2.0
// Plugins, settings and threads from Python.
#include "settings.hpp"

#include "../linalg/api.hpp"
#include "../runtime/defaults.hpp"
#include "../runtime/live.hpp"
#include "dtype_device.hpp"
#include "errors.hpp"
#include "numbers.hpp"
#include "op_type.hpp"

#include <map>
#include <vector>

namespace vt::python {
namespace {

using core::DefaultsApi;
using core::LapackApi;

// A table of core itself, published before this module can be imported.
const DefaultsApi* defaults() {
  static const DefaultsApi* const api = [] {
    const void* table = nullptr;
    tables().get_interface(core::kDefaultsApiName, core::kDefaultsApiMajor, core::kDefaultsApiMinor, &table);
    return static_cast<const DefaultsApi*>(table);
  }();
  return api;
}

PyObject* load_plugin(PyObject*, PyObject* path) {
  PyObject* bytes = nullptr;
  if (!PyUnicode_FSConverter(path, &bytes)) return nullptr;
  const Ref keep(bytes);
  if (tables().object->load_plugin(PyBytes_AsString(bytes)) != 0) return raise_error();
  if (!refresh_ops()) return nullptr;
  Py_RETURN_NONE;
}

PyObject* unload_plugin(PyObject*, PyObject* name) {
  const char* text = text_of(name, "plugin name");
  if (!text) return nullptr;
  if (tables().object->unload_plugin(text) != 0) return raise_error();
  if (!refresh_ops()) return nullptr;
  Py_RETURN_NONE;
}

// Appends what a visitor makes of each entry; the list is dropped on the first failure.
int append(void* list, PyObject* entry) {
  const Ref keep(entry);
  return entry ? PyList_Append(static_cast<PyObject*>(list), entry) : -1;
}

int visit_plugin(const VtPluginInfo* info, const char* path, void* list) {
  return append(list, Py_BuildValue("{ssssss}", "name", info->name, "version", info->version, "path", path));
}

int visit_setting(const VtSetting* setting, void* list) {
  return append(list, Py_BuildValue("{ssszss}", "name", setting->name, "value", setting->value, "doc", setting->doc));
}

PyObject* plugins(PyObject*, PyObject*) {
  Ref list(PyList_New(0));
  if (!list) return nullptr;
  if (tables().object->visit_plugins(visit_plugin, list.get()) == 0) return list.release();
  return PyErr_Occurred() ? nullptr : raise_error();
}

PyObject* settings(PyObject*, PyObject*) {
  Ref list(PyList_New(0));
  if (!list) return nullptr;
  if (tables().object->visit_settings(visit_setting, list.get()) == 0) return list.release();
  return PyErr_Occurred() ? nullptr : raise_error();
}

PyObject* show_config(PyObject*, PyObject*) { return PyUnicode_FromString(tables().object->show_config()); }

PyObject* num_threads(PyObject*, PyObject*) { return PyLong_FromLong(tables().alloc->num_threads()); }

PyObject* set_num_threads(PyObject*, PyObject* count) {
  int64_t number = 0;
  if (!int_from(count, number)) return nullptr;
  if (number < 1 || number > INT32_MAX)
    return PyErr_Format(PyExc_ValueError, "set_num_threads: got %lld, expected at least 1",
                        static_cast<long long>(number));
  if (tables().alloc->set_num_threads(static_cast<int32_t>(number)) != 0) return raise_error();
  Py_RETURN_NONE;
}

PyObject* device_count(PyObject*, PyObject* type) {
  DLDevice device{};
  if (!parse_device(type, device)) return nullptr;
  return PyLong_FromLong(tables().stream->device_count(static_cast<int32_t>(device.device_type)));
}

const LapackApi* lapack() {
  const void* table = nullptr;
  if (tables().get_interface(core::kLapackApiName, core::kLapackApiMajor, core::kLapackApiMinor, &table) == 0)
    return static_cast<const LapackApi*>(table);
  raise_error();
  return nullptr;
}

PyObject* default_dtype(PyObject*, PyObject*) { return dtype_object(python::default_dtype()); }

PyObject* set_default_dtype(PyObject*, PyObject* object) {
  DLDataType dtype;
  if (!dtype_from(object, dtype))
    return PyErr_Format(PyExc_TypeError, "set_default_dtype: invalid dtype object: got %U", type_name(object).get());
  if (defaults()->set_dtype(dtype) != 0) return raise_error();
  Py_RETURN_NONE;
}

PyObject* count_live(PyObject*, PyObject*) {
  VtAllocStats stats{};
  stats.struct_size = sizeof stats;
  tables().alloc->stats(&stats);
  return Py_BuildValue("LK", static_cast<long long>(stats.num_allocations - stats.num_frees),
                       static_cast<unsigned long long>(stats.current_bytes));
}

PyObject* count_small_blocks(PyObject*, PyObject*) {
  const void* table = nullptr;
  if (tables().get_interface(core::kLiveApiName, core::kLiveApiMajor, core::kLiveApiMinor, &table) != 0)
    return raise_error();
  const auto* api = static_cast<const core::LiveApi*>(table);
  std::vector<int64_t> counts(static_cast<size_t>(api->num_classes));
  api->count_blocks(counts.data());
  std::map<uint64_t, int64_t> of_size;  // which several classes may have
  for (int32_t i = 0; i < api->num_classes; ++i) of_size[api->class_bytes(i)] += counts[static_cast<size_t>(i)];
  Ref out(PyDict_New());
  for (const auto& [size, number] : of_size) {
    if (!out) break;
    const Ref bytes(PyLong_FromUnsignedLongLong(size));
    const Ref count(PyLong_FromLongLong(number));
    if (!bytes || !count || PyDict_SetItem(out.get(), bytes.get(), count.get()) != 0) out = Ref();
  }
  return out.release();
}

PyObject* set_package_folders(PyObject*, PyObject* args) {
  PyObject* folders = nullptr;
  const LapackApi* api = lapack();
  if (!api || !PyArg_ParseTuple(args, "O!", &PyTuple_Type, &folders)) return nullptr;
  std::vector<const char*> names;
  for (Py_ssize_t i = 0; i < PyTuple_Size(folders); ++i) {
    const char* name = text_of(PyTuple_GetItem(folders, i), "folder");
    if (!name) return nullptr;
    names.push_back(name);
  }
  if (api->set_package_folders(names.data(), static_cast<int32_t>(names.size())) != 0) return raise_error();
  Py_RETURN_NONE;
}

PyObject* lapack_description(PyObject*, PyObject*) {
  const LapackApi* api = lapack();
  if (!api) return nullptr;
  const char* text = api->description();
  return text ? PyUnicode_FromString(text) : raise_error();
}

PyMethodDef functions[] = {
    {"load_plugin", load_plugin, METH_O,
     "load_plugin(path, /)\n--\n\nLoads a plugin library and installs its ops. A path already loaded changes nothing."},
    {"unload_plugin", unload_plugin, METH_O,
     "unload_plugin(name, /)\n--\n\nWithdraws a plugin's ops, kernels and derivatives."},
    {"plugins", plugins, METH_NOARGS, "plugins()\n--\n\nName, version and path of each loaded plugin, as dicts."},
    {"settings", settings, METH_NOARGS,
     "settings()\n--\n\nName, value and meaning of each environment variable that is read, as dicts."},
    {"show_config", show_config, METH_NOARGS,
     "show_config()\n--\n\nVersion, instruction set, threads, devices, plugins."},
    {"device_count", device_count, METH_O,
     "device_count(type, /)\n--\n\nNumber of devices of a type; 0 when no plugin serves it."},
    {"_count_live", count_live, METH_NOARGS,
     "Blocks of host memory that are handed out, of tensors and of graphs, and their bytes."},
    {"_count_small_blocks", count_small_blocks, METH_NOARGS,
     "Small blocks in use, by their bytes: of tensors, storages, graph nodes and small data."},
    {"set_package_folders", set_package_folders, METH_VARARGS,
     "set_package_folders(folders, /)\n--\n\nSays where Python packages are, among them the wheel with LAPACK."},
    {"lapack_description", lapack_description, METH_NOARGS,
     "lapack_description()\n--\n\nThe path of the LAPACK library, or why there is none. Looks for it."},
    {"default_dtype", default_dtype, METH_NOARGS,
     "default_dtype()\n--\n\nThe floating dtype of tensors that are made without one."},
    {"set_default_dtype", set_default_dtype, METH_O,
     "set_default_dtype(dtype, /)\n--\n\nSets the floating dtype of tensors that are made without one."},
    {"num_threads", num_threads, METH_NOARGS, "num_threads()\n--\n\nThreads that CPU kernels use."},
    {"set_num_threads", set_num_threads, METH_O,
     "set_num_threads(count, /)\n--\n\nSets the threads that CPU kernels use."},
    {nullptr, nullptr, 0, nullptr}};

}  // namespace

DLDataType default_dtype() { return defaults()->dtype(); }
DLDataType default_complex_dtype() { return defaults()->complex_dtype(); }

bool add_settings_functions(PyObject* module) { return PyModule_AddFunctions(module, functions) == 0; }

}  // namespace vt::python
