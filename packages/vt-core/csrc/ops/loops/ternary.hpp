// SPDX-License-Identifier: Apache-2.0
// The loops of the ternary family.
#pragma once

#include "ops/loops/binary.hpp"

namespace vt::core {

// out[i] from a[i], b[i], c[i]; `strides` are those of out, a, b, c in bytes. `value` points to an element of the dtype
// (float for the small floating dtypes) where the kind uses one.
using TernaryLoop = void (*)(char* out, const char* a, const char* b, const char* c, int64_t n, const int64_t* strides,
                             const void* value);
enum TernaryKind : size_t { kClamp, kLerp, kAddcmul, kAddcdiv, kNumTernaryKinds };

struct TernaryLoops {
  TernaryLoop by_kind[kNumTernaryKinds][kNumLoopDtypes];
  // lerp with a weight that is one number: float for the small floating dtypes.
  TernaryLoop lerp_number[kNumLoopDtypes];
  // out[i] = a[i] ? b[i] : c[i], where a is bytes and the rest elements of 1 << index bytes.
  TernaryLoop select[5];
};

}  // namespace vt::core
