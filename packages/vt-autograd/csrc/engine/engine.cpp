// SPDX-License-Identifier: Apache-2.0
// Walking the graph: dependencies, the ready queue, handing gradients on.
#include "engine/engine.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <unordered_set>

#include "engine/apply.hpp"
#include "engine/calls.hpp"
#include "engine/gradient.hpp"
#include "engine/observers.hpp"
#include "engine/streams.hpp"
#include "engine/table.hpp"
#include "variable/variable.hpp"

// Note [Engine]
// A backward runs on the calling thread and shares nothing with others: what it knows of a node is in a table of its
// own. So calls may run in parallel and nest, and an error leaves no trace but the gradients already accumulated. Ready
// nodes run in the order of their recording, the latest first; a chain has one ready node at a time and never touches
// the heap.

// Note [Nodes with one consumer]
// Most nodes have one result and one count, which the edge of their only consumer holds. Nothing need be known of these: the
// gradient that comes along the edge is all they wait for, so they go to the ready queue together with it and are in no
// table. Edges never change, so a node found to have one consumer keeps it; its count may rise, as when a hook asks for it, and
// fall again. So a node with one count has one consumer, one with more has one if it is not in the table. With inputs named
// every node is in the table, which then says whether it is needed.

namespace vt::autograd {

namespace {

// One gradient that the caller asked for by name.
struct Capture {
  uint32_t output_nr;
  int32_t next;  // another capture of the same node, -1 for none
  Tensor grad;
};

bool is_sole_owner(const VtTensor* t) noexcept {
  return tables().tensor->use_count(t) == 1 && tables().tensor->storage_use_count(t) == 1 &&
         (t->flags & VT_TENSOR_CONTIGUOUS);
}

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
        keep_(request.flags & (VT_BACKWARD_RETAIN_GRAPH | VT_BACKWARD_CREATE_GRAPH)),
        recording_(request.flags & VT_BACKWARD_CREATE_GRAPH),
        observed_(has_observers()),
        restricted_(request.names_inputs()) {}
  Backward(const Backward&) = delete;
  Backward& operator=(const Backward&) = delete;

  void run() {
    const Scope<Backward*> scope(innermost, this);
    collect_inputs();
    seed_roots();
    count_dependencies();
    if (restricted_) find_needed();
    const GradModeGuard mode(recording_);
    hand_over_roots();
    while (const Ready ready = pop()) run_node(ready);
  }

