// SPDX-License-Identifier: Apache-2.0
// No library of NVIDIA's reads host memory as a device's: none is found here but cuSOLVER, for which one of LAPACK's stands in.
#include "libraries/open.hpp"

#include <string_view>

#include "solver.hpp"

namespace vt::cuda {
namespace {

std::vector<std::string>& folders() {
  static std::vector<std::string> list;
  return list;
}

}  // namespace

void set_package_folders(std::vector<std::string> list) { folders() = std::move(list); }
void* Functions::address_of(const char* name) const noexcept { return emulated::solver_function(name); }

OpenedLibrary open_library(const LibraryFiles& files, void (*find)(Functions&)) {
  if (!std::string_view(files.on_loader_path[0]).starts_with("libcusolver")) return {"", "emulated"};
  if (!emulated::open_lapack(folders())) return {"", "emulated, without scipy-openblas32"};
  Functions functions(nullptr);
  find(functions);
  return functions.complete() ? OpenedLibrary{"emulated", ""} : OpenedLibrary{"", "emulated lacks functions"};
}

}  // namespace vt::cuda
