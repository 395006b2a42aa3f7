// SPDX-License-Identifier: Apache-2.0
// Finds cuBLASLt beside NVIDIA's Python wheels or on the loader's path.
#include "library.hpp"

#include <dlfcn.h>

#include <memory>
#include <mutex>

namespace vt::cuda {
namespace {

// The newest first: any of them runs on a driver of the toolkit that this package is built with.
constexpr const char* kInPackages[] = {"/nvidia/cu13/lib/libcublasLt.so.13", "/nvidia/cublas/lib/libcublasLt.so.13",
                                       "/nvidia/cublas/lib/libcublasLt.so.12"};
constexpr const char* kOnLoaderPath[] = {"libcublasLt.so.13", "libcublasLt.so.12"};

class Search {
 public:
  void set_folders(std::vector<std::string> folders) {
    const std::lock_guard lock(mutex_);
    folders_ = std::move(folders);
  }
  const CublasLt* library() {
    const std::lock_guard lock(mutex_);
    if (!searched_) {
      search();
      searched_ = true;
    }
    return found_.get();
  }
  std::string reason() {
    const std::lock_guard lock(mutex_);
    return reason_;
  }

 private:
  void search() {
    for (const std::string& folder : folders_)
      for (const char* file : kInPackages)
        if (open(folder + file)) return;
    for (const char* file : kOnLoaderPath)
      if (open(file)) return;
  }

  bool open(const std::string& path) {
    void* handle = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (!handle) {
      const char* error = dlerror();
      reason_ = error ? error : path + " cannot be opened";
      return false;
    }
    auto library = std::make_unique<CublasLt>();
    std::size_t (*version)() = nullptr;
    const bool complete = resolve(handle, "cublasLtGetVersion", version) &&
                          resolve(handle, "cublasLtCreate", library->create) &&
                          resolve(handle, "cublasLtDestroy", library->destroy) &&
                          resolve(handle, "cublasLtMatmulDescCreate", library->desc_create) &&
                          resolve(handle, "cublasLtMatmulDescDestroy", library->desc_destroy) &&
                          resolve(handle, "cublasLtMatmulDescSetAttribute", library->desc_set) &&
                          resolve(handle, "cublasLtMatrixLayoutCreate", library->layout_create) &&
                          resolve(handle, "cublasLtMatrixLayoutDestroy", library->layout_destroy) &&
                          resolve(handle, "cublasLtMatrixLayoutSetAttribute", library->layout_set) &&
                          resolve(handle, "cublasLtMatmulPreferenceCreate", library->preference_create) &&
                          resolve(handle, "cublasLtMatmulPreferenceDestroy", library->preference_destroy) &&
                          resolve(handle, "cublasLtMatmulPreferenceSetAttribute", library->preference_set) &&
                          resolve(handle, "cublasLtMatmulAlgoGetHeuristic", library->heuristic) &&
                          resolve(handle, "cublasLtMatmul", library->matmul);
    if (!complete) {
      reason_ = path + " lacks functions of cuBLASLt";
      dlclose(handle);
      return false;
    }
    library->path = path;
    library->version = version();
    found_ = std::move(library);
    return true;
  }

  template <class Function>
  static bool resolve(void* handle, const char* name, Function& function) {
    function = reinterpret_cast<Function>(dlsym(handle, name));
    return function != nullptr;
  }

  std::mutex mutex_;  // guards all below
  std::vector<std::string> folders_;
  bool searched_ = false;
  std::unique_ptr<CublasLt> found_;  // never closed: its threads and handles may outlive every static object
  std::string reason_;
};

// Never destroyed, as the backend.
Search& instance() {
  static Search* search = new Search;
  return *search;
}

}  // namespace

void set_package_folders(std::vector<std::string> folders) { instance().set_folders(std::move(folders)); }

const CublasLt* cublas_lt() {
  static const CublasLt* const found = instance().library();
  return found;
}

std::string blas_description() {
  if (const CublasLt* library = cublas_lt())
    return "cuBLASLt " + std::to_string(library->version) + " (" + library->path + ")";
  return "own kernels: " + instance().reason();
}

}  // namespace vt::cuda
