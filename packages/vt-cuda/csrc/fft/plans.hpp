// SPDX-License-Identifier: Apache-2.0
// Runs Fourier transforms by cuFFT's plans, which are kept.
#pragma once

#include <array>

#include "../backend.hpp"
#include "library.hpp"

namespace vt::cuda {

// Of dense tensors: `batch` signals of the first `rank` sizes, points of the real signal where one side is real.
struct Transform {
  ft::Type type;
  int rank;
  std::array<int64_t, 3> sizes;
  int64_t batch;
};

// Enqueues a transform on the current stream; nothing waits, but for the making of a plan at the first use of a transform, which
// cannot be captured. `in` may be overwritten where the result is real, and may be `out` where both are complex.
void run_transform(const char* op, DLDevice device, const Transform& transform, void* in, void* out, bool forward);

}  // namespace vt::cuda
