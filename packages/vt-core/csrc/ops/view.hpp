// SPDX-License-Identifier: Apache-2.0
// The parts of the view family, which register_view registers.
#pragma once

#include <vt/cpp/registration.hpp>

namespace vt::core {

void register_diagonal(VtPlugin* plugin);
void register_reinterpret(VtPlugin* plugin);
void register_unfold(VtPlugin* plugin);
void register_view_copies(VtPlugin* plugin);
void register_view_in_place(VtPlugin* plugin);
void register_view_scatter(VtPlugin* plugin);

}  // namespace vt::core
