// SPDX-License-Identifier: Apache-2.0
// A driver layer that makes several devices of one GPU.
//
// Note [Logical devices]
// All above the driver table knows a device by its number. So a number is all that it takes to have several of them on one GPU,
// each with its own streams, memory arenas, random numbers and handles: programs for many devices run, and are tested, on a
// machine with one. They share the GPU's memory and its time, and waiting for one of them waits for all. Other libraries know
// nothing of them: what they are given is on the GPU itself.
#pragma once

#include "driver.hpp"

namespace vt::cuda {

// Shows `num_devices` devices, all of them the first one of `upstream`, which must outlive it; none when upstream has none. Not
// movable, as its table points back at it.
class LogicalDriver {
 public:
  LogicalDriver(const Driver& upstream, int num_devices) noexcept;
  LogicalDriver(const LogicalDriver&) = delete;
  LogicalDriver& operator=(const LogicalDriver&) = delete;

  const Driver& table() const noexcept { return table_; }

 private:
  friend struct LogicalEntries;

  const Driver& upstream_;
  int num_devices_;
  Driver table_;
};

}  // namespace vt::cuda
