// SPDX-License-Identifier: Apache-2.0
// Streams of a backward: each node runs on its forward's, and events order them only where they differ.
#pragma once

#include <vector>

#include "engine/gradient.hpp"
#include "engine/node.hpp"

namespace vt::autograd {

// Note [Streams in backward]
// Before a node runs, its device's current stream is set to that of its forward. A gradient is handed over ready for
// the consumer's stream: when the producer's differs, the consumer's waits for an event and the memory is marked as
// used there. Leaves and captured gradients are consumed on the stream that was current when backward was called, so
// that the caller may use them at once. No host thread waits. Devices without streams take no part.
class StreamScope {
 public:
  StreamScope() = default;
  StreamScope(const StreamScope&) = delete;
  StreamScope& operator=(const StreamScope&) = delete;
  ~StreamScope();  // makes the caller's streams current again

  // Makes the node's stream current on its device.
  void enter(const Node& node) {
    if (!is_current(node)) make_current(node.device, consumer_stream(node));
  }
  // Whether there is nothing to make current.
  bool is_current(const Node& node) {
    if (!has_streams(node.device)) return true;
    const Device& d = state_of(node.device);
    return d.current == consumer_stream(node, d);
  }
  // Makes `grad`, produced on the current stream of its device, ready for `consumer`, whose stream becomes current when
  // `current` says so (to add to a gradient that is there already).
  void hand_over(const Tensor& grad, const Node& consumer, bool current) {
    if (same_device(grad.device(), consumer.device) && is_current(consumer)) [[likely]]
      return;
    if (has_streams(consumer.device)) order(grad, consumer, current);
  }
  // The same for a gradient that leaves the engine.
  void hand_back(const Tensor& grad) {
    if (has_streams(grad.device())) order_to(grad, caller_stream(grad.device()));
  }
  // Whether the node may write to a gradient that has no other owner: Note [Gradients reused] in engine.cpp.
  bool may_lend(const Node& node) const noexcept { return lends_ || !has_streams(node.device); }
  void end_lending() noexcept { lends_ = false; }

 private:
  struct Device {
    DLDevice device;
    const VtDeviceApi* api;
    VtStream caller;
    VtStream current;
  };

  Device& state_of(DLDevice device) {
    for (Device& d : devices_)
      if (same_device(d.device, device)) [[likely]]
        return d;
    return add_device(device);
  }
  Device& add_device(DLDevice device);
  VtStream caller_stream(DLDevice device) { return state_of(device).caller; }
  static VtStream consumer_stream(const Node& node, const Device& d) noexcept {
    return node.kind == ObjectKind::kAccumulate ? d.caller : node.stream;
  }
  VtStream consumer_stream(const Node& node) { return consumer_stream(node, state_of(node.device)); }
  void make_current(DLDevice device, VtStream stream);
  void order(const Tensor& grad, const Node& consumer, bool current);
  void order_to(const Tensor& grad, VtStream consumer);

  std::vector<Device> devices_;
  bool lends_ = true;
};

}  // namespace vt::autograd
