// SPDX-License-Identifier: Apache-2.0
// Schema: the parsed form of an operator's declaration, and the parser's entry point.
#pragma once

#include <vt/abi/dispatch.h>

#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace vt::core {

// Owns everything that its VtSchema view points to; neither copied nor moved once parsed.
class Schema {
 public:
  // Parses "name[.overload](Type arg, *, Type arg=default) -> Type". Throws vt::Error (VALUE) naming text and column.
  Schema(std::string_view text, std::string_view doc, uint32_t flags);
  Schema(const Schema&) = delete;
  Schema& operator=(const Schema&) = delete;

  const VtSchema& view() const noexcept { return view_; }
  const std::vector<VtArgument>& args() const noexcept { return args_; }
  std::string_view name() const noexcept { return view_.name; }
  // "name" or "name.overload".
  const std::string& qualified_name() const noexcept { return qualified_name_; }

 private:
  friend class SchemaParser;
  const char* keep(std::string_view text);

  VtSchema view_{};
  std::vector<VtArgument> args_;
  std::vector<VtReturn> returns_;
  std::deque<std::string> strings_;             // stable addresses
  std::deque<std::vector<int64_t>> int_lists_;  // defaults of list arguments
  std::string qualified_name_;
};

}  // namespace vt::core
