// SPDX-License-Identifier: Apache-2.0
// The ops that the engine itself calls, looked up once.
#pragma once

#include <vt/cpp/op.hpp>

namespace vt::autograd {

struct Calls {
  Op add{"add"};
  Op clone{"clone"};
  Op copy{"copy_"};
  Op fill{"fill_"};
  Op as_strided{"as_strided"};
  Op sum_to_size{"sum_to_size"};
  Op to{"to"};
  Op view_as_real{"view_as_real"};
  Op view_as_complex{"view_as_complex"};
};

// The default of add's last argument: a call with every argument needs not look for defaults.
inline constexpr int64_t kAlpha = 1;

// Throws NOT_IMPLEMENTED naming an op that the loaded vt-core lacks.
inline const Calls& ops() {
  static const Calls calls;
  return calls;
}

}  // namespace vt::autograd
