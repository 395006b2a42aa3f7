// SPDX-License-Identifier: Apache-2.0
// Registry: all operators, layers, interfaces and plugins of the process, and the transactions that change them.
#pragma once

#include <vt/abi/object.h>
#include <vt/abi/stream.h>

#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <span>
#include <string>
#include <vector>

#include "dispatch/operator.hpp"

namespace vt::core {

struct LayerRow {
  const VtPlugin* plugin;
  int32_t layer;
  VtBoxedFn boxed;
  uint32_t ops_mask;
};

struct RenamedArgument {
  std::string_view name;
  std::string_view in_alias;
};

struct InterfaceRow {
  std::string name;
  const VtTableHeader* table;
};

}  // namespace vt::core

// Note [Transactions]
// While a plugin's entry point runs, everything it registers is staged here, checked against what is registered and
// staged already. commit() makes it visible and cannot fail; a plugin that is dropped instead leaves nothing behind.
struct VtPlugin {
  std::string name;
  std::string version;
  std::string path;
  bool withdrawn = false;

  struct StagedKernel {
    VtOp* op;
    vt::core::KernelRow row;
  };
  struct StagedDerivative {
    VtOp* op;
    std::unique_ptr<vt::core::OwnedDerivative> derivative;
  };
  std::vector<std::unique_ptr<VtOp>> ops;
  std::vector<StagedKernel> kernels;
  std::vector<StagedDerivative> derivatives;
  std::vector<vt::core::LayerRow> layers;
  std::vector<vt::core::InterfaceRow> interfaces;
  std::vector<const VtDeviceApi*> devices;
};

namespace vt::core {

class Registry {
 public:
  static Registry& instance();

  // Staging: called from a plugin's entry point. All throw vt::Error and then leave the transaction as it was.
  const VtOp* define_op(VtPlugin* plugin, const VtOpDef& def);
  // Another name of every overload of `op` known by now (Note [Aliases]). Of the target's flags `forms` are taken over, of
  // those that say in which forms and where the op is offered; `renamed` gives arguments other names ("dim0" -> "axis0").
  void define_alias(VtPlugin* plugin, std::string_view alias, std::string_view op, uint32_t forms,
                    std::span<const RenamedArgument> renamed);
  void add_kernels(VtPlugin* plugin, const VtKernelDef* rows, size_t num_rows);
  void add_layer(VtPlugin* plugin, int32_t layer, VtBoxedFn boxed, uint32_t ops_mask);
  void add_derivatives(VtPlugin* plugin, const VtDerivativeDef* rows, size_t num_rows);
  void add_interface(VtPlugin* plugin, const char* name, const VtTableHeader* table);
  void add_device(VtPlugin* plugin, const VtDeviceApi* device);

  // Makes a plugin's staged rows visible and keeps the plugin.
  VtPlugin* commit(std::unique_ptr<VtPlugin> plugin);
  // Rebuilds every snapshot without the plugin's ops, kernels, layers and derivatives.
  void withdraw(VtPlugin* plugin);

  const VtOp* find_op(std::string_view name) const;
  std::vector<const VtOp*> ops() const;
  VtPlugin* find_plugin(std::string_view name_or_path) const;
  std::vector<const VtPlugin*> plugins() const;

  // Publishes a table outside a transaction: core's own, and those of core's own host-language module.
  void publish(const char* name, const VtTableHeader* table);
  const void* interface(const char* name, uint16_t major, uint16_t min_minor) const;

 private:
  VtOp* lookup(const VtPlugin* plugin, std::string_view name) const;
  std::vector<VtOp*> overloads(const VtPlugin* plugin, std::string_view name) const;
  void check_new(const VtPlugin* plugin, const VtOp& op) const;
  void rebuild(VtOp* op);

  // Guards everything below; taken shared by look-ups. Never held while foreign code runs.
  mutable std::shared_mutex mutex_;
  std::map<std::string, VtOp*, std::less<>> by_name_;
  std::vector<std::unique_ptr<VtOp>> ops_;  // in order of definition; withdrawn ones stay
  std::vector<LayerRow> layers_;
  std::vector<InterfaceRow> interfaces_;
  std::vector<std::unique_ptr<VtPlugin>> plugins_;
};

}  // namespace vt::core
