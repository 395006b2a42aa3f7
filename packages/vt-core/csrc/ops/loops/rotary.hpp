// SPDX-License-Identifier: Apache-2.0
// The loop of rotary_embedding over one row (Note [Rotary embedding] in vt/cpp/rows/rotary.hpp).
#pragma once

#include <cstddef>
#include <cstdint>

namespace vt::core {

// Turns `half` pairs of a contiguous row; cos and sin are in the compute dtype, and `sign` multiplies sin.
using RotaryLoop = void (*)(const void* x, const void* cos, const void* sin, int64_t half, int sign, void* out);

// Indexed by whether pairs are neighbours, and by DtypeIndex; NULL for dtypes without rows.
struct RotaryLoops {
  RotaryLoop turn[2][18];
};

}  // namespace vt::core
