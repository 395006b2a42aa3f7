// SPDX-License-Identifier: Apache-2.0
// Finds cuBLASLt.
#include "library.hpp"

#include "../libraries/open.hpp"

namespace vt::cuda {
namespace {

constexpr const char* kInPackages[] = {"/nvidia/cu13/lib/libcublasLt.so.13", "/nvidia/cublas/lib/libcublasLt.so.13",
                                       "/nvidia/cublas/lib/libcublasLt.so.12"};
constexpr const char* kOnLoaderPath[] = {"libcublasLt.so.13", "libcublasLt.so.12"};

CublasLt table;
std::size_t (*get_version)();

void find(Functions& functions) {
  functions.find("cublasLtGetVersion", get_version);
  functions.find("cublasLtCreate", table.create);
  functions.find("cublasLtDestroy", table.destroy);
  functions.find("cublasLtMatmulDescCreate", table.desc_create);
  functions.find("cublasLtMatmulDescDestroy", table.desc_destroy);
  functions.find("cublasLtMatmulDescSetAttribute", table.desc_set);
  functions.find("cublasLtMatrixLayoutCreate", table.layout_create);
  functions.find("cublasLtMatrixLayoutDestroy", table.layout_destroy);
  functions.find("cublasLtMatrixLayoutSetAttribute", table.layout_set);
  functions.find("cublasLtMatmulPreferenceCreate", table.preference_create);
  functions.find("cublasLtMatmulPreferenceDestroy", table.preference_destroy);
  functions.find("cublasLtMatmulPreferenceSetAttribute", table.preference_set);
  functions.find("cublasLtMatmulAlgoGetHeuristic", table.heuristic);
  functions.find("cublasLtMatmul", table.matmul);
}

// What the first call found. Never destroyed, as the backend.
const OpenedLibrary& opened() {
  static const auto* const library = [] {
    auto* found = new OpenedLibrary(open_library({kInPackages, kOnLoaderPath}, find));
    if (!found->path.empty()) table.version = get_version();
    return found;
  }();
  return *library;
}

}  // namespace

const CublasLt* cublas_lt() { return opened().path.empty() ? nullptr : &table; }

std::string blas_description() {
  if (const CublasLt* library = cublas_lt())
    return "cuBLASLt " + std::to_string(library->version) + " (" + opened().path + ")";
  return "own kernels: " + opened().reason;
}

}  // namespace vt::cuda
