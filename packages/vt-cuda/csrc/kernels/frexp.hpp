// SPDX-License-Identifier: Apache-2.0
// The parameters of the kernel that splits numbers into mantissas and exponents.
#pragma once

#include "params.hpp"

namespace vt::cuda {

// Dense operands of one floating dtype.
struct FrexpParams {
  const char* in;
  char* mantissas;
  int32_t* exponents;
  int64_t num;
};

const void* frexp_kernel(DtypeIndex dtype) noexcept;

}  // namespace vt::cuda
