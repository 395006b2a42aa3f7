// SPDX-License-Identifier: Apache-2.0
// Building safetensors files by hand, right and wrong.
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace vt::test {

// length | header | data_bytes zeros
inline std::string safetensors_bytes(const std::string& header, size_t data_bytes = 0) {
  std::string out;
  for (int i = 0; i < 8; ++i) out.push_back(static_cast<char>(uint64_t{header.size()} >> (8 * i) & 0xFF));
  return out + header + std::string(data_bytes, '\0');
}

inline std::string with_length(uint64_t length, const std::string& rest) {
  std::string out;
  for (int i = 0; i < 8; ++i) out.push_back(static_cast<char>(length >> (8 * i) & 0xFF));
  return out + rest;
}

inline std::span<const std::byte> as_bytes(const std::string& text) {
  return {reinterpret_cast<const std::byte*>(text.data()), text.size()};
}

// One entry of an object: "a":{"dtype":...}
inline std::string entry(const std::string& name, const std::string& dtype, const std::string& shape,
                         const std::string& offsets) {
  return "\"" + name + R"(":{"dtype":")" + dtype + R"(","shape":)" + shape + R"(,"data_offsets":)" + offsets + "}";
}

}  // namespace vt::test
