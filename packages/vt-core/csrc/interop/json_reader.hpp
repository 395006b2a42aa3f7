// SPDX-License-Identifier: Apache-2.0
// A strict reader of JSON text (RFC 8259), pulled value by value; it builds no tree.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace vt::core {

// Every failure throws FILE_FORMAT naming the byte. The text must be valid UTF-8 (is_utf8).
class JsonReader {
 public:
  explicit JsonReader(std::string_view text) : text_(text) {}

  // Reads `c` after optional white space.
  void expect(char c);
  // The same, or leaves the text alone and returns false.
  bool consume(char c);
  bool consume_null();
  std::string read_string();
  // A non-negative integer without sign, fraction or exponent.
  uint64_t read_unsigned();
  void skip_value() { skip_value(0); }
  // Nothing but white space may be left.
  void expect_end();

  // Calls field(name) for each member of an object; it reads the member's value.
  template <class Field>
  void read_object(Field&& field) {
    expect('{');
    if (consume('}')) return;
    do {
      std::string name = read_string();
      expect(':');
      field(std::move(name));
    } while (consume(','));
    expect('}');
  }

  // Calls item() for each element of an array.
  template <class Item>
  void read_array(Item&& item) {
    expect('[');
    if (consume(']')) return;
    do item();
    while (consume(','));
    expect(']');
  }

  [[noreturn]] void fail_here(const std::string& what) const;

 private:
  char peek() const { return position_ < text_.size() ? text_[position_] : '\0'; }
  void skip_space();
  void skip_value(int depth);
  void skip_number();
  void skip_digits();
  void skip_word(std::string_view word);
  void read_escape(std::string& out);
  uint32_t read_hex4();

  std::string_view text_;
  size_t position_ = 0;
};

bool is_utf8(std::string_view text);

}  // namespace vt::core
