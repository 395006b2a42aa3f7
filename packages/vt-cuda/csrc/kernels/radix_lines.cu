// SPDX-License-Identifier: Apache-2.0
// Keys of elements, and elements of keys (Note [Radix sort]).
#include "radix_lines.hpp"

#include "element_keys.cuh"
#include "radix_keys.cuh"
#include "sorted.cuh"

namespace vt::cuda {
namespace {

// The element at `at`, whose key is `given`.
template <class Bits>
VT_DEVICE Bits bits_of_key(Bits given, const KeyForm& form, const char* at) {
  constexpr Bits kSign = kSignOf<Bits>;
  const Bits key = form.descending ? static_cast<Bits>(~given) : given;
  if (form.kind == KeyKind::kUnsigned) return key;
  if (form.kind == KeyKind::kSigned) return key ^ kSign;
  const bool is_one_of_several = form.kind == KeyKind::kBool ? key != 0 : key == kSign || key == kAllOf<Bits>;
  if (is_one_of_several) return *reinterpret_cast<const Bits*>(at);
  return form.kind == KeyKind::kBool ? key : static_cast<Bits>((key & kSign) != 0 ? key ^ kSign : ~key);
}

template <class Bits>
__global__ void __launch_bounds__(kBlockThreads) line_keys(const __grid_constant__ LineKeys p) {
  wait_for_previous_kernel();
  using Key = KeyOf<Bits>;
  make_keys<Key>(p.out, [&](int64_t i) -> Key {
    return key_of_bits(*reinterpret_cast<const Bits*>(p.in + i * p.stride), p.form);
  });
}

template <class Bits>
__global__ void __launch_bounds__(kBlockThreads) line_write(const __grid_constant__ LineWrite p) {
  wait_for_previous_kernel();
  const int64_t i = static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x;
  if (i >= p.num) return;
  const auto key = static_cast<Bits>(static_cast<const KeyOf<Bits>*>(p.keys)[i]);
  const int64_t place = p.places[i];
  reinterpret_cast<Bits*>(p.values)[i * p.step] = bits_of_key(key, p.form, p.in + place * p.stride);
  p.indices[i * p.step] = place;
}

template <class Key>
__global__ void __launch_bounds__(kBlockThreads) line_entries(const __grid_constant__ LineEntries p) {
  wait_for_previous_kernel();
  const int64_t i = static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x;
  if (i >= p.num) return;
  const uint64_t key = static_cast<const Key*>(p.keys)[i];
  p.entries[i] = {key == p.nan_key ? kNanKey : key, p.places[i]};
}

}  // namespace

const void* line_keys_kernel(int64_t itemsize) noexcept {
  switch (itemsize) {
    case 1: return reinterpret_cast<const void*>(&line_keys<uint8_t>);
    case 2: return reinterpret_cast<const void*>(&line_keys<uint16_t>);
    case 4: return reinterpret_cast<const void*>(&line_keys<uint32_t>);
    default: return reinterpret_cast<const void*>(&line_keys<uint64_t>);
  }
}
const void* line_write_kernel(int64_t itemsize) noexcept {
  switch (itemsize) {
    case 1: return reinterpret_cast<const void*>(&line_write<uint8_t>);
    case 2: return reinterpret_cast<const void*>(&line_write<uint16_t>);
    case 4: return reinterpret_cast<const void*>(&line_write<uint32_t>);
    default: return reinterpret_cast<const void*>(&line_write<uint64_t>);
  }
}
const void* line_entries_kernel(bool wide) noexcept {
  return wide ? reinterpret_cast<const void*>(&line_entries<uint64_t>)
              : reinterpret_cast<const void*>(&line_entries<uint32_t>);
}

}  // namespace vt::cuda
