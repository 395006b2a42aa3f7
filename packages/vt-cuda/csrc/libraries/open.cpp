// SPDX-License-Identifier: Apache-2.0
// Finds and opens shared libraries by name.
#include "open.hpp"

#include <dlfcn.h>

#include <mutex>

namespace vt::cuda {
namespace {

struct Folders {
  std::mutex mutex;  // guards the list
  std::vector<std::string> list;
};

// Never destroyed, as the backend.
Folders& folders() {
  static auto* all = new Folders;
  return *all;
}

std::vector<std::string> package_folders() {
  const std::lock_guard lock(folders().mutex);
  return folders().list;
}

bool try_open(const std::string& path, void (*find)(Functions&), OpenedLibrary& out) {
  void* handle = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!handle) {
    const char* error = dlerror();
    out.reason = error ? error : path + " cannot be opened";
    return false;
  }
  Functions functions(handle);
  find(functions);
  if (!functions.complete()) {
    out.reason = path + " lacks functions that are used";
    dlclose(handle);
    return false;
  }
  out.path = path;
  return true;
}

}  // namespace

void set_package_folders(std::vector<std::string> list) {
  const std::lock_guard lock(folders().mutex);
  folders().list = std::move(list);
}

void* Functions::address_of(const char* name) const noexcept { return dlsym(handle_, name); }

OpenedLibrary open_library(const LibraryFiles& files, void (*find)(Functions& functions)) {
  OpenedLibrary out;
  for (const std::string& folder : package_folders())
    for (const char* file : files.in_packages)
      if (try_open(folder + file, find, out)) return out;
  for (const char* file : files.on_loader_path)
    if (try_open(file, find, out)) return out;
  return out;
}

}  // namespace vt::cuda
