// SPDX-License-Identifier: Apache-2.0
// No library of NVIDIA's reads host memory as a device's. For cuSOLVER one of LAPACK's stands in, and for cuDNN one of these sources
// where a file of its name lies in a folder of packages; no others are found here.
#include "libraries/open.hpp"

#include <fstream>
#include <string_view>

#include "dnn.hpp"
#include "solver.hpp"

namespace vt::cuda {
namespace {

std::vector<std::string>& folders() {
  static std::vector<std::string> list;
  return list;
}

bool is_named(const LibraryFiles& files, const char* name) {
  return std::string_view(files.on_loader_path[0]).starts_with(name);
}

// The first file of those that exists; its path, or empty.
std::string first_file(const LibraryFiles& files) {
  for (const std::string& folder : folders())
    for (const char* file : files.in_packages)
      if (std::ifstream(folder + file)) return folder + file;
  return "";
}

OpenedLibrary found_in(const std::string& path, void (*find)(Functions&)) {
  Functions functions(nullptr);
  find(functions);
  return functions.complete() ? OpenedLibrary{path, ""} : OpenedLibrary{"", path + " lacks functions that are used"};
}

}  // namespace

void set_package_folders(std::vector<std::string> list) { folders() = std::move(list); }
void* Functions::address_of(const char* name) const noexcept {
  return std::string_view(name).starts_with("cudnn") ? emulated::dnn_function(name) : emulated::solver_function(name);
}

OpenedLibrary open_library(const LibraryFiles& files, void (*find)(Functions&)) {
  if (is_named(files, "libcudnn")) {
    const std::string path = first_file(files);
    if (path.empty()) return {"", "emulated, without a file of its name"};
    std::string behaviour;
    std::ifstream(path) >> behaviour;
    emulated::set_dnn_behaviour(behaviour);
    return found_in(path, find);
  }
  if (!is_named(files, "libcusolver")) return {"", "emulated"};
  if (!emulated::open_lapack(folders())) return {"", "emulated, without scipy-openblas32"};
  return found_in("emulated", find);
}

}  // namespace vt::cuda
