// SPDX-License-Identifier: Apache-2.0
// Recursive-descent parser of operator schemas.
#include "dispatch/schema.hpp"

#include <vt/cpp/error.hpp>
#include <vt/cpp/value.hpp>

#include <charconv>
#include <utility>

namespace vt::core {

namespace {

constexpr size_t kMaxText = 4096;
constexpr int kMaxArguments = 64;  // masks over arguments are 64 bits wide

struct TypeName {
  std::string_view name;
  uint32_t kind;
  uint32_t list_kind;  // 0 when the type has no list form
};

constexpr TypeName kTypes[] = {
    {"Tensor", VT_KIND_TENSOR, VT_KIND_TENSOR_LIST},
    {"Scalar", VT_KIND_SCALAR, 0},
    {"int", VT_KIND_INT, VT_KIND_INT_LIST},
    {"float", VT_KIND_FLOAT, VT_KIND_FLOAT_LIST},
    {"bool", VT_KIND_BOOL, VT_KIND_BOOL_LIST},
    {"memory_format", VT_KIND_INT, 0},
    {"str", VT_KIND_STRING, 0},
    {"dtype", VT_KIND_DTYPE, 0},
    {"device", VT_KIND_DEVICE, 0},
    {"Generator", VT_KIND_GENERATOR, 0},
};

bool is_name_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

class SchemaParser {
 public:
  SchemaParser(std::string_view text, Schema& out) : text_(text), out_(out) {}

  void parse() {
    const std::string_view name = operator_name();
    out_.view_.name = out_.keep(name);
    out_.qualified_name_ = name;
    out_.view_.overload = "";
    if (accept('.')) {
      const std::string_view overload = identifier("an overload name");
      out_.view_.overload = out_.keep(overload);
      out_.qualified_name_ += "." + std::string(overload);
    }
    arguments();
    expect('-');
    if (position_ >= text_.size() || text_[position_] != '>') error("expected '->'");
    ++position_;
    returns();
    skip_space();
    if (position_ != text_.size()) error("unexpected text after the returns");
  }

 private:
  struct Type {
    uint32_t kinds = 0;
    uint32_t flags = 0;
  };

  // name, or namespace::name
  std::string_view operator_name() {
    const std::string_view first = identifier("an operator name");
    if (text_.substr(position_, 2) != "::") return first;
    position_ += 2;
    if (text_.substr(position_, 1) == " ") error("expected an operator name");
    const std::string_view second = identifier("an operator name");
    return {first.data(), static_cast<size_t>(second.data() - first.data()) + second.size()};
  }

  void arguments() {
    expect('(');
    bool keyword_only = false;
    if (accept(')')) return;
    do {
      if (accept('*')) {
        if (keyword_only) error("'*' stands twice");
        keyword_only = true;
        continue;
      }
      argument(keyword_only);
    } while (accept(','));
    expect(')');
  }

  void argument(bool keyword_only) {
    if (out_.args_.size() == kMaxArguments) error("more than 64 arguments");
    const Type type = parse_type();
    const std::string_view name = identifier("an argument name");
    for (const VtArgument& other : out_.args_)
      if (name == other.name) error("an argument name stands twice");
    VtArgument arg{out_.keep(name), type.kinds, type.flags, none()};
    if (keyword_only) arg.flags |= VT_ARG_KEYWORD_ONLY;
    if (accept('=')) {
      arg.flags |= VT_ARG_HAS_DEFAULT;
      arg.default_value = default_value(type);
    } else if (!keyword_only && !out_.args_.empty() && (out_.args_.back().flags & VT_ARG_HAS_DEFAULT)) {
      error("an argument without a default follows one with a default");
    }
    out_.args_.push_back(arg);
  }

  void returns() {
    if (accept('(')) {
      if (accept(')')) return;
      do {
        one_return();
      } while (accept(','));
      expect(')');
    } else {
      one_return();
    }
    if (out_.returns_.size() > 16) error("more than 16 returns");
  }

  void one_return() {
    const Type type = parse_type();
    skip_space();
    std::string_view name = "";
    if (position_ < text_.size() && is_name_start(text_[position_])) name = identifier("a return name");
    out_.returns_.push_back({out_.keep(name), type.kinds, type.flags});
  }

  // base{|base} with (a) or (a!), [], [n] or [*] (VT_ARG_SPREAD), and ? for an optional value or, before [], optional items.
  Type parse_type() {
    Type type;
    do {
      const std::string_view name = identifier("a type");
      const TypeName* found = nullptr;
      for (const TypeName& candidate : kTypes)
        if (candidate.name == name) found = &candidate;
      if (!found) error("unknown type '" + std::string(name) + "'");
      uint32_t kind = found->kind;
      if (accept('(')) alias_annotation(type);
      const bool optional = accept('?');
      if (accept('[')) {
        if (!found->list_kind) error("type '" + std::string(name) + "' has no list form");
        kind = found->list_kind;
        if (accept('*')) type.flags |= VT_ARG_SPREAD;
        while (position_ < text_.size() && is_digit(text_[position_])) ++position_;
        expect(']');
        if (optional) type.flags |= VT_ARG_OPTIONAL_ITEMS;
        if (accept('?')) type.flags |= VT_ARG_OPTIONAL;
      } else if (optional) {
        type.flags |= VT_ARG_OPTIONAL;
      }
      type.kinds |= kind;
    } while (accept('|'));
    return type;
  }

