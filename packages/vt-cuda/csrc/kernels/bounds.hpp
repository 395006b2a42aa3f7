// SPDX-License-Identifier: Apache-2.0
// The parameters of the kernel that searches sorted lines.
#pragma once

#include "index.hpp"

namespace vt::cuda {

// Dense operands of one dtype: values in rows of `num_per_line`, each searched for in a line of its own or all in one.
struct BoundParams {
  const char* sequence;
  const char* values;
  const int64_t* sorter;  // or null
  char* out;
  int64_t num;
  int64_t num_per_line;
  int64_t length;
  bool is_shared;
  bool right;
  bool out_int32;
  IndexErrorRecord* record;
};

const void* bound_kernel(DtypeIndex dtype) noexcept;

}  // namespace vt::cuda
