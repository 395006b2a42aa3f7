// SPDX-License-Identifier: Apache-2.0
// Autocast from Python: the calling thread's state.
#include "autocast.hpp"

#include "dtype_device.hpp"
#include "errors.hpp"

namespace vt::python {
namespace {

const VtAutocastApi* api() {
  const void* table = nullptr;
  if (tables().get_interface(VT_AUTOCAST_API_NAME, VT_AUTOCAST_API_MAJOR, VT_AUTOCAST_API_MINOR, &table) == 0)
    return static_cast<const VtAutocastApi*>(table);
  raise_error();
  return nullptr;
}

PyObject* autocast_state(PyObject*, PyObject* device) {
  DLDevice parsed{};
  VtAutocastState state{};
  const VtAutocastApi* table = api();
  if (!table || !parse_device(device, parsed)) return nullptr;
  if (table->get(parsed.device_type, &state) != 0) return raise_error();
  const Ref dtype(dtype_object(state.dtype));
  return dtype ? PyTuple_Pack(2, state.enabled ? Py_True : Py_False, dtype.get()) : nullptr;
}

PyObject* set_autocast_state(PyObject*, PyObject* args) {
  PyObject* device = nullptr;
  PyObject* dtype = nullptr;
  VtAutocastState state{};
  DLDevice parsed{};
  const VtAutocastApi* table = api();
  if (!table || !PyArg_ParseTuple(args, "OpO", &device, &state.enabled, &dtype) || !parse_device(device, parsed))
    return nullptr;
  if (!dtype_from(dtype, state.dtype))
    return PyErr_Format(PyExc_TypeError, "autocast: dtype must be a dtype, got %U", type_name(dtype).get());
  if (table->set(parsed.device_type, &state) != 0) return raise_error();
  Py_RETURN_NONE;
}

PyMethodDef functions[] = {
    {"_autocast_state", autocast_state, METH_O,
     "_autocast_state(device, /)\n--\n\nWhether the thread casts for a device type, and to which dtype."},
    {"_set_autocast_state", set_autocast_state, METH_VARARGS,
     "_set_autocast_state(device, enabled, dtype, /)\n--\n\nSets what _autocast_state returns."},
    {nullptr, nullptr, 0, nullptr}};

}  // namespace

bool add_autocast_functions(PyObject* module) { return PyModule_AddFunctions(module, functions) == 0; }

}  // namespace vt::python
