// SPDX-License-Identifier: Apache-2.0
// Finds cuSOLVER.
#include "library.hpp"

#include <vt/cpp/error.hpp>

#include <string>

#include "../libraries/open.hpp"

namespace vt::cuda {
namespace {

constexpr const char* kInPackages[] = {"/nvidia/cu13/lib/libcusolver.so.12", "/nvidia/cusolver/lib/libcusolver.so.12",
                                       "/nvidia/cusolver/lib/libcusolver.so.11"};
constexpr const char* kOnLoaderPath[] = {"libcusolver.so.12", "libcusolver.so.11"};

CuSolver table;

// The names of a function of real and of complex dtypes, behind the letters.
template <class Function>
void find_each(Functions& functions, const std::string& real, const std::string& complex,
               sv::PerDtype<Function>& found) {
  constexpr char kLetters[] = "SDCZ";
  for (int i = 0; i < 4; ++i)
    functions.find(("cusolverDn" + std::string(1, kLetters[i]) + (i < 2 ? real : complex)).c_str(), found[i]);
}

void find(Functions& functions) {
  functions.find("cusolverDnCreate", table.create);
  functions.find("cusolverDnDestroy", table.destroy);
  functions.find("cusolverDnSetStream", table.set_stream);
  functions.find("cusolverDnCreateGesvdjInfo", table.create_jacobi);
  functions.find("cusolverDnDestroyGesvdjInfo", table.destroy_jacobi);
  functions.find("cusolverDnXgeqrf_bufferSize", table.geqrf_size);
  functions.find("cusolverDnXgeqrf", table.geqrf);
  functions.find("cusolverDnXsyevd_bufferSize", table.syevd_size);
  functions.find("cusolverDnXsyevd", table.syevd);
  functions.find("cusolverDnXsyevBatched_bufferSize", table.syev_batched_size);
  functions.find("cusolverDnXsyevBatched", table.syev_batched);
  functions.find("cusolverDnXgeev_bufferSize", table.geev_size);
  functions.find("cusolverDnXgeev", table.geev);
  functions.find("cusolverDnXgesvd_bufferSize", table.gesvd_size);
  functions.find("cusolverDnXgesvd", table.gesvd);
  find_each(functions, "orgqr_bufferSize", "ungqr_bufferSize", table.orgqr_size);
  find_each(functions, "orgqr", "ungqr", table.orgqr);
  find_each(functions, "gesvdj_bufferSize", "gesvdj_bufferSize", table.gesvdj_size);
  find_each(functions, "gesvdj", "gesvdj", table.gesvdj);
  find_each(functions, "gesvdjBatched_bufferSize", "gesvdjBatched_bufferSize", table.gesvdj_batched_size);
  find_each(functions, "gesvdjBatched", "gesvdjBatched", table.gesvdj_batched);
  find_each(functions, "gesvdaStridedBatched_bufferSize", "gesvdaStridedBatched_bufferSize", table.gesvda_size);
  find_each(functions, "gesvdaStridedBatched", "gesvdaStridedBatched", table.gesvda);
}

}  // namespace

const CuSolver& cusolver(const char* op) {
  static const auto* const opened = new OpenedLibrary(open_library({kInPackages, kOnLoaderPath}, find));
  if (opened->path.empty())
    vt::fail(VT_ERROR_NOT_IMPLEMENTED, std::string(op) +
                                           ": not implemented on cuda without cuSOLVER, which was not found (" +
                                           opened->reason + "); run: pip install nvidia-cusolver");
  return table;
}

}  // namespace vt::cuda
