// SPDX-License-Identifier: Apache-2.0
// Parsing, checking and writing of safetensors headers.
#include "safetensors_header.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include <vt/cpp/dtype.hpp>
#include <vt/cpp/error.hpp>

#include "interop/json_reader.hpp"

namespace vt::core {
namespace {

constexpr uint64_t kLengthBytes = 8;
constexpr size_t kMaxRank = 64;
constexpr const char* kMetadataKey = "__metadata__";

struct FormatDtype {
  std::string_view name;
  DLDataType dtype;
};

// In the order of the format's own list; files lay data out from the last to the first, so that it stays aligned.
constexpr FormatDtype kDtypes[] = {
    {"BOOL", kBool},          {"U8", kUInt8},    {"I8", kInt8},    {"F8_E5M2", kFloat8E5M2},
    {"F8_E4M3", kFloat8E4M3}, {"I16", kInt16},   {"U16", kUInt16}, {"F16", kFloat16},
    {"BF16", kBFloat16},      {"I32", kInt32},   {"U32", kUInt32}, {"F32", kFloat32},
    {"C64", kComplex64},      {"F64", kFloat64}, {"I64", kInt64},  {"U64", kUInt64},
};

[[noreturn]] void fail_format(const std::string& what) { fail(VT_ERROR_FILE_FORMAT, what); }

[[noreturn]] void fail_entry(const SafetensorsEntry& entry, const std::string& what) {
  fail_format("tensor '" + entry.name + "': " + what);
}

DLDataType find_dtype(const std::string& name, const JsonReader& json) {
  for (const FormatDtype& known : kDtypes)
    if (known.name == name) return known.dtype;
  json.fail_here("unknown dtype: got '" + name + "'");
}

std::vector<int64_t> read_sizes(JsonReader& json) {
  std::vector<int64_t> sizes;
  json.read_array([&] {
    const uint64_t size = json.read_unsigned();
    if (size > static_cast<uint64_t>(std::numeric_limits<int64_t>::max()))
      json.fail_here("a size does not fit in int64");
    if (sizes.size() == kMaxRank) json.fail_here("rank above " + std::to_string(kMaxRank));
    sizes.push_back(static_cast<int64_t>(size));
  });
  return sizes;
}

SafetensorsEntry read_entry(JsonReader& json, std::string name) {
  SafetensorsEntry entry;
  entry.name = std::move(name);
  bool has_dtype = false;
  bool has_sizes = false;
  bool has_offsets = false;
  const auto once = [&](bool& seen, const std::string& field) {
    if (seen) json.fail_here("field '" + field + "' appears twice");
    seen = true;
  };
  json.read_object([&](const std::string& field) {
    if (field == "dtype") {
      once(has_dtype, field);
      entry.dtype = find_dtype(json.read_string(), json);
    } else if (field == "shape") {
      once(has_sizes, field);
      entry.sizes = read_sizes(json);
    } else if (field == "data_offsets") {
      once(has_offsets, field);
      json.expect('[');
      entry.begin = json.read_unsigned();
      json.expect(',');
      entry.end = json.read_unsigned();
      json.expect(']');
    } else {
      json.skip_value();  // the reference implementation ignores fields it does not know
    }
  });
  if (!has_dtype || !has_sizes || !has_offsets)
    fail_entry(entry, std::string("field '") +
                          (!has_dtype   ? "dtype"
                           : !has_sizes ? "shape"
                                        : "data_offsets") +
                          "' is missing");
  return entry;
}

StringPairs read_metadata(JsonReader& json) {
  StringPairs metadata;
  if (json.consume_null()) return metadata;
  json.read_object([&](std::string key) {
    std::string value = json.read_string();
    if (key.find('\0') != std::string::npos || value.find('\0') != std::string::npos)
      json.fail_here("metadata holds a NUL character");
    metadata.emplace_back(std::move(key), std::move(value));
  });
  return metadata;
}

template <class Items, class Name>
void check_unique(const Items& items, Name name, const char* what) {
  std::vector<uint32_t> order(items.size());
  std::iota(order.begin(), order.end(), 0u);
  std::ranges::sort(order, {}, [&](uint32_t i) -> const std::string& { return name(items[i]); });
  const auto twice =
      std::ranges::adjacent_find(order, [&](uint32_t a, uint32_t b) { return name(items[a]) == name(items[b]); });
  if (twice != order.end()) fail_format(std::string(what) + " '" + name(items[*twice]) + "' appears twice");
}

void check_size(const SafetensorsEntry& entry) {
  const uint64_t given = entry.end - entry.begin;
  uint64_t expected = dtype_info(entry.dtype).itemsize;
  for (const int64_t size : entry.sizes)
    if (__builtin_mul_overflow(expected, static_cast<uint64_t>(size), &expected))
      fail_entry(entry, "its byte size does not fit in 64 bits");
  if (given != expected)
    fail_entry(entry, "its data has the wrong size: got " + std::to_string(given) + " bytes, expected " +
                          std::to_string(expected));
}

// The entries must tile the data exactly.
void check_layout(const std::vector<SafetensorsEntry>& entries, uint64_t data_bytes) {
  std::vector<uint32_t> order(entries.size());
  std::iota(order.begin(), order.end(), 0u);
  std::ranges::sort(order, {}, [&](uint32_t i) { return std::pair(entries[i].begin, entries[i].end); });
  uint64_t covered = 0;
  for (const uint32_t i : order) {
    const SafetensorsEntry& entry = entries[i];
    if (entry.end < entry.begin) fail_entry(entry, "its data ends before it begins");
    if (entry.begin != covered)
      fail_entry(entry, std::string(entry.begin < covered ? "its data overlaps another tensor's"
                                                          : "there is a hole before its data") +
                            ": got offset " + std::to_string(entry.begin) + ", expected " + std::to_string(covered));
    if (entry.end > data_bytes)
      fail_entry(entry, "its data lies outside the file: got end " + std::to_string(entry.end) + ", expected at most " +
                            std::to_string(data_bytes) + "; the file may be cut short");
    check_size(entry);
    covered = entry.end;
  }
  if (covered != data_bytes)
    fail_format("the tensors cover " + std::to_string(covered) + " bytes of " + std::to_string(data_bytes) +
                " bytes of data");
}

void append_json_string(std::string& out, std::string_view text) {
  constexpr char kHex[] = "0123456789abcdef";
  out.push_back('"');
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out.push_back('\\');
      out.push_back(c);
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += "\\u00";
      out.push_back(kHex[c >> 4]);
      out.push_back(kHex[c & 15]);
    } else {
      out.push_back(c);
    }
  }
  out.push_back('"');
}

}  // namespace

