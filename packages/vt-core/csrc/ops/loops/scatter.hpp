// SPDX-License-Identifier: Apache-2.0
// Loops that fold values into the elements at an index each: products and extremes. Sums are those of the index family.
#pragma once

#include "ops/loops/index.hpp"

namespace vt::core {

enum ScatterKind { kScatterProduct, kScatterLargest, kScatterSmallest, kNumScatterKinds };

struct ScatterLoops {
  AlongLoop by_kind[kNumScatterKinds][18];  // of int64 indices, by DtypeIndex; NULL where there is no order
};

}  // namespace vt::core
