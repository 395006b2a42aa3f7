// SPDX-License-Identifier: Apache-2.0
// The default dtype of the process.
#include "runtime/defaults.hpp"

#include <vt/cpp/error.hpp>
#include <vt/cpp/iter/promote.hpp>

#include <atomic>
#include <string>

namespace vt::core {

namespace {

std::atomic<DtypeIndex> chosen{DtypeIndex::kFloat32};

int set_dtype(DLDataType dtype) {
  return guard([&] { set_default_dtype(dtype); });
}

}  // namespace

DLDataType default_dtype() noexcept { return dtype_info(chosen.load(std::memory_order_relaxed)).dtype; }

DLDataType default_complex_dtype() noexcept {
  return chosen.load(std::memory_order_relaxed) == DtypeIndex::kFloat64 ? kComplex128 : kComplex64;
}

void set_default_dtype(DLDataType dtype) {
  const DtypeIndex index = known_dtype_index(dtype);
  if (category_of(index) != Category::kFloating || is_float8(index))
    fail(VT_ERROR_TYPE, "set_default_dtype: only floating-point types of 16 bits or more can be the default: got " +
                            std::string(dtype_name(dtype)));
  chosen.store(index, std::memory_order_relaxed);
}

const DefaultsApi* defaults_api() noexcept {
  static constexpr DefaultsApi kTable = {{sizeof(DefaultsApi), kDefaultsApiMajor, kDefaultsApiMinor, 0, nullptr},
                                         default_dtype,
                                         default_complex_dtype,
                                         set_dtype};
  return &kTable;
}

}  // namespace vt::core
