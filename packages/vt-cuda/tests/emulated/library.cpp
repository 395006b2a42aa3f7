// SPDX-License-Identifier: Apache-2.0
// No library of NVIDIA's reads host memory as a device's: none is found here.
#include "libraries/open.hpp"

namespace vt::cuda {

void set_package_folders(std::vector<std::string>) {}
void* Functions::address_of(const char*) const noexcept { return nullptr; }
OpenedLibrary open_library(const LibraryFiles&, void (*)(Functions&)) { return {"", "emulated"}; }

}  // namespace vt::cuda
