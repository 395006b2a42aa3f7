// SPDX-License-Identifier: Apache-2.0
// Parameters and look-up of the kernels of the dropout family.
#pragma once

#include <vt/cpp/random.hpp>

#include "params.hpp"
#include "random_numbers.hpp"

namespace vt::cuda {

// Each thread makes this many neighbouring elements, of one output of Philox.
inline constexpr int kDropoutPerThread = 4;

// dropout, or with a mask that is given its gradient; all dense and row-major.
struct Dropout {
  const char* in;
  char* out;
  uint8_t* mask;
  int64_t num;
  RandomNumbers numbers;
  Distribution kept;
  double scale;
  bool aligned;  // kDropoutPerThread elements can be moved at once
};

// NULL where a dtype does not have the operation.
const void* dropout_kernel(DtypeIndex dtype) noexcept;
const void* dropout_backward_kernel(DtypeIndex dtype) noexcept;

}  // namespace vt::cuda
