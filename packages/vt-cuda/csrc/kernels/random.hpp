// SPDX-License-Identifier: Apache-2.0
// Parameters and look-up of the kernels of the random family.
#pragma once

#include <vt/cpp/random.hpp>

#include "params.hpp"

namespace vt::cuda {

// Each thread makes this many neighbouring elements, of one output of Philox or of two.
inline constexpr int kRandomPerThread = 4;

// random_draw: dense elements by Note [Random numbers].
struct RandomDraw {
  char* out;
  int64_t num;
  uint64_t seed;
  uint64_t offset;
  Distribution distribution;
  bool aligned;  // kRandomPerThread elements can be stored at once
};

// bernoulli_draw: out[i] = 1 with chance p[i], all dense.
struct BernoulliDraw {
  const char* p;
  char* out;
  int64_t num;
  uint64_t seed;
  uint64_t offset;
};

const void* random_draw_kernel(RandomKind kind, DtypeIndex dtype) noexcept;
const void* bernoulli_draw_kernel(DtypeIndex dtype) noexcept;

}  // namespace vt::cuda
