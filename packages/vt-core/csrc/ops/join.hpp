// SPDX-License-Identifier: Apache-2.0
// The parts of the join family, which register_join registers.
#pragma once

#include <vt/cpp/registration.hpp>

namespace vt::core {

void register_split(VtPlugin* plugin);
void register_split_at(VtPlugin* plugin);
void register_rearrange(VtPlugin* plugin);
void register_repeat(VtPlugin* plugin);
void register_rotation(VtPlugin* plugin);
void register_stack_forms(VtPlugin* plugin);

}  // namespace vt::core
