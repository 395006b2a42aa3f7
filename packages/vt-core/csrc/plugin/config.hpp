// SPDX-License-Identifier: Apache-2.0
// The text of show_config: one fact a line.
#pragma once

namespace vt::core {

// Valid until the thread's next call; NULL with the thread's error set when memory ran out.
const char* show_config() noexcept;

}  // namespace vt::core
