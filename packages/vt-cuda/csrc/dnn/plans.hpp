// SPDX-License-Identifier: Apache-2.0
// Runs what cuDNN is asked to compute by plans that are kept.
#pragma once

#include <vt/cpp/tensor.hpp>

#include <array>
#include <span>

#include "graph.hpp"

namespace vt::cuda {

// All that the choice of a plan depends on.
using DnnKey = std::array<int64_t, 40>;

// Something that the library can be asked to compute.
class DnnProblem {
 public:
  virtual DnnKey key() const = 0;
  // Adds tensors and operations.
  virtual void describe(Graph& graph) const = 0;
  // Whether sums may be computed with operands rounded to fewer bits.
  virtual bool rounds_operands() const noexcept = 0;
  // Whether the library compiles a kernel for a plan: Note [Plans that are dear].
  virtual bool is_dear() const noexcept = 0;

 protected:
  ~DnnProblem() = default;
};

// Where the tensor of an `id` lies; a number lies on the host.
struct DnnOperand {
  int64_t id;
  const void* data;
};

// Enqueues the problem on the current stream. False when no engine of the library serves it; nothing is enqueued then. Nothing waits.
bool dnn_run(const char* op, DLDevice device, const DnnProblem& problem, std::span<const DnnOperand> operands);

}  // namespace vt::cuda
