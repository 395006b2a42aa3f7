// SPDX-License-Identifier: Apache-2.0
// Keys made of the bits of elements (KeyForm).
#pragma once

#include "elements.cuh"
#include "radix_lines.hpp"

namespace vt::cuda {

template <class Bits>
inline constexpr Bits kSignOf = static_cast<Bits>(Bits{1} << (8 * sizeof(Bits) - 1));
template <class Bits>
inline constexpr Bits kAllOf = static_cast<Bits>(~Bits{0});
template <class Bits>
using KeyOf = std::conditional_t<sizeof(Bits) == 8, uint64_t, uint32_t>;

template <class Bits>
VT_DEVICE Bits key_of_bits(Bits bits, const KeyForm& form) {
  constexpr Bits kSign = kSignOf<Bits>;
  Bits key = bits;
  if (form.kind == KeyKind::kBool) key = bits != 0 ? 1 : 0;
  if (form.kind == KeyKind::kSigned) key = bits ^ kSign;
  if (form.kind == KeyKind::kReal) {
    const auto magnitude = static_cast<Bits>(bits & ~kSign);
    const auto ordered = static_cast<Bits>(magnitude == bits || magnitude == 0 ? magnitude | kSign : ~bits);
    key = magnitude > form.infinity ? kAllOf<Bits> : ordered;
  }
  return form.descending ? static_cast<Bits>(~key) : key;
}

}  // namespace vt::cuda
