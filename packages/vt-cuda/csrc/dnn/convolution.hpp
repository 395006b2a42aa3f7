// SPDX-License-Identifier: Apache-2.0
// Convolutions by cuDNN.
#pragma once

#include <vt/cpp/spatial/convolution.hpp>
#include <vt/cpp/tensor.hpp>

namespace vt::cuda {

// The three sums of Note [Convolutions] in vt/cpp/spatial/convolution.hpp.
enum class DnnSum : int64_t { kCorrelate, kSpread, kWeigh };

// Computes one of the tensors from the two others, where the library is there and is the better choice; else false, and nothing is
// enqueued. The result is row-major, or channels-last as a result of `large` and `small`.
bool dnn_convolve(const char* op, DnnSum sum, const convolution::Shape& shape, const Tensor& large,
                  const Tensor& weight, const Tensor& small);

}  // namespace vt::cuda
