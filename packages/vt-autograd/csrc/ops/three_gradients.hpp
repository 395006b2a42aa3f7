// SPDX-License-Identifier: Apache-2.0
// Rows whose backward is an operator that makes the gradients of input, weight and bias at once.
#pragma once

#include <array>
#include <utility>

#include "ops/terms.hpp"

namespace vt::autograd {

// Which of the three are wanted, as the operator takes it; `wanted` has to outlive the call.
inline VtValue mask(const uint8_t (&wanted)[3]) noexcept {
  VtValue v = none();
  v.tag = VT_BOOL_LIST;
  v.count = 3;
  v.as.bools = wanted;
  return v;
}

// Those that were made.
inline void hand_out(std::array<Tensor, 3>& grads, VtValue* result) noexcept {
  for (size_t k = 0; k < grads.size(); ++k)
    if (grads[k]) result[k] = owned(std::move(grads[k]));
}

// What the derivative of such an operator of `kArgs` arguments is called with: the gradients of the three, each of which may be
// empty, and the arguments.
template <int kArgs>
struct SecondCall {
  explicit SecondCall(const VtValue* args) noexcept
      : input(shared(args[0])), weight(shared(args[1])), bias(shared(args[2])), arg(args + 3) {}
  bool needs(int gradient) const noexcept { return arg[kArgs + 3].as.i >> gradient & 1; }

  Tensor input;
  Tensor weight;
  Tensor bias;
  const VtValue* arg;
};

// The sizes of an argument, of which only these may have been saved.
inline std::span<const int64_t> sizes_in(const VtValue& v) noexcept {
  if (is_tensor(v)) return sizes_of(v.as.tensor);
  return {v.as.meta->sizes, static_cast<size_t>(v.as.meta->ndim)};
}

}  // namespace vt::autograd
