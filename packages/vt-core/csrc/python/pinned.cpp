// SPDX-License-Identifier: Apache-2.0
// pin_memory and is_pinned.
#include "pinned.hpp"

#include <string>

#include <vt/cpp/op.hpp>

#include "errors.hpp"
#include "tensor_type.hpp"

namespace vt::python {

// Of the library that this module belongs to, so it is always there.
const VtHostApi& host_table() {
  static const VtHostApi* const table = [] {
    const void* found = nullptr;
    (void)tables().get_interface(VT_HOST_API_NAME, VT_HOST_API_MAJOR, VT_HOST_API_MINOR, &found);
    return static_cast<const VtHostApi*>(found);
  }();
  return *table;
}

namespace {

bool is_pinned(const VtTensor* tensor) { return host_table().is_pinned(tensor) != 0; }

// The one device type with pinned memory may be named.
bool unpack_device(const char* function, PyObject* const* args, Py_ssize_t nargs, PyObject* kwnames) {
  PyObject* device = nullptr;
  return unpack(function, {"device"}, 0, 1, args, nargs, kwnames, &device);
}

PyObject* pin_memory_method(PyObject* self, PyObject* const* args, Py_ssize_t nargs, PyObject* kwnames) {
  if (!unpack_device("pin_memory", args, nargs, kwnames)) return nullptr;
  if (is_pinned(tensor_of(self))) return Py_NewRef(self);
  Tensor out = pinned(tensor_of(self), true);
  return out ? wrap(out.release()) : nullptr;
}

PyObject* is_pinned_method(PyObject* self, PyObject* const* args, Py_ssize_t nargs, PyObject* kwnames) {
  if (!unpack_device("is_pinned", args, nargs, kwnames)) return nullptr;
  return PyBool_FromLong(is_pinned(tensor_of(self)));
}

}  // namespace

Tensor pinned(VtTensor* tensor, bool copies) {
  Tensor out;
  const int status = without_lock([&] {
    return guard([&] {
      static const Op copy("copy_");
      if (tensor->dl.device.device_type != kDLCPU)
        fail(VT_ERROR_RUNTIME, std::string("pin_memory: only tensors of the CPU can be pinned: got one on ") +
                                   tables().stream->device_name(tensor->dl.device.device_type) +
                                   "; copy it there first");
      const bool is_dense = tensor->flags & VT_TENSOR_NON_OVERLAPPING;
      VtTensor* made = nullptr;
      check(host_table().empty_pinned(tensor->dl.shape, is_dense ? tensor->dl.strides : nullptr, tensor->dl.ndim,
                                      tensor->dl.dtype, &made));
      out = Tensor::steal(made);
      if (copies) out = copy.into(out, out, value_of(tensor));
    });
  });
  if (status == 0) return out;
  raise_error();
  return {};
}

void append_pinned_methods(std::vector<PyMethodDef>& methods) {
  methods.push_back(fast_method(
      "pin_memory", pin_memory_method,
      "pin_memory(device=None)\n--\n\nThe elements in pinned memory of the CPU, between which and a device "
      "copies with non_blocking=True run while the host goes on; the tensor itself when it is there already."));
  methods.push_back(fast_method("is_pinned", is_pinned_method,
                                "is_pinned(device=None)\n--\n\nTrue for a tensor of the CPU in pinned memory."));
}

}  // namespace vt::python
