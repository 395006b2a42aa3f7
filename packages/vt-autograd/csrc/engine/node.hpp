// SPDX-License-Identifier: Apache-2.0
// Node: one recorded call of the graph, with its edges, the meta of its results and what it saved.
#pragma once

#include <vt/cpp/tensor.hpp>

#include <atomic>
#include <cstdint>
#include <span>

#include "variable/hooks.hpp"

namespace vt::autograd {

struct Node;

// What an autograd slot may point to; the first byte of each.
enum class ObjectKind : uint8_t {
  kRow,         // an op with a derivative row
  kHost,        // written by a host language or a plugin (VtNodeDef)
  kAccumulate,  // the accumulator of a leaf
  kMeta         // state of one tensor: a view, or one whose gradient is retained (variable/meta.hpp)
};

struct SlotObject {
  ObjectKind kind;
};

// Where a gradient flows to: result `output_nr` of `node`. A NULL node takes none.
struct Edge {
  Node* node = nullptr;
  uint32_t output_nr = 0;
};

// What a gradient of one result must look like.
struct OutputMeta {
  const int64_t* sizes = nullptr;
  int32_t ndim = 0;
  DLDataType dtype{};
  DLDevice device{};
};

// Note [Node layout]
// A node is one block: this header, that of its kind, then edges, result metas, values and sizes. It is immutable once
// published, but for its count, its hooks and, when its graph is freed, what it saved. A backward through a long graph waits
// for memory more than for anything else, so where an array begins is computed rather than kept.
struct Node : SlotObject {
  static constexpr size_t kStep = 8;

  bool reaches_host = false;  // a host-written node can be reached, so a cycle collector must look
  uint8_t arrays_at = 0;      // where the edges and behind them the results begin, in steps from the node
  std::atomic<uint32_t> count{1};
  uint32_t num_edges = 0;
  uint32_t num_outputs = 0;
  union {
    uint64_t sequence;
    Node* next_pending;  // once dead
  };
  std::atomic<Hooks*> hooks{nullptr};
  VtStream stream = 0;  // the forward's, on `device`
  DLDevice device{kDLCPU, 0};

  Edge* edges() noexcept { return reinterpret_cast<Edge*>(reinterpret_cast<char*>(this) + arrays_at * kStep); }
  const Edge* edges() const noexcept { return const_cast<Node*>(this)->edges(); }
  OutputMeta* outputs() noexcept { return reinterpret_cast<OutputMeta*>(edges() + num_edges); }
  const OutputMeta* outputs() const noexcept { return const_cast<Node*>(this)->outputs(); }
  std::span<const Edge> edge_span() const noexcept { return {edges(), num_edges}; }
};

inline Node* to_node(VtNode* node) noexcept { return reinterpret_cast<Node*>(node); }
inline const Node* to_node(const VtNode* node) noexcept { return reinterpret_cast<const Node*>(node); }
inline VtNode* to_handle(Node* node) noexcept { return reinterpret_cast<VtNode*>(node); }

inline void retain(Node* node) noexcept { node->count.fetch_add(1, std::memory_order_relaxed); }
void free_node(Node* node) noexcept;
inline void release(Node* node) noexcept {
  // A count of one can only be raised by its owner, who is here.
  if (node->count.load(std::memory_order_acquire) == 1 || node->count.fetch_sub(1, std::memory_order_acq_rel) == 1)
    free_node(node);
}

// An owning reference.
class NodeRef {
 public:
  NodeRef() noexcept = default;
  static NodeRef steal(Node* node) noexcept {
    NodeRef ref;
    ref.node_ = node;
    return ref;
  }
  static NodeRef share(Node* node) noexcept {
    if (node) retain(node);
    return steal(node);
  }
  NodeRef(NodeRef&& other) noexcept : node_(std::exchange(other.node_, nullptr)) {}
  NodeRef& operator=(NodeRef&& other) noexcept {
    std::swap(node_, other.node_);
    return *this;
  }
  ~NodeRef() {
    if (node_) autograd::release(node_);
  }
  Node* get() const noexcept { return node_; }
  Node* operator->() const noexcept { return node_; }
  Node* release() noexcept { return std::exchange(node_, nullptr); }
  explicit operator bool() const noexcept { return node_ != nullptr; }

 private:
  Node* node_ = nullptr;
};

// A gradient edge that owns its node.
struct OwnedEdge {
  NodeRef node;
  uint32_t output_nr = 0;
};

// Devices whose work is ordered on streams; the host's is done when a call returns.
inline bool has_streams(DLDevice device) noexcept {
  const int32_t type = device.device_type;
  return type != kDLCPU && type != VT_DEVICE_TYPE_META;
}
// The device's current stream, 0 where there are none. Throws what the backend reports.
VtStream current_stream(DLDevice device);

// "AddBackward0"; valid for the process.
const char* node_name(const Node* node) noexcept;

// Visits the tensors and host objects that one count on `node` alone keeps alive.
int visit_node(Node* node, VtVisitFn visit, void* arg) noexcept;

}  // namespace vt::autograd
