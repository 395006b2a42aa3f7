// SPDX-License-Identifier: Apache-2.0
// The vt.core.dispatch table.
#include <vt/cpp/error.hpp>

#include "abi/tables.hpp"
#include "dispatch/call.hpp"
#include "dispatch/registry.hpp"
#include "runtime/thread_state.hpp"

namespace vt::core {

namespace {

void check_plugin(const VtPlugin* plugin) {
  if (!plugin) fail(VT_ERROR_VALUE, "register: the plugin handle is NULL; register inside the plugin's entry point");
}

int define_op(VtPlugin* plugin, const VtOpDef* def, const VtOp** out) {
  return guard([&] {
    check_plugin(plugin);
    if (!def || def->struct_size < sizeof(VtOpDef))
      fail(VT_ERROR_VALUE, "define_op: the definition is missing or too short");
    const VtOp* op = Registry::instance().define_op(plugin, *def);
    if (out) *out = op;
  });
}

int register_kernels(VtPlugin* plugin, const VtKernelDef* rows, size_t num_rows) {
  return guard([&] {
    check_plugin(plugin);
    if (num_rows && !rows) fail(VT_ERROR_VALUE, "register_kernels: rows is NULL");
    Registry::instance().add_kernels(plugin, rows, num_rows);
  });
}

int register_layer(VtPlugin* plugin, int32_t layer, VtBoxedFn boxed, uint32_t ops_mask) {
  return guard([&] {
    check_plugin(plugin);
    Registry::instance().add_layer(plugin, layer, boxed, ops_mask);
  });
}

int register_derivatives(VtPlugin* plugin, const VtDerivativeDef* rows, size_t num_rows) {
  return guard([&] {
    check_plugin(plugin);
    if (num_rows && !rows) fail(VT_ERROR_VALUE, "register_derivatives: rows is NULL");
    Registry::instance().add_derivatives(plugin, rows, num_rows);
  });
}

const OpSnapshot& snapshot_of(const VtOp* op) { return *op->snapshot.load(std::memory_order_acquire); }

int visit_ops(VtVisitOpFn visit, void* arg) {
  int status = 0;
  const int caught = guard([&] {
    for (const VtOp* op : Registry::instance().ops())
      if ((status = visit(op, arg)) != 0) break;
  });
  return caught != 0 ? caught : status;
}

}  // namespace

const VtDispatchApi* dispatch_api() {
  static const VtDispatchApi table = {
      .header = table_header<VtDispatchApi>(VT_DISPATCH_API_MINOR),
      .define_op = define_op,
      .register_kernels = register_kernels,
      .register_layer = register_layer,
      .register_derivatives = register_derivatives,
      .find_op = [](const char* name) { return name ? Registry::instance().find_op(name) : nullptr; },
      .schema = [](const VtOp* op) { return &op->schema.view(); },
      .derivative = [](const VtOp* op) { return snapshot_of(op).derivative; },
      .visit_ops = visit_ops,
      .next_overload = [](const VtOp* op) { return op->next_overload.load(std::memory_order_acquire); },
      .has_kernel = [](const VtOp* op, int32_t device_type) -> int32_t {
        return snapshot_of(op).for_device(device_type) != nullptr;
      },
      .resolve = [](const VtOp* op, uint32_t flags,
                    int32_t device_type) { return resolve(op, -1, flags, device_type); },
      .resolve_below = resolve,
      .call_boxed = call,
      .redispatch_boxed = redispatch,
      .thread_layers = [] { return &thread_state().layers; },
  };
  return &table;
}

}  // namespace vt::core
