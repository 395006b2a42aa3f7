// SPDX-License-Identifier: Apache-2.0
// Reads the ELF header and section table of a cubin, whose offsets are those of the ELF-64 format, little-endian, and the
// first directive of PTX.
#include "image.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace vt::cuda {
namespace {

constexpr std::size_t kHeaderBytes = 64;
constexpr std::size_t kSectionBytes = 64;
constexpr std::uint16_t kMachineCuda = 190;
constexpr std::uint32_t kSectionWithoutBytes = 8;

template <class T>
T read(std::span<const std::byte> image, std::size_t offset) noexcept {
  T value;
  std::memcpy(&value, image.data() + offset, sizeof value);
  return value;
}

bool inside(std::uint64_t offset, std::uint64_t bytes, std::size_t total) noexcept {
  return offset <= total && bytes <= total - offset;
}

// Without the blanks and comments at its beginning; empty when a comment does not end.
std::string_view without_comments(std::string_view text) noexcept {
  for (;;) {
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n\f\v"), text.size()));
    const bool is_line = text.starts_with("//");
    if (!is_line && !text.starts_with("/*")) return text;
    const std::size_t end = text.find(is_line ? "\n" : "*/", 2);
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + (is_line ? 1 : 2));
  }
}

}  // namespace

bool is_cubin(std::span<const std::byte> image) noexcept {
  static constexpr unsigned char kElf64[] = {0x7f, 'E', 'L', 'F', 2, 1};
  if (image.size() < kHeaderBytes || std::memcmp(image.data(), kElf64, sizeof kElf64) != 0) return false;
  if (read<std::uint16_t>(image, 18) != kMachineCuda) return false;
  const auto table = read<std::uint64_t>(image, 40);
  const auto section_bytes = read<std::uint16_t>(image, 58);
  const auto num_sections = read<std::uint16_t>(image, 60);
  if (section_bytes != kSectionBytes || num_sections == 0) return false;
  if (!inside(table, std::uint64_t{num_sections} * kSectionBytes, image.size())) return false;
  for (std::size_t i = 0; i < num_sections; ++i) {
    const std::size_t section = table + i * kSectionBytes;
    if (read<std::uint32_t>(image, section + 4) == kSectionWithoutBytes) continue;
    if (!inside(read<std::uint64_t>(image, section + 24), read<std::uint64_t>(image, section + 32), image.size()))
      return false;
  }
  return true;
}

bool is_ptx(std::span<const std::byte> image) noexcept {
  std::string_view text(reinterpret_cast<const char*>(image.data()), image.size());
  const std::size_t last = text.find_last_not_of('\0');
  text = text.substr(0, last == std::string_view::npos ? 0 : last + 1);
  return text.find('\0') == std::string_view::npos && without_comments(text).starts_with(".version") &&
         text.find(".target") != std::string_view::npos;
}

}  // namespace vt::cuda
