// SPDX-License-Identifier: Apache-2.0
// Parameters and look-up of the kernels of the random family.
#pragma once

#include <vt/cpp/random.hpp>

#include "params.hpp"
#include "random_numbers.hpp"

namespace vt::cuda {

// Each thread makes this many neighbouring elements, of one output of Philox or of two.
inline constexpr int kRandomPerThread = 4;

// random_draw: dense elements by Note [Random numbers].
struct RandomDraw {
  char* out;
  int64_t num;
  RandomNumbers numbers;
  Distribution distribution;
  bool aligned;  // kRandomPerThread elements can be stored at once
};

// bernoulli_draw: out[i] = 1 with chance p[i], all dense.
struct BernoulliDraw {
  const char* p;
  char* out;
  int64_t num;
  RandomNumbers numbers;
};

// multinomial_sums: ends[row][block] = the sum of a row's probabilities up to the end of a block of `block` categories.
// multinomial_draw: out[row][i] = the category in which a random number falls. Rows are dense.
struct Multinomial {
  const char* p;
  double* ends;
  int64_t* out;
  int64_t num;  // samples of all rows
  int64_t per_row;
  int64_t categories;
  int64_t block;
  int64_t num_blocks;
  RandomNumbers numbers;
  DtypeIndex dtype;
};

const void* multinomial_sums_kernel() noexcept;
const void* multinomial_draw_kernel() noexcept;
const void* random_draw_kernel(RandomKind kind, DtypeIndex dtype) noexcept;
const void* bernoulli_draw_kernel(DtypeIndex dtype) noexcept;

}  // namespace vt::cuda
