// SPDX-License-Identifier: Apache-2.0
// The parameters of the join kernels.
#pragma once

#include "params.hpp"

namespace vt::cuda {

// Rows of bytes side by side: row r of the result is row r of each part in turn. Lengths count units of `unit` bytes.
inline constexpr int kMaxJoined = 64;
struct JoinParams {
  char* out;
  int64_t num;       // units written
  int64_t out_row;   // units of a row of the whole result
  int64_t row;       // units of a row that these parts make up
  int64_t position;  // of their first unit in the result's row
  int32_t num_parts;
  const char* parts[kMaxJoined];
  int64_t ends[kMaxJoined];  // of each part in the row that these parts make up
};
inline constexpr int kJoinUnitsPerThread = 4;

// `unit` is 1, 2, 4, 8 or 16 bytes.
const void* join_kernel(int64_t unit) noexcept;

}  // namespace vt::cuda
