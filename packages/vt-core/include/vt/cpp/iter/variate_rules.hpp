// SPDX-License-Identifier: Apache-2.0
// What the random numbers of two parameters refuse, the same on every device.
#pragma once

#include <vt/cpp/random_rules.hpp>

namespace vt {

// binomial(count, prob, generator): checked, and the sizes of the result.
inline void check_binomial(const VtValue* args, Sizes& sizes) {
  const VtTensor* count = args[0].as.tensor;
  const VtTensor* chance = args[1].as.tensor;
  check_random_dtype("binomial", count->dl.dtype, false);
  check_random_dtype("binomial", chance->dl.dtype, false);
  if (!same_dtype(count->dl.dtype, chance->dl.dtype))
    fail(VT_ERROR_RUNTIME, "binomial: count and prob must have one dtype: got " +
                               std::string(dtype_name(count->dl.dtype)) + " and " +
                               std::string(dtype_name(chance->dl.dtype)));
  sizes.assign(sizes_of(count));
  if (!broadcast_into(sizes, sizes_of(chance))) fail_broadcast("binomial", sizes_of(count), sizes_of(chance));
}

// _standard_gamma_grad(self, output): checked.
inline void check_gamma_grad(const VtValue* args) {
  constexpr const char* kOp = "_standard_gamma_grad";
  const VtTensor* self = args[0].as.tensor;
  const VtTensor* output = args[1].as.tensor;
  check_random_dtype(kOp, self->dl.dtype, false);
  if (!same_dtype(self->dl.dtype, output->dl.dtype) || !same_sizes(sizes_of(self), sizes_of(output)))
    fail(VT_ERROR_RUNTIME, std::string(kOp) + ": self and output must agree: got " +
                               std::string(dtype_name(self->dl.dtype)) + " of " + format_sizes(sizes_of(self)) +
                               " and " + std::string(dtype_name(output->dl.dtype)) + " of " +
                               format_sizes(sizes_of(output)));
}

}  // namespace vt
