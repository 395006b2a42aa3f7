// SPDX-License-Identifier: Apache-2.0
// The parameters of the kernel that writes a progression.
#pragma once

#include "params.hpp"

namespace vt::cuda {

// Element i is start + i step for the first num_from_start, end + (i - last) step for the others; in whole numbers modulo 2^64 or
// in float64.
struct Progression {
  char* out;
  int64_t num;
  int64_t num_from_start;
  int64_t whole_start;
  int64_t whole_step;
  int64_t whole_end;
  double start;
  double step;
  double end;
  DtypeIndex dtype;
  int32_t itemsize;
  bool is_whole;
};

const void* progression_kernel() noexcept;

}  // namespace vt::cuda
