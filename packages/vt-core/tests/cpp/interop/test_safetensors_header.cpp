// SPDX-License-Identifier: Apache-2.0
// Safetensors headers: what is read, what is refused and with which words.
#include "interop/safetensors_header.hpp"

#include <gtest/gtest.h>
#include <vt/cpp/dtype.hpp>
#include <vt/cpp/error.hpp>

#include "interop/json_reader.hpp"
#include "safetensors_bytes.hpp"

namespace vt::core {
namespace {

using test::as_bytes;
using test::entry;
using test::safetensors_bytes;

SafetensorsHeader parse(const std::string& file) { return parse_safetensors_header(as_bytes(file)); }

TEST(SafetensorsHeader, EntriesAndMetadataAreRead) {
  const std::string json = R"({"__metadata__":{"format":"pt","a\"b":"\u00e9\ud83d\ude00"},)" +
                           entry("w", "F32", "[2, 3]", "[4,28]") + ", \n" + entry("b", "I16", "[2]", "[0,4]") + "}  ";
  const SafetensorsHeader header = parse(safetensors_bytes(json, 28));
  ASSERT_EQ(header.entries.size(), 2u);
  EXPECT_EQ(header.entries[0].name, "w");
  EXPECT_TRUE(same_dtype(header.entries[0].dtype, kFloat32));
  EXPECT_EQ(header.entries[0].sizes, (std::vector<int64_t>{2, 3}));
  EXPECT_EQ(header.entries[0].begin, 4u);
  EXPECT_EQ(header.entries[1].end, 4u);
  EXPECT_EQ(header.data_offset, 8 + json.size());
  EXPECT_EQ(header.metadata, (StringPairs{{"format", "pt"}, {"a\"b", "\xC3\xA9\xF0\x9F\x98\x80"}}));
}

TEST(SafetensorsHeader, OddButLegalHeadersAreRead) {
  EXPECT_EQ(parse(safetensors_bytes("{}")).entries.size(), 0u);
  EXPECT_EQ(parse(safetensors_bytes("{ } \n")).entries.size(), 0u);
  EXPECT_EQ(parse(safetensors_bytes(R"({"__metadata__":null})")).metadata.size(), 0u);
  EXPECT_EQ(parse(safetensors_bytes("{" + entry("scalar", "F64", "[]", "[0,8]") + "}", 8)).entries[0].sizes.size(), 0u);
  EXPECT_EQ(parse(safetensors_bytes("{" + entry("", "U8", "[1]", "[0,1]") + "}", 1)).entries[0].name, "");
  EXPECT_EQ(parse(safetensors_bytes(
                      "{" + entry("e", "U8", "[3,0]", "[0,0]") + "," + entry("x", "U8", "[1]", "[0,1]") + "}", 1))
                .entries.size(),
            2u);
  const std::string unknown_field =
      R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1],"more":[{"x":-1.5e3},null,true]}})";
  EXPECT_EQ(parse(safetensors_bytes(unknown_field, 1)).entries.size(), 1u);
}

TEST(SafetensorsHeader, EveryDtypeOfTheFormatThatWeHave) {
  for (const char* name : {"BOOL", "U8", "U16", "U32", "U64", "I8", "I16", "I32", "I64", "F8_E4M3", "F8_E5M2", "F16",
                           "BF16", "F32", "F64", "C64"}) {
    const std::string probe = "{" + entry("a", name, "[0]", "[0,0]") + "}";
    const DLDataType dtype = parse(safetensors_bytes(probe)).entries.at(0).dtype;
    EXPECT_EQ(safetensors_dtype_name(dtype), name);
  }
  EXPECT_EQ(safetensors_dtype_name(kComplex128), "");
}

struct Bad {
  std::string file;
  const char* message;  // a part of it
};

