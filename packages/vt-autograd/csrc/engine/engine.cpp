// SPDX-License-Identifier: Apache-2.0
// Walking the graph: dependencies, running nodes, handing gradients on.
#include "engine/engine.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <unordered_set>

#include "engine/apply.hpp"
#include "engine/calls.hpp"
#include "engine/gradient.hpp"
#include "engine/node_gradients.hpp"
#include "engine/observers.hpp"
#include "engine/plain_call.hpp"
#include "engine/prefetch.hpp"
#include "engine/request.hpp"
#include "engine/row_mark.hpp"
#include "engine/streams.hpp"
#include "engine/table.hpp"
#include "variable/variable.hpp"

// Note [Engine]
// A backward runs on the calling thread and shares nothing with others: what it knows of a node is in a table of its
// own. So calls may run in parallel and nest, and an error leaves no trace but the gradients already accumulated. Ready
// nodes run in the order of their recording, the latest first.

// Note [Nodes with one consumer]
// Most nodes have one result and one count, which the edge of their only consumer holds. Nothing need be known of these: the
// gradient that comes along the edge is all they wait for, so they go to the ready queue together with it and are in no
// table. Edges never change, so a node found to have one consumer keeps it; its count may rise, as when a hook asks for it, and
// fall again. So a node with one count has one consumer, one with more has one if it is not in the table. With inputs named
// every node is in the table, which then says whether it is needed.

// Note [Gradients reused]
// A gradient that nobody else has is the engine's to give away. So a row may write what it makes over the gradient that it is
// given, give it other sizes, or pass it on as it is. And where a tensor is used many times, all of its gradients but the first
// are added to the one that waits: a row may add to that in the pass that makes its own. In either case it hands back what it
// was lent, without a count of its own. Hooks and observers must see each gradient by itself. On a device with streams a gradient
// without another owner may still be read there, by work on another stream: none is lent from the moment that one is handed
// from stream to stream or seen by a hook or a host-written node, which may enqueue where they like. How a row is asked is in
// ops/rows.hpp.

// Note [Gradient of one]
// A backward mostly begins at a loss, with a gradient of one. The row of a loss may know by itself what that makes of its own
// gradients: it is then told so, and nothing is made. Whoever else could see the gradient is given one.

namespace vt::autograd {

namespace {

// One gradient that the caller asked for by name.
struct Capture {
  uint32_t output_nr;
  int32_t next;  // another capture of the same node, -1 for none
  Tensor grad;
};

class Backward;

// The innermost backward of this thread, and the watched node that runs now.
thread_local Backward* innermost = nullptr;
thread_local Node* running = nullptr;

// Sets a thread-local for a scope.
template <class T>
class Scope {
 public:
  Scope(T& place, T value) noexcept : place_(place), before_(std::exchange(place, value)) {}
  Scope(const Scope&) = delete;
  Scope& operator=(const Scope&) = delete;
  ~Scope() { place_ = before_; }

 private:
  T& place_;
  T before_;
};

class Backward {
 public:
  Backward(const BackwardRequest& request, bool accumulate)
      : request_(request),
        accumulate_(accumulate),
        keep_(request.flags & VT_BACKWARD_RETAIN_GRAPH),
        recording_(request.flags & VT_BACKWARD_CREATE_GRAPH),
        observed_(has_observers()),
        restricted_(request.names_inputs()) {}
  Backward(const Backward&) = delete;
  Backward& operator=(const Backward&) = delete;

  void run() {
    const Scope<Backward*> scope(innermost, this);
    // Edges are noted before roots, since an error here must name the caller's argument.
    inputs_ = inputs_of(request_);
    roots_ = roots_of(request_);
    count_dependencies();
    if (restricted_) find_needed();
    const GradModeGuard mode(recording_);
    hand_over_roots();
    const bool at_once = !recording_ && !observed_;
    while (const Ready ready = table_->ready.pop())
      if (!at_once || !run_plain(ready)) run_node(ready);
  }

  std::vector<Capture>& captures() noexcept { return captures_; }

