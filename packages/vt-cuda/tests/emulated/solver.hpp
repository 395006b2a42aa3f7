// SPDX-License-Identifier: Apache-2.0
// Stands in for cuSOLVER on the host.
#pragma once

#include <string>
#include <vector>

namespace vt::cuda::emulated {

// Opens scipy-openblas32 below folders of Python packages; false when it is not there.
bool open_lapack(const std::vector<std::string>& folders);

// A function of cuSOLVER by its name; null for one that there is not.
void* solver_function(const std::string& name);

// Jacobi's method does not converge for matrices with this first element.
inline constexpr double kNeverConverges = 4096;

}  // namespace vt::cuda::emulated
