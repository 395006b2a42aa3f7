// SPDX-License-Identifier: Apache-2.0
// The vt.autograd table: arguments checked, exceptions turned into the thread's error.
#include "api.hpp"

#include "api_graph.hpp"
#include "engine/engine.hpp"
#include "engine/gradient.hpp"
#include "engine/host_node.hpp"
#include "engine/inference.hpp"
#include "engine/memory.hpp"
#include "engine/observers.hpp"
#include "engine/packed.hpp"
#include "engine/write_hook.hpp"
#include "variable/variable.hpp"

namespace vt::autograd {

namespace {

// The accessors that return no status: a failure (only lack of memory is left) must not pass for an answer of yes.
template <class Body>
auto or_zero(Body&& body) noexcept -> decltype(body()) {
  decltype(body()) out{};
  guard([&] { out = body(); });
  return out;
}

int visit_slot(void* slot, VtVisitFn visit, void* arg) {
  auto* object = static_cast<SlotObject*>(slot);
  if (!object) return 0;
  if (object->kind != ObjectKind::kMeta) return visit_node(static_cast<Node*>(object), visit, arg);
  auto* meta = static_cast<Meta*>(object);
  if (meta->base)
    if (const int status = visit(meta->base, arg)) return status;
  if (meta->grad && meta->grad->peek() && meta->grad.use_count() == 1)
    if (const int status = visit(meta->grad->peek(), arg)) return status;
  if (meta->tangent && meta->tangent->peek())
    if (const int status = visit(meta->tangent->peek(), arg)) return status;
  return meta->node ? visit_node(meta->node, visit, arg) : 0;
}

BackwardRequest request_of(VtTensor* const* roots, VtTensor* const* grads, size_t num_roots, VtTensor* const* inputs,
                           size_t num_inputs, uint32_t flags) {
  return {{roots, num_roots},
          grads ? std::span<VtTensor* const>(grads, num_roots) : std::span<VtTensor* const>(),
          {inputs, num_inputs},
          flags};
}

int backward_entry(VtTensor* const* roots, VtTensor* const* grads, size_t num_roots, VtTensor* const* inputs,
                   size_t num_inputs, uint32_t flags) {
  return guard([&] { backward(request_of(roots, grads, num_roots, inputs, num_inputs, flags)); });
}

int compute_grad_entry(VtTensor* const* roots, VtTensor* const* grads, size_t num_roots, VtTensor* const* inputs,
                       size_t num_inputs, uint32_t flags, VtTensor** out) {
  return guard([&] {
    std::vector<Tensor> gradients = compute_grad(request_of(roots, grads, num_roots, inputs, num_inputs, flags));
    for (size_t i = 0; i < gradients.size(); ++i) out[i] = gradients[i].release();
  });
}

VtNode* grad_fn(const VtTensor* tensor) {
  return or_zero([&]() -> VtNode* {
    auto* t = const_cast<VtTensor*>(tensor);  // a stale view derives its history here
    return is_leaf(t) ? nullptr : to_handle(edge_of(t).node.release());
  });
}

VtNode* next(const VtNode* node, int32_t index, uint32_t* output_nr) {
  const Node* n = to_node(node);
  if (index < 0 || static_cast<uint32_t>(index) >= n->num_edges) return nullptr;
  const Edge& edge = n->edges()[index];
  if (output_nr) *output_nr = edge.output_nr;
  return to_handle(edge.node);
}

int add_hook_entry(VtTensor* tensor, VtTensorHookFn hook, void* context, void (*release_context)(void* context),
                   uint64_t* handle) {
  return guard([&] {
    if (!hook) fail(VT_ERROR_VALUE, "add_hook: the hook is NULL");
    *handle = add_hook(tensor, hook, context, release_context);
  });
}

int remove_hook(VtTensor* tensor, uint64_t handle) {
  return guard([&] {
    if (Hooks* hooks = hooks_of(tensor)) hooks->remove(handle);
  });
}

int set_hook_visit(VtTensor* tensor, uint64_t handle, int (*visit)(void* context, VtVisitFn visit, void* arg)) {
  return guard([&] {
    const Hooks* hooks = hooks_of(tensor);
    const auto hook = hooks ? hooks->find(handle) : nullptr;
    if (!hook) fail(VT_ERROR_VALUE, "set_hook_visit: the tensor has no hook " + std::to_string(handle));
    hook->visit_context = visit;
  });
}

int record(const VtNodeDef* def, VtTensor* const* inputs, VtTensor* const* outputs, VtNode** out) {
  return guard([&] {
    if (!def) fail(VT_ERROR_VALUE, "record: the definition is NULL");
    NodeRef node = record_host_node(*def, inputs, outputs);
    if (out) *out = to_handle(node.release());
  });
}

void* node_context(const VtNode* node, void (*release)(void* context)) {
  const Node* n = to_node(node);
  if (n->kind != ObjectKind::kHost) return nullptr;
  const VtNodeDef& def = static_cast<const HostNode*>(n)->def;
  return def.release == release ? def.context : nullptr;
}

int node_output(const VtNode* node, int32_t index, VtTensorMeta* out) {
  return guard([&] {
    const Node* n = to_node(node);
    if (index < 0 || static_cast<uint32_t>(index) >= n->num_outputs)
      fail(VT_ERROR_INDEX, std::string(node_name(n)) + ": got result number " + std::to_string(index) +
                               ", expected 0 to " + std::to_string(n->num_outputs) + " (exclusive)");
    *out = meta_of(n->outputs()[index]);
  });
}

int set_grad_fn(VtTensor* tensor, VtNode* node, uint32_t output_nr) {
  return guard([&] {
    Node* n = to_node(node);
    if (slot_of(tensor)) fail(VT_ERROR_RUNTIME, std::string(node_name(n)) + ": the tensor has a history already");
    if (output_nr >= n->num_outputs || !fits(tensor, n->outputs()[output_nr]))
      fail(VT_ERROR_RUNTIME,
           std::string(node_name(n)) + ": the tensor does not fit result number " + std::to_string(output_nr));
    set_history(tensor, NodeRef::share(n), output_nr);
  });
}

const VtAutogradApi kTable = {
    .header = {sizeof(VtAutogradApi), VT_AUTOGRAD_API_MAJOR, VT_AUTOGRAD_API_MINOR, 0, nullptr},
    .release = release_slot,
    .visit = visit_slot,
    .set_requires_grad = [](VtTensor* t, int32_t value) { return guard([&] { set_requires_grad(t, value != 0); }); },
    .requires_grad = [](const VtTensor* t) -> int32_t {
      return or_zero([&] { return requires_grad(const_cast<VtTensor*>(t)); });
    },
    .is_leaf = [](const VtTensor* t) -> int32_t { return or_zero([&] { return is_leaf(const_cast<VtTensor*>(t)); }); },
    .grad = [](VtTensor* t, VtTensor** out) { return guard([&] { *out = grad_of(t).release(); }); },
    .set_grad = [](VtTensor* t, VtTensor* grad) { return guard([&] { set_grad(t, grad); }); },
    .retain_grad = [](VtTensor* t) { return guard([&] { retain_grad(t); }); },
    .detach_in_place = [](VtTensor* t) { return guard([&] { detach_in_place(t); }); },
    .set_grad_mode = [](int32_t enabled) -> int32_t { return set_grad_mode(enabled != 0); },
    .grad_mode = []() -> int32_t { return grad_mode(); },
    .backward = backward_entry,
    .compute_grad = compute_grad_entry,
    .grad_fn = grad_fn,
    .retain_node = [](VtNode* node) { retain(to_node(node)); },
    .release_node = [](VtNode* node) { release(to_node(node)); },
    .node_name = [](const VtNode* node) { return node_name(to_node(node)); },
    .num_next = [](const VtNode* node) { return static_cast<int32_t>(to_node(node)->num_edges); },
    .next = next,
    .add_hook = add_hook_entry,
    .remove_hook = remove_hook,
    .record = record,
    .node_context = node_context,
    .set_hook_visit = set_hook_visit,
    .visit_node = [](VtNode* node, VtVisitFn visit, void* arg) { return visit_node(to_node(node), visit, arg); },
    .node_output = node_output,
    .set_grad_fn = set_grad_fn,
    .add_node_hook = entries::add_node_hook,
    .remove_node_hook = [](uint64_t handle) { return guard([&] { remove_node_hook(handle); }); },
    .node_object = entries::node_object,
    .gradient_node = entries::gradient_node,
    .num_saved = entries::num_saved,
    .saved = entries::saved,
    .saved_bytes = entries::saved_bytes,
    .push_saved_hooks = [](const VtSavedHooks* hooks) { return guard([&] { push_saved_hooks(*hooks); }); },
    .pop_saved_hooks = [] { return guard([] { pop_saved_hooks(); }); },
    .disable_saved_hooks = [](const char* message) { return guard([&] { disable_saved_hooks(message); }); },
    .saved_hooks_disabled = [] { return saved_hooks_disabled(); },
    .current_saved_hooks = entries::current_saved_hooks,
    .add_observer = [](const VtGraphObserver* observer,
                       uint64_t* handle) { return guard([&] { *handle = add_observer(*observer); }); },
    .remove_observer = [](uint64_t handle) { return guard([&] { remove_observer(handle); }); },
    .run_backward = entries::run_backward,
    .current_backward = [] { return current_backward(); },
    .backward_is_full = []() -> int32_t { return backward_is_full(); },
    .will_run = [](const VtNode* node) -> int32_t {
      bool will = false;
      return guard([&] { will = will_run(node); }) != 0 ? -1 : will;
    },
    .current_node = [] { return current_node(); },
    .node_sequence = entries::node_sequence,
    .retains_grad = [](const VtTensor* t) -> int32_t { return retains_grad(t); },
    .set_inference_mode = [](int32_t enabled) -> int32_t { return set_inference_mode(enabled != 0); },
    .inference_mode = []() -> int32_t { return inference_mode(); },
    .set_write_hook =
        [](WriteHookFn hook, void* context) {
          set_write_hook(hook, context);
          return 0;
        },
    .num_nodes = [] { return num_nodes(); },
};

}  // namespace

const VtAutogradApi* autograd_api() noexcept { return &kTable; }

}  // namespace vt::autograd
