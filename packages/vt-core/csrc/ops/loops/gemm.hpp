// SPDX-License-Identifier: Apache-2.0
// The loops of the gemm family.
#pragma once

#include <cstddef>
#include <cstdint>

namespace vt::core {

struct GemmLoops {};

}  // namespace vt::core
