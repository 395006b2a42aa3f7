// SPDX-License-Identifier: Apache-2.0
// Views under autograd: knowing their base, deriving their history, and writes through them.
#pragma once

#include "variable/variable.hpp"

namespace vt::autograd {

// Notes that `view` was taken from `source` (from its base, when it is a view itself).
void track_view(VtTensor* view, VtTensor* source);

// Derives a view's history from its base when the storage was written since. Cheap when it was not.
void refresh_view(VtTensor* view, Meta* meta);

// Note [Unrecorded views]
// A view that is taken without recording of a tensor that requires grad has no history, and a write through it while
// recording is on would change its base without a trace. Such a view has the autograd bit but no slot, so that the write is
// seen and refused. Views of it are refused likewise.
//
// Marks those among the results of a call that is not recorded.
void note_unrecorded_views(const VtSchema& schema, const VtValue* args, const VtValue* result);
// Whether `t` is one or a view of one.
bool hides_history(const VtTensor* t) noexcept;

// Why a tensor may not be written in place by a recorded call, or NULL.
const char* refusal_to_write(VtTensor* t);

// Before `view` is written in place: an as_strided of another view may reach elements of the base outside of it, whose
// gradient that view's history would drop, so the history is then derived from the base anew.
void settle_history(VtTensor* view, Meta* meta);

// After `view` was written in place and `written` became its history: gives the base one that runs through it.
void rebase_base(VtTensor* view, Meta* meta, NodeRef written, uint32_t output_nr);

// What a view of `base` shows, of a tensor that has the base's sizes, strides and dtype.
Tensor part_of(const Tensor& twin, VtTensor* base, VtTensor* view);

// vt.core's tracking layer: notes the views of tensors that no other layer has looked at.
int tracking_layer(void* context, const VtValue* args, int32_t num_args, VtValue* result) noexcept;

}  // namespace vt::autograd
