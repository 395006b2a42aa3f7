// SPDX-License-Identifier: Apache-2.0
// vt_core._C: the Python face of libvt_core.
//
// It exports:
//   types       Tensor, dtype, device, Size, Generator, Op, RemovableHandle, SafetensorFile
//   dtypes      bool uint8 uint16 uint32 uint64 int8 int16 int32 int64 float8_e4m3fn float8_e5m2 float16 bfloat16 float32
//               float64 complex64 complex128
//   exceptions  ShapeError DTypeError DeviceError MissingKernelError OutOfMemoryError CudaError SafetensorError AbortedError
//   ops         get_op(name), op_names(), _refresh_methods()
//   tensors     tensor_from_data, from_buffer, from_dlpack, _make_tensor_class, _register_tensor_class
//   files       save_file, open_file, load_file, load_bytes
//   process     load_plugin, unload_plugin, plugins, settings, show_config, num_threads, set_num_threads,
//               default_generator, __version__
//   interfaces  _interface: a capsule of vt_get_interface
#include <vt/abi/python.h>

#include "construct.hpp"
#include "dtype_device.hpp"
#include "errors.hpp"
#include "exchange.hpp"
#include "files.hpp"
#include "generator.hpp"
#include "hooks.hpp"
#include "interned.hpp"
#include "library.hpp"
#include "op_type.hpp"
#include "python_api.hpp"
#include "autocast.hpp"
#include "settings.hpp"
#include "size.hpp"
#include "tensor_type.hpp"

namespace vt::python {
namespace {

bool add_interface(PyObject* module) {
  const Ref capsule(PyCapsule_New(reinterpret_cast<void*>(vt_get_interface), VT_PYTHON_CAPSULE, nullptr));
  return capsule && PyModule_AddObjectRef(module, "_interface", capsule.get()) == 0 &&
         PyModule_AddStringConstant(module, "__version__", tables().object->version()) == 0;
}

bool fill(PyObject* module) {
  return intern_names() && add_exceptions(module) && add_interface(module) && add_dtypes(module) &&
         add_devices(module) && add_size_type(module) && add_generator_type(module) && add_hook_types(module) &&
         add_tensor_type(module) && add_op_types(module) && add_construct_functions(module) &&
         add_buffer_functions(module) && add_dlpack(module) && add_file_type(module) &&
         add_settings_functions(module) && add_autocast_functions(module) && add_library_functions(module) &&
         publish_python_api() && refresh_ops();
}

PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "vt_core._C", "Native part of vt_core.", -1, nullptr, nullptr, nullptr, nullptr, nullptr};

}  // namespace
}  // namespace vt::python

PyMODINIT_FUNC PyInit__C(void) {
  using namespace vt::python;
  // The tables first: without them not even an error can be translated.
  if (vt::load_tables(vt_get_interface) != 0) {
    PyErr_SetString(PyExc_ImportError, "vt_core._C and libvt_core are of different versions: reinstall vt-core");
    return nullptr;
  }
  PyObject* module = PyModule_Create(&definition);
  if (module && fill(module)) return module;
  Py_XDECREF(module);
  if (!PyErr_Occurred()) PyErr_SetString(PyExc_ImportError, "vt_core._C: initialisation failed");
  return nullptr;
}
