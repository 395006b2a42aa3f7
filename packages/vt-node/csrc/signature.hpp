// SPDX-License-Identifier: Apache-2.0
// Call plans: what JavaScript calls by one name, made from schemas and kept for the life of an environment.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "napi.hpp"

namespace vt::node {

struct Overload {
  const VtOp* op;
  const VtSchema* schema;
  std::vector<std::string> names;  // of the arguments, as JavaScript spells them
  size_t num_positional;
};

// The overloads of a name in declared order, and the form in which they are called.
struct Signature {
  std::string name;
  bool inplace;  // the first argument is the destination
  std::vector<Overload> overloads;
};

// Signatures by number, so that a call looks no name up.
class Signatures {
 public:
  // The number of the signature for "sum" or "add_"; -1 when no such operator is registered.
  int32_t find(const std::string& name);
  const Signature& at(size_t index) const;

 private:
  std::vector<std::unique_ptr<Signature>> all_;
  std::unordered_map<std::string, int32_t> index_;
};

// "keep_dim" as JavaScript spells it: "keepDim". A leading or trailing underscore stays.
std::string camel_case(std::string_view name);

// Every name that the registry offers, as an array of {name, jsName, flags, overloads}.
napi_value list_operators(napi_env env, napi_callback_info info);

}  // namespace vt::node
