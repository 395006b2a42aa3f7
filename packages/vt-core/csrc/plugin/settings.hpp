// SPDX-License-Identifier: Apache-2.0
// The environment variables that the stack reads: declared by name and meaning, listed by one call.
#pragma once

#include <vt/abi/object.h>

namespace vt::core {

// Declares a variable; a second declaration with the same text changes nothing, another text throws VALUE.
void declare_setting(const char* name, const char* doc);
int visit_settings(VtVisitSettingFn visit, void* arg) noexcept;

}  // namespace vt::core
