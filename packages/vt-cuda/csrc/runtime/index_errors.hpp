// SPDX-License-Identifier: Apache-2.0
// The record in which a device notes an index out of range.
#pragma once

#include <cstdint>
#include <mutex>

#include "driver.hpp"

namespace vt::cuda {

enum class IndexOp : std::int32_t;
struct IndexErrorRecord;

// What kernels are to note for an operator: its own number, or one for what the calling thread's program has called, where
// that is an operator composed of others. Numbers hold for as long as the process lives, in graphs too.
IndexOp noted_as(IndexOp op);

// Note [Index errors] in kernels/index.hpp. The record lies in pinned host memory, which the device writes only when an index
// is out of range: whoever has waited for the device looks at it without a copy.
class IndexErrors {
 public:
  explicit IndexErrors(const Driver& driver) noexcept : driver_(driver) {}
  IndexErrors(const IndexErrors&) = delete;
  IndexErrors& operator=(const IndexErrors&) = delete;
  ~IndexErrors();

  // Made at the first use.
  IndexErrorRecord* record();
  // Call after waiting: throws the IndexError that work on the device has noted, and clears it.
  void raise();

 private:
  const Driver& driver_;
  std::mutex mutex_;  // guards the making of the record and its clearing
  IndexErrorRecord* record_ = nullptr;
};

}  // namespace vt::cuda