  void alias_annotation(Type& type) {
    identifier("an alias set");
    type.flags |= VT_ARG_ALIASED;
    if (accept('!')) type.flags |= VT_ARG_MUTATED;
    expect(')');
  }

  VtValue default_value(const Type& type) {
    skip_space();
    if (position_ >= text_.size()) error("expected a default value");
    const char c = text_[position_];
    if (c == '[') return list_default(type);
    if (c == '"' || c == '\'') return string_default(type, c);
    if (is_digit(c) || c == '-') return number_default(type);
    const std::string_view word = identifier("a default value");
    if (word == "None") {
      if (!(type.flags & VT_ARG_OPTIONAL)) error("None is the default of an argument that is not optional");
      return none();
    }
    if ((word == "True" || word == "False") && (type.kinds & (VT_KIND_BOOL | VT_KIND_SCALAR)))
      return value_of(word == "True");
    error("'" + std::string(word) + "' is no default for this type");
  }

  VtValue number_default(const Type& type) {
    const char* begin = text_.data() + position_;
    const char* end = text_.data() + text_.size();
    double number = 0;
    const auto parsed = std::from_chars(begin, end, number);
    if (parsed.ec != std::errc()) error("malformed number");
    int64_t integer = 0;
    const auto whole = std::from_chars(begin, end, integer);
    const bool is_integer = whole.ec == std::errc() && whole.ptr == parsed.ptr;
    position_ = static_cast<size_t>(parsed.ptr - text_.data());
    if (is_integer && (type.kinds & (VT_KIND_INT | VT_KIND_SCALAR))) return value_of(integer);
    if (type.kinds & (VT_KIND_FLOAT | VT_KIND_SCALAR)) return value_of(number);
    if (is_integer && (type.kinds & VT_KIND_INT_LIST)) return int_list({integer});
    error("a number is no default for this type");
  }

  VtValue list_default(const Type& type) {
    if (!(type.kinds & VT_KIND_INT_LIST)) error("a list is no default for this type");
    expect('[');
    std::vector<int64_t> items;
    if (!accept(']')) {
      do {
        skip_space();
        int64_t item = 0;
        const auto parsed = std::from_chars(text_.data() + position_, text_.data() + text_.size(), item);
        if (parsed.ec != std::errc()) error("expected an integer");
        position_ = static_cast<size_t>(parsed.ptr - text_.data());
        items.push_back(item);
      } while (accept(','));
      expect(']');
    }
    return int_list(std::move(items));
  }

  VtValue int_list(std::vector<int64_t> items) {
    out_.int_lists_.push_back(std::move(items));
    return value_of(std::span<const int64_t>(out_.int_lists_.back()));
  }

  VtValue string_default(const Type& type, char quote) {
    if (!(type.kinds & VT_KIND_STRING)) error("a string is no default for this type");
    const size_t begin = ++position_;
    while (position_ < text_.size() && text_[position_] != quote) ++position_;
    if (position_ == text_.size()) error("unterminated string");
    VtValue v{VT_STRING, 0, {0}};
    v.as.string = out_.keep(text_.substr(begin, position_ - begin));
    ++position_;
    return v;
  }

  std::string_view identifier(const char* what) {
    skip_space();
    const size_t begin = position_;
    if (begin >= text_.size() || !is_name_start(text_[begin])) error(std::string("expected ") + what);
    while (position_ < text_.size() && (is_name_start(text_[position_]) || is_digit(text_[position_]))) ++position_;
    return text_.substr(begin, position_ - begin);
  }

  void skip_space() {
    while (position_ < text_.size() && text_[position_] == ' ') ++position_;
  }
  bool accept(char c) {
    skip_space();
    if (position_ >= text_.size() || text_[position_] != c) return false;
    ++position_;
    return true;
  }
  void expect(char c) {
    if (!accept(c)) error(std::string("expected '") + c + "'");
  }
  [[noreturn]] void error(const std::string& what) const {
    fail(VT_ERROR_VALUE,
         "schema: " + what + " at column " + std::to_string(position_ + 1) + " of '" + std::string(text_) + "'");
  }

  std::string_view text_;
  Schema& out_;
  size_t position_ = 0;
};

Schema::Schema(std::string_view text, std::string_view doc, uint32_t flags) {
  if (text.size() > kMaxText) fail(VT_ERROR_VALUE, "schema: longer than 4096 characters");
  if (text.find('\0') != std::string_view::npos) fail(VT_ERROR_VALUE, "schema: holds a NUL character");
  SchemaParser(text, *this).parse();
  for (const VtArgument& arg : args_)
    if ((arg.flags & VT_ARG_ALIASED) && !(arg.flags & VT_ARG_MUTATED)) flags |= VT_OP_VIEW;
  view_.struct_size = sizeof(VtSchema);
  view_.flags = flags;
  view_.text = keep(text);
  view_.doc = keep(doc);
  view_.args = args_.data();
  view_.num_args = static_cast<int32_t>(args_.size());
  view_.returns = returns_.data();
  view_.num_returns = static_cast<int32_t>(returns_.size());
}

const char* Schema::keep(std::string_view text) { return strings_.emplace_back(text).c_str(); }

}  // namespace vt::core
