// SPDX-License-Identifier: Apache-2.0
// The loops of resampling (Note [Resampling] in vt/cpp/spatial/resample.hpp).
#pragma once

#include <cstddef>
#include <cstdint>

namespace vt::core {

// One dimension: `taps` indices and weights per position of the result, the weights in the type that elements are computed in.
struct ResampleAxis {
  int64_t in;
  int64_t out;
  int64_t taps;
  const int64_t* index;
  const void* weight;
  bool same;  // nothing to do
};

// Planes of (in...) and (out...), row-major, outermost dimension first.
struct ResamplePlanes {
  ResampleAxis axes[3];
  const void* from;
  void* to;
};

// Planes [begin, end). `scratch` has room for three times the largest of the sizes that dimensions one by one take a plane
// through, in the compute dtype.
using ResampleLoop = void (*)(const ResamplePlanes& p, int64_t begin, int64_t end, void* scratch);

struct ResampleLoops {
  ResampleLoop gather[18];  // from (in...) to (out...)
  ResampleLoop spread[18];  // the gradient: from (out...) to (in...)
};

}  // namespace vt::core
