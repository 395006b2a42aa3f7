// SPDX-License-Identifier: Apache-2.0
// Finds and opens shared libraries by name.
#include "open.hpp"

#include <dlfcn.h>
#include <unistd.h>

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

// Reasons that are about a file which is there count before others.
bool refuse(const std::string& path, std::string reason, OpenedLibrary& out) {
  if (out.reason.empty() || access(path.c_str(), F_OK) == 0) out.reason = std::move(reason);
  return false;
}

bool try_open(const std::string& path, void (*find)(Functions&), OpenedLibrary& out) {
  void* handle = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!handle) {
    const char* error = dlerror();
    return refuse(path, error ? error : path + " cannot be opened", out);
  }
  Functions functions(handle);
  find(functions);
  if (!functions.complete()) {
    dlclose(handle);
    return refuse(path, path + " lacks functions that are used", out);
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
