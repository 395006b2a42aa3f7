// SPDX-License-Identifier: Apache-2.0
// Opens NVIDIA's libraries when they are first needed: beside installed Python packages, where its wheels put them, or on the
// loader's path.
#pragma once

#include <span>
#include <string>
#include <vector>

namespace vt::cuda {

// Where Python packages are installed. Counts for libraries that are opened later.
void set_package_folders(std::vector<std::string> folders);

// Files to try in this order: below the folders of packages, then on the loader's path. The newest first: any of them runs on a
// driver of the toolkit that this package is built with.
struct LibraryFiles {
  std::span<const char* const> in_packages;
  std::span<const char* const> on_loader_path;
};

// Looks functions of an open library up; missing ones make `complete` false.
class Functions {
 public:
  explicit Functions(void* handle) noexcept : handle_(handle) {}
  template <class Function>
  void find(const char* name, Function& function) {
    function = reinterpret_cast<Function>(address_of(name));
    if (function == nullptr) complete_ = false;
  }
  bool complete() const noexcept { return complete_; }

 private:
  void* address_of(const char* name) const noexcept;

  void* handle_;
  bool complete_ = true;
};

struct OpenedLibrary {
  std::string path;    // empty for none
  std::string reason;  // why there is none
};

// Opens the first of the files that exists and has what `find` looks up. It is never closed: its threads and handles may outlive
// every static object. The caller keeps what it found; it is asked once per process.
OpenedLibrary open_library(const LibraryFiles& files, void (*find)(Functions& functions));

}  // namespace vt::cuda
