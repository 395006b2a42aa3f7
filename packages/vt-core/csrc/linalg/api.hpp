// SPDX-License-Identifier: Apache-2.0
// The table vt.core.lapack: where factorisations find their library, for this package's own Python module.
#pragma once

#include <vt/abi/base.h>

namespace vt::core {

inline constexpr char kLapackApiName[] = "vt.core.lapack";
inline constexpr uint16_t kLapackApiMajor = 1;
inline constexpr uint16_t kLapackApiMinor = 0;

struct LapackApi {
  VtTableHeader header;

  // Folders with Python packages, where the library is looked for.
  int (*set_package_folders)(const char* const* folders, int32_t num);
  // Valid until the thread's next call; NULL when it failed.
  const char* (*description)();
};

const LapackApi* lapack_api() noexcept;

}  // namespace vt::core
