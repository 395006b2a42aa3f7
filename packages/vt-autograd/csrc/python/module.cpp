// SPDX-License-Identifier: Apache-2.0
// vt_autograd._C: finds the tables and assembles the module.
#include "python.hpp"

namespace vt::autograd::python {

const VtPythonApi* python_api = nullptr;
const VtAutogradApi* autograd_api = nullptr;
const VtForwardApi* forward_api = nullptr;

namespace {

template <class Table>
bool fetch(VtGetInterfaceFn get_interface, const char* name, int major, int minor, const Table*& out) {
  const void* table = nullptr;
  const int status = get_interface(name, static_cast<uint16_t>(major), static_cast<uint16_t>(minor), &table);
  out = static_cast<const Table*>(table);
  return status == 0;
}

// The plugin must be loaded before this module is imported: the package does so.
bool find_tables() {
  const Ref core(PyImport_ImportModule("vt_core._C"));
  const Ref capsule(core ? PyObject_GetAttrString(core.get(), "_interface") : nullptr);
  if (!capsule) return false;
  void* entry = PyCapsule_GetPointer(capsule.get(), VT_PYTHON_CAPSULE);
  if (!entry) {
    PyErr_SetString(PyExc_ImportError, "vt_autograd: the installed vt-core offers no capsule " VT_PYTHON_CAPSULE
                                       "; install a vt-core of version 0.1");
    return false;
  }
  const auto get_interface = reinterpret_cast<VtGetInterfaceFn>(entry);
  if (fetch(get_interface, VT_PYTHON_API_NAME, VT_PYTHON_API_MAJOR, VT_PYTHON_API_MINOR, python_api) &&
      fetch(get_interface, VT_AUTOGRAD_API_NAME, VT_AUTOGRAD_API_MAJOR, VT_AUTOGRAD_API_MINOR, autograd_api) &&
      fetch(get_interface, VT_FORWARD_API_NAME, VT_FORWARD_API_MAJOR, VT_FORWARD_API_MINOR, forward_api) &&
      load_tables(get_interface) == 0)
    return true;
  if (python_api)
    python_api->raise_error();
  else
    PyErr_SetString(PyExc_ImportError,
                    "vt_autograd: the installed vt-core offers no interface vt.python 1.0; install a "
                    "vt-core of version 0.1");
  return false;
}

int execute(PyObject* module) {
  if (!find_tables()) return -1;
  if (!add_node_type(module) || !add_function_types(module) || !add_grad_mode_types(module) || !add_backward(module) ||
      !add_forward_ad(module) || !add_saved_hooks(module) || !add_observers(module))
    return -1;
  if (PyModule_AddStringConstant(module, "__version__", VT_AUTOGRAD_VERSION) != 0) return -1;
  return python_api->set_node_wrapper(wrap_node);
}

PyModuleDef_Slot slots[] = {{Py_mod_exec, reinterpret_cast<void*>(execute)}, {0, nullptr}};
PyModuleDef definition = {PyModuleDef_HEAD_INIT,
                          "vt_autograd._C",
                          "The native parts of vt_autograd.",
                          0,
                          nullptr,
                          slots,
                          nullptr,
                          nullptr,
                          nullptr};

}  // namespace
}  // namespace vt::autograd::python

PyMODINIT_FUNC PyInit__C() { return PyModuleDef_Init(&vt::autograd::python::definition); }