  uint64_t number() noexcept {
    static std::atomic<uint64_t> last{0};
    if (!number_) number_ = last.fetch_add(1, std::memory_order_relaxed) + 1;
    return number_;
  }
  bool is_full() const noexcept { return accumulate_ && !restricted_; }
  bool will_run(const Node* node) {
    if (const Entry* entry = table_->find(node)) return entry->needed;
    return !restricted_ && reached().contains(node);
  }

 private:
  using Entry = CallTable::Entry;

  // Whether `node`, which an edge of this graph leads to, has no other consumer. May miss some that another thread looks at.
  bool has_one_consumer(const Node* node) const noexcept {
    return node->count.load(std::memory_order_acquire) == 1 && node->num_outputs == 1 && !restricted_;
  }

  // Enters the reachable nodes that have to wait for more than one gradient, and counts the edges into them.
  void count_dependencies() {
    auto& stack = table_->stack;
    size_t num_walked = 0;
    bool inserted = false;
    for (const Root& root : roots_) {
      table_->insert(root.edge.node.get(), &inserted);
      if (inserted) stack.push_back(root.edge.node.get());
    }
    while (!stack.empty()) {
      Node* node = stack.back();
      stack.pop_back();
      while (node) {
        Node* next = nullptr;
        for (const Edge& edge : node->edge_span()) {
          if (!edge.node) continue;
          if (has_one_consumer(edge.node)) {
            inserted = true;
          } else {
            ++table_->insert(edge.node, &inserted)->dependencies;
          }
          if (!inserted) continue;
          if (next) stack.push_back(next);
          next = edge.node;
        }
        is_long_ = ++num_walked > kManyNodes;
        if (next && is_long_) prefetch_beyond<kNodesAheadOfWalk, kLinesToWalk>(node, next);
        node = next;
      }
    }
  }

  // Every node that is reached, for who asks about one that is not in the table.
  const std::unordered_set<const Node*>& reached() {
    if (!reached_.empty()) return reached_;
    std::vector<const Node*> stack;
    auto enter = [&](const Node* node) {
      if (node && reached_.insert(node).second) stack.push_back(node);
    };
    for (const Root& root : roots_) enter(root.edge.node.get());
    while (!stack.empty()) {
      const Node* node = stack.back();
      stack.pop_back();
      for (const Edge& edge : node->edge_span()) enter(edge.node);
    }
    return reached_;
  }

  // With inputs named, only nodes on a way to one of them run. Depth first with a stack of its own.
  void find_needed() {
    for (const OwnedEdge& input : inputs_) {
      captures_.push_back({input.output_nr, -1, {}});
      Entry* entry = table_->find(input.node.get());
      if (!entry) continue;
      captures_.back().next = entry->capture;
      entry->capture = static_cast<int32_t>(captures_.size()) - 1;
    }
    for (const Root& root : roots_) visit_needed(root.edge.node.get());
  }

  void visit_needed(Node* root) {
    auto& path = table_->path;
    auto begin = [&](Node* node) {
      Entry& entry = *table_->find(node);
      if (entry.visited) return;
      entry.visited = true;
      entry.needed = entry.capture >= 0;
      path.emplace_back(node, 0);
    };
    begin(root);
    while (!path.empty()) {
      auto& [node, next] = path.back();
      Node* current = node;
      if (next < current->num_edges) {
        Node* target = current->edges()[next++].node;
        if (target) begin(target);
        continue;
      }
      path.pop_back();
      Entry& entry = *table_->find(current);
      for (const Edge& edge : current->edge_span())
        if (edge.node && table_->find(edge.node)->needed) entry.needed = true;
    }
  }

  void hand_over_roots() {
    for (Root& root : roots_) {
      Node* node = root.edge.node.get();
      Entry& entry = *table_->find(node);
      if (!root.grad && takes_one(root.edge, entry)) {
        begins_with_one_ = node;
        continue;
      }
      Tensor grad = root.grad ? std::move(root.grad) : ones_like(node->outputs()[root.edge.output_nr]);
      grad = fitted(std::move(grad), *node, root.edge.output_nr, nullptr, root.edge.output_nr);
      streams_.hand_over(grad, *node, false);
      add(entry, root.edge.output_nr, std::move(grad));
    }
    for (const Root& root : roots_) {
      Entry& entry = *table_->find(root.edge.node.get());
      if (entry.dependencies != 0 || !entry.needed) continue;
      entry.dependencies = -1;  // a tensor may be given as root twice
      table_->ready.push({entry.node});
    }
  }

