// SPDX-License-Identifier: Apache-2.0
// Safetensors files from Python: saving a dict, loading one, and looking into a file tensor by tensor.
#include "files.hpp"

#include <string>
#include <vector>

#include "errors.hpp"
#include "tensor_type.hpp"

namespace vt::python {
namespace {

struct FileObject {
  PyObject_HEAD VtFile* file;
};

PyTypeObject* file_type = nullptr;

const VtFileApi& api() { return *tables().file; }

void dealloc(PyObject* self) {
  PyTypeObject* type = Py_TYPE(self);
  if (VtFile* file = reinterpret_cast<FileObject*>(self)->file) api().close(file);
  PyObject_Free(self);
  Py_DECREF(type);
}

// The open file, or nullptr with a ValueError set.
VtFile* file_of(PyObject* self) {
  VtFile* file = reinterpret_cast<FileObject*>(self)->file;
  if (!file) PyErr_SetString(PyExc_ValueError, "the file is closed");
  return file;
}

PyObject* keys(PyObject* self, PyObject*) {
  VtFile* file = file_of(self);
  Ref list(file ? PyList_New(0) : nullptr);
  for (size_t i = 0; list && i < api().num_tensors(file); ++i) {
    const Ref name(PyUnicode_FromString(api().tensor_name(file, i)));
    if (!name || PyList_Append(list.get(), name.get()) != 0) return nullptr;
  }
  return list.release();
}

PyObject* tensor_at(VtFile* file, size_t index) {
  VtTensor* tensor = nullptr;
  return api().tensor(file, index, &tensor) == 0 ? wrap(tensor) : raise_error();
}

PyObject* get_tensor(PyObject* self, PyObject* name) {
  VtFile* file = file_of(self);
  const char* wanted = file ? text_of(name, "tensor name") : nullptr;
  if (!wanted) return nullptr;
  for (size_t i = 0; i < api().num_tensors(file); ++i)
    if (std::string_view(api().tensor_name(file, i)) == wanted) return tensor_at(file, i);
  PyErr_SetObject(PyExc_KeyError, name);
  return nullptr;
}

PyObject* metadata(PyObject* self, PyObject*) {
  VtFile* file = file_of(self);
  Ref dict(file ? PyDict_New() : nullptr);
  for (size_t i = 0; dict && i < api().num_metadata(file); ++i) {
    const VtKeyValue* entry = api().metadata(file, i);
    const Ref value(PyUnicode_FromString(entry->value));
    if (!value || PyDict_SetItemString(dict.get(), entry->key, value.get()) != 0) return nullptr;
  }
  return dict.release();
}

Py_ssize_t length(PyObject* self) {
  VtFile* file = file_of(self);
  return file ? static_cast<Py_ssize_t>(api().num_tensors(file)) : -1;
}

PyObject* close(PyObject* self, PyObject*) {
  if (VtFile* file = std::exchange(reinterpret_cast<FileObject*>(self)->file, nullptr)) api().close(file);
  Py_RETURN_NONE;
}

PyObject* enter(PyObject* self, PyObject*) { return Py_NewRef(self); }
PyObject* leave(PyObject* self, PyObject* const*, Py_ssize_t, PyObject*) { return close(self, nullptr); }

Ref new_file(VtFile* file) {
  Ref self(PyType_GenericAlloc(file_type, 0));
  if (self)
    reinterpret_cast<FileObject*>(self.get())->file = file;
  else
    api().close(file);
  return self;
}

Ref open_path(PyObject* path) {
  PyObject* bytes = nullptr;
  if (!PyUnicode_FSConverter(path, &bytes)) return Ref();
  const Ref keep(bytes);
  const char* text = PyBytes_AsString(bytes);
  VtFile* file = nullptr;
  if (without_lock([&] { return api().open(text, &file); }) != 0) return Ref(raise_error());
  return new_file(file);
}

// All tensors of a file by name; they share its mapping.
PyObject* all_tensors(const Ref& self) {
  if (!self) return nullptr;
  VtFile* file = file_of(self.get());
  Ref dict(PyDict_New());
  for (size_t i = 0; dict && i < api().num_tensors(file); ++i) {
    const Ref tensor(tensor_at(file, i));
    if (!tensor || PyDict_SetItemString(dict.get(), api().tensor_name(file, i), tensor.get()) != 0) return nullptr;
  }
  return dict.release();
}

PyObject* open_file(PyObject*, PyObject* path) { return open_path(path).release(); }
PyObject* load_file(PyObject*, PyObject* path) { return all_tensors(open_path(path)); }

PyObject* load_bytes(PyObject*, PyObject* data) {
  Py_buffer view;
  if (PyObject_GetBuffer(data, &view, PyBUF_SIMPLE) != 0) return nullptr;
  VtFile* file = nullptr;
  const int status = api().open_bytes(view.buf, static_cast<size_t>(view.len), &file);
  PyBuffer_Release(&view);
  return status == 0 ? all_tensors(new_file(file)) : raise_error();
}

// Names and values of a dict; `keep` owns what they borrow from.
bool collect_tensors(PyObject* dict, Ref& keep, std::vector<VtNamedTensor>& out) {
  keep = Ref(PyMapping_Items(dict));
  for (Py_ssize_t i = 0; keep && i < PyList_Size(keep.get()); ++i) {
    PyObject* pair = PyList_GetItem(keep.get(), i);
    PyObject* value = PyTuple_GetItem(pair, 1);
    const char* name = text_of(PyTuple_GetItem(pair, 0), "save_file(): a tensor's name");
    if (!name) return false;
    if (!is_tensor(value)) {
      PyErr_Format(PyExc_TypeError, "save_file(): '%s' must be Tensor, got %U", name, type_name(value).get());
      return false;
    }
    out.push_back({name, tensor_of(value)});
  }
  return static_cast<bool>(keep);
}

bool collect_metadata(PyObject* dict, Ref& keep, std::vector<VtKeyValue>& out) {
  if (!dict || dict == Py_None) return true;
  keep = Ref(PyMapping_Items(dict));
  for (Py_ssize_t i = 0; keep && i < PyList_Size(keep.get()); ++i) {
    PyObject* pair = PyList_GetItem(keep.get(), i);
    const char* key = text_of(PyTuple_GetItem(pair, 0), "save_file(): a metadata key");
    const char* value = key ? text_of(PyTuple_GetItem(pair, 1), "save_file(): a metadata value") : nullptr;
    if (!value) return false;
    out.push_back({key, value});
  }
  return static_cast<bool>(keep);
}

PyObject* save_file(PyObject*, PyObject* const* args, Py_ssize_t nargs, PyObject* kwnames) {
  PyObject* out[3];
  if (!unpack("save_file", {"tensors", "path", "metadata"}, 2, 3, args, nargs, kwnames, out)) return nullptr;
  if (!PyDict_Check(out[0]))
    return PyErr_Format(PyExc_TypeError, "save_file(): tensors must be dict, got %U", type_name(out[0]).get());
  Ref tensor_items, metadata_items;
  std::vector<VtNamedTensor> tensors;
  std::vector<VtKeyValue> entries;
  if (!collect_tensors(out[0], tensor_items, tensors) || !collect_metadata(out[2], metadata_items, entries))
    return nullptr;
  PyObject* bytes = nullptr;
  if (!PyUnicode_FSConverter(out[1], &bytes)) return nullptr;
  const Ref keep(bytes);
  const char* path = PyBytes_AsString(bytes);
  const int status =
      without_lock([&] { return api().save(path, tensors.data(), tensors.size(), entries.data(), entries.size()); });
  if (status != 0) return raise_error();
  Py_RETURN_NONE;
}

PyMethodDef methods[] = {
    {"keys", keys, METH_NOARGS, "keys()\n--\n\nNames of the tensors in the order of the file."},
    {"get_tensor", get_tensor, METH_O, "get_tensor(name, /)\n--\n\nThe tensor of a name, sharing the file's mapping."},
    {"metadata", metadata, METH_NOARGS, "metadata()\n--\n\nThe file's own key and value texts."},
    {"close", close, METH_NOARGS, "close()\n--\n\nCloses the file; tensors taken from it stay valid."},
    {"__enter__", enter, METH_NOARGS, nullptr},
    fast_method("__exit__", leave, nullptr),
    {nullptr, nullptr, 0, nullptr}};

PyMethodDef functions[] = {
    fast_method(
        "save_file", save_file,
        "save_file(tensors, path, metadata=None)\n--\n\n"
        "Writes a dict of tensors as a safetensors file, atomically: a reader sees the old file or the whole new one."),
    {"open_file", open_file, METH_O, "open_file(path, /)\n--\n\nOpens a safetensors file without reading its tensors."},
    {"load_file", load_file, METH_O, "load_file(path, /)\n--\n\nAll tensors of a safetensors file as a dict."},
    {"load_bytes", load_bytes, METH_O, "load_bytes(data, /)\n--\n\nThe same from bytes in memory, which are copied."},
    {nullptr, nullptr, 0, nullptr}};

char doc[] = "An open safetensors file.";

}  // namespace

bool add_file_type(PyObject* module) {
  PyType_Slot slots[] = {slot(Py_tp_dealloc, dealloc),      slot(Py_tp_methods, methods), slot(Py_mp_length, length),
                         slot(Py_mp_subscript, get_tensor), slot(Py_tp_doc, doc),         {0, nullptr}};
  PyType_Spec spec = {"vt_core.SafetensorFile", sizeof(FileObject), 0,
                      Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION | Py_TPFLAGS_IMMUTABLETYPE, slots};
  file_type = reinterpret_cast<PyTypeObject*>(PyType_FromSpec(&spec));
  return file_type && PyModule_AddFunctions(module, functions) == 0 &&
         PyModule_AddObjectRef(module, "SafetensorFile", reinterpret_cast<PyObject*>(file_type)) == 0;
}

}  // namespace vt::python
