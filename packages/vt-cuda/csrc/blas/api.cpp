// SPDX-License-Identifier: Apache-2.0
// The table vt.cuda.blas.
#include "api.hpp"

#include <string>
#include <vector>

#include "../abi/border.hpp"
#include "../dnn/library.hpp"
#include "../libraries/open.hpp"
#include "library.hpp"
#include "matmul.hpp"

namespace vt::cuda {
namespace {

void set_folders(const char* const* folders, int32_t num) {
  border([&] { set_package_folders(std::vector<std::string>(folders, folders + num)); });
}

const char* description() {
  thread_local std::string text;
  return border([] { text = blas_description(); }) == 0 ? text.c_str() : nullptr;
}
const char* description_of_dnn() {
  thread_local std::string text;
  return border([] { text = dnn_description(); }) == 0 ? text.c_str() : nullptr;
}

int set_precision(int32_t precision) {
  return border([&] {
    if (precision < 0 || precision > 2)
      vt::fail(VT_ERROR_VALUE,
               "set_float32_matmul_precision: got " + std::to_string(precision) + ", expected 0, 1 or 2");
    set_float32_precision(static_cast<Float32Precision>(precision));
  });
}

int32_t precision() { return static_cast<int32_t>(float32_precision()); }

}  // namespace

const BlasApi* blas_api() noexcept {
  static const BlasApi table{{sizeof(BlasApi), kBlasApiMajor, kBlasApiMinor, 0, nullptr},
                             set_folders,
                             description,
                             set_precision,
                             precision,
                             description_of_dnn};
  return &table;
}

}  // namespace vt::cuda
