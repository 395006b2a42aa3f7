// SPDX-License-Identifier: Apache-2.0
// The loops of the compare family: two operands of one dtype give booleans, or for the bitwise kinds the dtype itself.
#pragma once

#include "ops/loops/binary.hpp"

namespace vt::core {

enum CompareKind : size_t {
  kEqual,
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kLogicalAnd,
  kLogicalOr,
  kLogicalXor,
  kBitwiseAnd,
  kBitwiseOr,
  kBitwiseXor,
  kNumCompareKinds
};

struct CompareLoops {
  BinaryLoop by_kind[kNumCompareKinds][kNumLoopDtypes];
};

}  // namespace vt::core
