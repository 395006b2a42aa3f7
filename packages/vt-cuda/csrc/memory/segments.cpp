// SPDX-License-Identifier: Apache-2.0
// Raw allocation and release of segments.
#include "segments.hpp"

#include <utility>

#include "../runtime/status.hpp"

namespace vt::cuda {

Segments::~Segments() {
  for (const auto& segment : all_) (void)driver_.mem_free(driver_.self, device_, segment->address);
}

Segment* Segments::create(std::size_t bytes, Arena& arena) {
  const std::size_t reserved = statistics_.reserved_bytes.current;
  if (reserved > limit_ || bytes > limit_ - reserved) return nullptr;
  auto segment = std::make_unique<Segment>();
  all_.reserve(all_.size() + 1);
  DevicePtr pointer = nullptr;
  const Status status = driver_.mem_alloc(driver_.self, device_, bytes, &pointer);
  if (status == kMemoryAllocation) return nullptr;
  check(driver_, status, "allocate");
  *segment = Segment{static_cast<std::byte*>(pointer), bytes, nullptr, 0, &arena};
  statistics_.reserved_bytes.increase(bytes);
  statistics_.segments.increase(1);
  all_.push_back(std::move(segment));
  return all_.back().get();
}

void Segments::free_raw(const Segment& segment) {
  check(driver_, driver_.mem_free(driver_.self, device_, segment.address), "release cached memory");
}

void Segments::drop(std::size_t index) noexcept {
  statistics_.reserved_bytes.decrease(all_[index]->bytes);
  statistics_.segments.decrease(1);
  std::swap(all_[index], all_.back());
  all_.pop_back();
}

}  // namespace vt::cuda
