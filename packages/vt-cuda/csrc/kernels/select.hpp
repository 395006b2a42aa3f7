// SPDX-License-Identifier: Apache-2.0
// The parameters of the kernel that picks an element of each line by its rank without sorting the line.
#pragma once

#include <vt/cpp/iter/rank_rules.hpp>

#include "radix_lines.hpp"

namespace vt::cuda {

// Note [Selection]
// A warp, or for longer lines a block, holds the keys of a line. The wanted key is found bit by bit from the highest on: by how
// many keys that begin as it does have the next bit clear. That ends when one key is left, which for real numbers is after a
// dozen bits; of equal keys the wanted one is then found in the order of their positions, as a stable sort has them.
inline constexpr int kMostOfWarp = 1024;
inline constexpr int kMostSelected = 4096;  // elements of a line

struct SelectParams {
  const char* in;
  char* values;     // one element a line
  int64_t* places;  // or null
  int64_t num_lines;
  int32_t length;
  int32_t k;
  int64_t stride;  // bytes along a line of `in`
  Rank rank;
  KeyForm form;
  Walk<int64_t, 1> lines;
};

struct SelectKernel {
  const void* symbol;
  int64_t lines;  // of a block
};
SelectKernel select_kernel(int64_t itemsize, int64_t length) noexcept;

}  // namespace vt::cuda
