// SPDX-License-Identifier: Apache-2.0
// What the kernels of sorted lines share: keys, and elements moved by their size.
#pragma once

#include "elements.cuh"
#include "search.hpp"

namespace vt::cuda {

// The key of NaN, which no number of a floating dtype has.
inline constexpr uint64_t kNanKey = ~uint64_t{0};

// A number that orders as the element does: a NaN above all, the zeros alike.
VT_DEVICE uint64_t key_of(const Number& n) {
  constexpr uint64_t kSign = uint64_t{1} << 63;
  if (n.kind == Number::kUnsigned) return static_cast<uint64_t>(n.integer);
  if (n.kind == Number::kSigned) return static_cast<uint64_t>(n.integer) ^ kSign;
  if (n.real != n.real) return kNanKey;
  const double plain = n.real + 0.0;
  uint64_t bits;
  memcpy(&bits, &plain, sizeof bits);
  return bits ^ ((bits & kSign) != 0 ? ~uint64_t{0} : kSign);
}

VT_DEVICE void copy_element(char* to, const char* from, int itemsize) {
  switch (itemsize) {
    case 1: *to = *from; break;
    case 2: *reinterpret_cast<uint16_t*>(to) = *reinterpret_cast<const uint16_t*>(from); break;
    case 4: *reinterpret_cast<uint32_t*>(to) = *reinterpret_cast<const uint32_t*>(from); break;
    case 8: *reinterpret_cast<uint64_t*>(to) = *reinterpret_cast<const uint64_t*>(from); break;
    default: *reinterpret_cast<ElementCell*>(to) = *reinterpret_cast<const ElementCell*>(from); break;
  }
}

}  // namespace vt::cuda
