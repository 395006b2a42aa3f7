// SPDX-License-Identifier: Apache-2.0
// Finds and opens the LAPACK library.
#include "linalg/library.hpp"

#include <dlfcn.h>

#include <atomic>
#include <cstdlib>
#include <mutex>

#include <vt/cpp/error.hpp>

namespace vt::core::lapack {

namespace {

constexpr char kSetting[] = "VT_LAPACK_LIBRARY";
constexpr char kSettingDoc[] =
    "Path of a shared library with LAPACK's Fortran interface (32-bit integers) for the factorisations of linear algebra; "
    "the wheel scipy-openblas32 when unset.";
constexpr char kInPackages[] = "/scipy_openblas32/lib/libscipy_openblas.so";
constexpr char kProbe[] = "dgetrf_";

// An opened library. Never closed: routines may be running when the process ends.
struct Library {
  void* handle;
  std::string path;
  std::string prefix;  // of its routines' names
};

class Search {
 public:
  void set_folders(std::vector<std::string> folders) {
    const std::lock_guard lock(mutex_);
    folders_ = std::move(folders);
  }
  // Null when there is none; a search that failed is repeated by the next call.
  const Library* library() {
    if (const Library* found = found_.load(std::memory_order_acquire)) return found;
    const std::lock_guard lock(mutex_);
    if (!found_.load(std::memory_order_relaxed)) search();
    return found_.load(std::memory_order_relaxed);
  }
  std::string reason() {
    const std::lock_guard lock(mutex_);
    return reason_;
  }

 private:
  void search() {
    reason_ = "scipy-openblas32 is not installed";
    if (const char* path = std::getenv(kSetting); path && *path) {
      open(path);
      return;
    }
    for (const std::string& folder : folders_)
      if (open(folder + kInPackages)) return;
  }

  bool open(const std::string& path) {
    void* handle = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (!handle) {
      const char* error = dlerror();
      // A folder without the wheel is no reason worth telling.
      if (error && std::string(error).find("No such file") == std::string::npos) reason_ = error;
      if (std::getenv(kSetting)) reason_ = std::string(kSetting) + ": " + (error ? error : "cannot be opened");
      return false;
    }
    for (const char* prefix : {"scipy_", ""}) {
      if (!dlsym(handle, (std::string(prefix) + kProbe).c_str())) continue;
      use_one_thread(handle, prefix);
      found_.store(new Library{handle, path, prefix}, std::memory_order_release);
      return true;
    }
    reason_ = path + " has no routine " + kProbe;
    dlclose(handle);
    return false;
  }

  static void use_one_thread(void* handle, const std::string& prefix) {
    if (void* function = dlsym(handle, (prefix + "openblas_set_num_threads").c_str()))
      reinterpret_cast<void (*)(int)>(function)(1);
  }

  std::mutex mutex_;  // guards all below
  std::vector<std::string> folders_;
  std::string reason_;
  std::atomic<const Library*> found_{nullptr};  // written under the mutex, read without
};

// Never destroyed: threads may still look for the library when the process ends.
Search& search() {
  static Search* instance = new Search;
  return *instance;
}

}  // namespace

void declare_settings() { check(tables().object->declare_setting(kSetting, kSettingDoc)); }

void set_package_folders(std::vector<std::string> folders) { search().set_folders(std::move(folders)); }

void require(const char* op) {
  if (search().library()) return;
  fail(VT_ERROR_NOT_IMPLEMENTED, std::string(op) + ": factorisations on the CPU need a LAPACK library: " +
                                     search().reason() + "; run: pip install 'vt-core[linalg]', or set " + kSetting);
}

void* routine(const std::string& name) {
  const Library* library = search().library();
  void* address = library ? dlsym(library->handle, (library->prefix + name + "_").c_str()) : nullptr;
  if (!address)
    fail(VT_ERROR_NOT_IMPLEMENTED, "the LAPACK library " + (library ? library->path : std::string("(none)")) +
                                       " has no routine " + name + "; install scipy-openblas32");
  return address;
}

std::string description() {
  if (const Library* library = search().library()) return library->path;
  return "none: " + search().reason();
}

}  // namespace vt::core::lapack