  // Note [Gradient of one].
  bool takes_one(const OwnedEdge& edge, const Entry& entry) const noexcept {
    const Node* node = edge.node.get();
    return roots_.size() == 1 && entry.dependencies == 0 && entry.capture < 0 && !recording_ && !observed_ &&
           edge.output_nr == 0 && node->kind == ObjectKind::kRow && !node->hooks.load(std::memory_order_acquire) &&
           is_marked(*static_cast<const RowNode*>(node)->row, RowMark::kTakesOne);
  }

  // `producer` is NULL where the caller of backward gave the gradient.
  static Tensor fitted(Tensor grad, const Node& node, uint32_t output_nr, const Node* producer, uint32_t index) {
    const OutputMeta& meta = node.outputs()[output_nr];
    if (fits(grad.get(), meta)) [[likely]]
      return grad;
    // Rows leave the real part of a complex gradient to the engine; nobody else means to drop the other.
    const bool may_drop = producer && producer->kind == ObjectKind::kRow;
    return fit(std::move(grad), meta_of(meta), producer ? node_name(producer) : "backward", index, may_drop);
  }

  // Adds to the gradient that waits for result `output_nr`; the consumer's stream is current when there is one already.
  void add(Entry& entry, uint32_t output_nr, Tensor grad) {
    if (!entry.grads) {
      if (entry.node->num_outputs != 1) entry.grads = new VtTensor*[entry.node->num_outputs]();
      ++table_->num_holding;
    }
    VtTensor*& held = grads_of(entry)[output_nr];
    if (!held) {
      held = grad.release();
      return;
    }
    const Tensor present = Tensor::steal(std::exchange(held, nullptr));
    if (!recording_ && is_sole_owner(present.get()))
      held = ops().add.into(present, present, grad, kAlpha).release();
    else if (!recording_ && is_sole_owner(grad.get()))
      held = ops().add.into(grad, grad, present, kAlpha).release();
    else
      held = ops().add(present, grad, kAlpha).release();
  }

  // Runs a plain node at once (Note [Plain nodes] in plain_call.hpp); false where that may not be.
  bool run_plain(const Ready& ready) {
    if (ready.node->kind != ObjectKind::kRow || ready.node->hooks.load(std::memory_order_acquire)) return false;
    auto& node = static_cast<RowNode&>(*ready.node);
    if (!node.is_plain || !streams_.is_current(node)) return false;
    VtTensor* grad = ready.grad;
    if (!ready.has_one_consumer) {
      Entry& entry = *table_->find(&node);
      if (entry.capture >= 0) return false;
      grad = std::exchange(entry.grad, nullptr);
      table_->num_holding -= grad != nullptr;
    }
    if (!grad) return false;
    PlainCall call(node, grad);
    Entry* entries[kMaxPlainEdges];
    for (uint32_t e = 0; e < node.num_edges; ++e) {
      const Edge& edge = node.edges()[e];
      if (!edge.node) continue;
      if (is_long_) prefetch_nodes_beyond(&node, edge.node);
      entries[e] = has_one_consumer(edge.node) ? nullptr : table_->find(edge.node);
      if (!restricted_ || entries[e]->needed) call.need(e, entries[e] ? waiting_at(edge, *entries[e]) : nullptr);
    }
    const uint32_t needed = call.needed();
    if (needed) call.run(keep_, streams_.may_lend(node), is_long_ ? &trail_ : nullptr);
    for (uint32_t e = 0; needed >> e; ++e)
      if (needed >> e & 1) hand_on(node, e, Tensor::steal(call.take(e)), entries[e]);
    return true;
  }

