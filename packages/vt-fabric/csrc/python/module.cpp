// SPDX-License-Identifier: Apache-2.0
// vt_fabric._C: LocalGroup, the Python handle on a VtGroup. Converts arguments and releases the GIL; computes nothing.
#include <Python.h>
#include <vt/abi/vt.h>

#include <memory>

namespace {

const VtFabricApi* fabric_api;
const VtPythonApi* python_api;

struct LocalGroup {
  PyObject_HEAD VtGroup* group;
};

// Runs a collective without the GIL; a failure becomes a Python exception.
template <class Call>
PyObject* run(Call&& call) {
  int status = 0;
  Py_BEGIN_ALLOW_THREADS status = call();
  Py_END_ALLOW_THREADS if (status != 0) {
    python_api->raise_error();
    return nullptr;
  }
  Py_RETURN_NONE;
}

VtGroup* group_of(PyObject* self) { return reinterpret_cast<LocalGroup*>(self)->group; }

PyObject* all_reduce(PyObject* self, PyObject* args) {
  PyObject* tensor = nullptr;
  int op = 0;
  if (!PyArg_ParseTuple(args, "Oi", &tensor, &op)) return nullptr;
  VtTensor* handle = python_api->tensor_from_pyobject(tensor);
  return handle ? run([&] { return fabric_api->all_reduce(group_of(self), handle, op); }) : nullptr;
}

PyObject* broadcast(PyObject* self, PyObject* args) {
  PyObject* tensor = nullptr;
  int root = 0;
  if (!PyArg_ParseTuple(args, "Oi", &tensor, &root)) return nullptr;
  VtTensor* handle = python_api->tensor_from_pyobject(tensor);
  return handle ? run([&] { return fabric_api->broadcast(group_of(self), handle, root); }) : nullptr;
}

PyObject* all_gather(PyObject* self, PyObject* args) {
  PyObject* tensor = nullptr;
  PyObject* out = nullptr;
  if (!PyArg_ParseTuple(args, "OO", &tensor, &out)) return nullptr;
  VtTensor* handle = python_api->tensor_from_pyobject(tensor);
  VtTensor* out_handle = handle ? python_api->tensor_from_pyobject(out) : nullptr;
  return out_handle ? run([&] { return fabric_api->all_gather(group_of(self), handle, out_handle); }) : nullptr;
}

PyObject* barrier(PyObject* self, PyObject*) {
  return run([&] { return fabric_api->barrier(group_of(self)); });
}

PyObject* abort_group(PyObject* self, PyObject* args) {
  const char* reason = nullptr;
  if (!PyArg_ParseTuple(args, "s", &reason)) return nullptr;
  fabric_api->abort(group_of(self), reason);
  Py_RETURN_NONE;
}

PyObject* rank(PyObject* self, void*) { return PyLong_FromLong(fabric_api->rank(group_of(self))); }
PyObject* world(PyObject* self, void*) { return PyLong_FromLong(fabric_api->world(group_of(self))); }

void dealloc(PyObject* self) {
  PyTypeObject* type = Py_TYPE(self);
  fabric_api->release(group_of(self));
  reinterpret_cast<freefunc>(PyType_GetSlot(type, Py_tp_free))(self);
  Py_DECREF(type);
}

PyMethodDef group_methods[] = {
    {"all_reduce", all_reduce, METH_VARARGS, "all_reduce(tensor, op, /): reduces in place over all ranks."},
    {"broadcast", broadcast, METH_VARARGS, "broadcast(tensor, root, /): copies the root's elements into every rank's."},
    {"all_gather", all_gather, METH_VARARGS,
     "all_gather(tensor, out, /): puts every rank's elements into out, in rank order."},
    {"barrier", barrier, METH_NOARGS, "barrier(): returns when every rank has called it."},
    {"abort", abort_group, METH_VARARGS, "abort(reason, /): makes the other ranks' calls fail."},
    {nullptr, nullptr, 0, nullptr}};

PyGetSetDef group_properties[] = {{"rank", rank, nullptr, "This rank's number.", nullptr},
                                  {"world", world, nullptr, "Number of ranks.", nullptr},
                                  {nullptr, nullptr, nullptr, nullptr, nullptr}};

PyType_Slot group_slots[] = {
    {Py_tp_dealloc, reinterpret_cast<void*>(dealloc)},
    {Py_tp_methods, group_methods},
    {Py_tp_getset, group_properties},
    {Py_tp_doc, const_cast<char*>("One rank of a group whose ranks are threads of this process.")},
    {0, nullptr}};
PyType_Spec group_spec = {"vt_fabric._C.LocalGroup", sizeof(LocalGroup), 0,
                          Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION, group_slots};
PyObject* group_type;

PyObject* create_local(PyObject*, PyObject* args) {
  int count = 0;
  double timeout_s = 0;
  if (!PyArg_ParseTuple(args, "id", &count, &timeout_s)) return nullptr;
  const auto handles = std::make_unique<VtGroup*[]>(count > 0 ? static_cast<size_t>(count) : 1);
  if (fabric_api->create_local(count, timeout_s, handles.get()) != 0) {
    python_api->raise_error();
    return nullptr;
  }
  PyObject* list = PyList_New(0);
  for (int i = 0; i < count; ++i) {
    auto* type = reinterpret_cast<PyTypeObject*>(group_type);
    const auto allocate = reinterpret_cast<allocfunc>(PyType_GetSlot(type, Py_tp_alloc));
    PyObject* group = list ? allocate(type, 0) : nullptr;
    if (!group) {
      for (int k = i; k < count; ++k) fabric_api->release(handles[static_cast<size_t>(k)]);
      Py_XDECREF(list);
      return nullptr;
    }
    reinterpret_cast<LocalGroup*>(group)->group = handles[static_cast<size_t>(i)];
    const int status = PyList_Append(list, group);
    Py_DECREF(group);
    if (status != 0) Py_CLEAR(list);
  }
  return list;
}

PyMethodDef module_methods[] = {
    {"create_local", create_local, METH_VARARGS, "create_local(world, timeout_s, /): one LocalGroup per rank."},
    {nullptr, nullptr, 0, nullptr}};

PyModuleDef module_def = {PyModuleDef_HEAD_INIT,
                          "vt_fabric._C",
                          "Local groups of ranks.",
                          -1,
                          module_methods,
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
    PyErr_Format(PyExc_ImportError, "vt_fabric: '%s' is not available", name);
  return false;
}

}  // namespace

