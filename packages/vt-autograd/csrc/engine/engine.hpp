// SPDX-License-Identifier: Apache-2.0
// The engine: backward from roots, on the calling thread.
#pragma once

#include <span>
#include <vector>

#include <vt/abi/autograd.h>
#include <vt/cpp/tensor.hpp>

namespace vt::autograd {

// Roots and inputs are tensors, or else edges.
struct BackwardRequest {
  std::span<VtTensor* const> roots;
  std::span<VtTensor* const> grads;   // empty, or one per root, NULL for ones
  std::span<VtTensor* const> inputs;  // empty: every leaf that is reached
  uint32_t flags = 0;                 // VtBackwardFlags
  std::span<const VtGradientEdge> root_edges{};
  std::span<const VtGradientEdge> input_edges{};

  bool names_inputs() const noexcept { return !inputs.empty() || !input_edges.empty(); }
};

// Accumulates into leaves, or into `inputs` when there are any.
void backward(const BackwardRequest& request);
// Gradients of the inputs, NULL where unused.
std::vector<Tensor> compute_grad(const BackwardRequest& request);

// The innermost backward of the calling thread: a number that no other has, 0 outside of one.
uint64_t current_backward() noexcept;
bool backward_is_full() noexcept;  // it accumulates into every leaf that is reached
// Whether it will run, or has run, this node.
bool will_run(const VtNode* node);
// The node that it runs now, if a hook or an observer watches that node; borrowed or NULL.
VtNode* current_node() noexcept;

}  // namespace vt::autograd
