// SPDX-License-Identifier: Apache-2.0
// Hooks and objects on nodes, what nodes keep, and backward between edges, through the table.
#include "api_graph.hpp"

#include <algorithm>
#include <string>

#include "engine/engine.hpp"
#include "engine/packed.hpp"
#include "engine/saved.hpp"
#include "variable/variable.hpp"

namespace vt::autograd::entries {

namespace {

const RowNode* row_of(const VtNode* node) noexcept {
  const Node* n = to_node(node);
  return n->kind == ObjectKind::kRow ? static_cast<const RowNode*>(n) : nullptr;
}

// As PyTorch names them: the schema's name, else "result", numbered where there are several.
const char* value_name(const RowNode& node, uint32_t index) noexcept {
  static constexpr const char* kResults[] = {"result0", "result1", "result2", "result3",
                                             "result4", "result5", "result6", "result7"};
  const VtSchema& schema = *tables().dispatch->schema(node.op);
  if (index < node.num_args) return schema.args[index].name;
  const uint32_t r = index - node.num_args;
  if (*schema.returns[r].name) return schema.returns[r].name;
  return node.num_returns == 1 ? "result" : r < std::size(kResults) ? kResults[r] : "";
}

// Tensors as owned values; a list gets an array that is released with it.
VtValue owned_value(RowNode& node, uint32_t index) {
  const VtValue kept = node.value(index);
  if (node.packed || kept.tag == VT_TENSOR || kept.tag == VT_TENSOR_LIST) {
    const SavedReader not_freed(node);
  }
  std::vector<Tensor> tensors = saved_tensors(node, index);
  if (tensors.empty())
    return kept.tag == VT_META || kept.tag == VT_TENSOR || kept.tag == VT_TENSOR_LIST ? none() : kept;
  if (kept.tag != VT_TENSOR_LIST) return value_of(tensors[0].release());
  void* array = nullptr;
  check(tables().alloc->allocate(tensors.size() * sizeof(VtTensor*), &array));
  auto** items = static_cast<VtTensor**>(array);
  for (size_t i = 0; i < tensors.size(); ++i) items[i] = tensors[i].release();
  VtValue list{VT_TENSOR_LIST, static_cast<uint32_t>(tensors.size()), {0}};
  list.as.tensors = items;
  return list;
}

}  // namespace

int add_node_hook(VtNode* node, const VtNodeHookDef* def, uint64_t* handle) {
  return guard([&] {
    if (!def || def->struct_size < sizeof(VtNodeHookDef) || !def->call || def->kind < VT_NODE_HOOK_BEFORE ||
        def->kind > VT_NODE_HOOK_ACCUMULATED)
      fail(VT_ERROR_VALUE, "add_node_hook: the hook has no function or an unknown kind");
    if (def->kind == VT_NODE_HOOK_ACCUMULATED && to_node(node)->kind != ObjectKind::kAccumulate)
      fail(VT_ERROR_RUNTIME, "add_node_hook: post accumulate grad hooks cannot be registered on non-leaf tensors");
    *handle = ensure_hooks(to_node(node))->add(*def);
  });
}

int node_object(VtNode* node, void** object, void (*release)(void* object),
                int (*visit)(void* object, VtVisitFn visit, void* arg)) {
  return guard([&] {
    Node* n = to_node(node);
    Hooks* hooks = *object ? ensure_hooks(n) : n->hooks.load(std::memory_order_acquire);
    *object = hooks ? hooks->object({*object, release, visit}) : nullptr;
  });
}

VtNode* gradient_node(VtTensor* tensor, uint32_t* output_nr) {
  VtNode* out = nullptr;
  guard([&] {
    OwnedEdge edge = edge_of(tensor);
    *output_nr = edge.output_nr;
    out = to_handle(edge.node.release());
  });
  return out;
}

int32_t num_saved(const VtNode* node) {
  const RowNode* row = row_of(node);
  return row ? static_cast<int32_t>(row->num_values()) : 0;
}

int saved(VtNode* node, int32_t index, const char** name, VtValue* out) {
  return guard([&] {
    auto* row = const_cast<RowNode*>(row_of(node));
    if (!row || index < 0 || static_cast<uint32_t>(index) >= row->num_values())
      fail(VT_ERROR_INDEX, std::string(node_name(to_node(node))) + ": keeps no value number " + std::to_string(index));
    *name = value_name(*row, static_cast<uint32_t>(index));
    if (out) *out = owned_value(*row, static_cast<uint32_t>(index));
  });
}

uint64_t saved_bytes(const VtNode* node) {
  auto* row = const_cast<RowNode*>(row_of(node));
  return row ? autograd::saved_bytes(*row) : 0;
}

int32_t current_saved_hooks(VtSavedHooks* out) {
  if (!is_watched()) return 0;
  const auto hooks = autograd::current_saved_hooks();
  if (!hooks) return 0;
  *out = hooks->calls;
  if (out->retain) out->retain(out->context);
  return 1;
}

int run_backward(const VtBackwardRequest* request) {
  return guard([&] {
    if (!request || request->struct_size < sizeof(VtBackwardRequest))
      fail(VT_ERROR_VALUE, "run_backward: the request's struct_size is too small");
    BackwardRequest edges;
    if (request->grads) edges.grads = {request->grads, request->num_roots};
    edges.flags = request->flags;
    edges.root_edges = {request->roots, request->num_roots};
    edges.input_edges = {request->inputs, request->num_inputs};
    if (!request->out) return backward(edges);
    std::vector<Tensor> gradients = compute_grad(edges);
    for (size_t i = 0; i < gradients.size(); ++i) request->out[i] = gradients[i].release();
  });
}

uint64_t node_sequence(const VtNode* node) { return to_node(node)->sequence; }

}  // namespace vt::autograd::entries
