// SPDX-License-Identifier: Apache-2.0
// Streams of a backward: each node runs on its forward's, and events order them only where they differ.
#pragma once

#include <vector>

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
    if (has_streams(node.device)) make_current(node.device, consumer_stream(node));
  }
  // Makes `grad`, produced on the current stream of its device, ready for `consumer`, whose stream becomes current when
  // `current` says so (to add to a gradient that is there already).
  void hand_over(const Tensor& grad, const Node& consumer, bool current) {
    if (has_streams(consumer.device)) order(grad, consumer, current);
  }
  // The same for a gradient that leaves the engine.
  void hand_back(const Tensor& grad) {
    if (has_streams(grad.device())) order_to(grad, caller_stream(grad.device()));
  }

 private:
  struct Device {
    DLDevice device;
    const VtDeviceApi* api;
    VtStream caller;
    VtStream current;
  };

  Device& state_of(DLDevice device);
  VtStream caller_stream(DLDevice device) { return state_of(device).caller; }
  VtStream consumer_stream(const Node& node);
  void make_current(DLDevice device, VtStream stream);
  void order(const Tensor& grad, const Node& consumer, bool current);
  void order_to(const Tensor& grad, VtStream consumer);

  std::vector<Device> devices_;
};

}  // namespace vt::autograd
