// SPDX-License-Identifier: Apache-2.0
// Python functions as kernels: a plugin whose kernels call them, and the kernels below where they decline.
#include "library.hpp"

#include <deque>
#include <string>
#include <vector>

#include <vt/cpp/error.hpp>

#include "../fft/api.hpp"
#include "dtype_device.hpp"
#include "errors.hpp"
#include "numbers.hpp"
#include "op_type.hpp"
#include "tensor_type.hpp"

namespace vt::python {
namespace {

// One function. Never freed: a call may still be under way when the plugin is withdrawn.
struct PythonKernel {
  std::string op_name;
  PyObject* function;
  int32_t device_type;
  const VtOp* op = nullptr;
  VtKernel below{};  // what it replaced; its boxed function is NULL when there was none
};

// What is handed to the entry point, which takes no argument of its own.
struct Pending {
  const char* name;
  std::vector<PythonKernel*> kernels;
  const char* schema = nullptr;  // of an operator to define, of which the one kernel is the function
}* pending = nullptr;

// The arguments as a new tuple. Tensors get a count of their own, which their wrapper takes over.
PyObject* arguments_tuple(const VtValue* args, int32_t num_args) {
  Ref tuple(PyTuple_New(num_args));
  for (int32_t i = 0; tuple && i < num_args; ++i) {
    if (args[i].tag == VT_TENSOR) tables().tensor->retain(args[i].as.tensor);
    if (args[i].tag == VT_TENSOR_LIST)
      for (uint32_t k = 0; k < args[i].count; ++k)
        if (args[i].as.tensors[k]) tables().tensor->retain(args[i].as.tensors[k]);
    PyObject* object = object_from_value(args[i]);
    if (!object || PyTuple_SetItem(tuple.get(), i, object) != 0) tuple = Ref();
  }
  return tuple.release();
}

// A result that the schema says to be a number.
bool take_number(PyObject* object, VtValue& out) {
  if (PyBool_Check(object)) {
    out = value_of(object == Py_True);
  } else if (PyLong_Check(object)) {
    out = value_of(static_cast<int64_t>(PyLong_AsLongLong(object)));
  } else {
    out = value_of(PyFloat_AsDouble(object));
  }
  return !PyErr_Occurred();
}

bool take_result(const PythonKernel& kernel, int32_t index, PyObject* object, VtValue& out) {
  if (object == Py_None) {
    out = none();
    return true;
  }
  if (!(tables().dispatch->schema(kernel.op)->returns[index].kinds & VT_KIND_TENSOR)) return take_number(object, out);
  if (!is_tensor(object)) {
    PyErr_Format(PyExc_TypeError, "%s: the kernel returned %U, expected tensors or None", kernel.op_name.c_str(),
                 type_name(object).get());
    return false;
  }
  tables().tensor->retain(tensor_of(object));
  out = value_of(tensor_of(object));
  return true;
}

// Several results come as a tuple.
bool take_results(const PythonKernel& kernel, PyObject* object, VtValue* result) {
  const int32_t num_returns = tables().dispatch->schema(kernel.op)->num_returns;
  if (num_returns == 1) return take_result(kernel, 0, object, result[0]);
  if (!PyTuple_Check(object) || PyTuple_Size(object) != num_returns) {
    PyErr_Format(PyExc_TypeError, "%s: the kernel returned %U, expected a tuple of %d", kernel.op_name.c_str(),
                 type_name(object).get(), num_returns);
    return false;
  }
  for (int32_t i = 0; i < num_returns; ++i) {
    if (take_result(kernel, i, PyTuple_GetItem(object, i), result[i])) continue;
    for (int32_t k = 0; k < i; ++k)
      if (result[k].tag == VT_TENSOR) tables().tensor->release(std::exchange(result[k], none()).as.tensor);
    return false;
  }
  return true;
}

enum class Outcome { kDone, kFailed, kDeclined };

Outcome call_function(const PythonKernel& kernel, const VtValue* args, int32_t num_args, VtValue* result) {
  const PyGILState_STATE state = PyGILState_Ensure();
  Outcome outcome = Outcome::kFailed;
  {
    const Ref arguments(arguments_tuple(args, num_args));
    const Ref object(arguments ? PyObject_Call(kernel.function, arguments.get(), nullptr) : nullptr);
    if (object && object.get() == Py_NotImplemented)
      outcome = Outcome::kDeclined;
    else if (object && take_results(kernel, object.get(), result))
      outcome = Outcome::kDone;
    if (outcome == Outcome::kFailed) stash_exception();
  }
  PyGILState_Release(state);
  return outcome;
}

int call_kernel(void* context, const VtValue* args, int32_t num_args, VtValue* result) noexcept {
  const auto& kernel = *static_cast<const PythonKernel*>(context);
  const int32_t num_returns = tables().dispatch->schema(kernel.op)->num_returns;
  bool has_destination = false;
  for (int32_t i = 0; i < num_returns; ++i) has_destination |= result[i].tag != VT_NONE;
  // Functions know no destinations: in-place and out forms are for the kernel below.
  const Outcome outcome = has_destination ? Outcome::kDeclined : call_function(kernel, args, num_args, result);
  if (outcome != Outcome::kDeclined) return outcome == Outcome::kDone ? 0 : -1;
  if (kernel.below.boxed) return kernel.below.boxed(kernel.below.context, args, num_args, result);
  return guard([&] {
    fail(VT_ERROR_MISSING_KERNEL,
         kernel.op_name + ": the kernel written in Python declined, and there is none below it");
  });
}

// Finds the op that a kernel is for, and the kernel that it replaces.
void place(PythonKernel& kernel) {
  const VtDispatchApi& dispatch = *tables().dispatch;
  kernel.op = dispatch.find_op(kernel.op_name.c_str());
  if (!kernel.op) fail(VT_ERROR_VALUE, "no op is called '" + kernel.op_name + "'");
  if (!dispatch.has_kernel(kernel.op, kernel.device_type)) return;
  const VtKernel* below = dispatch.resolve_below(kernel.op, VT_LAYER_DEVICE - 1, 0, kernel.device_type);
  if (!below) throw ErrorIsSet();
  kernel.below = *below;
}

void register_pending(VtPlugin* plugin) {
  const VtDispatchApi& dispatch = *tables().dispatch;
  std::vector<VtKernelDef> defs;
  for (PythonKernel* kernel : pending->kernels) {
    if (pending->schema) {
      // What the function calls is recorded, or not, by itself; it knows itself where its operands may lie.
      const VtOpDef def{sizeof(VtOpDef), VT_OP_COMPOSITE | VT_OP_ANY_DEVICE, pending->schema, nullptr};
      check(dispatch.define_op(plugin, &def, &kernel->op));
      kernel->op_name = dispatch.schema(kernel->op)->name;
    } else {
      place(*kernel);
    }
    defs.push_back({sizeof(VtKernelDef), 0, kernel->op_name.c_str(), VT_LAYER_DEVICE, kernel->device_type, call_kernel,
                    nullptr, 0, kernel});
  }
  check(dispatch.register_kernels(plugin, defs.data(), defs.size()));
}

int plugin_entry(const VtPluginHost* host, VtPluginInfo* info) {
  info->host_major = VT_PLUGIN_HOST_MAJOR;
  info->host_minor = VT_PLUGIN_HOST_MINOR;
  info->name = pending->name;
  info->version = tables().object->version();
  return guard([&] { register_pending(host->plugin); });
}

PythonKernel& kept_kernel(const char* op, PyObject* function, int32_t device_type) {
  static std::deque<PythonKernel> all;
  return all.emplace_back(op, Py_NewRef(function), device_type);
}

PyObject* add(Pending& request) {
  pending = &request;
  const int status = tables().object->add_plugin(plugin_entry);
  pending = nullptr;
  if (status != 0) return raise_error();
  if (!refresh_ops()) return nullptr;
  Py_RETURN_NONE;
}

// install_kernels(name, device, {op: function})
PyObject* install_kernels(PyObject*, PyObject* args) {
  const char* name = nullptr;
  PyObject* device = nullptr;
  PyObject* kernels = nullptr;
  DLDevice parsed{};
  if (!PyArg_ParseTuple(args, "sOO", &name, &device, &kernels) || !parse_device(device, parsed)) return nullptr;
  const Ref items(PyMapping_Items(kernels));
  if (!items) return nullptr;
  Pending request{name, {}};
  for (Py_ssize_t i = 0; i < PyList_Size(items.get()); ++i) {
    PyObject* pair = PyList_GetItem(items.get(), i);
    const char* op = text_of(PyTuple_GetItem(pair, 0), "name of an operator");
    PyObject* function = PyTuple_GetItem(pair, 1);
    if (!op) return nullptr;
    if (!PyCallable_Check(function))
      return PyErr_Format(PyExc_TypeError, "install_kernels: '%s' must be a function, got %U", op,
                          type_name(function).get());
    request.kernels.push_back(&kept_kernel(op, function, static_cast<int32_t>(parsed.device_type)));
  }
  return add(request);
}

constexpr int32_t kEveryDevice = -1;

// define_operator(name, schema, function)
PyObject* define_operator(PyObject*, PyObject* args) {
  const char* name = nullptr;
  const char* schema = nullptr;
  PyObject* function = nullptr;
  if (!PyArg_ParseTuple(args, "ssO", &name, &schema, &function)) return nullptr;
  if (!PyCallable_Check(function))
    return PyErr_Format(PyExc_TypeError, "define_operator: expected a function, got %U", type_name(function).get());
  Pending request{name, {&kept_kernel("", function, kEveryDevice)}, schema};
  return add(request);
}

// Lets vt_core._fft register a transform for the CPU (Note [Transforms on the CPU]).
int load_transforms() {
  const PyGILState_STATE state = PyGILState_Ensure();
  bool is_done = false;
  {
    const Ref module(PyImport_ImportModule("vt_core._fft"));
    const Ref done(module ? PyObject_CallMethod(module.get(), "install", nullptr) : nullptr);
    is_done = static_cast<bool>(done);
    if (!is_done) stash_exception();
  }
  PyGILState_Release(state);
  return is_done ? 0 : -1;
}

PyMethodDef functions[] = {
    {"install_kernels", install_kernels, METH_VARARGS,
     "install_kernels(name, device, kernels, /)\n--\n\nLets Python functions be the kernels of operators."},
    {"define_operator", define_operator, METH_VARARGS,
     "define_operator(name, schema, function, /)\n--\n\nMakes a Python function an operator."},
    {nullptr, nullptr, 0, nullptr}};

}  // namespace

bool add_library_functions(PyObject* module) {
  const void* table = nullptr;
  if (tables().get_interface(core::kFftApiName, core::kFftApiMajor, core::kFftApiMinor, &table) != 0)
    return raise_error() != nullptr;
  static_cast<const core::FftApi*>(table)->set_loader(load_transforms);
  return PyModule_AddFunctions(module, functions) == 0;
}

}  // namespace vt::python
