// SPDX-License-Identifier: Apache-2.0
// The loops of searchsorted and bucketize: where values belong in sorted sequences.
#pragma once

#include <cstddef>
#include <cstdint>

namespace vt::core {

// `num` row-major values are placed in a sorted sequence of `length` elements, read through `sorter` where that is given.
struct BoundLine {
  const char* sequence;
  const int64_t* sorter;
  int64_t length;
  bool right;  // behind equal elements, else before them
  const char* values;
  int64_t num;
  int64_t* out;
};
using BoundLoop = void (*)(const BoundLine& line);

struct BoundLoops {
  BoundLoop find[18];  // by DtypeIndex
};

}  // namespace vt::core
