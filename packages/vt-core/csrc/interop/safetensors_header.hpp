// SPDX-License-Identifier: Apache-2.0
// The header of a safetensors file: bytes to checked entries, and entries to bytes.
#pragma once

#include <dlpack/dlpack.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vt::core {

// Note [Safetensors]
// A file is: u64 little-endian length N; N bytes of JSON, an object from names to {"dtype", "shape", "data_offsets"} and
// "__metadata__" to strings, padded with spaces; then the data, which offsets count from 0. Checked before anything is
// returned: the length (at most kMaxHeaderBytes and inside the file), UTF-8, JSON, each entry's dtype, shape and offsets,
// and that the entries cover the data from its first to its last byte without hole or overlap.
// Stricter than the reference implementation: a name may appear once, the header starts with '{', an entry is an object
// (not an array), rank is at most 64, sizes fit in int64, names hold no NUL.

inline constexpr uint64_t kMaxHeaderBytes = 100'000'000;

struct SafetensorsEntry {
  std::string name;
  DLDataType dtype{};
  std::vector<int64_t> sizes;
  uint64_t begin = 0;  // bytes from the start of the data
  uint64_t end = 0;
};

using StringPairs = std::vector<std::pair<std::string, std::string>>;

struct SafetensorsHeader {
  std::vector<SafetensorsEntry> entries;  // as the file lists them
  StringPairs metadata;
  uint64_t data_offset = 0;  // of the data in the file
};

// Throws FILE_FORMAT saying what is wrong. Reads the header's bytes only; `file` is the whole file.
SafetensorsHeader parse_safetensors_header(std::span<const std::byte> file);

// The file's bytes up to the data, a multiple of 8. The entries' offsets are as given.
std::string format_safetensors_header(std::span<const SafetensorsEntry> entries, const StringPairs& metadata);

// The format's name of a dtype, empty for one that it lacks, and its place in the order in which files lay data out.
std::string_view safetensors_dtype_name(DLDataType dtype);
int safetensors_dtype_order(DLDataType dtype);

}  // namespace vt::core
