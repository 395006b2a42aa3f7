// SPDX-License-Identifier: Apache-2.0
// device objects: a device type and an index, equal when they name the same device.
#include <string>

#include "dtype_device.hpp"
#include "errors.hpp"

namespace vt::python {
namespace {

struct DeviceObject {
  PyObject_HEAD DLDevice device;
  bool has_index;  // whether the index was given; "cuda" stands for an index that its backend chose
};

PyTypeObject* device_type = nullptr;
PyObject* cpu_device = nullptr;  // what tensors on the first CPU device answer

DeviceObject* cast(PyObject* self) { return reinterpret_cast<DeviceObject*>(self); }

PyObject* make(DLDevice device, bool has_index, PyTypeObject* type = device_type) {
  PyObject* self = PyType_GenericAlloc(type, 0);
  if (!self) return nullptr;
  cast(self)->device = device;
  cast(self)->has_index = has_index;
  return self;
}

const char* type_text(PyObject* self) { return tables().stream->device_name(cast(self)->device.device_type); }

PyObject* repr(PyObject* self) {
  if (!cast(self)->has_index) return PyUnicode_FromFormat("device(type='%s')", type_text(self));
  return PyUnicode_FromFormat("device(type='%s', index=%d)", type_text(self), cast(self)->device.device_id);
}

PyObject* str(PyObject* self) {
  if (!cast(self)->has_index) return PyUnicode_FromString(type_text(self));
  return PyUnicode_FromFormat("%s:%d", type_text(self), cast(self)->device.device_id);
}

Py_hash_t hash(PyObject* self) {
  return (static_cast<Py_hash_t>(cast(self)->device.device_type) << 16) + cast(self)->device.device_id;
}

PyObject* compare(PyObject* a, PyObject* b, int op) {
  if ((op != Py_EQ && op != Py_NE) || Py_TYPE(a) != device_type || Py_TYPE(b) != device_type) Py_RETURN_NOTIMPLEMENTED;
  const bool equal = cast(a)->device.device_type == cast(b)->device.device_type &&
                     cast(a)->device.device_id == cast(b)->device.device_id;
  return PyBool_FromLong(equal == (op == Py_EQ));
}

PyObject* get_type(PyObject* self, void*) { return PyUnicode_FromString(type_text(self)); }
PyObject* get_index(PyObject* self, void*) {
  if (!cast(self)->has_index) Py_RETURN_NONE;
  return PyLong_FromLong(cast(self)->device.device_id);
}

PyObject* reduce(PyObject* self, PyObject*) {
  Ref text(str(self));
  return text ? Py_BuildValue("O(O)", Py_TYPE(self), text.get()) : nullptr;
}

PyObject* construct(PyTypeObject* type, PyObject* args, PyObject* kwargs) {
  static const char* names[] = {"type", "index", nullptr};
  PyObject *what = nullptr, *index = nullptr;
  if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O|O:device", const_cast<char**>(names), &what, &index))
    return nullptr;
  if (Py_TYPE(what) == device_type && !index) return Py_NewRef(what);
  const char* text = text_of(what, "device(): argument 'type'");
  if (!text) return nullptr;
  std::string full = text;
  if (index && index != Py_None) {
    if (full.find(':') != std::string::npos)
      return PyErr_Format(PyExc_ValueError, "device(): '%s' already names an index", text);
    const long number = PyLong_AsLong(index);
    if (number == -1 && PyErr_Occurred()) return nullptr;
    full += ':' + std::to_string(number);
  }
  DLDevice device{};
  if (tables().stream->parse_device(full.c_str(), &device) != 0) return raise_error();
  return make(device, full.find(':') != std::string::npos, type);
}

PyGetSetDef properties[] = {{"type", get_type, nullptr, "Name of the device type, as in 'cpu'.", nullptr},
                            {"index", get_index, nullptr, "Index among the devices of the type, or None.", nullptr},
                            {nullptr, nullptr, nullptr, nullptr, nullptr}};

// `with device:` makes tensors without a device there, which is the CPU anyway.
PyObject* enter(PyObject* self, PyObject*) {
  if (cast(self)->device.device_type == kDLCPU) return Py_NewRef(self);
  return PyErr_Format(PyExc_NotImplementedError,
                      "device: only the CPU can be the device of tensors made without one: got %S; give device= where "
                      "tensors are made",
                      self);
}

PyObject* leave(PyObject*, PyObject*) { Py_RETURN_NONE; }

PyMethodDef methods[] = {{"__reduce__", reduce, METH_NOARGS, nullptr},
                         {"__enter__", enter, METH_NOARGS, nullptr},
                         {"__exit__", leave, METH_VARARGS, nullptr},
                         {nullptr, nullptr, 0, nullptr}};

char doc[] =
    "device(type, index=None)\n--\n\n"
    "Where a tensor's elements lie: device('cpu'), device('cuda:1'), device('cuda', 1).";

}  // namespace

bool add_devices(PyObject* module) {
  PyType_Slot slots[] = {slot(Py_tp_new, construct),
                         slot(Py_tp_repr, repr),
                         slot(Py_tp_str, str),
                         slot(Py_tp_hash, hash),
                         slot(Py_tp_richcompare, compare),
                         slot(Py_tp_getset, properties),
                         slot(Py_tp_methods, methods),
                         slot(Py_tp_doc, doc),
                         {0, nullptr}};
  PyType_Spec spec = {"vt_core.device", sizeof(DeviceObject), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE, slots};
  device_type = reinterpret_cast<PyTypeObject*>(PyType_FromSpec(&spec));
  if (!device_type) return false;
  cpu_device = make(DLDevice{kDLCPU, 0}, false);
  return cpu_device && PyModule_AddObjectRef(module, "device", reinterpret_cast<PyObject*>(device_type)) == 0;
}

PyObject* device_object(DLDevice device) {
  if (device.device_type == kDLCPU && device.device_id == 0) return Py_NewRef(cpu_device);
  static PyObject* latest = nullptr;  // tensors that are asked one after the other mostly share a device
  if (!latest || cast(latest)->device.device_type != device.device_type ||
      cast(latest)->device.device_id != device.device_id) {
    // There is but one meta device.
    PyObject* made = make(device, static_cast<int>(device.device_type) != VT_DEVICE_TYPE_META);
    if (!made) return nullptr;
    Py_XDECREF(std::exchange(latest, made));
  }
  return Py_NewRef(latest);
}

bool device_from(PyObject* object, DLDevice& out) {
  if (Py_TYPE(object) != device_type) return false;
  out = cast(object)->device;
  return true;
}

bool parse_device(PyObject* object, DLDevice& out) {
  if (device_from(object, out)) return true;
  // Programs name their device by one and the same string again and again.
  static PyObject* latest = nullptr;
  static DLDevice meant;
  if (object == latest) {
    out = meant;
    return true;
  }
  const char* text = text_of(object, "device");
  if (!text) return false;
  if (tables().stream->parse_device(text, &out) != 0) {
    raise_error();
    return false;
  }
  if (Py_TYPE(object) != &PyUnicode_Type) return true;
  meant = out;
  Py_XDECREF(std::exchange(latest, Py_NewRef(object)));
  return true;
}

}  // namespace vt::python
