// SPDX-License-Identifier: Apache-2.0
// The loops of random numbers that are made by rejection.
#pragma once

#include <cstdint>

#include "ops/loops/table.hpp"

namespace vt::core {

// Writes elements first .. first + n of dense `out`; their numbers are those of (seed, offset + element). The parameters `a` and
// `b`, of the same dtype, are dense; `b` is NULL for distributions of one.
using VariateLoop = void (*)(uint64_t seed, uint64_t offset, const char* a, const char* b, char* out, int64_t first,
                             int64_t n);

struct VariateLoops {
  VariateLoop poisson[kNumLoopDtypes];
  VariateLoop binomial[kNumLoopDtypes];
  VariateLoop standard_gamma[kNumLoopDtypes];
  VariateLoop standard_gamma_grad[kNumLoopDtypes];  // draws nothing: by shape and number
};

}  // namespace vt::core
