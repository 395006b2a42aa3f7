// SPDX-License-Identifier: Apache-2.0
// The parameters of the kernels that pick one element of each sorted line.
#pragma once

#include <vt/cpp/iter/rank_rules.hpp>

#include "search.hpp"

namespace vt::cuda {

struct RankParams {
  const SortEntry* entries;  // of [line][padded], in order
  const char* in;
  char* values;     // one element a line
  int64_t* places;  // or null
  int64_t padded;
  int64_t length;
  int64_t num_lines;
  int64_t k;
  int64_t stride;  // bytes along a line of `in`
  int32_t itemsize;
  Rank rank;
  bool has_nan;  // the dtype has one
  Walk<int64_t, 1> lines;
};

const void* rank_kernel() noexcept;  // a thread for each line
const void* mode_kernel() noexcept;  // a block for each line

}  // namespace vt::cuda
