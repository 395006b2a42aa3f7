// SPDX-License-Identifier: Apache-2.0
// The parameters of the kernels of random numbers that are made by rejection.
#pragma once

#include "params.hpp"
#include "random_numbers.hpp"

namespace vt::cuda {

enum class Variate : uint8_t { kPoisson, kBinomial, kStandardGamma, kStandardGammaGrad };

// One number per element of `a`, and of `b` where there are two parameters; all dense, of one dtype.
struct VariateParams {
  const char* a;
  const char* b;
  char* out;
  int64_t num;
  RandomNumbers numbers;
  DtypeIndex dtype;
  int32_t itemsize;
};

const void* variate_kernel(Variate variate) noexcept;

}  // namespace vt::cuda
