// SPDX-License-Identifier: Apache-2.0
// Attention by cuDNN.
#pragma once

#include <vt/cpp/iter/attention_rules.hpp>

#include "../kernels/attention.hpp"

namespace vt::cuda {

// Compute what the kernels of the same parameters do, where the library is there and is the better choice; else false, and nothing is
// enqueued.
bool dnn_attention(const char* op, DLDevice device, DLDataType dtype, const AttentionShape& shape,
                   const AttentionParams& p);
bool dnn_attention_backward(const char* op, DLDevice device, DLDataType dtype, const AttentionShape& shape,
                            const AttentionParams& p);

}  // namespace vt::cuda
