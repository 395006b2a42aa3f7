// SPDX-License-Identifier: Apache-2.0
// The table vt.cuda.blas: settings of matrix products, for this package's own Python module.
#pragma once

#include <vt/abi/base.h>

#include <cstdint>

namespace vt::cuda {

inline constexpr char kBlasApiName[] = "vt.cuda.blas";
inline constexpr uint16_t kBlasApiMajor = 1;
inline constexpr uint16_t kBlasApiMinor = 1;

struct BlasApi {
  VtTableHeader header;

  // Folders with Python packages, where the library is looked for first.
  void (*set_package_folders)(const char* const* folders, int32_t num);
  // Valid until the thread's next call.
  const char* (*description)();
  // 0 highest, 1 high, 2 medium.
  int (*set_float32_precision)(int32_t precision);
  int32_t (*float32_precision)();
  // What serves convolutions and attention beside own kernels. Valid until the thread's next call.
  const char* (*dnn_description)();
};

const BlasApi* blas_api() noexcept;

}  // namespace vt::cuda
