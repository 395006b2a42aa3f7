// SPDX-License-Identifier: Apache-2.0
// Products of convolutions on CPU tensors (Note [Convolutions] in vt/cpp/spatial/convolution.hpp).
#pragma once

#include <vt/cpp/spatial/convolution.hpp>

#include "ops/ops.hpp"

namespace vt::core {

// small = bias + large correlated with the weight. Tensors of any layout, the weight row-major.
void correlate(const convolution::Shape& shape, const Tensor& large, const Tensor& weight, const Tensor& bias,
               const Tensor& small);
// large = bias + small spread by the weight.
void spread(const convolution::Shape& shape, const Tensor& small, const Tensor& weight, const Tensor& bias,
            const Tensor& large);
// weight = the sum of small times large.
void weigh(const convolution::Shape& shape, const Tensor& large, const Tensor& small, const Tensor& weight);

// The same for complex tensors, by products of their parts.
void complex_convolution(const convolution::Shape& shape, const Tensor& input, const Tensor& weight, const Tensor& bias,
                         const Tensor& out);
void complex_convolution_backward(const convolution::Shape& shape, const Tensor& grad, const Tensor& input,
                                  const Tensor& weight, const Tensor& input_grad, const Tensor& weight_grad);

void register_convolution_forms(VtPlugin* plugin);

}  // namespace vt::core
