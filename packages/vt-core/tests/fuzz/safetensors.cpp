// SPDX-License-Identifier: Apache-2.0
// Fuzz target: any bytes are a checked safetensors header or a FILE_FORMAT error, and a header read is written back equal.
#include <cstdlib>
#include <string>

#include <vt/cpp/dtype.hpp>
#include <vt/cpp/error.hpp>

#include "interop/safetensors_header.hpp"

namespace {

using namespace vt;
using namespace vt::core;

void require(bool holds) {
  if (!holds) std::abort();
}

void check_header(const SafetensorsHeader& header, size_t file_bytes) {
  uint64_t total = 0;
  for (const SafetensorsEntry& entry : header.entries) {
    require(is_known_dtype(entry.dtype) && entry.begin <= entry.end);
    require(header.data_offset + entry.end <= file_bytes);
    total += entry.end - entry.begin;
  }
  require(header.data_offset + total == file_bytes);
}

void check_round_trip(const SafetensorsHeader& header, uint64_t data_bytes) {
  std::string file = format_safetensors_header(header.entries, header.metadata);
  file.resize(file.size() + data_bytes);
  const SafetensorsHeader again =
      parse_safetensors_header({reinterpret_cast<const std::byte*>(file.data()), file.size()});
  require(again.metadata == header.metadata && again.entries.size() == header.entries.size());
  for (size_t i = 0; i < again.entries.size(); ++i) {
    const SafetensorsEntry& a = again.entries[i];
    const SafetensorsEntry& b = header.entries[i];
    require(a.name == b.name && same_dtype(a.dtype, b.dtype) && a.sizes == b.sizes && a.begin == b.begin &&
            a.end == b.end);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  try {
    const SafetensorsHeader header = parse_safetensors_header({reinterpret_cast<const std::byte*>(data), size});
    check_header(header, size);
    check_round_trip(header, size - header.data_offset);
  } catch (const Error& error) {
    require(error.kind() == VT_ERROR_FILE_FORMAT);
  }
  return 0;
}
