// SPDX-License-Identifier: Apache-2.0
// One JavaScript value to one VtValue of the kinds that a schema's argument accepts.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "generator_object.hpp"

namespace vt::node {

// Owns what the values of a call point to, so that it can wait in the queue while JavaScript goes on.
struct CallStorage {
  std::vector<Tensor> tensors;
  std::vector<GeneratorHandle> generators;
  std::deque<std::vector<int64_t>> ints;
  std::deque<std::vector<double>> floats;
  std::deque<std::vector<uint8_t>> bools;
  std::deque<std::vector<VtTensor*>> lists;
  std::deque<std::string> strings;
};

// Why a value does not fit. A later reason says more about what the caller got wrong than an earlier one.
enum class Fit { kYes, kWrongType, kNotInteger, kOutOfRange };

// Reading a value may run JavaScript (getters, proxies), which may throw; a disposed tensor and an unknown dtype or device
// throw at once, since no overload could accept them.
Fit convert(napi_env env, const char* op, const VtArgument& argument, napi_value value, CallStorage& storage,
            VtValue& out);

// "Tensor or number", for messages.
std::string describe_kinds(uint32_t kinds, uint32_t flags);
// "string 'a'", "number NaN", "Tensor".
std::string describe_value(napi_env env, napi_value value);

DLDataType dtype_from_name(const char* op, const std::string& name);
DLDevice device_from_text(const std::string& text);
// A whole number that int64 and a JavaScript number both hold exactly, or a bigint.
Fit integer_from(napi_env env, napi_value value, int64_t& out);

}  // namespace vt::node
