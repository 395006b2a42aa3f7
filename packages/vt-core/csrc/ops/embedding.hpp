// SPDX-License-Identifier: Apache-2.0
// The parts of the embedding family, which register_embedding registers.
#pragma once

#include <vt/cpp/registration.hpp>
#include <vt/cpp/value.hpp>

#include <string>

namespace vt::core {

void register_embedding_bag(VtPlugin* plugin);

// The row that padding_idx names, -1 for none.
inline int64_t embedding_padding(const char* op, const VtValue& v, int64_t num_rows) {
  if (is_none(v)) return -1;
  if (v.as.i < -num_rows || v.as.i >= num_rows)
    fail(VT_ERROR_RUNTIME, std::string(op) + ": padding_idx is out of range: got " + std::to_string(v.as.i) + " for " +
                               std::to_string(num_rows) + " rows");
  return v.as.i < 0 ? v.as.i + num_rows : v.as.i;
}

}  // namespace vt::core
