// SPDX-License-Identifier: Apache-2.0
// The loops of the optim family.
#pragma once

#include <cstddef>
#include <cstdint>

namespace vt {
enum class NormKind : uint8_t;
namespace optim {
struct SgdScalars;
struct AdamScalars;
}  // namespace optim
}  // namespace vt

namespace vt::core {

// One step of n dense elements of a parameter (Note [Optimiser steps] in vt/cpp/optim.hpp). `buffer` is NULL without
// momentum, `largest` without amsgrad.
using SgdLoop = void (*)(char* param, const char* grad, char* buffer, int64_t n, const optim::SgdScalars& s);
using AdamLoop = void (*)(char* param, const char* grad, char* mean, char* square, char* largest, int64_t n,
                          const optim::AdamScalars& s);

// A norm's sum over n dense elements, or the extreme of their magnitudes, in double; NaN stays.
using TotalNormLoop = double (*)(const char* x, int64_t n, double p);

// x = min(max(x, low), high) where there are bounds; x *= factor.
using ClampLoop = void (*)(char* x, int64_t n, const double* low, const double* high);
using ScaleLoop = void (*)(char* x, int64_t n, double factor);

struct OptimLoops {
  SgdLoop sgd[5][2][18];      // [Momentum][with weight decay][DtypeIndex]
  AdamLoop adam[2][2][18];    // [with decay in the gradient][amsgrad][DtypeIndex]
  TotalNormLoop norm[6][18];  // [NormKind][DtypeIndex]
  ClampLoop clamp[18];
  ScaleLoop scale[18];
};

}  // namespace vt::core
