// SPDX-License-Identifier: Apache-2.0
// The check of kernel images: whole ones pass; cut short, lying or foreign ones do not.
#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <random>
#include <span>
#include <string_view>
#include <vector>

#include "runtime/image.hpp"

namespace vt::cuda {
namespace {

template <class T>
void put(std::vector<std::byte>& image, std::size_t offset, T value) {
  std::memcpy(image.data() + offset, &value, sizeof value);
}

// A header, 100 bytes of one section, and a table of two sections, of which the first has no bytes in the file.
std::vector<std::byte> whole_cubin() {
  std::vector<std::byte> image(64 + 104 + 2 * 64);
  const unsigned char start[] = {0x7f, 'E', 'L', 'F', 2, 1};
  std::memcpy(image.data(), start, sizeof start);
  put<std::uint16_t>(image, 18, 190);
  put<std::uint64_t>(image, 40, 168);  // section table
  put<std::uint16_t>(image, 58, 64);
  put<std::uint16_t>(image, 60, 2);
  put<std::uint32_t>(image, 168 + 4, 8);
  put<std::uint64_t>(image, 168 + 32, 1 << 20);
  put<std::uint32_t>(image, 232 + 4, 1);
  put<std::uint64_t>(image, 232 + 24, 64);
  put<std::uint64_t>(image, 232 + 32, 100);
  return image;
}

TEST(Cubin, WholeImagePasses) { EXPECT_TRUE(is_cubin(whole_cubin())); }

TEST(Cubin, EveryShorterImageFails) {
  const std::vector<std::byte> image = whole_cubin();
  for (std::size_t size = 0; size < image.size(); ++size) {
    const std::vector<std::byte> cut(image.begin(), image.begin() + static_cast<std::ptrdiff_t>(size));
    EXPECT_FALSE(is_cubin(cut)) << size;
  }
}

TEST(Cubin, ForeignMachineClassAndOffsetsPastTheEndFail) {
  const auto broken = [](std::size_t offset, auto value) {
    std::vector<std::byte> image = whole_cubin();
    put(image, offset, value);
    return is_cubin(image);
  };
  EXPECT_FALSE(broken(0, std::uint8_t{0}));
  EXPECT_FALSE(broken(4, std::uint8_t{1}));
  EXPECT_FALSE(broken(18, std::uint16_t{62}));
  EXPECT_FALSE(broken(40, ~std::uint64_t{0}));
  EXPECT_FALSE(broken(58, std::uint16_t{0}));
  EXPECT_FALSE(broken(60, std::uint16_t{0}));
  EXPECT_FALSE(broken(60, std::uint16_t{3}));
  EXPECT_FALSE(broken(232 + 24, ~std::uint64_t{0}));
  EXPECT_FALSE(broken(232 + 32, ~std::uint64_t{0} - 10));
}

// The sanitizers make a read past the end fail this test.
TEST(Cubin, RandomDamageNeverReadsPastTheEnd) {
  std::mt19937_64 random(1);
  int num_passed = 0;
  for (int i = 0; i < 100'000; ++i) {
    std::vector<std::byte> image = whole_cubin();
    for (std::uint64_t n = 1 + random() % 3; n > 0; --n)
      image[random() % image.size()] = static_cast<std::byte>(random());
    image.resize(random() % 4 == 0 ? random() % image.size() : image.size());
    image.shrink_to_fit();
    num_passed += is_cubin(image) ? 1 : 0;
  }
  EXPECT_GT(num_passed, 0);
  EXPECT_LT(num_passed, 100'000);
}

std::span<const std::byte> bytes(std::string_view text) { return std::as_bytes(std::span(text.data(), text.size())); }

TEST(Ptx, TextsThatBeginWithAVersionPass) {
  using namespace std::string_view_literals;
  EXPECT_TRUE(is_ptx(bytes(".version 8.0\n.target sm_90\n.address_size 64\n")));
  EXPECT_TRUE(is_ptx(bytes("//\n// Generated\n/* more */ \n\t.version 8.0\n.target sm_90\n")));
  EXPECT_TRUE(is_ptx(bytes(".version 8.0\n.target sm_90\n\0\0"sv)));
}

TEST(Ptx, OtherTextsAndBytesFail) {
  using namespace std::string_view_literals;
  for (const std::string_view text :
       {""sv, "\0"sv, "text"sv, ".version 8.0"sv, ".target sm_90\n.version 8.0"sv, "/* .version .target"sv,
        "// .version 8.0 .target sm_90"sv, ".version 8.0\n\0.target sm_90"sv,
        "\x7f"
        "ELF.version.target"sv})
    EXPECT_FALSE(is_ptx(bytes(text))) << text;
  EXPECT_FALSE(is_ptx(whole_cubin()));
}

}  // namespace
}  // namespace vt::cuda
