// SPDX-License-Identifier: Apache-2.0
// The formulas of the special functions that are computed one element at a time, in double: they branch.
#pragma once

#include <vt/cpp/math/zeta.hpp>
#include <vt/cpp/pointwise/op.hpp>

namespace vt::pointwise {

// The derivative of order n of digamma, n >= 1: (-1)^(n + 1) n! zeta(n + 1, x). Parameters: n + 1 and the factor.
struct Polygamma : OfFloats {
  static constexpr const char* kName = "polygamma";
  template <class W>
  VT_POINTWISE W of(W x, const Parameters& p) noexcept {
    return static_cast<W>(p.second * math::zeta(p.first, static_cast<double>(x)));
  }
};

using SpecialScalarOps = OpList<Polygamma>;

}  // namespace vt::pointwise
