// SPDX-License-Identifier: Apache-2.0
// Ordering gradients between streams.
#include "engine/streams.hpp"

namespace vt::autograd {

StreamScope::~StreamScope() {
  for (const Device& d : devices_)
    if (d.current != d.caller) d.api->set_current_stream(d.device.device_id, d.caller);
}

StreamScope::Device& StreamScope::add_device(DLDevice device) {
  const VtDeviceApi* api = tables().stream->device(device.device_type);
  if (!api) throw ErrorIsSet();
  VtStream stream = 0;
  check(api->current_stream(device.device_id, &stream));
  return devices_.emplace_back(Device{device, api, stream, stream});
}

void StreamScope::make_current(DLDevice device, VtStream stream) {
  Device& d = state_of(device);
  if (d.current == stream) return;
  end_lending();
  check(d.api->set_current_stream(device.device_id, stream));
  d.current = stream;
}

void StreamScope::order(const Tensor& grad, const Node& consumer, bool current) {
  const VtStream stream = consumer_stream(consumer);
  if (same_device(grad.device(), consumer.device)) order_to(grad, stream);
  if (current) make_current(consumer.device, stream);
}

void StreamScope::order_to(const Tensor& grad, VtStream consumer) {
  const Device d = state_of(grad.device());
  if (d.current == consumer) return;
  end_lending();
  const int32_t id = d.device.device_id;
  VtEvent event = 0;
  check(d.api->create_event(id, &event));
  const bool ordered = d.api->record_event(id, event, d.current) == 0 && d.api->wait_event(id, consumer, event) == 0;
  d.api->destroy_event(id, event);
  if (!ordered) throw ErrorIsSet();
  check(tables().stream->record_use(grad.get(), consumer));
}

}  // namespace vt::autograd
