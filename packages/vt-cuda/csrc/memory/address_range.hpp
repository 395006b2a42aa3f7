// SPDX-License-Identifier: Apache-2.0
// Reserved addresses of a device to which memory is mapped piece by piece. Knows the driver, and no blocks.
//
// Note [Pages]
// What one call of the driver made is a page, and goes back as a whole. Pages are multiples of 2 MiB, a unit; they are large where
// that much is wanted, for each costs some calls, and small where memory is short. A mark per unit says which have memory
// and which begin a page.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "../runtime/driver.hpp"
#include "sizes.hpp"

namespace vt::cuda {

class AddressRange {
 public:
  AddressRange(const Driver& driver, int device) noexcept : driver_(driver), device_(device) {}
  AddressRange(const AddressRange&) = delete;
  AddressRange& operator=(const AddressRange&) = delete;
  ~AddressRange();  // gives back what is left; the caller has waited for the work on it

  // Once, so many bytes: a multiple of the unit. kMemoryAllocation when there are not that many addresses in a row.
  Status reserve(std::size_t bytes);
  // Gives the addresses back, none of which has memory.
  Status release() noexcept;

  std::byte* begin() const noexcept { return begin_; }
  std::byte* end() const noexcept { return begin_ + units_.size() * kSegmentUnit; }

  // Maps memory to addresses that have none, in pages of at most `page_bytes`, for use by the devices. When it fails all is as before.
  Status map(std::byte* address, std::size_t bytes, std::size_t page_bytes, std::span<const int> devices) noexcept;
  // Takes the memory from whole pages in a row; all work on them is done.
  Status unmap(std::byte* address, std::size_t bytes) noexcept;
  // Lets one more device use memory that is mapped.
  Status set_access(int device, std::byte* address, std::size_t bytes) const noexcept {
    return driver_.mem_set_access(driver_.self, device, address, bytes);
  }

  // The last border of pages up to the address, and the first one from there on; where no memory is, borders are those of units.
  std::byte* border_before(std::byte* address) const noexcept;
  std::byte* border_after(std::byte* address) const noexcept;
  bool is_mapped(const std::byte* address) const noexcept { return units_[unit_of(address)] != Unit::kWithout; }

 private:
  enum class Unit : std::uint8_t { kWithout, kFirst, kNext };

  std::size_t unit_of(const std::byte* address) const noexcept {
    return static_cast<std::size_t>(address - begin_) / kSegmentUnit;
  }
  Status map_page(std::byte* address, std::size_t bytes) noexcept;

  const Driver& driver_;
  int device_;
  std::byte* begin_ = nullptr;  // none are reserved
  std::vector<Unit> units_;
};

}  // namespace vt::cuda
