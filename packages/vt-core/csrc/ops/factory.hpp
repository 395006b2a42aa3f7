// SPDX-License-Identifier: Apache-2.0
// The parts of the factory family, which register_factory registers.
#pragma once

#include <vt/cpp/registration.hpp>

namespace vt::core {

void register_factory_new(VtPlugin* plugin);

}  // namespace vt::core
