// SPDX-License-Identifier: Apache-2.0
// The emulated device's products of a warpgroup: what csrc/device/warpgroup.cuh says, made at the call by each warp.
#pragma once

#include "tensor_core.cuh"

namespace vt::cuda {

struct PanelDescriptor {
  SharedAddress at;
  std::uint32_t panel_bytes;
};

inline PanelDescriptor describe_rows(SharedAddress at) { return {at, 0}; }
inline PanelDescriptor describe_as_it_lies(SharedAddress at, std::uint32_t panel_bytes) { return {at, panel_bytes}; }

inline void publish_copies() {}
inline void fence_products() {}
inline void wait_for_products() {}
// Warps take turns anyway.
inline void let_second_warpgroup_go() {}
inline void wait_for_first_warpgroup() {}

namespace emulated {

// The element at an address as if chunks were not permuted.
template <class T>
float element_at(SharedAddress at) {
  T element;
  std::memcpy(&element, reinterpret_cast<const void*>(at ^ (at >> 7 & 7) << 4), sizeof element);
  return widen(element);
}
template <class T>
float row_element(PanelDescriptor panel, int row, int k) {
  return element_at<T>(panel.at + static_cast<SharedAddress>(row * 128 + k * 2));
}

// Adds products of a warp's 16 rows: `left` gives an element of one of two rows of the lane, `right` one of a column.
template <class Left, class Right>
void multiply(float (&sums)[16][4], Left left, Right right) {
  const int lane = static_cast<int>(thread_index.x % 32);
  for (int k = 0; k < 16; ++k)
    for (int n = 0; n < 16; ++n)
      for (int i = 0; i < 4; ++i) sums[n][i] += left(i / 2, k) * right(n * 8 + lane % 4 * 2 + i % 2, k);
}

}  // namespace emulated

template <class T>
void multiply_rows(PanelDescriptor left, PanelDescriptor right, int keep, float (&sums)[16][4]) {
  if (keep == 0) std::memset(sums, 0, sizeof sums);
  const int row =
      static_cast<int>(emulated::thread_index.x) / 32 % 4 * 16 + static_cast<int>(emulated::thread_index.x) % 32 / 4;
  emulated::multiply(
      sums, [&](int half, int k) { return emulated::row_element<T>(left, row + half * 8, k); },
      [&](int column, int k) { return emulated::row_element<T>(right, column, k); });
}

template <class T>
void multiply_weighted(const std::uint32_t (&left)[4], PanelDescriptor right, float (&sums)[16][4]) {
  emulated::give(left, sizeof left);
  const int first = static_cast<int>(emulated::thread_index.x) % 32 / 4 * 4;
  emulated::multiply(
      sums,
      [&](int half, int k) {
        const auto* words = static_cast<const std::uint32_t*>(emulated::given(first + k % 8 / 2));
        return emulated::element_of<T>(words[k / 8 * 2 + half], k % 2);
      },
      [&](int column, int k) {
        return emulated::element_at<T>(right.at + column / 64 * right.panel_bytes +
                                       static_cast<SharedAddress>(k * 128 + column % 64 * 2));
      });
}

}  // namespace vt::cuda
