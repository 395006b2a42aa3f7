// SPDX-License-Identifier: Apache-2.0
// The vt.forward table.
#pragma once

#include <vt/abi/forward.h>

namespace vt::autograd {

const VtForwardApi* forward_api() noexcept;

}  // namespace vt::autograd
