// SPDX-License-Identifier: Apache-2.0
// The vt.autograd table.
#pragma once

#include <vt/abi/autograd.h>

namespace vt::autograd {

const VtAutogradApi* autograd_api() noexcept;

}  // namespace vt::autograd