PyMODINIT_FUNC PyInit__C() {
  const auto get_interface = reinterpret_cast<VtGetInterfaceFn>(PyCapsule_Import(VT_PYTHON_CAPSULE, 0));
  if (!get_interface) {
    if (!PyErr_ExceptionMatches(PyExc_ImportError))
      PyErr_SetString(PyExc_ImportError, "vt_fabric: the installed vt-core offers no capsule " VT_PYTHON_CAPSULE
                                         "; install a vt-core of version 0.1");
    return nullptr;
  }
  const void* table = nullptr;
  if (!fetch(get_interface, VT_PYTHON_API_NAME, VT_PYTHON_API_MAJOR, VT_PYTHON_API_MINOR, &table)) return nullptr;
  python_api = static_cast<const VtPythonApi*>(table);
  if (!fetch(get_interface, VT_FABRIC_API_NAME, VT_FABRIC_API_MAJOR, VT_FABRIC_API_MINOR, &table)) return nullptr;
  fabric_api = static_cast<const VtFabricApi*>(table);
  PyObject* module = PyModule_Create(&module_def);
  if (!module) return nullptr;
  group_type = PyType_FromSpec(&group_spec);
  if (!group_type || PyModule_AddObjectRef(module, "LocalGroup", group_type) != 0) {
    Py_DECREF(module);
    return nullptr;
  }
  return module;
}
