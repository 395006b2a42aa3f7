// SPDX-License-Identifier: Apache-2.0
// Reads the ELF header and section table of a cubin; offsets are those of the ELF-64 format, little-endian.
#include "cubin.hpp"

#include <cstdint>
#include <cstring>

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

}  // namespace vt::cuda