  void run_node(const Ready& ready) {
    Node* node = ready.node;
    IncomingGradients grads(node, ready.grad);
    int32_t first_capture = -1;
    if (!ready.has_one_consumer) {
      Entry& entry = *table_->find(node);
      first_capture = entry.capture;
      if (entry.grads) {
        --table_->num_holding;
        grads.take_over(std::exchange(entry.grads, nullptr));
      }
    }
    streams_.enter(*node);
    bool any = node == begins_with_one_;
    Hooks* hooks = node->hooks.load(std::memory_order_acquire);
    if (hooks || node->kind == ObjectKind::kHost) [[unlikely]]
      streams_.end_lending();
    for (uint32_t i = 0; i < node->num_outputs; ++i) {
      if (!grads[i]) continue;
      any = true;
      if (hooks) [[unlikely]]
        grads.replace(i, run_hooks(*hooks, i, Tensor::share(grads[i])));
    }
    for (int32_t c = first_capture; c >= 0; c = captures_[static_cast<size_t>(c)].next)
      capture(node, captures_[static_cast<size_t>(c)], grads);
    if (node->kind == ObjectKind::kAccumulate) {
      if (!any || !accumulate_) return;
      if (hooks) [[unlikely]]
        return accumulate_with_hooks(node, *hooks, grads);
      static_cast<Accumulator*>(node)->accumulate(grads.take(0));
      return;
    }
    run_edges(node, hooks, grads, any);
  }

  void accumulate_with_hooks(Node* node, const Hooks& hooks, IncomingGradients& grads) {
    const Scope<Node*> scope(running, node);
    run_node_hooks(hooks, VT_NODE_HOOK_BEFORE, {grads.writable(), 1}, {});
    if (!grads[0]) return;
    // Shared only where somebody looks: the gradient is else kept as it is.
    const Tensor shown = hooks.of_kind(VT_NODE_HOOK_AFTER).empty() ? Tensor() : Tensor::share(grads[0]);
    static_cast<Accumulator*>(node)->accumulate(grads.take(0));
    run_node_hooks(hooks, VT_NODE_HOOK_ACCUMULATED, {}, {});
    if (!shown) return;
    VtTensor* const output = shown.get();
    run_node_hooks(hooks, VT_NODE_HOOK_AFTER, {}, {&output, 1});
  }

  void capture(const Node* node, Capture& capture, const IncomingGradients& grads) {
    if (!grads[capture.output_nr] || (accumulate_ && node->kind == ObjectKind::kAccumulate)) return;
    capture.grad = Tensor::share(grads[capture.output_nr]);
    streams_.hand_back(capture.grad);
  }

  void run_edges(Node* node, Hooks* hooks, IncomingGradients& grads, bool any) {
    ProducedGradients produced(node->num_edges);
    bool wanted = false;
    for (uint32_t e = 0; e < node->num_edges; ++e) {
      const Node* target = node->edges()[e].node;
      if (!target) continue;
      if (is_long_) prefetch_nodes_beyond(node, target);
      produced.wanted()[e] = !restricted_ || table_->find(target)->needed;
      wanted |= produced.wanted()[e];
    }
    // A gradient of zero stays zero: the backward need not run.
    if (wanted) {
      if (hooks || observed_) [[unlikely]]
        run_watched(node, hooks, grads, produced);
      else if (any)
        apply(*node, node == begins_with_one_ ? nullptr : grads.data(), produced.wanted(), keep_, produced.data());
    }
    for (uint32_t e = 0; e < node->num_edges; ++e) {
      if (!produced.wanted()[e]) continue;
      Node* target = node->edges()[e].node;
      hand_on(*node, e, produced.take(e), has_one_consumer(target) ? nullptr : table_->find(target));
    }
  }

  // The gradient that waits at the end of an edge, if it may be written to.
  VtTensor* waiting_at(const Edge& edge, Entry& entry) noexcept {
    if (!entry.grads || has_streams(edge.node->device)) return nullptr;
    VtTensor* waiting = grads_of(entry)[edge.output_nr];
    return waiting && is_sole_owner(waiting) ? waiting : nullptr;
  }

  // The node with its hooks and in the sight of observers.
  void run_watched(Node* node, const Hooks* hooks, IncomingGradients& grads, ProducedGradients& produced) {
    const Scope<Node*> scope(running, node);
    const std::span<VtTensor*> results(grads.writable(), node->num_outputs);
    const std::span<VtTensor*> made(produced.data(), node->num_edges);
    if (hooks) run_node_hooks(*hooks, VT_NODE_HOOK_BEFORE, results, {});
    if (std::ranges::any_of(results, [](const VtTensor* t) { return t != nullptr; }))
      run_observed(node, grads, produced);
    if (hooks) run_node_hooks(*hooks, VT_NODE_HOOK_AFTER, made, results);
  }

