// SPDX-License-Identifier: Apache-2.0
// Pages and their marks.
#include "address_range.hpp"

#include <algorithm>

namespace vt::cuda {

AddressRange::~AddressRange() {
  if (begin_ == nullptr) return;
  for (std::size_t first = 0; first < units_.size(); ++first) {
    if (units_[first] == Unit::kWithout) continue;
    std::size_t end = first;
    while (end < units_.size() && units_[end] != Unit::kWithout) ++end;
    (void)unmap(begin_ + first * kSegmentUnit, (end - first) * kSegmentUnit);
    first = end - 1;
  }
  (void)release();
}

Status AddressRange::reserve(std::size_t bytes) {
  units_.assign(bytes / kSegmentUnit, Unit::kWithout);
  DevicePtr address = nullptr;
  const Status status = driver_.mem_address_reserve(driver_.self, device_, bytes, &address);
  if (status == kSuccess) begin_ = static_cast<std::byte*>(address);
  return status;
}

Status AddressRange::release() noexcept {
  const Status status = driver_.mem_address_free(driver_.self, device_, begin_, units_.size() * kSegmentUnit);
  if (status == kSuccess) begin_ = nullptr;
  return status;
}

Status AddressRange::map(std::byte* address, std::size_t bytes, std::size_t page_bytes,
                         std::span<const int> devices) noexcept {
  std::size_t mapped = 0;
  Status status = kSuccess;
  while (mapped < bytes && status == kSuccess) {
    const std::size_t page = std::min(page_bytes, bytes - mapped);
    status = map_page(address + mapped, page);
    if (status != kSuccess) break;
    const std::size_t first = unit_of(address + mapped);
    std::fill_n(units_.begin() + static_cast<std::ptrdiff_t>(first), page / kSegmentUnit, Unit::kNext);
    units_[first] = Unit::kFirst;
    mapped += page;
  }
  for (const int device : devices)
    if (status == kSuccess) status = set_access(device, address, bytes);
  if (status != kSuccess && mapped != 0) (void)unmap(address, mapped);
  return status;
}

// The memory is released at once: it then lives as long as it is mapped.
Status AddressRange::map_page(std::byte* address, std::size_t bytes) noexcept {
  RawMemory memory = 0;
  if (const Status status = driver_.mem_create(driver_.self, device_, bytes, &memory); status != kSuccess)
    return status;
  const Status mapped = driver_.mem_map(driver_.self, address, bytes, memory);
  const Status released = driver_.mem_release(driver_.self, memory);
  if (mapped != kSuccess) return mapped;
  if (released != kSuccess) (void)driver_.mem_unmap(driver_.self, address, bytes);
  return released;
}

Status AddressRange::unmap(std::byte* address, std::size_t bytes) noexcept {
  const Status status = driver_.mem_unmap(driver_.self, address, bytes);
  if (status != kSuccess) return status;
  const auto first = units_.begin() + static_cast<std::ptrdiff_t>(unit_of(address));
  std::fill_n(first, bytes / kSegmentUnit, Unit::kWithout);
  return kSuccess;
}

std::byte* AddressRange::border_before(std::byte* address) const noexcept {
  std::size_t unit = unit_of(address);
  while (unit < units_.size() && units_[unit] == Unit::kNext) --unit;
  return begin_ + unit * kSegmentUnit;
}

std::byte* AddressRange::border_after(std::byte* address) const noexcept {
  std::size_t unit = unit_of(address + kSegmentUnit - 1);
  while (unit < units_.size() && units_[unit] == Unit::kNext) ++unit;
  return begin_ + unit * kSegmentUnit;
}

}  // namespace vt::cuda
