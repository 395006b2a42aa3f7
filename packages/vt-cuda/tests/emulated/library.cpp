// SPDX-License-Identifier: Apache-2.0
// No BLAS library reads host memory as a device's: products run on the kernels that are compiled as C++.
#include "blas/library.hpp"

namespace vt::cuda {

void set_package_folders(std::vector<std::string>) {}
const CublasLt* cublas_lt() { return nullptr; }
std::string blas_description() { return "own kernels: emulated"; }

}  // namespace vt::cuda
