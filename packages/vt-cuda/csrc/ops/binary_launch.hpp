// SPDX-License-Identifier: Apache-2.0
// From the arguments of an op on two operands to its kernel.
#pragma once

#include <vt/cpp/iter/binary_rules.hpp>

#include "../kernels/binary.hpp"
#include "host_element.hpp"
#include "ops.hpp"

namespace vt::cuda {

// What sets one binary op apart from the others.
struct BinaryOp {
  const char* name;
  BinaryKind kind;
  BinaryKernels (*kernels)(BinaryKind kind, DtypeIndex dtype) noexcept;
  uint32_t plan_flags = VT_ITER_PROMOTE;
  bool second_unrounded = false;  // tensors of any size enter as numbers do
};

// The multiplier of the second operand; `negate` turns its sign once it has been checked.
struct Alpha {
  const VtValue* value = nullptr;
  bool negate = false;
};

// Any two operands, either of which may be a number (binary_launch.cpp).
void launch_binary(const BinaryOp& op, const VtValue* operands, VtValue* result, const Alpha& alpha = {});

// The same with operands exchanged: `2 / x`.
inline void launch_reflected(const BinaryOp& op, const VtValue* args, VtValue* result, const Alpha& alpha = {}) {
  const VtValue operands[2] = {args[1], args[0]};
  launch_binary(op, operands, result, alpha);
}

}  // namespace vt::cuda
