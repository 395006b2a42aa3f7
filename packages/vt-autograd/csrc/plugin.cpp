// SPDX-License-Identifier: Apache-2.0
// The plugin's entry point: takes its layers, registers the derivatives, publishes vt.autograd.
#include <vt/abi/object.h>

#include "api.hpp"
#include "engine/inference.hpp"
#include "engine/record.hpp"
#include "engine/write_hook.hpp"
#include "forward/api.hpp"
#include "forward/layer.hpp"
#include "forward/level.hpp"
#include "ops/rows.hpp"
#include "variable/view.hpp"

namespace vt::autograd {

namespace {

void register_everything(VtPlugin* plugin) {
  check(tables().dispatch->register_layer(plugin, VT_LAYER_AUTOGRAD, autograd_layer, 0));
  check(tables().dispatch->register_layer(plugin, kForwardLayer, forward_layer, 0));
  check(tables().dispatch->register_layer(plugin, VT_LAYER_INFERENCE, inference_layer, 0));
  check(tables().dispatch->register_layer(plugin, VT_LAYER_WRITES, write_layer, 0));
  check(tables().dispatch->register_layer(plugin, VT_LAYER_TRACKING, tracking_layer, VT_OP_VIEW));
  register_ops(plugin);
  check(tables().object->publish(plugin, VT_AUTOGRAD_API_NAME, &autograd_api()->header));
  check(tables().object->publish(plugin, VT_FORWARD_API_NAME, &forward_api()->header));
}

}  // namespace

}  // namespace vt::autograd

extern "C" VT_EXPORT int vt_plugin_init(const VtPluginHost* host, VtPluginInfo* info) {
  info->host_major = VT_PLUGIN_HOST_MAJOR;
  info->host_minor = VT_PLUGIN_HOST_MINOR;
  info->name = "autograd";
  info->version = VT_AUTOGRAD_VERSION;
  if (vt::load_tables(host->get_interface) != 0) return -1;
  return vt::guard([&] { vt::autograd::register_everything(host->plugin); });
}
