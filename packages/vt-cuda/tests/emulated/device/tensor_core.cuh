// SPDX-License-Identifier: Apache-2.0
// The emulated device's tensor cores: what csrc/device/tensor_core.cuh says, by exchange in the warp (Note [Emulated warps]).
#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>

#include "kernels/elements.cuh"

namespace vt::cuda {

using SharedAddress = std::uintptr_t;

inline void* dynamic_shared_memory() { return emulated::dynamic_shared(); }
inline SharedAddress dynamic_shared() { return reinterpret_cast<SharedAddress>(dynamic_shared_memory()); }

namespace emulated {

// Element `index` of two in a word.
template <class T>
float element_of(std::uint32_t word, int index) {
  T elements[2];
  std::memcpy(elements, &word, sizeof elements);
  return widen(elements[index]);
}

struct Fragments {
  std::uint32_t left[4];
  std::uint32_t right[2];
};

// Word i of the lane: elements (row, column) and the next of matrix i, by the rows that the lanes name.
template <class Element>
void load(std::uint32_t (&words)[4], SharedAddress row, Element element) {
  give(&row, sizeof row);
  const int lane = static_cast<int>(thread_index.x % 32);
  for (int matrix = 0; matrix < 4; ++matrix) {
    std::uint16_t pair[2];
    for (int i = 0; i < 2; ++i) {
      const auto [from, column] = element(lane, i);
      SharedAddress at = 0;
      std::memcpy(&at, given(matrix * 8 + from), sizeof at);
      std::memcpy(&pair[i], reinterpret_cast<const std::uint16_t*>(at) + column, sizeof pair[i]);
    }
    std::memcpy(&words[matrix], pair, sizeof pair);
  }
}

struct Position {
  int row;
  int column;
};

}  // namespace emulated

template <class T>
void multiply_accumulate(const std::uint32_t (&left)[4], std::uint32_t right0, std::uint32_t right1, float (&sums)[4]) {
  const emulated::Fragments own{{left[0], left[1], left[2], left[3]}, {right0, right1}};
  emulated::give(&own, sizeof own);
  const int lane = static_cast<int>(emulated::thread_index.x % 32);
  for (int k = 0; k < 16; ++k) {
    float rows[2];
    float columns[2];
    for (int i = 0; i < 2; ++i) {
      const auto* a = static_cast<const emulated::Fragments*>(emulated::given(lane / 4 * 4 + k % 8 / 2));
      const auto* b = static_cast<const emulated::Fragments*>(emulated::given((lane % 4 * 2 + i) * 4 + k % 8 / 2));
      rows[i] = emulated::element_of<T>(a->left[k / 8 * 2 + i], k % 2);
      columns[i] = emulated::element_of<T>(b->right[k / 8], k % 2);
    }
    for (int i = 0; i < 4; ++i) sums[i] += rows[i / 2] * columns[i % 2];
  }
}

inline void load_matrices(std::uint32_t (&words)[4], SharedAddress row) {
  emulated::load(words, row, [](int lane, int i) { return emulated::Position{lane / 4, lane % 4 * 2 + i}; });
}
inline void load_transposed(std::uint32_t (&words)[4], SharedAddress row) {
  emulated::load(words, row, [](int lane, int i) { return emulated::Position{lane % 4 * 2 + i, lane / 4}; });
}

// Made as late as is allowed, so that what is read without a wait is not there.
template <int kBytes>
void copy_async(SharedAddress to, const void* from, int taken) {
  emulated::copy_later(reinterpret_cast<void*>(to), from, kBytes, static_cast<std::size_t>(taken));
}
inline void end_copies() { emulated::end_copies(); }
template <int kPending>
void wait_for_copies() {
  emulated::wait_for_copies(kPending);
}

template <class T>
void store_shared(SharedAddress at, T value) {
  std::memcpy(reinterpret_cast<void*>(at), &value, sizeof value);
}
inline float2 load_shared_pair(SharedAddress at) {
  float2 pair;
  std::memcpy(&pair, reinterpret_cast<const void*>(at), sizeof pair);
  return pair;
}

inline float fast_exp2(float x) { return std::exp2(x); }

}  // namespace vt::cuda