std::vector<Bad> bad_files() {
  const auto one = [](const std::string& dtype, const std::string& shape, const std::string& offsets,
                      size_t data_bytes) {
    return safetensors_bytes("{" + entry("a", dtype, shape, offsets) + "}", data_bytes);
  };
  const auto two = [](const std::string& first, const std::string& second, size_t data_bytes) {
    return safetensors_bytes("{" + entry("a", "U8", "[2]", first) + "," + entry("b", "U8", "[2]", second) + "}",
                             data_bytes);
  };
  return {
      {"", "too short"},
      {"1234567", "too short"},
      {test::with_length(0, ""), "does not start with '{'"},
      {test::with_length(0, "{}"), "does not start with '{'"},
      {test::with_length(3, "{}"), "outside the file"},
      {test::with_length(~uint64_t{0}, "{}"), "too long"},
      {test::with_length(kMaxHeaderBytes + 1, "{}"), "too long"},
      {test::with_length(uint64_t{1} << 63, "{}"), "too long"},
      {safetensors_bytes(" {}"), "does not start with '{'"},
      {safetensors_bytes("[]"), "does not start with '{'"},
      {safetensors_bytes("{\"\xff\":1}"), "UTF-8"},
      {safetensors_bytes("{\"\xc0\x80\":1}"), "UTF-8"},
      {safetensors_bytes("{\"\xed\xa0\x80\":1}"), "UTF-8"},
      {safetensors_bytes("{} x"), "unexpected text"},
      {safetensors_bytes("{}{}"), "unexpected text"},
      {safetensors_bytes("{"), "expected"},
      {safetensors_bytes("{\"a\"}"), "expected ':'"},
      {safetensors_bytes("{\"a"), "does not end"},
      {safetensors_bytes("{\"a\n\":1}"), "control character"},
      {safetensors_bytes(R"({"a\x":1})"), "bad escape"},
      {safetensors_bytes(R"({"\ud800":1})"), "expected \\u"},
      {safetensors_bytes(R"({"\ud800\u0041":1})"), "half of a pair"},
      {safetensors_bytes(R"({"\udc00":1})"), "half of a pair"},
      {safetensors_bytes(R"({"\u12g4":1})"), "bad \\u"},
      {safetensors_bytes(R"({"a\u0000b":{}})"), "NUL"},
      {safetensors_bytes("{" + entry("a", "U8", "[1]", "[0,1]") + ",}", 1), "expected '\"'"},
      {safetensors_bytes("{\"a\":[]}"), "expected '{'"},
      {safetensors_bytes("{\"a\":{}}"), "'dtype' is missing"},
      {safetensors_bytes(R"({"a":{"dtype":"U8","data_offsets":[0,0]}})"), "'shape' is missing"},
      {safetensors_bytes(R"({"a":{"dtype":"U8","shape":[0]}})"), "'data_offsets' is missing"},
      {safetensors_bytes(R"({"a":{"dtype":"U8","dtype":"U8","shape":[0],"data_offsets":[0,0]}})"), "appears twice"},
      {safetensors_bytes("{" + entry("a", "U8", "[1]", "[0,1]") + "," + entry("a", "U8", "[1]", "[1,2]") + "}", 2),
       "tensor 'a' appears twice"},
      {safetensors_bytes(R"({"__metadata__":{},"__metadata__":{}})"), "appears twice"},
      {safetensors_bytes(R"({"__metadata__":{"k":"1","k":"2"}})"), "metadata key 'k' appears twice"},
      {safetensors_bytes(R"({"__metadata__":{"k":1}})"), "expected '\"'"},
      {safetensors_bytes(R"({"__metadata__":[]})"), "expected '{'"},
      {one("F128", "[0]", "[0,0]", 0), "unknown dtype: got 'F128'"},
      {one("f32", "[0]", "[0,0]", 0), "unknown dtype"},
      {one("F4", "[0]", "[0,0]", 0), "unknown dtype"},
      {one("U8", "[-1]", "[0,1]", 1), "non-negative whole number"},
      {one("U8", "[1.0]", "[0,1]", 1), "whole number"},
      {one("U8", "[1e0]", "[0,1]", 1), "whole number"},
      {one("U8", "[01]", "[0,1]", 1), "starts with 0"},
      {one("U8", "[true]", "[0,1]", 1), "non-negative whole number"},
      {one("U8", "[NaN]", "[0,1]", 1), "non-negative whole number"},
      {one("U8", "[\"1\"]", "[0,1]", 1), "non-negative whole number"},
      {one("U8", "[1,]", "[0,1]", 1), "non-negative whole number"},
      {one("U8", "1", "[0,1]", 1), "expected '['"},
      {one("U8", "[18446744073709551616]", "[0,1]", 1), "64 bits"},
      {one("U8", "[9223372036854775808]", "[0,1]", 1), "int64"},
      {one("U8", "[4294967296,4294967296]", "[0,0]", 0), "does not fit in 64 bits"},
      {one("F64", "[2305843009213693952]", "[0,0]", 0), "does not fit in 64 bits"},
      {one("U8", "[1]", "[0]", 1), "expected ','"},
      {one("U8", "[1]", "[0,1,2]", 1), "expected ']'"},
      {one("U8", "[1]", "[1,0]", 1), "ends before it begins"},
      {one("U8", "[1]", "[1,2]", 2), "hole"},
      {one("U8", "[4]", "[0,4]", 3), "outside the file"},
      {one("U8", "[3]", "[0,3]", 4), "cover 3 bytes of 4"},
      {one("F32", "[3]", "[0,8]", 8), "wrong size: got 8 bytes, expected 12"},
      {one("U8", "[1]", "[0,18446744073709551615]", 1), "outside the file"},
      {two("[0,2]", "[1,3]", 3), "overlaps"},
      {two("[0,2]", "[3,5]", 5), "hole"},
      {two("[0,2]", "[0,2]", 2), "overlaps"},
      {safetensors_bytes("{}", 1), "cover 0 bytes of 1"},
  };
}

