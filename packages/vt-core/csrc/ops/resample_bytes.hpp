// SPDX-License-Identifier: Apache-2.0
// Resampling of images of bytes in whole numbers.
#pragma once

#include <vt/cpp/spatial/resample.hpp>

namespace vt::core {

// Planes of uint8 at `from`, dense, resampled to `to` by a linear, cubic or Lanczos method.
void resample_bytes(const resample::Shape& shape, const uint8_t* from, uint8_t* to);

}  // namespace vt::core
