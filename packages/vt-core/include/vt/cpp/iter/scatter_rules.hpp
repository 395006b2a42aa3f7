// SPDX-License-Identifier: Apache-2.0
// The reductions of scatter_reduce and index_reduce: their names and the dtypes that have them, the same on every device.
#pragma once

#include <vt/cpp/dtype.hpp>
#include <vt/cpp/error.hpp>

#include <string>
#include <string_view>

namespace vt {

enum class ScatterReduction { kSum, kProd, kMean, kAmax, kAmin };

inline ScatterReduction scatter_reduction_of(const char* op, std::string_view name) {
  if (name == "sum") return ScatterReduction::kSum;
  if (name == "prod") return ScatterReduction::kProd;
  if (name == "mean") return ScatterReduction::kMean;
  if (name == "amax") return ScatterReduction::kAmax;
  if (name == "amin") return ScatterReduction::kAmin;
  fail(VT_ERROR_RUNTIME,
       std::string(op) + ": reduce must be 'sum', 'prod', 'mean', 'amax' or 'amin': got '" + std::string(name) + "'");
}

// Complex numbers have no order, and booleans no mean; float8 is not computed in at all.
inline void check_reduces(const char* op, ScatterReduction reduction, DLDataType dtype, const char* device) {
  const Category category = dtype_info(dtype).category;
  const bool is_extreme = reduction == ScatterReduction::kAmax || reduction == ScatterReduction::kAmin;
  const bool is_float8 = category == Category::kFloating && dtype.bits == 8;
  if (is_float8 || (is_extreme && category == Category::kComplex) ||
      (reduction == ScatterReduction::kMean && category == Category::kBool))
    fail(VT_ERROR_NOT_IMPLEMENTED, std::string(op) + ": this reduction is not implemented for " +
                                       std::string(dtype_name(dtype)) + " on " + device);
}

}  // namespace vt
