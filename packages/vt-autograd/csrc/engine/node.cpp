// SPDX-License-Identifier: Apache-2.0
// The life and the names of nodes.
#include "engine/node.hpp"

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "engine/host_node.hpp"
#include "engine/memory.hpp"
#include "engine/saved.hpp"
#include "variable/accumulator.hpp"

// Note [Freeing graphs]
// Freeing a node drops its edges, which may free further nodes; it also releases tensors, whose slots may lead back
// here. Neither recurses: a node that dies while this thread is freeing another is put on a list that the outermost
// call works off, so a graph of any depth is freed on a small stack.

namespace vt::autograd {

namespace {

[[gnu::hot]] void free_one(Node* node) noexcept {
  count_node(-1);
  if (node->kind == ObjectKind::kRow && static_cast<RowNode*>(node)->num_saved)
    release_saved(*static_cast<RowNode*>(node));  // reads edges and hooks
  for (const Edge& edge : node->edge_span())
    if (edge.node) release(edge.node);
  const Hooks* hooks = node->hooks.load(std::memory_order_relaxed);
  uint32_t bytes = 0;
  switch (node->kind) {
    case ObjectKind::kRow: {
      auto* row = static_cast<RowNode*>(node);
      bytes = row->bytes;
      row->~RowNode();
      break;
    }
    case ObjectKind::kHost: {
      auto* host = static_cast<HostNode*>(node);
      bytes = host->bytes;
      if (host->def.release) host->def.release(host->def.context);
      host->~HostNode();
      break;
    }
    case ObjectKind::kAccumulate:
      Accumulator::free(static_cast<Accumulator*>(node));
      delete hooks;
      return;
    case ObjectKind::kMeta: return;
  }
  delete hooks;
  give_block(node, bytes);
}

std::string camel_case(const char* op) {
  std::string out;
  bool upper = true;
  for (; *op; ++op) {
    if (*op == '_') {
      upper = true;
    } else {
      out += upper && *op >= 'a' && *op <= 'z' ? static_cast<char>(*op - 'a' + 'A') : *op;
      upper = false;
    }
  }
  return out;
}

// Number of an overload in declared order, the digit that ends a node's name.
int overload_index(const VtOp* op) {
  const VtDispatchApi& dispatch = *tables().dispatch;
  int index = 0;
  for (const VtOp* o = dispatch.find_op(dispatch.schema(op)->name); o && o != op; o = dispatch.next_overload(o))
    ++index;
  return index;
}

const char* row_name(const VtOp* op) {
  static std::mutex mutex;  // guards names
  static auto* names = new std::map<const VtOp*, std::string>;
  const std::lock_guard lock(mutex);
  auto found = names->find(op);
  if (found == names->end())
    found = names
                ->emplace(op, camel_case(tables().dispatch->schema(op)->name) + "Backward" +
                                  std::to_string(overload_index(op)))
                .first;
  return found->second.c_str();
}

}  // namespace

[[gnu::hot]] void free_node(Node* node) noexcept {
  ThreadMemory* memory = thread_memory();
  if (!memory) return free_one(node);
  node->next_pending = memory->pending;
  memory->pending = node;
  if (memory->freeing) return;
  memory->freeing = true;
  while (Node* next = memory->pending) {
    memory->pending = next->next_pending;
    free_one(next);
  }
  memory->freeing = false;
}

[[gnu::hot]] VtStream current_stream(DLDevice device) {
  if (!has_streams(device)) return 0;
  const VtDeviceApi* api = tables().stream->device(device.device_type);
  if (!api) throw ErrorIsSet();
  VtStream stream = 0;
  check(api->current_stream(device.device_id, &stream));
  return stream;
}

const char* node_name(const Node* node) noexcept {
  switch (node->kind) {
    case ObjectKind::kRow: try { return row_name(static_cast<const RowNode*>(node)->op);
      } catch (const std::exception&) {
        return "Backward";
      }
    case ObjectKind::kHost: return static_cast<const HostNode*>(node)->def.name;
    case ObjectKind::kAccumulate: return "AccumulateGrad";
    case ObjectKind::kMeta: break;
  }
  return "";
}

int visit_node(Node* root, VtVisitFn visit, void* arg) noexcept {
  std::vector<Node*> stack;
  Node* node = root;
  while (true) {
    // A node with other users is not kept alive by this walk alone.
    if (node->count.load(std::memory_order_relaxed) == 1) {
      if (Hooks* hooks = node->hooks.load(std::memory_order_acquire)) {
        try {
          if (const int status = hooks->visit(visit, arg)) return status;
        } catch (const std::exception&) {
          return 0;  // unseen contents are taken to be alive
        }
      }
      if (node->kind == ObjectKind::kHost) {
        const VtNodeDef& def = static_cast<HostNode*>(node)->def;
        if (def.visit)
          if (const int status = def.visit(def.context, visit, arg)) return status;
      } else if (node->kind == ObjectKind::kAccumulate) {
        if (VtTensor* grad = static_cast<Accumulator*>(node)->grad.peek())
          if (const int status = visit(grad, arg)) return status;
      }
      try {
        for (const Edge& edge : node->edge_span())
          if (edge.node && edge.node->reaches_host) stack.push_back(edge.node);
      } catch (const std::exception&) {
        return 0;
      }
    }
    if (stack.empty()) return 0;
    node = stack.back();
    stack.pop_back();
  }
}

}  // namespace vt::autograd
