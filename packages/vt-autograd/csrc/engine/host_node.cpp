// SPDX-License-Identifier: Apache-2.0
// Making and recording host-written nodes.
#include "engine/host_node.hpp"

#include <algorithm>
#include <cstring>
#include <new>
#include <string>

#include "engine/gradient.hpp"
#include "engine/layout.hpp"
#include "engine/memory.hpp"
#include "engine/observers.hpp"
#include "variable/view.hpp"

namespace vt::autograd {

NodeRef make_host_node(const VtNodeDef& def, uint32_t num_edges, uint32_t num_outputs,
                       std::span<VtTensor* const> outputs) {
  const size_t name_bytes = std::strlen(def.name) + 1;
  VtStream stream = 0;
  DLDevice device{kDLCPU, 0};
  Layout layout;
  layout.add<HostNode>(1);
  layout.add<Edge>(num_edges);
  layout.add<OutputMeta>(num_outputs);
  layout.add<char>(name_bytes);
  bool placed = false;
  for (const VtTensor* t : outputs) {
    if (!t) continue;
    layout.add<int64_t>(static_cast<size_t>(t->dl.ndim));
    if (!std::exchange(placed, true)) stream = current_stream(device = t->dl.device);
  }
  auto* node = new (take_block(layout.bytes())) HostNode;
  count_node(1);
  node->kind = ObjectKind::kHost;
  node->arrays_at = sizeof(HostNode) / Node::kStep;
  node->bytes = static_cast<uint32_t>(layout.bytes());
  node->sequence = next_sequence();
  node->device = device;
  node->stream = stream;
  node->def = def;
  node->num_edges = num_edges;
  std::fill_n(node->edges(), num_edges, Edge{});
  node->num_outputs = num_outputs;
  Placer placer(node->outputs() + num_outputs);
  node->def.name = placer.copy(def.name, name_bytes);
  for (uint32_t i = 0; i < num_outputs; ++i) {
    OutputMeta& meta = node->outputs()[i];
    meta = {};
    if (const VtTensor* t = outputs[i])
      meta = {placer.copy(t->dl.shape, static_cast<size_t>(t->dl.ndim)), t->dl.ndim, t->dl.dtype, t->dl.device};
  }
  return NodeRef::steal(node);
}

NodeRef record_host_node(const VtNodeDef& def, VtTensor* const* inputs, VtTensor* const* outputs) {
  if (def.struct_size < sizeof(VtNodeDef) || !def.apply || !def.name || def.num_inputs < 0 || def.num_outputs < 0)
    fail(VT_ERROR_VALUE, "record: the node has no name, no apply function or negative counts");
  const std::span in(inputs, static_cast<size_t>(def.num_inputs));
  const std::span out(outputs, static_cast<size_t>(def.num_outputs));
  for (VtTensor* t : out) {
    if (!t || std::ranges::find(in, t) == in.end()) continue;
    if (const char* why = refusal_to_write(t)) fail(VT_ERROR_RUNTIME, std::string(def.name) + ": " + why);
    // Its own history may hold an as_strided that drops what lies outside of it: derived anew before the node points there.
    if (Meta* meta = meta_slot(t); meta && meta->base) settle_history(t, meta);
  }
  std::vector<OwnedEdge> edges;
  for (VtTensor* t : in) edges.push_back(t ? edge_of(t) : OwnedEdge{});
  // The context belongs to the node only once nothing can fail.
  VtNodeDef made = def;
  made.release = nullptr;
  NodeRef node = make_host_node(made, static_cast<uint32_t>(in.size()), static_cast<uint32_t>(out.size()), out);
  node->reaches_host = true;
  for (size_t i = 0; i < edges.size(); ++i) node->edges()[i] = {edges[i].node.release(), edges[i].output_nr};
  if (is_watched()) [[unlikely]]
    notify_recorded(node.get());
  for (uint32_t i = 0; i < out.size(); ++i) {
    if (!out[i] || !is_differentiable(out[i]->dl.dtype)) continue;
    Meta* meta = meta_slot(out[i]);
    if (meta && meta->base && std::ranges::find(in, out[i]) != in.end())
      rebase_base(out[i], meta, NodeRef::share(node.get()), i);
    else
      set_history(out[i], NodeRef::share(node.get()), i);
  }
  static_cast<HostNode*>(node.get())->def.release = def.release;
  return node;
}

}  // namespace vt::autograd
