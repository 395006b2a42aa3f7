// SPDX-License-Identifier: Apache-2.0
// The engine: backward from roots, on the calling thread.
#pragma once

#include <span>
#include <vector>

#include <vt/cpp/tensor.hpp>

namespace vt::autograd {

struct BackwardRequest {
  std::span<VtTensor* const> roots;
  std::span<VtTensor* const> grads;   // empty, or one per root, NULL for ones
  std::span<VtTensor* const> inputs;  // empty: every leaf that is reached
  uint32_t flags = 0;                 // VtBackwardFlags
};

// Accumulates into leaves, or into `inputs` when there are any.
void backward(const BackwardRequest& request);
// Gradients of the inputs, NULL where unused.
std::vector<Tensor> compute_grad(const BackwardRequest& request);

}  // namespace vt::autograd
