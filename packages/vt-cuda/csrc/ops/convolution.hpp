// SPDX-License-Identifier: Apache-2.0
// How sums of convolutions are computed: by kernels of their own, or as products of matrices by a library.
#pragma once

#include <vt/cpp/rows.hpp>

#include "../kernels/convolution.hpp"
#include "launch.hpp"

namespace vt::cuda {

struct GatherTensors {
  Tensor source;
  Tensor weight;  // row-major
  Tensor bias;    // may be empty
  Tensor result;  // new: its elements begin where its storage does
};

// Runs the phases that the axes have, by kernels.
void launch_gather(const char* op, const Queue& queue, DtypeIndex dtype, GatherParams& p);

// Whether the sums are large enough to be worth a matrix of columns, and a library is there that multiplies it.
bool takes_columns(const GatherParams& p, DtypeIndex dtype);

// Runs the phases that the axes have. `correlates` says that the weight is a matrix of steps as it lies.
void gather_by_products(const char* op, const GatherParams& p, const GatherTensors& tensors, bool correlates);
// The gradient of the weight; `p` describes the correlation of the large tensor, `small` is its result or that one's gradient.
void weigh_by_products(const char* op, const GatherParams& p, const Tensor& small, const Tensor& weight);

}  // namespace vt::cuda
