// SPDX-License-Identifier: Apache-2.0
// Stands in for cuDNN on the host.
#pragma once

#include <string>

namespace vt::cuda::emulated {

// Tells how the library behaves, by a word: "works" on the whole, "broken" from the first call, or "refuses" all that it is asked.
void set_dnn_behaviour(const std::string& word);

// A function of cuDNN by its name; null for one that there is not.
void* dnn_function(const std::string& name);

}  // namespace vt::cuda::emulated
