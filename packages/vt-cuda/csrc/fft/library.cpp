// SPDX-License-Identifier: Apache-2.0
// Finds cuFFT.
#include "library.hpp"

#include <vt/cpp/error.hpp>

#include <string>

#include "../libraries/open.hpp"

namespace vt::cuda {
namespace {

constexpr const char* kInPackages[] = {"/nvidia/cu13/lib/libcufft.so.12", "/nvidia/cufft/lib/libcufft.so.12",
                                       "/nvidia/cufft/lib/libcufft.so.11"};
constexpr const char* kOnLoaderPath[] = {"libcufft.so.12", "libcufft.so.11"};

CuFft table;

void find(Functions& functions) {
  functions.find("cufftCreate", table.create);
  functions.find("cufftDestroy", table.destroy);
  functions.find("cufftSetAutoAllocation", table.set_auto_allocation);
  functions.find("cufftMakePlanMany64", table.make_plan_many);
  functions.find("cufftSetStream", table.set_stream);
  functions.find("cufftSetWorkArea", table.set_work_area);
  functions.find("cufftExecC2C", table.complex);
  functions.find("cufftExecZ2Z", table.double_complex);
  functions.find("cufftExecR2C", table.real_to_complex);
  functions.find("cufftExecD2Z", table.double_to_complex);
  functions.find("cufftExecC2R", table.complex_to_real);
  functions.find("cufftExecZ2D", table.complex_to_double);
}

}  // namespace

const CuFft& cufft(const char* op) {
  static const auto* const opened = new OpenedLibrary(open_library({kInPackages, kOnLoaderPath}, find));
  if (opened->path.empty())
    vt::fail(VT_ERROR_NOT_IMPLEMENTED, std::string(op) +
                                           ": not implemented on cuda without cuFFT, which was not found (" +
                                           opened->reason + "); run: pip install nvidia-cufft");
  return table;
}

}  // namespace vt::cuda
