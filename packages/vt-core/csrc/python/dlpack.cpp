// SPDX-License-Identifier: Apache-2.0
// DLPack: __dlpack__, from_dlpack and the C exchange table.
#include <vt/cpp/tensor.hpp>

#include "construct.hpp"
#include "dtype_device.hpp"
#include "errors.hpp"
#include "exchange.hpp"
#include "numbers.hpp"
#include "tensor_type.hpp"

namespace vt::python {
namespace {

constexpr char kVersioned[] = "dltensor_versioned";
constexpr char kUnversioned[] = "dltensor";

// An unconsumed capsule frees what it holds; a consumer renames it.
void destroy_versioned(PyObject* capsule) {
  if (!PyCapsule_IsValid(capsule, kVersioned)) return;
  auto* managed = static_cast<DLManagedTensorVersioned*>(PyCapsule_GetPointer(capsule, kVersioned));
  if (managed->deleter) managed->deleter(managed);
}

void destroy_unversioned(PyObject* capsule) {
  if (!PyCapsule_IsValid(capsule, kUnversioned)) return;
  auto* managed = static_cast<DLManagedTensor*>(PyCapsule_GetPointer(capsule, kUnversioned));
  if (managed->deleter) managed->deleter(managed);
}

PyObject* versioned_capsule(VtTensor* tensor, uint64_t flags) {
  DLManagedTensorVersioned* managed = nullptr;
  if (tables().dlpack->to_versioned(tensor, flags, &managed) != 0) return raise_error();
  PyObject* capsule = PyCapsule_New(managed, kVersioned, destroy_versioned);
  if (!capsule) managed->deleter(managed);
  return capsule;
}

PyObject* unversioned_capsule(VtTensor* tensor) {
  DLManagedTensor* managed = nullptr;
  if (tables().dlpack->to_unversioned(tensor, &managed) != 0) return raise_error();
  PyObject* capsule = PyCapsule_New(managed, kUnversioned, destroy_unversioned);
  if (!capsule) managed->deleter(managed);
  return capsule;
}

// (int, int) of a tuple argument; false with an exception set.
bool int_pair(const char* name, PyObject* object, int64_t& first, int64_t& second) {
  if (!PyTuple_Check(object) || PyTuple_Size(object) != 2) {
    PyErr_Format(PyExc_TypeError, "__dlpack__(): %s must be a tuple of two ints, got %U", name,
                 type_name(object).get());
    return false;
  }
  return int_from(PyTuple_GetItem(object, 0), first) && int_from(PyTuple_GetItem(object, 1), second);
}

// Makes the consumer's stream wait for the work enqueued so far. DLPack numbers the legacy default stream 1; -1 asks for
// no ordering.
bool order_streams(const VtTensor* tensor, PyObject* stream_argument) {
  const DLDevice where = tensor->dl.device;
  if (where.device_type == kDLCPU) {
    if (!stream_argument || stream_argument == Py_None) return true;
    PyErr_Format(PyExc_BufferError, "__dlpack__: a tensor on the CPU has no stream: got %R, expected None",
                 stream_argument);
    return false;
  }
  int64_t wanted = 1;
  if (stream_argument && stream_argument != Py_None && !int_from(stream_argument, wanted)) return false;
  if (wanted == -1) return true;
  const VtStream consumer = wanted == 1 ? 0 : static_cast<VtStream>(wanted);
  const VtDeviceApi* device = tables().stream->device(where.device_type);
  VtStream current = 0;
  if (!device || device->current_stream(where.device_id, &current) != 0) return raise_status() == 0;
  if (current == consumer) return true;
  VtEvent event = 0;
  if (device->create_event(where.device_id, &event) != 0) return raise_status() == 0;
  const bool ordered = device->record_event(where.device_id, event, current) == 0 &&
                       device->wait_event(where.device_id, consumer, event) == 0;
  device->destroy_event(where.device_id, event);
  return ordered || raise_status() == 0;
}

PyObject* dlpack(PyObject* self, PyObject* const* args, Py_ssize_t nargs, PyObject* kwnames) {
  PyObject* out[4];
  if (!unpack("__dlpack__", {"stream", "max_version", "dl_device", "copy"}, 0, 1, args, nargs, kwnames, out))
    return nullptr;
  Tensor tensor = Tensor::share(tensor_of(self));
  DLDevice target = tensor.device();
  if (out[2] && out[2] != Py_None) {
    int64_t type = 0, id = 0;
    if (!int_pair("dl_device", out[2], type, id)) return nullptr;
    target = {static_cast<DLDeviceType>(type), static_cast<int32_t>(id)};
  }
  const bool copy_given = out[3] && out[3] != Py_None;
  if (copy_given && !PyBool_Check(out[3]))
    return PyErr_Format(PyExc_TypeError, "__dlpack__(): copy must be bool or None, got %U", type_name(out[3]).get());
  const int copy = copy_given ? out[3] == Py_True : -1;
  const bool elsewhere =
      target.device_type != tensor.device().device_type || target.device_id != tensor.device().device_id;
  if (elsewhere && (copy == 0 || target.device_type != kDLCPU))
    return PyErr_Format(PyExc_BufferError, "__dlpack__: cannot export to device (%d, %d) %s", target.device_type,
                        target.device_id, copy == 0 ? "without a copy" : "from here");
  uint64_t flags = 0;
  if (elsewhere || copy == 1) {
    tensor = Tensor::steal(copy_of(tensor.get(), tensor.dtype(), target));
    if (!tensor) return nullptr;
    flags = DLPACK_FLAG_BITMASK_IS_COPIED;
  }
  if (!order_streams(tensor.get(), out[0])) return nullptr;
  int64_t major = 0, minor = 0;
  if (out[1] && out[1] != Py_None && !int_pair("max_version", out[1], major, minor)) return nullptr;
  return major >= 1 ? versioned_capsule(tensor.get(), flags) : unversioned_capsule(tensor.get());
}

PyObject* dlpack_device(PyObject* self, PyObject*) {
  const DLDevice device = tensor_of(self)->dl.device;
  return Py_BuildValue("(ii)", static_cast<int>(device.device_type), static_cast<int>(device.device_id));
}

VtTensor* consume(PyObject* capsule) {
  VtTensor* out = nullptr;
  int status = -1;
  const char* used = nullptr;
  if (PyCapsule_IsValid(capsule, kVersioned)) {
    status = tables().dlpack->from_versioned(
        static_cast<DLManagedTensorVersioned*>(PyCapsule_GetPointer(capsule, kVersioned)), &out);
    used = "used_dltensor_versioned";
  } else if (PyCapsule_IsValid(capsule, kUnversioned)) {
    status = tables().dlpack->from_unversioned(
        static_cast<DLManagedTensor*>(PyCapsule_GetPointer(capsule, kUnversioned)), &out);
    used = "used_dltensor";
  } else {
    PyErr_SetString(PyExc_BufferError, "from_dlpack: the capsule was consumed already or is no DLPack capsule");
    return nullptr;
  }
  if (status != 0) {
    raise_error();
    return nullptr;
  }
  PyCapsule_SetName(capsule, used);
  return out;
}

// The stream on which this library will use the data, as DLPack numbers it; -1 with an exception set.
Ref consumer_stream(DLDevice where) {
  if (where.device_type == kDLCPU || where.device_type == kDLCUDAHost) return Ref::share(Py_None);
  const VtDeviceApi* device = tables().stream->device(where.device_type);
  VtStream current = 0;
  if (!device || device->current_stream(where.device_id, &current) != 0) return Ref(raise_error());
  return Ref(PyLong_FromUnsignedLongLong(current ? current : 1));
}

// Calls object.__dlpack__, first as DLPack 1.x asks, then plainly for producers that know no keywords.
Ref request_capsule(PyObject* object) {
  const Ref pair(PyObject_CallMethod(object, "__dlpack_device__", nullptr));
  int64_t type = 0, id = 0;
  if (!pair || !int_pair("device", pair.get(), type, id)) return Ref();
  const Ref stream = consumer_stream({static_cast<DLDeviceType>(type), static_cast<int32_t>(id)});
  const Ref method(stream ? PyObject_GetAttrString(object, "__dlpack__") : nullptr);
  const Ref no_args(PyTuple_New(0));
  if (!method || !no_args) return Ref();
  const Ref keywords(
      Py_BuildValue("{s(ii)sO}", "max_version", DLPACK_MAJOR_VERSION, DLPACK_MINOR_VERSION, "stream", stream.get()));
  Ref capsule(keywords ? PyObject_Call(method.get(), no_args.get(), keywords.get()) : nullptr);
  if (capsule || !PyErr_ExceptionMatches(PyExc_TypeError)) return capsule;
  PyErr_Clear();
  if (stream.get() == Py_None) return Ref(PyObject_CallNoArgs(method.get()));
  const Ref only_stream(Py_BuildValue("{sO}", "stream", stream.get()));
  return Ref(only_stream ? PyObject_Call(method.get(), no_args.get(), only_stream.get()) : nullptr);
}

PyObject* from_dlpack(PyObject*, PyObject* object) {
  VtTensor* tensor = tensor_from_dlpack(object);
  return tensor ? wrap(tensor) : nullptr;
}

// The C exchange table. Its functions are called with the interpreter's lock held, except the allocator.
int exchange_allocate(DLTensor* prototype, DLManagedTensorVersioned** out, void* error_context,
                      void (*set_error)(void*, const char* kind, const char* message)) {
  VtTensor* tensor = nullptr;
  int status = tables().tensor->empty(prototype->shape, prototype->ndim, prototype->dtype, prototype->device, &tensor);
  if (status == 0) {
    status = tables().dlpack->to_versioned(tensor, 0, out);
    tables().tensor->release(tensor);
  }
  if (status == 0) return 0;
  VtError error{};
  error.struct_size = sizeof error;
  tables().object->take_error(&error);
  set_error(error_context, error.kind == VT_ERROR_OUT_OF_MEMORY ? "MemoryError" : "BufferError",
            error.message ? error.message : "allocation failed");
  return -1;
}

bool check_tensor(PyObject* object) {
  if (is_tensor(object)) return true;
  PyErr_Format(PyExc_TypeError, "DLPack exchange: expected vt_core.Tensor, got %U", type_name(object).get());
  return false;
}

int exchange_export(void* object, DLManagedTensorVersioned** out) {
  auto* self = static_cast<PyObject*>(object);
  if (!check_tensor(self)) return -1;
  return tables().dlpack->to_versioned(tensor_of(self), 0, out) == 0 ? 0 : raise_status();
}

int exchange_import(DLManagedTensorVersioned* managed, void** out) {
  VtTensor* tensor = nullptr;
  if (tables().dlpack->from_versioned(managed, &tensor) != 0) {
    if (managed->deleter) managed->deleter(managed);
    return raise_status();
  }
  *out = wrap(tensor);
  return *out ? 0 : -1;
}

int exchange_borrow(void* object, DLTensor* out) {
  auto* self = static_cast<PyObject*>(object);
  if (!check_tensor(self)) return -1;
  *out = tensor_of(self)->dl;
  return 0;
}

int exchange_stream(DLDeviceType device_type, int32_t device_id, void** out) {
  *out = nullptr;
  if (device_type == kDLCPU) return 0;
  const VtDeviceApi* device = tables().stream->device(device_type);
  VtStream current = 0;
  if (!device || device->current_stream(device_id, &current) != 0) return raise_status();
  *out = reinterpret_cast<void*>(static_cast<uintptr_t>(current));
  return 0;
}

DLPackExchangeAPI exchange_table = {{{DLPACK_MAJOR_VERSION, DLPACK_MINOR_VERSION}, nullptr},
                                    exchange_allocate,
                                    exchange_export,
                                    exchange_import,
                                    exchange_borrow,
                                    exchange_stream};

PyMethodDef functions[] = {
    {"from_dlpack", from_dlpack, METH_O,
     "from_dlpack(x, /)\n--\n\nA tensor that shares the memory of an object with __dlpack__, or of a DLPack capsule."},
    {nullptr, nullptr, 0, nullptr}};

}  // namespace

VtTensor* tensor_from_dlpack(PyObject* object) {
  if (PyCapsule_CheckExact(object)) return consume(object);
  const Ref capsule = request_capsule(object);
  if (!capsule) return nullptr;
  if (PyCapsule_CheckExact(capsule.get())) return consume(capsule.get());
  PyErr_Format(PyExc_TypeError, "from_dlpack: __dlpack__ must return a capsule, got %U",
               type_name(capsule.get()).get());
  return nullptr;
}

void append_dlpack_methods(std::vector<PyMethodDef>& methods) {
  methods.push_back(fast_method(
      "__dlpack__", dlpack,
      "__dlpack__(stream=None, *, max_version=None, dl_device=None, copy=None)\n--\n\n"
      "The tensor as a DLPack capsule, versioned when max_version is (1, 0) or later. Makes `stream` wait for the work "
      "enqueued so far; does not synchronise."));
  methods.push_back({"__dlpack_device__", dlpack_device, METH_NOARGS,
                     "__dlpack_device__()\n--\n\nDLPack's (device_type, device_id) of the tensor."});
}

bool add_dlpack(PyObject* module) {
  const Ref table(PyCapsule_New(&exchange_table, "dlpack_exchange_api", nullptr));
  return table &&
         PyObject_SetAttrString(reinterpret_cast<PyObject*>(tensor_types.base), "__dlpack_c_exchange_api__",
                                table.get()) == 0 &&
         PyModule_AddFunctions(module, functions) == 0;
}

}  // namespace vt::python
