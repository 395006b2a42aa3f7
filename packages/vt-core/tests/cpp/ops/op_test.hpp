// SPDX-License-Identifier: Apache-2.0
// What tests of operators share: calling by name, making tensors of given values, reading them back.
#pragma once

#include <gtest/gtest.h>
#include <vt/cpp/dtype.hpp>
#include <vt/cpp/op.hpp>

#include <vector>

#include "../error_text.hpp"

namespace vt::test {

using Ints = std::vector<int64_t>;

inline VtValue ints(const Ints& values) { return value_of(std::span<const int64_t>(values)); }

inline Tensor zeros(const Ints& sizes, DLDataType dtype = kFloat32) { return Op("zeros")(ints(sizes), dtype); }

// float32, row-major.
inline Tensor of(const std::vector<float>& values, const Ints& sizes) {
  Tensor t = zeros(sizes);
  std::copy(values.begin(), values.end(), t.data<float>());
  return t;
}
inline Tensor iota(const Ints& sizes) {
  Tensor t = zeros(sizes);
  for (int64_t i = 0; i < t.numel(); ++i) t.data<float>()[i] = static_cast<float>(i);
  return t;
}

// Elements in row-major order, as double.
inline std::vector<double> values(const Tensor& t) {
  const Tensor wide = Op("to")(t, kFloat64);
  const Tensor dense = Op("contiguous")(wide);
  return {dense.data<double>(), dense.data<double>() + dense.numel()};
}

// The message of a call that must fail.
template <class Call>
std::string error_of(Call&& call, int32_t* kind = nullptr) {
  try {
    call();
  } catch (const ErrorIsSet&) {
    VtError error{};
    tables().object->take_error(&error);
    if (kind) *kind = error.kind;
    return error.message;
  }
  return "";
}

class OpTest : public testing::Test {
 protected:
  OpTest() { start(); }
};

}  // namespace vt::test
