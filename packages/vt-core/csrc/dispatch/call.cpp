// SPDX-License-Identifier: Apache-2.0
// The dispatcher's hot path.
#include "dispatch/call.hpp"

#include <vt/abi/stream.h>
#include <vt/cpp/error.hpp>
#include <vt/cpp/value.hpp>

#include <algorithm>
#include <bit>
#include <string_view>

#include "dispatch/callers.hpp"
#include "runtime/device.hpp"
#include "runtime/thread_state.hpp"
#include "tensor/tensor_impl.hpp"

namespace vt::core {

namespace {

constexpr int32_t kMaxArguments = 64;

// Runs for every call of the ops it has a kernel for: a view must be known as one before anything requires grad.
constexpr uint32_t kAlwaysActive = 1u << VT_LAYER_TRACKING;

bool same_device(DLDevice a, DLDevice b) noexcept {
  return a.device_type == b.device_type && a.device_id == b.device_id;
}

// What a call's operands say: the OR of their flags, the device that runs it, and whether they disagree about that.
struct Operands {
  uint32_t flags = 0;
  DLDevice device{kDLCPU, 0};
  bool found = false;
  bool mixed = false;

  void add(const VtTensor* t) noexcept {
    flags |= t->flags;
    if (!found) {
      device = t->dl.device;
      found = true;
    } else if (!same_device(device, t->dl.device)) [[unlikely]] {
      mixed = true;
    }
  }
};

Operands gather(const VtValue* args, int32_t num_args, const VtValue* result, int32_t num_returns) noexcept {
  Operands operands;
  for (int32_t i = 0; i < num_returns; ++i)
    if (result[i].tag == VT_TENSOR) operands.add(result[i].as.tensor);
  for (int32_t i = 0; i < num_args; ++i) {
    if (args[i].tag == VT_TENSOR) {
      operands.add(args[i].as.tensor);
    } else if (args[i].tag == VT_TENSOR_LIST) [[unlikely]] {
      for (uint32_t k = 0; k < args[i].count; ++k)
        if (args[i].as.tensors[k]) operands.add(args[i].as.tensors[k]);
    }
  }
  return operands;
}

template <class Visit>
void for_each_tensor(const VtValue* values, int32_t count, Visit&& visit) {
  for (int32_t i = 0; i < count; ++i) {
    if (values[i].tag == VT_TENSOR) visit(values[i].as.tensor);
    if (values[i].tag == VT_TENSOR_LIST)
      for (uint32_t k = 0; k < values[i].count; ++k)
        if (values[i].as.tensors[k]) visit(values[i].as.tensors[k]);
  }
}

// Operands on several devices: decides by the op's device policy, or throws.
void settle_devices(const VtOp* op, const VtValue* args, int32_t num_args, const VtValue* result, Operands& operands) {
  const VtSchema& schema = op->schema.view();
  if (schema.flags & VT_OP_ANY_DEVICE) {
    if (!(schema.num_returns && result[0].tag == VT_TENSOR)) return;
    operands.device = result[0].as.tensor->dl.device;
    // A transfer runs on whichever side is not the host.
    for_each_tensor(args, num_args, [&](const VtTensor* t) {
      if (operands.device.device_type == kDLCPU) operands.device = t->dl.device;
    });
    return;
  }
  const bool cpu_scalars = schema.flags & VT_OP_CPU_SCALARS;
  bool settled = false;
  auto settle = [&](const VtTensor* t, bool destination) {
    if (cpu_scalars && !destination && t->dl.ndim == 0 && t->dl.device.device_type == kDLCPU) return;
    if (settled && !same_device(operands.device, t->dl.device))
      fail(VT_ERROR_DEVICE_MISMATCH,
           op->schema.qualified_name() +
               ": expected all tensors to be on the same device, but found at least two devices, " +
               device_text(operands.device) + " and " + device_text(t->dl.device));
    operands.device = t->dl.device;
    settled = true;
  };
  for_each_tensor(result, schema.num_returns, [&](const VtTensor* t) { settle(t, true); });
  for_each_tensor(args, num_args, [&](const VtTensor* t) { settle(t, false); });
}

DLDevice device_argument(const VtValue* args, int32_t num_args) noexcept {
  for (int32_t i = 0; i < num_args; ++i)
    if (args[i].tag == VT_DEVICE) return args[i].as.device;
  return DLDevice{kDLCPU, 0};
}

[[gnu::cold]] void set_missing_kernel(const VtOp* op, const OpSnapshot& snapshot, int32_t device_type) noexcept {
  guard([&] {
    if (snapshot.withdrawn)
      fail(VT_ERROR_RUNTIME, op->schema.qualified_name() + ": the plugin that defined this operator was unloaded");
    device_backend(device_type);  // a device nobody provides is the clearer error
    fail(VT_ERROR_MISSING_KERNEL,
         op->schema.qualified_name() + ": no kernel for device type '" + device_type_name(device_type) + "'");
  });
}

// tvm-ffi kernels take DLTensor*, which a VtTensor begins with, and know no destinations.
int call_tvm_ffi(const VtOp* op, const VtKernel& kernel, const VtValue* args, int32_t num_args,
                 VtValue* result) noexcept {
  VtValue retagged[kMaxArguments];
  for (int32_t i = 0; i < num_args; ++i) {
    retagged[i] = args[i];
    if (args[i].tag == VT_TENSOR) {
      retagged[i].tag = VT_DLTENSOR;
      retagged[i].as.dltensor = &args[i].as.tensor->dl;
    }
  }
  VtValue foreign = none();
  const int status = kernel.boxed(kernel.context, retagged, num_args, &foreign);
  if (status == 0 && op->schema.view().num_returns) {
    if (foreign.tag > VT_STRING) {
      return guard([&] {
        fail(VT_ERROR_RUNTIME, op->schema.qualified_name() + ": a tvm-ffi kernel returned an object (tag " +
                                   std::to_string(foreign.tag) + "), expected a plain value or none");
      });
    }
    result[0] = foreign;
  }
  return status;
}

// Note [Refusals in a capture]
// A device that cannot hold some work in a graph knows not which operator asked for it. Its error begins with "capture: ",
// for which whoever called the operator puts the operator's name: here, and in Python's item() and its like.
constexpr std::string_view kRefusal = "capture: ";

// After a failure without an error, as a foreign kernel may leave it, or with one that lacks the operator's name.
[[gnu::cold]] int ensure_error(const VtOp* op, int status) noexcept {
  std::string& message = thread_state().error.message;
  if (message.starts_with(kRefusal))
    guard([&] { message.replace(0, kRefusal.size() - 2, op->schema.qualified_name()); });
  if (thread_state().error.kind == VT_ERROR_NONE)
    guard([&] {
      fail(VT_ERROR_RUNTIME,
           op->schema.qualified_name() + ": the kernel failed with status " + std::to_string(status) + " and no error");
    });
  return status;
}

uint32_t version_of(const VtTensor* t) noexcept { return impl(t)->version->load(std::memory_order_relaxed); }
void bump(VtTensor* t) noexcept { impl(t)->version->fetch_add(1, std::memory_order_relaxed); }

[[gnu::cold]] int refuse_read_only(const VtOp* op) noexcept {
  return guard([&] {
    fail(VT_ERROR_RUNTIME, op->schema.qualified_name() + ": the tensor to write to is read-only; clone it first");
  });
}

// Calls into destinations or mutated arguments: refuses read-only ones, bumps versions when the kernel has succeeded.
int call_writing(const VtOp* op, const VtKernel& kernel, const VtValue* args, int32_t num_args,
                 VtValue* result) noexcept {
  const VtSchema& schema = op->schema.view();
  if (schema.num_returns == 1 && result[0].tag == VT_TENSOR && !op->mutates_arguments) {
    VtTensor* destination = result[0].as.tensor;
    if (destination->flags & VT_TENSOR_READ_ONLY) [[unlikely]]
      return refuse_read_only(op);
    const uint32_t version = version_of(destination);
    const int status = kernel.boxed(kernel.context, args, num_args, result);
    if (status != 0) [[unlikely]]
      return ensure_error(op, status);
    // A kernel that handed its destination to another op has counted the write already.
    if (version_of(destination) == version) [[likely]]
      bump(destination);
    return 0;
  }
  VtTensor* destinations[16];
  int num_destinations = 0;
  for (int32_t i = 0; i < schema.num_returns; ++i)
    if (result[i].tag == VT_TENSOR) destinations[num_destinations++] = result[i].as.tensor;
  auto for_each_written = [&](auto&& visit) {
    for (int i = 0; i < num_destinations; ++i) visit(destinations[i]);
    for (int32_t i = 0; i < schema.num_args; ++i)
      if (schema.args[i].flags & VT_ARG_MUTATED) for_each_tensor(args + i, 1, visit);
  };
  bool read_only = false;
  for_each_written([&](const VtTensor* t) { read_only |= (t->flags & VT_TENSOR_READ_ONLY) != 0; });
  if (read_only) return refuse_read_only(op);
  const int status = kernel.boxed(kernel.context, args, num_args, result);
  if (status != 0) return ensure_error(op, status);
  for_each_written(bump);
  return 0;
}

int call_device(const VtOp* op, const OpSnapshot& snapshot, Operands& operands, const VtValue* args, int32_t num_args,
                VtValue* result) noexcept {
  if (!operands.found) [[unlikely]]
    operands.device = device_argument(args, num_args);
  if (operands.mixed) [[unlikely]] {
    const int status = guard([&] { settle_devices(op, args, num_args, result, operands); });
    if (status != 0) return status;
  }
  const VtKernel* kernel = snapshot.for_device(operands.device.device_type);
  if (!kernel) [[unlikely]] {
    set_missing_kernel(op, snapshot, operands.device.device_type);
    return -1;
  }
  if (kernel->flags & VT_KERNEL_TVM_FFI) [[unlikely]] {
    const int status = call_tvm_ffi(op, *kernel, args, num_args, result);
    return status == 0 ? 0 : ensure_error(op, status);
  }
  if (((op->schema.view().num_returns && result[0].tag != VT_NONE) || op->mutates_arguments) &&
      !(op->schema.view().flags & VT_OP_COMPOSITE))
    return call_writing(op, *kernel, args, num_args, result);
  const int status = kernel->boxed(kernel->context, args, num_args, result);
  if (status != 0) [[unlikely]]
    return ensure_error(op, status);
  return 0;
}

// Note [Hot functions]
// What every call runs is marked gnu::hot, here and in vt-autograd, so that the linker puts it side by side. Scattered over a
// library its lines fall into the same few sets of the processor's cache of decoded instructions, differently with each build.

// Calls with every argument present. `allowed` masks the layers that may run.
[[gnu::hot]] int call_full(const VtOp* op, uint32_t allowed, const VtValue* args, int32_t num_args,
                           VtValue* result) noexcept {
  const OpSnapshot& snapshot = *op->snapshot.load(std::memory_order_acquire);
  Operands operands = gather(args, num_args, result, op->schema.view().num_returns);
  const VtThreadLayers& layers = thread_state().layers;
  const uint32_t active =
      (operands.flags | layers.include | kAlwaysActive) & snapshot.layers & ~layers.exclude & allowed;
  if (active) [[unlikely]] {
    const VtKernel& kernel = snapshot.layer[static_cast<size_t>(std::countr_zero(active))];
    const int status = kernel.boxed(kernel.context, args, num_args, result);
    if (status != 0) [[unlikely]]
      return ensure_error(op, status);
    return 0;
  }
  return call_device(op, snapshot, operands, args, num_args, result);
}

int call_with_defaults(const VtOp* op, uint32_t allowed, const VtValue* args, int32_t num_args,
                       VtValue* result) noexcept {
  const VtSchema& schema = op->schema.view();
  VtValue full[kMaxArguments];
  const int status = guard([&] {
    if (num_args < 0 || num_args > schema.num_args)
      fail(VT_ERROR_TYPE, op->schema.qualified_name() + ": got " + std::to_string(num_args) +
                              " arguments, expected at most " + std::to_string(schema.num_args));
    std::copy_n(args, num_args, full);
    for (int32_t i = num_args; i < schema.num_args; ++i) {
      if (!(schema.args[i].flags & VT_ARG_HAS_DEFAULT))
        fail(VT_ERROR_TYPE, op->schema.qualified_name() + ": missing argument '" + schema.args[i].name + "'");
      full[i] = schema.args[i].default_value;
    }
  });
  return status != 0 ? status : call_full(op, allowed, full, schema.num_args, result);
}

int call_allowed(const VtOp* op, uint32_t allowed, const VtValue* args, int32_t num_args, VtValue* result) noexcept {
  if (num_args != op->schema.view().num_args) [[unlikely]]
    return call_with_defaults(op, allowed, args, num_args, result);
  return call_full(op, allowed, args, num_args, result);
}

// Note [Callers] in callers.hpp.
[[gnu::cold]] int call_named(const VtOp* op, const VtValue* args, int32_t num_args, VtValue* result) noexcept {
  const char*& name = caller();
  const bool is_outermost = !name;
  if (is_outermost) name = op->schema.view().name;
  const int status = call_allowed(op, VT_TENSOR_LAYER_MASK, args, num_args, result);
  if (is_outermost) name = nullptr;
  return status;
}

constexpr uint32_t below(int32_t layer) noexcept { return layer >= 31 ? 0u : ~((2u << layer) - 1u); }

}  // namespace

const char*& caller() noexcept {
  static thread_local const char* name = nullptr;
  return name;
}

[[gnu::hot]] int call(const VtOp* op, const VtValue* args, int32_t num_args, VtValue* result) noexcept {
  if (callers_are_kept()) [[unlikely]]
    return call_named(op, args, num_args, result);
  return call_allowed(op, VT_TENSOR_LAYER_MASK, args, num_args, result);
}

[[gnu::hot]] int redispatch(const VtOp* op, int32_t layer, const VtValue* args, int32_t num_args,
                            VtValue* result) noexcept {
  return call_allowed(op, VT_TENSOR_LAYER_MASK & below(layer), args, num_args, result);
}

const VtKernel* resolve(const VtOp* op, int32_t layer, uint32_t flags, int32_t device_type) noexcept {
  const OpSnapshot& snapshot = *op->snapshot.load(std::memory_order_acquire);
  const VtThreadLayers& layers = thread_state().layers;
  const uint32_t allowed = uint32_t{VT_TENSOR_LAYER_MASK} & (layer < 0 ? ~0u : below(layer));
  const uint32_t active = (flags | layers.include | kAlwaysActive) & snapshot.layers & ~layers.exclude & allowed;
  if (active) return &snapshot.layer[static_cast<size_t>(std::countr_zero(active))];
  const VtKernel* kernel = snapshot.for_device(device_type);
  if (!kernel) set_missing_kernel(op, snapshot, device_type);
  return kernel;
}

}  // namespace vt::core
