// SPDX-License-Identifier: Apache-2.0
// Reading JSON and checking UTF-8, byte by byte.
#include "json_reader.hpp"

#include <vt/cpp/error.hpp>

namespace vt::core {
namespace {

constexpr int kMaxDepth = 128;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

void append_utf8(std::string& out, uint32_t code) {
  const auto put = [&out](uint32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | code >> 6);
    put(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    put(0xE0 | code >> 12);
    put(0x80 | (code >> 6 & 0x3F));
    put(0x80 | (code & 0x3F));
  } else {
    put(0xF0 | code >> 18);
    put(0x80 | (code >> 12 & 0x3F));
    put(0x80 | (code >> 6 & 0x3F));
    put(0x80 | (code & 0x3F));
  }
}

}  // namespace

void JsonReader::fail_here(const std::string& what) const {
  fail(VT_ERROR_FILE_FORMAT, what + " at byte " + std::to_string(position_) + " of the header");
}

void JsonReader::skip_space() {
  while (position_ < text_.size()) {
    const char c = text_[position_];
    if (c != ' ' && c != '\t' && c != '\n' && c != '\r') return;
    ++position_;
  }
}

bool JsonReader::consume(char c) {
  skip_space();
  if (position_ >= text_.size() || text_[position_] != c) return false;
  ++position_;
  return true;
}

void JsonReader::expect(char c) {
  if (!consume(c)) fail_here(std::string("expected '") + c + "'");
}

void JsonReader::skip_word(std::string_view word) {
  if (!text_.substr(position_).starts_with(word)) fail_here("expected " + std::string(word));
  position_ += word.size();
}

bool JsonReader::consume_null() {
  skip_space();
  if (peek() != 'n') return false;
  skip_word("null");
  return true;
}

uint32_t JsonReader::read_hex4() {
  uint32_t code = 0;
  for (int i = 0; i < 4; ++i, ++position_) {
    const char c = peek();
    if (is_digit(c))
      code = code << 4 | static_cast<uint32_t>(c - '0');
    else if (c >= 'a' && c <= 'f')
      code = code << 4 | static_cast<uint32_t>(c - 'a' + 10);
    else if (c >= 'A' && c <= 'F')
      code = code << 4 | static_cast<uint32_t>(c - 'A' + 10);
    else
      fail_here("bad \\u escape");
  }
  return code;
}

// After the backslash.
void JsonReader::read_escape(std::string& out) {
  const char c = peek();
  ++position_;
  switch (c) {
    case '"':
    case '\\':
    case '/': out.push_back(c); return;
    case 'b': out.push_back('\b'); return;
    case 'f': out.push_back('\f'); return;
    case 'n': out.push_back('\n'); return;
    case 'r': out.push_back('\r'); return;
    case 't': out.push_back('\t'); return;
    case 'u': break;
    default: fail_here("bad escape in a string");
  }
  uint32_t code = read_hex4();
  if (code >= 0xDC00 && code < 0xE000) fail_here("a \\u escape is half of a pair");
  if (code >= 0xD800 && code < 0xDC00) {
    skip_word("\\u");
    const uint32_t low = read_hex4();
    if (low < 0xDC00 || low >= 0xE000) fail_here("a \\u escape is half of a pair");
    code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
  }
  append_utf8(out, code);
}

std::string JsonReader::read_string() {
  expect('"');
  std::string out;
  for (;;) {
    if (position_ >= text_.size()) fail_here("a string does not end");
    const char c = text_[position_];
    if (static_cast<unsigned char>(c) < 0x20) fail_here("a string holds a control character");
    ++position_;
    if (c == '"') return out;
    if (c == '\\')
      read_escape(out);
    else
      out.push_back(c);
  }
}

uint64_t JsonReader::read_unsigned() {
  skip_space();
  if (!is_digit(peek())) fail_here("expected a non-negative whole number");
  if (peek() == '0' && position_ + 1 < text_.size() && is_digit(text_[position_ + 1]))
    fail_here("a number starts with 0");
  uint64_t value = 0;
  for (; is_digit(peek()); ++position_) {
    if (__builtin_mul_overflow(value, uint64_t{10}, &value) ||
        __builtin_add_overflow(value, static_cast<uint64_t>(peek() - '0'), &value))
      fail_here("a number does not fit in 64 bits");
  }
  if (peek() == '.' || peek() == 'e' || peek() == 'E') fail_here("expected a whole number");
  return value;
}

void JsonReader::skip_digits() {
  if (!is_digit(peek())) fail_here("bad number");
  while (is_digit(peek())) ++position_;
}

void JsonReader::skip_number() {
  if (peek() == '-') ++position_;
  if (peek() == '0') {
    ++position_;
    if (is_digit(peek())) fail_here("a number starts with 0");
  } else {
    skip_digits();
  }
  if (peek() == '.') {
    ++position_;
    skip_digits();
  }
  if (peek() == 'e' || peek() == 'E') {
    ++position_;
    if (peek() == '+' || peek() == '-') ++position_;
    skip_digits();
  }
}

void JsonReader::skip_value(int depth) {
  if (depth > kMaxDepth) fail_here("values are nested too deep");
  skip_space();
  switch (peek()) {
    case '{': read_object([&](const std::string&) { skip_value(depth + 1); }); return;
    case '[': read_array([&] { skip_value(depth + 1); }); return;
    case '"': read_string(); return;
    case 't': skip_word("true"); return;
    case 'f': skip_word("false"); return;
    case 'n': skip_word("null"); return;
    default: skip_number();
  }
}

void JsonReader::expect_end() {
  skip_space();
  if (position_ != text_.size()) fail_here("unexpected text");
}

bool is_utf8(std::string_view text) {
  for (size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i++]);
    if (lead < 0x80) continue;
    const int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
    if (lead < 0xC2 || lead > 0xF4) return false;
    uint32_t code = lead & (0x3Fu >> more);
    for (int k = 0; k < more; ++k, ++i) {
      if (i >= text.size() || (static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) return false;
      code = code << 6 | (static_cast<unsigned char>(text[i]) & 0x3Fu);
    }
    constexpr uint32_t kLeast[] = {0, 0x80, 0x800, 0x10000};
    if (code < kLeast[more] || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) return false;
  }
  return true;
}

}  // namespace vt::core