  ~Backward() {  // what is left after an error
    while (const Ready ready = pop())
      if (ready.grad) tables().tensor->release(ready.grad);
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
  using Ready = CallTable::Ready;

  struct Root {
    OwnedEdge edge;
    Tensor grad;
  };

  // Edges are noted before roots, since an error here must name the caller's argument.
  void collect_inputs() {
    for (VtTensor* input : request_.inputs) {
      OwnedEdge edge = edge_of(input);
      if (!edge.node) fail(VT_ERROR_RUNTIME, "grad: one of the differentiated Tensors does not require grad");
      inputs_.push_back(std::move(edge));
    }
    for (const VtGradientEdge& input : request_.input_edges) {
      inputs_.push_back(edge_at(input));
      if (!inputs_.back().node) fail(VT_ERROR_RUNTIME, "grad: one of the differentiated Tensors does not require grad");
    }
  }

  static OwnedEdge edge_at(const VtGradientEdge& edge) {
    if (edge.tensor) return edge_of(edge.tensor);
    Node* node = to_node(edge.node);
    if (edge.output_nr >= node->num_outputs)
      fail(VT_ERROR_INDEX, std::string(node_name(node)) + ": got result number " + std::to_string(edge.output_nr) +
                               ", expected 0 to " + std::to_string(node->num_outputs) + " (exclusive)");
    return {NodeRef::share(node), edge.output_nr};
  }

  void seed_roots() {
    for (size_t i = 0; i < request_.roots.size(); ++i) {
      VtTensor* root = request_.roots[i];
      OwnedEdge edge = edge_of(root);
      if (!edge.node)
        fail(VT_ERROR_RUNTIME, "backward: element " + std::to_string(i) +
                                   " of tensors does not require grad and does not have a grad_fn");
      seed(i, std::move(edge), meta_of(root));
    }
    for (size_t i = 0; i < request_.root_edges.size(); ++i) {
      OwnedEdge edge = edge_at(request_.root_edges[i]);
      if (!edge.node)
        fail(VT_ERROR_RUNTIME, "backward: element " + std::to_string(i) +
                                   " of tensors does not require grad and does not have a grad_fn");
      const VtTensorMeta meta = meta_of(edge.node->outputs()[edge.output_nr]);
      seed(i, std::move(edge), meta);
    }
  }

  void seed(size_t i, OwnedEdge edge, const VtTensorMeta& root) {
    VtTensor* given = request_.grads.empty() ? nullptr : request_.grads[i];
    roots_.push_back({std::move(edge), given ? checked_grad(i, root, given) : ones_like(root)});
  }

  static Tensor checked_grad(size_t i, const VtTensorMeta& root, VtTensor* grad) {
    if (!std::ranges::equal(autograd::sizes_of(root), vt::sizes_of(grad)))
      fail(VT_ERROR_RUNTIME, "backward: mismatch in shape: grad_output[" + std::to_string(i) + "] has a shape of " +
                                 describe_sizes(vt::sizes_of(grad)) + " and output[" + std::to_string(i) +
                                 "] has a shape of " + describe_sizes(autograd::sizes_of(root)));
    const bool complex_grad = dtype_info(grad->dl.dtype).category == Category::kComplex;
    const bool complex_root = dtype_info(root.dtype).category == Category::kComplex;
    if (complex_grad != complex_root)
      fail(VT_ERROR_RUNTIME,
           "backward: for complex Tensors, both grad_output and output are required to have the same "
           "dtype: got " +
               describe(grad) + ", expected " + describe(root));
    if (!same_device(root.device, grad->dl.device))
      fail(VT_ERROR_DEVICE_MISMATCH,
           "backward: grad_output[" + std::to_string(i) + "]: got " + describe(grad) + ", expected " + describe(root));
    return Tensor::share(grad);
  }

  static Tensor ones_like(const VtTensorMeta& root) {
    if (!std::ranges::all_of(autograd::sizes_of(root), [](int64_t size) { return size == 1; }))
      fail(VT_ERROR_RUNTIME, "backward: grad can be implicitly created only for scalar outputs: got " + describe(root));
    if (dtype_info(root.dtype).category != Category::kFloating)
      fail(VT_ERROR_RUNTIME,
           "backward: grad can be implicitly created only for real scalar outputs: got " + describe(root));
    const GradModeGuard off(false);
    const Tensor ones = Tensor::empty(autograd::sizes_of(root), root.dtype, root.device);
    return ops().fill.into(ones, ones, 1.0);
  }

  // Whether `node`, which an edge of this graph leads to, has no other consumer. May miss some that another thread looks at.
  bool has_one_consumer(const Node* node) const noexcept {
    return node->count.load(std::memory_order_acquire) == 1 && node->num_outputs == 1 && !restricted_;
  }

  // Enters the reachable nodes that have to wait for more than one gradient, and counts the edges into them.
  void count_dependencies() {
    auto& stack = table_->stack;
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
        if (next) prefetch_beyond(node, next, kLinesToWalk);
        node = next;
      }
    }
  }