TEST(SafetensorsHeader, BadFilesAreRefusedInWords) {
  for (const Bad& bad : bad_files()) {
    try {
      parse(bad.file);
      ADD_FAILURE() << "was accepted: " << bad.file;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), VT_ERROR_FILE_FORMAT) << bad.file;
      EXPECT_NE(std::string(error.what()).find(bad.message), std::string::npos)
          << bad.file << "\n  got " << error.what() << "\n  expected " << bad.message;
    }
  }
}

TEST(SafetensorsHeader, EveryTruncationIsRefused) {
  const std::string file =
      safetensors_bytes("{" + entry("a", "F32", "[2]", "[0,8]") + "," + entry("b", "U8", "[1]", "[8,9]") + "}", 9);
  EXPECT_NO_THROW(parse(file));
  for (size_t length = 0; length < file.size(); ++length) EXPECT_THROW(parse(file.substr(0, length)), Error) << length;
}

TEST(SafetensorsHeader, DeepNestingIsRefusedWithoutOverflow) {
  for (const size_t depth : {size_t{100}, size_t{100000}}) {
    const std::string value = std::string(depth, '[') + std::string(depth, ']');
    const std::string file =
        safetensors_bytes(R"({"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0],"x":)" + value + "}}");
    if (depth == 100) {
      EXPECT_NO_THROW(parse(file));
    } else {
      EXPECT_THROW(parse(file), Error);
    }
  }
}

TEST(SafetensorsHeader, RankIsLimited) {
  std::string shape = "[1";
  for (int i = 1; i < 64; ++i) shape += ",1";
  EXPECT_NO_THROW(parse(safetensors_bytes("{" + entry("a", "U8", shape + "]", "[0,1]") + "}", 1)));
  EXPECT_THROW(parse(safetensors_bytes("{" + entry("a", "U8", shape + ",1]", "[0,1]") + "}", 1)), Error);
}

TEST(SafetensorsHeader, ManyEntriesAreRead) {
  constexpr int kCount = 200000;
  std::string json = "{";
  for (int i = kCount; i-- > 0;)  // against the order of names
    json += entry("t" + std::to_string(i), "U8", "[1]", "[" + std::to_string(i) + "," + std::to_string(i + 1) + "]") +
            (i ? "," : "}");
  EXPECT_EQ(parse(safetensors_bytes(json, kCount)).entries.size(), static_cast<size_t>(kCount));
}

TEST(SafetensorsHeader, WrittenHeadersAreReadBack) {
  const std::vector<SafetensorsEntry> entries = {{"w \"q\"\\\n\x01", kBFloat16, {3, 1}, 0, 6},
                                                 {"\xC3\xA9", kBool, {}, 6, 7}};
  const StringPairs metadata = {{"k\t", "v"}, {"", ""}};
  const std::string written = format_safetensors_header(entries, metadata);
  EXPECT_EQ(written.size() % 8, 0u);
  const SafetensorsHeader header = parse(written + std::string(7, '\0'));
  ASSERT_EQ(header.entries.size(), 2u);
  EXPECT_EQ(header.entries[0].name, entries[0].name);
  EXPECT_EQ(header.entries[0].sizes, entries[0].sizes);
  EXPECT_EQ(header.entries[1].name, entries[1].name);
  EXPECT_EQ(header.metadata, metadata);
  EXPECT_EQ(header.data_offset, written.size());
}

TEST(Utf8, SequencesAreJudged) {
  for (const char* good : {"", "abc", "\xC2\x80", "\xEF\xBF\xBF", "\xF4\x8F\xBF\xBF"})
    EXPECT_TRUE(is_utf8(good)) << good;
  for (const char* bad : {"\x80", "\xC1\xBF", "\xC2", "\xE0\x80\x80", "\xED\xBF\xBF", "\xF4\x90\x80\x80",
                          "\xF8\x88\x80\x80\x80", "\xF0\x80\x80\x80"})
    EXPECT_FALSE(is_utf8(bad)) << bad;
}

}  // namespace
}  // namespace vt::core
