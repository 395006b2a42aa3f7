// SPDX-License-Identifier: Apache-2.0
// Names of pools.
#pragma once

#include <cstdint>

namespace vt::cuda {

// Names a pool of segments that serve nobody else: that of graphs, or one that a user made. 0 is the ordinary memory.
using PoolId = std::uint64_t;

}  // namespace vt::cuda