  // Nodes that were recorded one after the other mostly lie at one distance from each other, and so do those behind them.
  // What a node saved lies between it and its neighbour, if it was made for it alone.
  static constexpr intptr_t kLinesToWalk = 2;  // a node up to its edges
  static constexpr intptr_t kLinesToRun = 6;
  static void prefetch_beyond(const Node* node, const Node* next, intptr_t num_lines) noexcept {
    constexpr intptr_t kAhead = 6;
    const intptr_t step = reinterpret_cast<intptr_t>(next) - reinterpret_cast<intptr_t>(node);
    const intptr_t ahead = reinterpret_cast<intptr_t>(next) + kAhead * step;
    for (intptr_t line = 0; line < num_lines; ++line)
      __builtin_prefetch(reinterpret_cast<const void*>(ahead + line * 64));
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
      Tensor grad = fitted(std::move(root.grad), *node, root.edge.output_nr, nullptr, root.edge.output_nr);
      streams_.hand_over(grad, *node, false);
      add(*table_->find(node), root.edge.output_nr, std::move(grad));
    }
    for (const Root& root : roots_) {
      Entry& entry = *table_->find(root.edge.node.get());
      if (entry.dependencies != 0 || !entry.needed) continue;
      entry.dependencies = -1;  // a tensor may be given as root twice
      push({entry.node});
    }
  }

  // Ready queue: `single_` holds the only ready node of a chain. Takes the gradient over unless it throws.
  void push(const Ready& ready) {
    if (!single_ && table_->heap.empty()) [[likely]]
      single_ = ready;
    else
      push_heap(ready);
  }

  [[gnu::noinline]] void push_heap(const Ready& ready) {
    auto& heap = table_->heap;
    heap.reserve(heap.size() + 2);
    if (single_) heap.push_back(std::exchange(single_, {}));
    heap.push_back(ready);
    std::push_heap(heap.begin(), heap.end(), recorded_before);
  }

  Ready pop() noexcept {
    if (single_) return std::exchange(single_, {});
    auto& heap = table_->heap;
    if (heap.empty()) return {};
    std::pop_heap(heap.begin(), heap.end(), recorded_before);
    const Ready ready = heap.back();
    heap.pop_back();
    return ready;
  }

  static bool recorded_before(const Ready& a, const Ready& b) noexcept { return a.node->sequence < b.node->sequence; }

  // `producer` is NULL where the caller of backward gave the gradient.
  static Tensor fitted(Tensor grad, const Node& node, uint32_t output_nr, const Node* producer, uint32_t index) {
    const OutputMeta& meta = node.outputs()[output_nr];
    if (fits(grad.get(), meta)) [[likely]]
      return grad;
    return fit(std::move(grad), meta_of(meta), producer ? node_name(producer) : "backward", index);
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

  void run_node(const Ready& ready) {
    Node* node = ready.node;
    Taken grads(node, ready.grad);
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
    bool any = false;
    Hooks* hooks = node->hooks.load(std::memory_order_acquire);
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
      static_cast<Accumulator*>(node)->grad.accumulate(grads.take(0));
      return;
    }
    run_edges(node, hooks, grads, any);
  }

  // The gradients of a node, owned while it runs.
  class Taken {
   public:
    // `grad`: of a node with one result, or NULL.
    Taken(Node* node, VtTensor* grad) noexcept : node_(node), one_(grad), data_(grad ? &one_ : nullptr) {}
    // Those of a table's entry.
    void take_over(VtTensor** grads) noexcept {
      if (node_->num_outputs == 1) {
        one_ = reinterpret_cast<VtTensor*>(grads);
        data_ = &one_;
      } else {
        many_ = data_ = grads;
      }
    }
    Taken(const Taken&) = delete;
    Taken& operator=(const Taken&) = delete;
    ~Taken() {
      for (uint32_t i = 0; data_ && i < node_->num_outputs; ++i)
        if (data_[i]) tables().tensor->release(data_[i]);
      delete[] many_;
    }
    VtTensor* operator[](uint32_t i) const noexcept { return data_ ? data_[i] : nullptr; }
    VtTensor* const* data() const noexcept { return data_; }
    // As many as the node has results, NULL entries included.
    VtTensor** writable() {
      if (!data_) many_ = data_ = new VtTensor*[node_->num_outputs]();
      return data_;
    }
    Tensor take(uint32_t i) noexcept { return Tensor::steal(std::exchange(data_[i], nullptr)); }
    void replace(uint32_t i, Tensor grad) noexcept {
      VtTensor* old = std::exchange(data_[i], grad.release());
      tables().tensor->release(old);
    }

   private:
    Node* node_;
    VtTensor* one_ = nullptr;
    VtTensor** data_ = nullptr;
    VtTensor** many_ = nullptr;
  };

  void accumulate_with_hooks(Node* node, const Hooks& hooks, Taken& grads) {
    const Scope<Node*> scope(running, node);
    run_node_hooks(hooks, VT_NODE_HOOK_BEFORE, {grads.writable(), 1}, {});
    if (!grads[0]) return;
    // Shared only where somebody looks: the gradient is else kept as it is.
    const Tensor shown = hooks.of_kind(VT_NODE_HOOK_AFTER).empty() ? Tensor() : Tensor::share(grads[0]);
    static_cast<Accumulator*>(node)->grad.accumulate(grads.take(0));
    run_node_hooks(hooks, VT_NODE_HOOK_ACCUMULATED, {}, {});
    if (!shown) return;
    VtTensor* const output = shown.get();
    run_node_hooks(hooks, VT_NODE_HOOK_AFTER, {}, {&output, 1});
  }

  void capture(const Node* node, Capture& capture, const Taken& grads) {
    if (!grads[capture.output_nr] || (accumulate_ && node->kind == ObjectKind::kAccumulate)) return;
    capture.grad = Tensor::share(grads[capture.output_nr]);
    streams_.hand_back(capture.grad);
  }

  // Gradients that a node has returned, owned until they are handed on.
  class Produced {
   public:
    explicit Produced(uint32_t count) : count_(count) {
      if (count <= kInline) [[likely]]
        return;
      many_.reset(new VtTensor*[count]());
      many_wanted_.reset(new bool[count]());
      places_ = many_.get();
      wanted_ = many_wanted_.get();
    }
    Produced(const Produced&) = delete;
    Produced& operator=(const Produced&) = delete;
    ~Produced() {
      for (uint32_t e = 0; e < count_; ++e)
        if (places_[e]) tables().tensor->release(places_[e]);
    }
    VtTensor** data() noexcept { return places_; }
    bool* wanted() noexcept { return wanted_; }
    Tensor take(uint32_t e) noexcept { return Tensor::steal(std::exchange(places_[e], nullptr)); }

   private:
    static constexpr uint32_t kInline = 4;
    uint32_t count_;
    VtTensor* few_[kInline] = {};
    bool few_wanted_[kInline] = {};
    VtTensor** places_ = few_;
    bool* wanted_ = few_wanted_;
    std::unique_ptr<VtTensor*[]> many_;
    std::unique_ptr<bool[]> many_wanted_;
  };

  void run_edges(Node* node, Hooks* hooks, Taken& grads, bool any) {
    Produced produced(node->num_edges);
    bool wanted = false;
    for (uint32_t e = 0; e < node->num_edges; ++e) {
      const Node* target = node->edges()[e].node;
      if (!target) continue;
      prefetch_beyond(node, target, kLinesToRun);
      produced.wanted()[e] = !restricted_ || table_->find(target)->needed;
      wanted |= produced.wanted()[e];
    }
    // A gradient of zero stays zero: the backward need not run.
    if (wanted) {
      if (hooks || observed_) [[unlikely]]
        run_watched(node, hooks, grads, produced);
      else if (any)
        apply(*node, grads.data(), produced.wanted(), keep_, produced.data());
    }
    for (uint32_t e = 0; e < node->num_edges; ++e)
      if (produced.wanted()[e]) hand_on(*node, e, produced.take(e));
  }

  // The node with its hooks and in the sight of observers.
  void run_watched(Node* node, const Hooks* hooks, Taken& grads, Produced& produced) {
    const Scope<Node*> scope(running, node);
    const std::span<VtTensor*> results(grads.writable(), node->num_outputs);
    const std::span<VtTensor*> made(produced.data(), node->num_edges);
    if (hooks) run_node_hooks(*hooks, VT_NODE_HOOK_BEFORE, results, {});
    if (std::ranges::any_of(results, [](const VtTensor* t) { return t != nullptr; }))
      run_observed(node, grads, produced);
    if (hooks) run_node_hooks(*hooks, VT_NODE_HOOK_AFTER, made, results);
  }

  void run_observed(Node* node, Taken& grads, Produced& produced) {
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

  void hand_on(Node& producer, uint32_t index, Tensor grad) {
    const Edge& edge = producer.edges()[index];
    if (grad) grad = fitted(std::move(grad), *edge.node, edge.output_nr, &producer, index);
    Entry* entry = has_one_consumer(edge.node) ? nullptr : table_->find(edge.node);
    if (!entry) {
      if (grad) streams_.hand_over(grad, *edge.node, false);
      push({edge.node, grad.get(), true});
      grad.release();
      return;
    }
    if (grad) {
      const bool present = entry->grads && grads_of(*entry)[edge.output_nr];
      streams_.hand_over(grad, *edge.node, present);
      add(*entry, edge.output_nr, std::move(grad));
      if (present) streams_.enter(producer);
    }
    if (--entry->dependencies == 0) push({edge.node});
  }

  const BackwardRequest& request_;
  const bool accumulate_;
  const bool keep_;
  const bool recording_;
  const bool observed_;
  const bool restricted_;  // to what leads to named inputs
  uint64_t number_ = 0;    // once asked for
  std::vector<OwnedEdge> inputs_;
  std::vector<Root> roots_;
  std::vector<Capture> captures_;
  TableLease table_;
  StreamScope streams_;
  Ready single_;
  std::unordered_set<const Node*> reached_;
};

void check_request(const BackwardRequest& request) {
  if (request.roots.empty() && request.root_edges.empty())
    fail(VT_ERROR_RUNTIME, "backward: got no tensors, expected at least one");
  for (VtTensor* root : request.roots)
    if (!root) fail(VT_ERROR_VALUE, "backward: a tensor is NULL");
  for (VtTensor* input : request.inputs)
    if (!input) fail(VT_ERROR_VALUE, "backward: an input is NULL");
  for (const auto edges : {request.root_edges, request.input_edges})
    for (const VtGradientEdge& edge : edges)
      if (!edge.tensor && !edge.node) fail(VT_ERROR_VALUE, "backward: an edge has neither tensor nor node");
}

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
