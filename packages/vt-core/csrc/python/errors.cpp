// SPDX-License-Identifier: Apache-2.0
// The one translation between the thread's VtError and Python exceptions.
#include "errors.hpp"

#include <string>

namespace vt::python {
namespace {

// Classes that Python does not have; created once, never freed.
struct Classes {
  PyObject* shape = nullptr;
  PyObject* dtype = nullptr;
  PyObject* device = nullptr;
  PyObject* missing_kernel = nullptr;
  PyObject* out_of_memory = nullptr;
  PyObject* cuda = nullptr;
  PyObject* safetensor = nullptr;
  PyObject* aborted = nullptr;
  PyObject* linalg = nullptr;
} classes;

PyObject* class_of(int32_t kind) {
  switch (kind) {
    case VT_ERROR_VALUE: return PyExc_ValueError;
    case VT_ERROR_TYPE: return PyExc_TypeError;
    case VT_ERROR_INDEX: return PyExc_IndexError;
    case VT_ERROR_NOT_IMPLEMENTED: return PyExc_NotImplementedError;
    case VT_ERROR_OUT_OF_MEMORY: return classes.out_of_memory;
    case VT_ERROR_BUFFER: return PyExc_BufferError;
    case VT_ERROR_OVERFLOW: return PyExc_OverflowError;
    case VT_ERROR_IMPORT: return PyExc_ImportError;
    case VT_ERROR_IO: return PyExc_OSError;
    case VT_ERROR_DEVICE: return classes.cuda;
    case VT_ERROR_SHAPE: return classes.shape;
    case VT_ERROR_DTYPE: return classes.dtype;
    case VT_ERROR_DEVICE_MISMATCH: return classes.device;
    case VT_ERROR_MISSING_KERNEL: return classes.missing_kernel;
    case VT_ERROR_FILE_FORMAT: return classes.safetensor;
    case VT_ERROR_TIMEOUT: return PyExc_TimeoutError;
    case VT_ERROR_ABORTED: return classes.aborted;
    case VT_ERROR_LINALG: return classes.linalg;
    default: return PyExc_RuntimeError;
  }
}

bool add_class(PyObject* module, const char* name, const char* doc, PyObject* base, PyObject*& out) {
  const std::string full_name = std::string("vt_core.") + name;
  out = PyErr_NewExceptionWithDoc(full_name.c_str(), doc, base, nullptr);
  return out && PyModule_AddObjectRef(module, name, out) == 0;
}

// Releases an exception from whichever thread frees the error that carries it.
void release_exception(void* cause) {
  if (!Py_IsInitialized()) return;
  const PyGILState_STATE state = PyGILState_Ensure();
  Py_DECREF(static_cast<PyObject*>(cause));
  PyGILState_Release(state);
}

}  // namespace

bool add_exceptions(PyObject* module) {
  // PyTorch raises now the one, now the other where sizes do not fit.
  const Ref runtime_and_value(PyTuple_Pack(2, PyExc_RuntimeError, PyExc_ValueError));
  return runtime_and_value &&
         add_class(module, "ShapeError", "Sizes do not fit together.", runtime_and_value.get(), classes.shape) &&
         add_class(module, "DTypeError", "Dtypes do not fit together or are not supported.", PyExc_RuntimeError,
                   classes.dtype) &&
         add_class(module, "DeviceError", "Tensors lie on different devices.", PyExc_RuntimeError, classes.device) &&
         add_class(module, "MissingKernelError", "An operator has no kernel for the device.", PyExc_NotImplementedError,
                   classes.missing_kernel) &&
         add_class(module, "OutOfMemoryError", "Host or device memory is exhausted.", PyExc_RuntimeError,
                   classes.out_of_memory) &&
         add_class(module, "CudaError", "A device driver call failed.", PyExc_RuntimeError, classes.cuda) &&
         add_class(module, "SafetensorError", "A file's contents break its format.", PyExc_ValueError,
                   classes.safetensor) &&
         add_class(module, "AbortedError", "The work was cancelled or another party of it failed.", PyExc_RuntimeError,
                   classes.aborted) &&
         add_class(module, "LinAlgError", "A matrix is singular, or an algorithm on it did not converge.",
                   PyExc_RuntimeError, classes.linalg);
}

PyObject* raise_error() {
  VtError error{};
  error.struct_size = sizeof error;
  if (!tables().object->take_error(&error)) {
    if (!PyErr_Occurred()) PyErr_SetString(PyExc_SystemError, "a call failed without an error set");
    return nullptr;
  }
  if (error.kind == VT_ERROR_FOREIGN && error.cause && error.release_cause == release_exception) {
    auto* exception = static_cast<PyObject*>(error.cause);
    PyErr_Restore(Py_NewRef(reinterpret_cast<PyObject*>(Py_TYPE(exception))), exception,
                  PyException_GetTraceback(exception));
    return nullptr;
  }
  PyErr_SetString(class_of(error.kind), error.message ? error.message : "");
  if (error.cause && error.release_cause) error.release_cause(error.cause);
  return nullptr;
}

void stash_exception() {
  PyObject *type = nullptr, *value = nullptr, *traceback = nullptr;
  PyErr_Fetch(&type, &value, &traceback);
  if (!type) {
    tables().object->set_error(VT_ERROR_RUNTIME, "a Python callback failed without an exception");
    return;
  }
  PyErr_NormalizeException(&type, &value, &traceback);
  if (traceback) PyException_SetTraceback(value, traceback);
  Ref text(PyObject_Str(value));
  const char* message = text ? PyUnicode_AsUTF8AndSize(text.get(), nullptr) : nullptr;
  if (!message) {
    PyErr_Clear();
    message = "a Python callback failed";
  }
  tables().object->set_error_cause(VT_ERROR_FOREIGN, message, value, release_exception);
  Py_DECREF(type);
  Py_XDECREF(traceback);
}

}  // namespace vt::python
