// SPDX-License-Identifier: Apache-2.0
// The dtype of tensors that are made without one, and the table vt.core.defaults, by which this package's own Python module
// sets it.
#pragma once

#include <vt/abi/base.h>
#include <vt/cpp/dtype.hpp>

namespace vt::core {

// Note [Default dtype]
// Makers of tensors take it where no dtype is given and the elements are real numbers; where they are complex its complex
// counterpart. Promotion takes it for Python's floats, and for integers where an op gives no integers (vt.core.iter 1.1).
DLDataType default_dtype() noexcept;
DLDataType default_complex_dtype() noexcept;
// A floating-point dtype of 16 bits or more; anything else is an error.
void set_default_dtype(DLDataType dtype);

inline constexpr char kDefaultsApiName[] = "vt.core.defaults";
inline constexpr uint16_t kDefaultsApiMajor = 1;
inline constexpr uint16_t kDefaultsApiMinor = 0;

struct DefaultsApi {
  VtTableHeader header;

  DLDataType (*dtype)();
  DLDataType (*complex_dtype)();
  int (*set_dtype)(DLDataType dtype);
};

const DefaultsApi* defaults_api() noexcept;

}  // namespace vt::core
