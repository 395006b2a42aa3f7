// SPDX-License-Identifier: Apache-2.0
// The message of a request that failed.
#include "out_of_memory.hpp"

#include <cstdio>

namespace vt::cuda {
namespace {

std::string name_of(RawStream stream) {
  char text[32];
  std::snprintf(text, sizeof text, "0x%llx", static_cast<unsigned long long>(reinterpret_cast<std::uintptr_t>(stream)));
  return text;
}

}  // namespace

std::string out_of_memory_message(int device, const Shortage& shortage,
                                  const std::function<std::string(std::uint64_t context)>& describe) {
  const auto text = [](std::size_t bytes) { return std::to_string(bytes); };
  std::string message = "allocate: device " + std::to_string(device) + " is out of memory: got a request of " +
                        text(shortage.requested_bytes) + " bytes (a segment of " + text(shortage.segment_bytes) +
                        "); allocated " + text(shortage.allocated_bytes) + ", reserved " +
                        text(shortage.reserved_bytes);
  if (shortage.free_bytes != 0) message += ", of it free in pieces that do not fit " + text(shortage.free_bytes);
  if (shortage.limit_bytes != kNoLimit) message += ", limit " + text(shortage.limit_bytes);
  if (shortage.device_total_bytes != 0)
    message += ", free on the device " + text(shortage.device_free_bytes) + " of " + text(shortage.device_total_bytes);
  message += "; free tensors, use smaller batches or raise the limit";
  if (shortage.largest[0].bytes == 0) return message;
  message += "\nLargest live allocations:";
  bool has_lines = false;
  for (const Shortage::Live& live : shortage.largest) {
    if (live.bytes == 0) break;
    message += "\n  " + text(live.bytes) + " bytes on stream " + name_of(live.stream);
    const std::string line = describe(live.context);
    if (line.empty()) continue;
    message += ", from " + line;
    has_lines = true;
  }
  if (!has_lines) message += "\nRecord memory history to see the lines that made them.";
  return message;
}

}  // namespace vt::cuda
