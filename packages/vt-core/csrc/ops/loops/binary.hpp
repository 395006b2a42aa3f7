// SPDX-License-Identifier: Apache-2.0
// The loops of the binary family.
#pragma once

#include <cstdint>

#include "ops/loops/table.hpp"

namespace vt::core {

// out[i] = a[i] op b[i]; `strides` are those of out, a, b in bytes. `alpha` points to an element of the dtype (float for
// the small floating dtypes) where the kind uses one.
using BinaryLoop = void (*)(char* out, const char* a, const char* b, int64_t n, const int64_t* strides,
                            const void* alpha);
enum BinaryKind : size_t {
  kAdd,
  kAddScaled,
  kMul,
  kDiv,
  kFloorDivide,
  kTruncDivide,
  kRemainder,
  kPow,
  kMaximum,
  kMinimum,
  kAtan2,
  kFmod,
  kFmax,
  kFmin,
  kCopysign,
  kHypot,
  kHeaviside,
  kNextafter,
  kLogaddexp,
  kLogaddexp2,
  kLdexp,
  kGcd,
  kLcm,
  kLeftShift,
  kRightShift,
  kNumBinaryKinds
};

// Whether any of n integers `stride` bytes apart is zero.
using HasZeroLoop = bool (*)(const char* src, int64_t stride, int64_t n);

struct BinaryLoops {
  BinaryLoop by_kind[kNumBinaryKinds][kNumLoopDtypes];
  // With b one number: an element of the dtype, float for the small floating dtypes.
  BinaryLoop by_number[kNumBinaryKinds][kNumLoopDtypes];
  HasZeroLoop has_zero[kNumLoopDtypes];  // of integers
};

}  // namespace vt::core
