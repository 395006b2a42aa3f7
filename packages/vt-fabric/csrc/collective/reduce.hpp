// SPDX-License-Identifier: Apache-2.0
// Elementwise reduction of one run of elements over several ranks' buffers.
#pragma once

#include <vt/abi/fabric.h>

#include <cstdint>
#include <span>

namespace vt::fabric {

// Throws DTYPE naming the op when it is not defined for the dtype (min and max of complex, mean of integers).
void check_reducible(int32_t op, DLDataType dtype);

// out[i] = sources[0][begin + i] op sources[1][begin + i] op ..., in rank order, so that every rank gets the same bits.
// Half types are reduced in float32 and rounded once. `out` may not overlap the sources.
void reduce_run(int32_t op, DLDataType dtype, std::span<const void* const> sources, int64_t begin, int64_t count,
                void* out);

}  // namespace vt::fabric
