// SPDX-License-Identifier: Apache-2.0
// Inference mode: nothing is recorded, no view is tracked, and what is made is marked.
#pragma once

#include <vt/abi/autograd.h>
#include <vt/cpp/tables.hpp>

namespace vt::autograd {

// Note [Inference mode]
// A thread in the mode includes the inference layer, which lies outside of autograd: it calls below the autograd and tracking
// layers and marks fresh results, by a flag for all to see and by the layer's own bit. That bit brings later calls on such a
// tensor to this layer again, which refuses writes outside of the mode and calls that would save the tensor. So neither the
// mode nor its tensors cost anything where they are not used. Views of a marked tensor are marked by vt-core; a tensor from
// outside of the mode stays what it is, and so do its views.
inline constexpr uint32_t kInferenceBit = 1u << VT_LAYER_INFERENCE;

inline bool inference_mode() noexcept { return tables().dispatch->thread_layers()->include & kInferenceBit; }
// Sets grad mode to the opposite as well. Returns the former value.
bool set_inference_mode(bool enabled) noexcept;

int inference_layer(void* context, const VtValue* args, int32_t num_args, VtValue* result) noexcept;

}  // namespace vt::autograd
