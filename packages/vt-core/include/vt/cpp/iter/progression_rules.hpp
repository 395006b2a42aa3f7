// SPDX-License-Identifier: Apache-2.0
// What the filling with a progression refuses, the same on every device.
#pragma once

#include <vt/cpp/iter.hpp>

#include <string>

namespace vt {

// _fill_progression_(self, start, step, end, num_from_start)
inline void check_progression(const VtValue* args, const VtTensor* self) {
  constexpr const char* kOp = "_fill_progression_";
  const DtypeInfo& info = dtype_info(known_dtype_index(self->dl.dtype));
  const bool is_number = info.category == Category::kInteger || info.category == Category::kFloating;
  if (!is_number || (info.category == Category::kFloating && self->dl.dtype.bits == 8))
    fail(VT_ERROR_NOT_IMPLEMENTED,
         std::string(kOp) + ": not implemented for " + std::string(dtype_name(self->dl.dtype)));
  if (!(self->flags & VT_TENSOR_CONTIGUOUS))
    fail(VT_ERROR_RUNTIME, std::string(kOp) +
                               ": self must be contiguous, without several elements at one address: got " +
                               "the strides of a view");
  const int32_t tag = args[1].tag;
  if ((tag != VT_INT && tag != VT_FLOAT) || args[2].tag != tag || args[3].tag != tag)
    fail(VT_ERROR_TYPE, std::string(kOp) + ": start, step and end must be int, or all of them float");
}

}  // namespace vt
