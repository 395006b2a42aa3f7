// SPDX-License-Identifier: Apache-2.0
// The loops of the special functions.
#pragma once

#include <vt/cpp/pointwise/special.hpp>

#include "ops/loops/binary.hpp"
#include "ops/loops/pointwise.hpp"

namespace vt::core {

using SpecialLoops = PointwiseLoops<pointwise::SpecialOps>;

enum SpecialPairKind : size_t {
  kXlogy,
  kXlog1py,
  // Computed in double, one element at a time.
  kZeta,
  kGammainc,
  kGammaincc,
  kChebyshevT,
  kChebyshevU,
  kChebyshevV,
  kChebyshevW,
  kShiftedChebyshevT,
  kShiftedChebyshevU,
  kShiftedChebyshevV,
  kShiftedChebyshevW,
  kHermiteH,
  kHermiteHe,
  kLaguerre,
  kLegendre,
  kNumSpecialPairKinds
};

struct SpecialPairLoops {
  BinaryLoop by_kind[kNumSpecialPairKinds][kNumLoopDtypes];
  BinaryLoop by_number[kNumSpecialPairKinds][kNumLoopDtypes];
};

}  // namespace vt::core