SafetensorsHeader parse_safetensors_header(std::span<const std::byte> file) {
  if (file.size() < kLengthBytes)
    fail_format("the file is too short: got " + std::to_string(file.size()) + " bytes, expected at least " +
                std::to_string(kLengthBytes));
  uint64_t length = 0;
  for (size_t i = 0; i < kLengthBytes; ++i) length |= std::to_integer<uint64_t>(file[i]) << (8 * i);
  if (length > kMaxHeaderBytes)
    fail_format("the header is too long: got " + std::to_string(length) + " bytes, expected at most " +
                std::to_string(kMaxHeaderBytes));
  if (length > file.size() - kLengthBytes)
    fail_format("the header lies outside the file: got " + std::to_string(length) + " bytes, expected at most " +
                std::to_string(file.size() - kLengthBytes) + "; the file may be cut short");
  const std::string_view text(reinterpret_cast<const char*>(file.data()) + kLengthBytes, length);
  if (text.empty() || text[0] != '{') fail_format("the header does not start with '{'");
  if (!is_utf8(text)) fail_format("the header is not valid UTF-8");

  SafetensorsHeader header;
  header.data_offset = kLengthBytes + length;
  bool has_metadata = false;
  JsonReader json(text);
  json.read_object([&](std::string name) {
    if (name == kMetadataKey) {
      if (has_metadata) json.fail_here("'__metadata__' appears twice");
      has_metadata = true;
      header.metadata = read_metadata(json);
      return;
    }
    if (name.find('\0') != std::string::npos) json.fail_here("a tensor's name holds a NUL character");
    header.entries.push_back(read_entry(json, std::move(name)));
  });
  json.expect_end();
  check_unique(header.entries, [](const SafetensorsEntry& e) -> const std::string& { return e.name; }, "tensor");
  check_unique(header.metadata, [](const auto& pair) -> const std::string& { return pair.first; }, "metadata key");
  check_layout(header.entries, file.size() - header.data_offset);
  return header;
}

std::string format_safetensors_header(std::span<const SafetensorsEntry> entries, const StringPairs& metadata) {
  std::string json = "{";
  const auto key = [&json](std::string_view name) {
    if (json.back() != '{') json.push_back(',');
    append_json_string(json, name);
    json.push_back(':');
  };
  if (!metadata.empty()) {
    key(kMetadataKey);
    json.push_back('{');
    for (const auto& [name, value] : metadata) {
      key(name);
      append_json_string(json, value);
    }
    json.push_back('}');
  }
  for (const SafetensorsEntry& entry : entries) {
    key(entry.name);
    json += "{\"dtype\":\"" + std::string(safetensors_dtype_name(entry.dtype)) + "\",\"shape\":[";
    for (size_t d = 0; d < entry.sizes.size(); ++d) json += (d ? "," : "") + std::to_string(entry.sizes[d]);
    json += "],\"data_offsets\":[" + std::to_string(entry.begin) + "," + std::to_string(entry.end) + "]}";
  }
  json.push_back('}');
  json.resize((json.size() + 7) / 8 * 8, ' ');

  std::string out;
  for (size_t i = 0; i < kLengthBytes; ++i) out.push_back(static_cast<char>(json.size() >> (8 * i) & 0xFF));
  return out + json;
}

std::string_view safetensors_dtype_name(DLDataType dtype) {
  const int order = safetensors_dtype_order(dtype);
  return order < 0 ? std::string_view() : kDtypes[order].name;
}

int safetensors_dtype_order(DLDataType dtype) {
  for (size_t i = 0; i < std::size(kDtypes); ++i)
    if (same_dtype(kDtypes[i].dtype, dtype)) return static_cast<int>(i);
  return -1;
}

}  // namespace vt::core
