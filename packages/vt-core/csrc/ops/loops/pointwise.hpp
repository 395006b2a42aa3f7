// SPDX-License-Identifier: Apache-2.0
// The shape of the loops of ops that make one element from one of each input.
#pragma once

#include <vt/cpp/pointwise.hpp>

#include <cstddef>
#include <cstdint>

namespace vt::core {

// Computes n elements; all operands are dense, of the dtype that the op computes in, the result of a predicate of bool.
// `out` may be an input. `b` is NULL for ops of one input.
using PointwiseLoop = void (*)(char* out, const char* a, const char* b, int64_t n, const pointwise::Parameters* p);

// A table of the ops of a list by DtypeIndex (the last row stands for no dtype); NULL where an op is not computed in one.
template <class List>
struct PointwiseLoops {
  PointwiseLoop loop[List::kCount][18];
};

}  // namespace vt::core
