// SPDX-License-Identifier: Apache-2.0
// Staging, commit and withdrawal of registrations, and the building of snapshots.
#include "dispatch/registry.hpp"

#include <vt/cpp/error.hpp>

#include <pthread.h>

#include <algorithm>
#include <new>

#include "dispatch/interface_error.hpp"
#include "runtime/device.hpp"
#include "tensor/autograd_slot.hpp"

namespace vt::core {

namespace {

bool is_valid_layer(int32_t layer) { return layer >= 0 && layer <= VT_LAYER_DEVICE; }

// A schema of another name and with other names of arguments.
std::string alias_schema(std::string_view text, std::string_view name, std::string_view alias,
                         std::span<const RenamedArgument> renamed) {
  std::string out = std::string(alias) + std::string(text.substr(name.size()));
  for (const RenamedArgument& argument : renamed)
    for (const char end : {',', ')', '='}) {
      const std::string old = " " + std::string(argument.name) + end;
      const size_t found = out.find(old);
      if (found != std::string::npos) out.replace(found, old.size(), " " + std::string(argument.in_alias) + end);
    }
  return out;
}

bool is_live(const VtOp& op) {
  const OpSnapshot* snapshot = op.snapshot.load(std::memory_order_acquire);
  return snapshot && !snapshot->withdrawn;
}

}  // namespace

Registry& Registry::instance() {
  static Registry* registry = [] {
    // A child of fork must not inherit the mutex locked by a thread that it does not have. It makes the mutex anew: a
    // read-write lock knows its writer by thread number, which is another one in the child.
    pthread_atfork([] { instance().mutex_.lock(); }, [] { instance().mutex_.unlock(); },
                   [] { new (&instance().mutex_) std::shared_mutex; });
    return new Registry;  // never destroyed: threads may outlive main
  }();
  return *registry;
}

VtOp* Registry::lookup(const VtPlugin* plugin, std::string_view name) const {
  for (const auto& op : plugin->ops)
    if (op->schema.qualified_name() == name) return op.get();
  std::shared_lock lock(mutex_);
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? nullptr : found->second;
}

// Those of the name, staged and registered, in declared order.
std::vector<VtOp*> Registry::overloads(const VtPlugin* plugin, std::string_view name) const {
  std::vector<VtOp*> out;
  {
    std::shared_lock lock(mutex_);
    const auto found = by_name_.find(name);
    for (const VtOp* op = found == by_name_.end() ? nullptr : found->second; op; op = op->next_overload.load())
      out.push_back(const_cast<VtOp*>(op));
  }
  for (const auto& op : plugin->ops)
    if (op->schema.name() == name) out.push_back(op.get());
  return out;
}

void Registry::check_new(const VtPlugin* plugin, const VtOp& op) const {
  const VtOp* other = lookup(plugin, op.schema.qualified_name());
  if (other && other->schema.qualified_name() == op.schema.qualified_name())
    fail(VT_ERROR_VALUE, "define_op: '" + op.schema.qualified_name() + "' is registered already");
}

const VtOp* Registry::define_op(VtPlugin* plugin, const VtOpDef& def) {
  if (!def.schema) fail(VT_ERROR_VALUE, "define_op: schema is NULL");
  auto op = std::make_unique<VtOp>(def.schema, def.doc ? def.doc : "", def.flags, plugin);
  check_new(plugin, *op);
  const VtSchema& schema = op->schema.view();
  if ((schema.flags & (VT_OP_INPLACE | VT_OP_OUT | VT_OP_INPLACE_ONLY)) &&
      (schema.num_returns == 0 || schema.returns[0].kinds != VT_KIND_TENSOR))
    fail(VT_ERROR_VALUE,
         "define_op: '" + op->schema.qualified_name() + "' has destinations but does not return tensors");
  if ((schema.flags & VT_OP_COMPOSITE) && (schema.flags & VT_OP_VIEW))
    fail(VT_ERROR_VALUE,
         "define_op: '" + op->schema.qualified_name() + "' is composite: the ops that it calls make views");
  for (const VtArgument& arg : op->schema.args())
    if (arg.flags & VT_ARG_MUTATED) op->mutates_arguments = true;
  plugin->ops.push_back(std::move(op));
  return plugin->ops.back().get();
}

void Registry::define_alias(VtPlugin* plugin, std::string_view alias, std::string_view op, uint32_t forms,
                            std::span<const RenamedArgument> renamed) {
  constexpr uint32_t kForms = VT_OP_INPLACE | VT_OP_OUT | VT_OP_FUNCTION | VT_OP_METHOD;
  const std::vector<VtOp*> targets = overloads(plugin, op);
  if (targets.empty())
    fail(VT_ERROR_VALUE,
         "define_alias: '" + std::string(alias) + "' is to name '" + std::string(op) + "', but no op is called that");
  const std::string doc = "Another name of `" + std::string(op) + "`.";
  std::vector<std::unique_ptr<VtOp>> ops;
  for (VtOp* target : targets) {
    const VtSchema& schema = target->schema.view();
    auto made = std::make_unique<VtOp>(alias_schema(schema.text, op, alias, renamed), doc,
                                       (schema.flags & ~(kForms & ~forms)) | VT_OP_ALIAS, plugin);
    made->target = target->target ? target->target : target;
    made->mutates_arguments = target->mutates_arguments;
    check_new(plugin, *made);
    ops.push_back(std::move(made));
  }
  for (auto& made : ops) plugin->ops.push_back(std::move(made));
}

void Registry::add_kernels(VtPlugin* plugin, const VtKernelDef* rows, size_t num_rows) {
  std::vector<VtPlugin::StagedKernel> staged;
  for (size_t i = 0; i < num_rows; ++i) {
    const VtKernelDef& row = rows[i];
    if (!row.op || !row.boxed) fail(VT_ERROR_VALUE, "register_kernels: a row has no op or no function");
    VtOp* op = lookup(plugin, row.op);
    if (!op) fail(VT_ERROR_VALUE, std::string("register_kernels: no op is called '") + row.op + "'");
    if (op->target) op = op->target;
    if (!is_valid_layer(row.layer))
      fail(VT_ERROR_VALUE, std::string("register_kernels: '") + row.op + "' names layer " + std::to_string(row.layer));
    if (row.layer == VT_LAYER_DEVICE && device_slot(row.device_type) < 0)
      fail(VT_ERROR_VALUE,
           std::string("register_kernels: '") + row.op + "' names device type " + std::to_string(row.device_type));
    staged.push_back(
        {op, {plugin, row.layer, row.device_type, {row.boxed, row.typed, row.signature, row.context, row.flags, 0}}});
  }
  plugin->kernels.insert(plugin->kernels.end(), staged.begin(), staged.end());
}

void Registry::add_layer(VtPlugin* plugin, int32_t layer, VtBoxedFn boxed, uint32_t ops_mask) {
  if (!is_valid_layer(layer) || layer == VT_LAYER_DEVICE || !boxed)
    fail(VT_ERROR_VALUE,
         "register_layer: got layer " + std::to_string(layer) + ", expected a wrapper layer and a function");
  std::shared_lock lock(mutex_);
  for (const LayerRow& row : layers_)
    if (row.layer == layer)
      fail(VT_ERROR_VALUE, "register_layer: layer " + std::to_string(layer) + " is taken by " + row.plugin->name);
  plugin->layers.push_back({plugin, layer, boxed, ops_mask});
}

void Registry::add_derivatives(VtPlugin* plugin, const VtDerivativeDef* rows, size_t num_rows) {
  std::vector<VtPlugin::StagedDerivative> staged;
  for (size_t i = 0; i < num_rows; ++i) {
    const VtDerivativeDef& row = rows[i];
    if (!row.op || !row.backward || !row.gradients || row.num_gradients <= 0 || row.num_gradients > 62)
      fail(VT_ERROR_VALUE, "register_derivatives: a row has no op, no function or no gradients");
    VtOp* op = lookup(plugin, row.op);
    if (!op) fail(VT_ERROR_VALUE, std::string("register_derivatives: no op is called '") + row.op + "'");
    if (op->target) op = op->target;
    auto derivative = std::make_unique<OwnedDerivative>();
    derivative->plugin = plugin;
    derivative->gradients.assign(row.gradients, row.gradients + row.num_gradients);
    for (const VtGradient& gradient : derivative->gradients)
      if (gradient.argument < 0 || gradient.argument >= op->schema.view().num_args ||
          !(op->schema.args()[static_cast<size_t>(gradient.argument)].kinds & (VT_KIND_TENSOR | VT_KIND_TENSOR_LIST)))
        fail(VT_ERROR_VALUE, std::string("register_derivatives: '") + row.op + "' has no tensor argument number " +
                                 std::to_string(gradient.argument));
    derivative->view = {row.backward, row.context, derivative->gradients.data(), row.num_gradients};
    staged.push_back({op, std::move(derivative)});
  }
  for (auto& row : staged) plugin->derivatives.push_back(std::move(row));
}

void Registry::add_interface(VtPlugin* plugin, const char* name, const VtTableHeader* table) {
  if (!name || !table || table->struct_size < sizeof(VtTableHeader))
    fail(VT_ERROR_VALUE, "publish: the name or the table is missing or too short");
  std::shared_lock lock(mutex_);
  for (const InterfaceRow& row : interfaces_) {
    if (row.name != name) continue;
    if (row.table == table) return;  // a plugin that was unloaded and is loaded again
    fail(VT_ERROR_VALUE, std::string("publish: '") + name + "' is published already");
  }
  plugin->interfaces.push_back({name, table});
}

void Registry::add_device(VtPlugin* plugin, const VtDeviceApi* device) {
  check_device_backend(device);
  plugin->devices.push_back(device);
}

VtPlugin* Registry::commit(std::unique_ptr<VtPlugin> plugin) {
  std::unique_lock lock(mutex_);
  std::vector<VtOp*> touched;
  for (auto& op : plugin->ops) {
    const auto first = by_name_.find(op->schema.name());
    by_name_[op->schema.qualified_name()] = op.get();
    if (first != by_name_.end() && first->second != op.get()) {
      VtOp* last = first->second;
      while (const VtOp* next = last->next_overload.load()) last = const_cast<VtOp*>(next);
      last->next_overload.store(op.get(), std::memory_order_release);
    } else {
      by_name_.emplace(op->schema.name(), op.get());
    }
    touched.push_back(op.get());
    if (op->target) op->target->aliases.push_back(op.get());
    ops_.push_back(std::move(op));
  }
  plugin->ops.clear();
  for (auto& row : plugin->kernels) {
    row.op->rows.push_back(row.row);
    touched.push_back(row.op);
  }
  plugin->kernels.clear();
  for (auto& row : plugin->derivatives) {
    row.op->derivatives.push_back(std::move(row.derivative));
    touched.push_back(row.op);
  }
  plugin->derivatives.clear();
  layers_.insert(layers_.end(), plugin->layers.begin(), plugin->layers.end());
  if (!plugin->layers.empty()) {
    touched.clear();
    for (const auto& op : ops_) touched.push_back(op.get());
  }
  std::sort(touched.begin(), touched.end());
  touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
  for (VtOp* op : touched) rebuild(op);
  for (const InterfaceRow& row : plugin->interfaces) {
    interfaces_.push_back(row);
    if (row.name == VT_AUTOGRAD_API_NAME) set_autograd_api(reinterpret_cast<const VtAutogradApi*>(row.table));
  }
  for (const VtDeviceApi* device : plugin->devices) install_device_backend(device);
  plugins_.push_back(std::move(plugin));
  return plugins_.back().get();
}

void Registry::withdraw(VtPlugin* plugin) {
  std::unique_lock lock(mutex_);
  plugin->withdrawn = true;
  std::erase_if(layers_, [plugin](const LayerRow& row) { return row.plugin == plugin; });
  std::erase_if(by_name_, [plugin](const auto& entry) { return entry.second->plugin == plugin; });
  for (const auto& op : ops_) {
    std::erase_if(op->rows, [plugin](const KernelRow& row) { return row.plugin == plugin; });
    const VtOp* next = op->next_overload.load();
    while (next && next->plugin == plugin) next = next->next_overload.load();
    op->next_overload.store(next, std::memory_order_release);
    rebuild(op.get());
  }
}

// Later rows override earlier ones, so a plugin may replace a kernel and withdrawing it brings the former one back.
void Registry::rebuild(VtOp* op) {
  if (op->target && !op->plugin->withdrawn) {
    op->snapshot.store(op->target->snapshot.load(), std::memory_order_release);
    return;
  }
  auto snapshot = std::make_unique<OpSnapshot>();
  snapshot->withdrawn = op->plugin->withdrawn;
  if (!snapshot->withdrawn) {
    const bool composite = op->schema.view().flags & VT_OP_COMPOSITE;
    for (const LayerRow& row : layers_) {
      if (composite && (row.layer == VT_LAYER_AUTOGRAD || row.layer == VT_LAYER_TRACKING)) continue;
      if (row.ops_mask == 0 || (row.ops_mask & op->schema.view().flags)) {
        snapshot->layers |= 1u << row.layer;
        snapshot->layer[static_cast<size_t>(row.layer)] = {row.boxed, nullptr, 0, op, 0, 0};
      }
    }
    for (const KernelRow& row : op->rows)
      if (row.layer == VT_LAYER_DEVICE) {
        snapshot->device[static_cast<size_t>(device_slot(row.device_type))] = row.kernel;
      } else {
        snapshot->layers |= 1u << row.layer;
        snapshot->layer[static_cast<size_t>(row.layer)] = row.kernel;
      }
    for (const auto& derivative : op->derivatives)
      if (!derivative->plugin->withdrawn) snapshot->derivative = &derivative->view;
  }
  op->snapshot.store(snapshot.get(), std::memory_order_release);
  op->snapshots.push_back(std::move(snapshot));
  for (VtOp* alias : op->aliases) rebuild(alias);
}

const VtOp* Registry::find_op(std::string_view name) const {
  std::shared_lock lock(mutex_);
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? nullptr : found->second;
}

std::vector<const VtOp*> Registry::ops() const {
  std::shared_lock lock(mutex_);
  std::vector<const VtOp*> out;
  for (const auto& op : ops_)
    if (is_live(*op)) out.push_back(op.get());
  return out;
}

VtPlugin* Registry::find_plugin(std::string_view name_or_path) const {
  std::shared_lock lock(mutex_);
  for (const auto& plugin : plugins_)
    if (!plugin->withdrawn && (plugin->name == name_or_path || plugin->path == name_or_path)) return plugin.get();
  return nullptr;
}

std::vector<const VtPlugin*> Registry::plugins() const {
  std::shared_lock lock(mutex_);
  std::vector<const VtPlugin*> out;
  for (const auto& plugin : plugins_)
    if (!plugin->withdrawn) out.push_back(plugin.get());
  return out;
}

void Registry::publish(const char* name, const VtTableHeader* table) {
  std::unique_lock lock(mutex_);
  for (const InterfaceRow& row : interfaces_)
    if (row.name == name) fail(VT_ERROR_VALUE, std::string("publish: '") + name + "' is published already");
  interfaces_.push_back({name, table});
}

const void* Registry::interface(const char* name, uint16_t major, uint16_t min_minor) const {
  if (!name) fail(VT_ERROR_VALUE, "get_interface: name is NULL");
  std::shared_lock lock(mutex_);
  for (const InterfaceRow& row : interfaces_) {
    if (row.name != name) continue;
    for (const VtTableHeader* table = row.table; table; table = static_cast<const VtTableHeader*>(table->prev_major))
      if (table->major == major && table->minor >= min_minor) return table;
    fail(VT_ERROR_IMPORT, version_mismatch(name, major, min_minor, *row.table));
  }
  fail(VT_ERROR_IMPORT, missing_interface(name));
}

}  // namespace vt::core
