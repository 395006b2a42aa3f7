// SPDX-License-Identifier: Apache-2.0
// Module and Function: loaded images, and the launch of their kernels from tagged Python values.
#include <array>
#include <cstring>
#include <string>
#include <string_view>

#include <vt/cpp/iter/float_formats.hpp>

#include "python.hpp"

namespace vt::cuda::python {
namespace {

constexpr Py_ssize_t kMaxArguments = 256;

PyObject* module_type;
PyObject* function_type;

struct ModuleObject {
  PyObject_HEAD VtCudaModule* module;
  int device;
};

// Keeps its module alive.
struct FunctionObject {
  PyObject_HEAD ModuleObject* module;
  VtCudaFunction* function;
  PyObject* name;
};

template <class Object>
Object* allocate(PyObject* type) {
  auto* class_object = reinterpret_cast<PyTypeObject*>(type);
  const auto allocator = reinterpret_cast<allocfunc>(PyType_GetSlot(class_object, Py_tp_alloc));
  return reinterpret_cast<Object*>(allocator(class_object, 0));
}

void free_object(PyObject* self) {
  PyTypeObject* type = Py_TYPE(self);
  reinterpret_cast<freefunc>(PyType_GetSlot(type, Py_tp_free))(self);
  Py_DECREF(type);
}

void module_dealloc(PyObject* self) {
  cuda->unload_module(reinterpret_cast<ModuleObject*>(self)->module);
  free_object(self);
}

void function_dealloc(PyObject* self) {
  auto* function = reinterpret_cast<FunctionObject*>(self);
  Py_XDECREF(reinterpret_cast<PyObject*>(function->module));
  Py_XDECREF(function->name);
  free_object(self);
}

PyObject* get_function(PyObject* self, PyObject* name) {
  auto* module = reinterpret_cast<ModuleObject*>(self);
  const char* text = PyUnicode_AsUTF8AndSize(name, nullptr);
  VtCudaFunction* handle = nullptr;
  if (!text) return nullptr;
  if (cuda->get_function(module->module, text, &handle) != 0) return none_or_raise(-1);
  auto* function = allocate<FunctionObject>(function_type);
  if (!function) return nullptr;
  function->module = reinterpret_cast<ModuleObject*>(Py_NewRef(self));
  function->function = handle;
  function->name = Py_NewRef(name);
  return reinterpret_cast<PyObject*>(function);
}

// One argument as cuLaunchKernel reads it: its bytes, little end first.
struct Slot {
  alignas(8) unsigned char bytes[8];
  template <class T>
  void put(T value) noexcept {
    std::memcpy(bytes, &value, sizeof value);
  }
};

// A pointer: a tensor of the function's device, an address, or None for null.
bool pack_pointer(PyObject* value, Py_ssize_t position, int device, Slot& out) {
  if (value == Py_None) {
    out.put<uint64_t>(0);
    return true;
  }
  if (!python->is_tensor(value)) {
    const unsigned long long address = PyLong_AsUnsignedLongLong(value);
    if (PyErr_Occurred()) {
      PyErr_Format(PyExc_TypeError, "launch: argument %zd is no pointer: got %R, expected a Tensor, an address or None",
                   position, reinterpret_cast<PyObject*>(Py_TYPE(value)));
      return false;
    }
    out.put<uint64_t>(address);
    return true;
  }
  const VtTensor* tensor = python->tensor_from_pyobject(value);
  if (!tensor) return false;
  if (tensor->dl.device.device_type != kDLCUDA || tensor->dl.device.device_id != device) {
    PyErr_Format(PyExc_ValueError, "launch: argument %zd lies on another device, expected a tensor on cuda:%d",
                 position, device);
    return false;
  }
  out.put(reinterpret_cast<uint64_t>(tensor->dl.data));
  return true;
}

bool pack_float(std::string_view kind, PyObject* value, Slot& out) {
  const double number = PyFloat_AsDouble(value);
  if (number == -1 && PyErr_Occurred()) return false;
  if (kind == "f64") {
    out.put(number);
  } else if (kind == "f32") {
    out.put(static_cast<float>(number));
  } else {
    out.put(kind == "f16" ? float_to_half(static_cast<float>(number)) : float_to_bfloat(static_cast<float>(number)));
  }
  return true;
}

// A kernel reads as many of the bytes as its parameter has, little end first.
bool pack_int(bool is_signed, int bits, PyObject* value, Py_ssize_t position, Slot& out) {
  bool fits = true;
  if (is_signed) {
    const long long number = PyLong_AsLongLong(value);
    if (number == -1 && PyErr_Occurred()) return false;
    fits = number >> (bits - 1) == 0 || number >> (bits - 1) == -1;
    out.put<int64_t>(number);
  } else {
    const unsigned long long number = PyLong_AsUnsignedLongLong(value);
    if (PyErr_Occurred()) return false;
    fits = bits == 64 || number >> bits == 0;
    out.put<uint64_t>(number);
  }
  if (!fits)
    PyErr_Format(PyExc_OverflowError, "launch: argument %zd does not fit in %c%d: got %R", position,
                 is_signed ? 'i' : 'u', bits, value);
  return fits;
}

bool pack(PyObject* item, Py_ssize_t position, int device, Slot& out) {
  PyObject* kind = nullptr;
  PyObject* value = nullptr;
  if (!PyTuple_Check(item)) {
    PyErr_Format(PyExc_TypeError, "launch: argument %zd must be a (kind, value) tuple", position);
    return false;
  }
  if (!PyArg_ParseTuple(item, "UO:launch", &kind, &value)) return false;
  const char* text = PyUnicode_AsUTF8AndSize(kind, nullptr);
  if (!text) return false;
  const std::string_view name(text);
  if (name == "ptr") return pack_pointer(value, position, device, out);
  if (name == "f64" || name == "f32" || name == "f16" || name == "bf16") return pack_float(name, value, out);
  if (name.size() > 1 && (name[0] == 'i' || name[0] == 'u')) {
    for (const int bits : {8, 16, 32, 64})
      if (name.substr(1) == std::to_string(bits)) return pack_int(name[0] == 'i', bits, value, position, out);
  }
  PyErr_Format(
      PyExc_ValueError,
      "launch: argument %zd has an unknown kind: got '%s', expected ptr, i8 to i64, u8 to u64, f16, bf16, f32 or "
      "f64",
      position, text);
  return false;
}

bool read_stream(PyObject* stream, int device, VtStream* out) {
  if (stream == Py_None) {
    if (cuda->device->current_stream(device, out) == 0) return true;
    python->raise_error();
    return false;
  }
  PyObject* index = PyObject_GetAttrString(stream, "device_index");
  const long on = index ? PyLong_AsLong(index) : -1;
  Py_XDECREF(index);
  PyObject* number = PyErr_Occurred() ? nullptr : PyObject_GetAttrString(stream, "number");
  *out = number ? PyLong_AsUnsignedLongLong(number) : 0;
  Py_XDECREF(number);
  if (PyErr_Occurred()) return false;
  if (on == device) return true;
  PyErr_Format(PyExc_ValueError, "launch: the stream is of cuda:%ld, expected one of cuda:%d", on, device);
  return false;
}

PyObject* launch(PyObject* self, PyObject* args, PyObject* kwargs) {
  static const char* names[] = {"grid", "block", "shared_bytes", "args", "stream", "pdl", nullptr};
  auto* function = reinterpret_cast<FunctionObject*>(self);
  const int device = function->module->device;
  VtCudaLaunch config{};
  config.struct_size = sizeof config;
  PyObject* values = nullptr;
  PyObject* stream = Py_None;
  int pdl = 0;
  if (!PyArg_ParseTupleAndKeywords(args, kwargs, "(III)(III)IO|$Op:launch", const_cast<char**>(names), &config.grid[0],
                                   &config.grid[1], &config.grid[2], &config.block[0], &config.block[1],
                                   &config.block[2], &config.shared_bytes, &values, &stream, &pdl))
    return nullptr;
  if (pdl != 0) config.flags |= VT_CUDA_LAUNCH_PROGRAMMATIC;

  const Py_ssize_t count = PySequence_Size(values);
  if (count < 0) return nullptr;
  if (count > kMaxArguments)
    return PyErr_Format(PyExc_ValueError, "launch: too many arguments: got %zd, expected at most %zd", count,
                        kMaxArguments);
  std::array<Slot, kMaxArguments> slots;
  std::array<void*, kMaxArguments> params;
  for (Py_ssize_t i = 0; i < count; ++i) {
    PyObject* item = PySequence_GetItem(values, i);
    const auto at = static_cast<size_t>(i);
    const bool packed = item && pack(item, i, device, slots[at]);
    Py_XDECREF(item);
    if (!packed) return nullptr;
    params[at] = slots[at].bytes;
  }
  if (!read_stream(stream, device, &config.stream)) return nullptr;
  config.params = params.data();
  return none_or_raise(cuda->launch(function->function, &config));
}

PyObject* module_device(PyObject* self, void*) {
  return PyLong_FromLong(reinterpret_cast<ModuleObject*>(self)->device);
}
PyObject* function_attributes(PyObject* self, void*) {
  VtCudaFunctionAttributes a{};
  a.struct_size = sizeof a;
  if (runtime->function_attributes(reinterpret_cast<FunctionObject*>(self)->function, &a) != 0)
    return none_or_raise(-1);
  return Py_BuildValue("{s:i,s:i,s:i,s:i,s:i,s:i,s:i}", "max_threads_per_block", a.max_threads_per_block,
                       "num_registers", a.num_registers, "local_bytes", a.local_bytes, "shared_bytes", a.shared_bytes,
                       "constant_bytes", a.constant_bytes, "binary_version", a.binary_version, "ptx_version",
                       a.ptx_version);
}
PyObject* function_name(PyObject* self, void*) { return Py_NewRef(reinterpret_cast<FunctionObject*>(self)->name); }

PyMethodDef module_methods[] = {{"function", get_function, METH_O,
                                 "function(name, /)\n--\n\nThe kernel of this name; it keeps the module alive.\n\n"
                                 "Raises CudaError when the image has none."},
                                {nullptr, nullptr, 0, nullptr}};
PyGetSetDef module_properties[] = {
    {"device_index", module_device, nullptr, "Index of the device it is loaded on.", nullptr},
    {nullptr, nullptr, nullptr, nullptr, nullptr}};
PyType_Slot module_slots[] = {{Py_tp_dealloc, reinterpret_cast<void*>(module_dealloc)},
                              {Py_tp_methods, module_methods},
                              {Py_tp_getset, module_properties},
                              {Py_tp_doc, const_cast<char*>("A kernel image loaded on a device; see load_module.")},
                              {0, nullptr}};
PyType_Spec module_spec = {"vt_cuda._C.Module", sizeof(ModuleObject), 0,
                           Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION, module_slots};

PyMethodDef function_methods[] = {
    {"launch", reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(launch)), METH_VARARGS | METH_KEYWORDS,
     "launch(grid, block, shared_bytes, args, *, stream=None, pdl=False)\n--\n\n"
     "Enqueues the kernel on `stream`, by default the device's current one; does not synchronise.\n\n"
     "grid and block are three ints each. args holds (kind, value) tuples: 'ptr' with a Tensor of the device, an address or\n"
     "None; 'i8' to 'i64', 'u8' to 'u64', 'f16', 'bf16', 'f32' or 'f64' with a number. With pdl the kernel may start before the one ahead of it has ended."},
    {nullptr, nullptr, 0, nullptr}};
PyGetSetDef function_properties[] = {
    {"name", function_name, nullptr, "The kernel's symbol.", nullptr},
    {"attributes", function_attributes, nullptr,
     "What the compiled kernel needs of a thread and a block, as a dict of ints.", nullptr},
    {nullptr, nullptr, nullptr, nullptr, nullptr}};
PyType_Slot function_slots[] = {{Py_tp_dealloc, reinterpret_cast<void*>(function_dealloc)},
                                {Py_tp_methods, function_methods},
                                {Py_tp_getset, function_properties},
                                {Py_tp_doc, const_cast<char*>("A kernel of a loaded module.")},
                                {0, nullptr}};
PyType_Spec function_spec = {"vt_cuda._C.Function", sizeof(FunctionObject), 0,
                             Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION, function_slots};

}  // namespace

PyObject* load_module(PyObject*, PyObject* args) {
  int device = 0;
  const char* image = nullptr;
  Py_ssize_t nbytes = 0;
  VtCudaModule* handle = nullptr;
  if (!PyArg_ParseTuple(args, "iy#", &device, &image, &nbytes)) return nullptr;
  if (cuda->load_module(device, image, static_cast<size_t>(nbytes), &handle) != 0) return none_or_raise(-1);
  auto* module = allocate<ModuleObject>(module_type);
  if (!module) {
    cuda->unload_module(handle);
    return nullptr;
  }
  module->module = handle;
  module->device = device;
  return reinterpret_cast<PyObject*>(module);
}

bool add_launch_types(PyObject* module) {
  module_type = PyType_FromSpec(&module_spec);
  function_type = PyType_FromSpec(&function_spec);
  return module_type && function_type && PyModule_AddObjectRef(module, "Module", module_type) == 0 &&
         PyModule_AddObjectRef(module, "Function", function_type) == 0;
}

}  // namespace vt::cuda::python