  void run_observed(Node* node, IncomingGradients& grads, ProducedGradients& produced) {
    if (!observed_) return apply(*node, grads.data(), produced.wanted(), keep_, produced.data());
    try {
      const auto start = std::chrono::steady_clock::now();
      apply(*node, grads.data(), produced.wanted(), keep_, produced.data());
      const auto elapsed = std::chrono::steady_clock::now() - start;
      notify_ran(node, {produced.data(), node->num_edges},
                 static_cast<uint64_t>(std::chrono::nanoseconds(elapsed).count()));
    } catch (const std::exception&) {
      notify_failed(node);
      throw;
    }
  }

  // `grad`: NULL when it is zero, or has been added. `entry`: of the consumer, NULL for one that is in no table.
  void hand_on(Node& producer, uint32_t index, Tensor grad, Entry* entry) {
    const Edge& edge = producer.edges()[index];
    if (grad) grad = fitted(std::move(grad), *edge.node, edge.output_nr, &producer, index);
    if (!entry) {
      if (grad) streams_.hand_over(grad, *edge.node, false);
      table_->ready.push({edge.node, grad.get(), true});
      grad.release();
      return;
    }
    if (grad) {
      const bool present = entry->grads && grads_of(*entry)[edge.output_nr];
      streams_.hand_over(grad, *edge.node, present);
      add(*entry, edge.output_nr, std::move(grad));
      if (present) streams_.enter(producer);
    }
    if (--entry->dependencies == 0) table_->ready.push({edge.node});
  }

  const BackwardRequest& request_;
  const bool accumulate_;
  const bool keep_;
  const bool recording_;
  const bool observed_;
  const bool restricted_;  // to what leads to named inputs
  bool is_long_ = false;   // memory is worth asking for ahead of its use
  SavedTrail trail_;
  uint64_t number_ = 0;  // once asked for
  const Node* begins_with_one_ = nullptr;
  std::vector<OwnedEdge> inputs_;
  std::vector<Root> roots_;
  std::vector<Capture> captures_;
  TableLease table_;
  StreamScope streams_;
  std::unordered_set<const Node*> reached_;
};

}  // namespace

void backward(const BackwardRequest& request) {
  check_request(request);
  Backward run(request, true);
  run.run();
  for (size_t i = 0; i < request.inputs.size(); ++i) {
    Capture& capture = run.captures()[i];
    if (capture.grad && !is_leaf(request.inputs[i])) accumulate_non_leaf(request.inputs[i], std::move(capture.grad));
  }
  for (size_t i = 0; i < request.input_edges.size(); ++i) {
    VtTensor* t = request.input_edges[i].tensor;
    Capture& capture = run.captures()[i];
    if (t && capture.grad && !is_leaf(t)) accumulate_non_leaf(t, std::move(capture.grad));
  }
}

std::vector<Tensor> compute_grad(const BackwardRequest& request) {
  check_request(request);
  if (!request.names_inputs()) fail(VT_ERROR_VALUE, "grad: requires non-empty inputs");
  Backward run(request, false);
  run.run();
  std::vector<Tensor> out;
  for (Capture& capture : run.captures()) {
    if (!capture.grad && !(request.flags & VT_BACKWARD_ALLOW_UNUSED))
      fail(
          VT_ERROR_RUNTIME,
          "grad: one of the differentiated Tensors appears to not have been used in the graph. Set allow_unused=True if this "
          "is the desired behavior.");
    out.push_back(std::move(capture.grad));
  }
  return out;
}

uint64_t current_backward() noexcept { return innermost ? innermost->number() : 0; }

bool backward_is_full() noexcept { return innermost && innermost->is_full(); }

bool will_run(const VtNode* node) { return innermost && innermost->will_run(to_node(node)); }

VtNode* current_node() noexcept { return to_handle(running); }

}  // namespace vt::autograd
