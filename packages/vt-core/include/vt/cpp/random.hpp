// SPDX-License-Identifier: Apache-2.0
// From Philox's words to random numbers, the same on every instruction set and on CUDA devices.
#pragma once

#include <vt/cpp/math.hpp>
#include <vt/cpp/philox.hpp>

#include <cstdint>
#include <type_traits>

// Note [Random numbers]
// A call that draws from a generator at (seed, offset) reads the words of Philox's outputs offset, offset + 1, ... as one
// stream, and element i, counted row by row whatever the strides, is made of the word i, or of the words 2 i and 2 i + 1
// where one word is too few (float64 and integers). Normal numbers come in pairs: elements 2 k and 2 k + 1 share their
// words. So a number depends on seed, offset and i alone, not on threads, instruction sets or devices. Functions are built
// without contraction and always inlined (Note [Bits of a function] in vt/cpp/math.hpp).
namespace vt {

enum class RandomKind : uint8_t { kUniform, kNormal, kExponential, kInteger, kChance };

// A distribution and its parameters. Which words an element is made of: Note [Random numbers].
struct Distribution {
  RandomKind kind;
  double a = 0;          // uniform: from; normal: mean; exponential: rate
  double b = 1;          // uniform: to; normal: standard deviation
  uint64_t low = 0;      // integer
  uint64_t range = 0;    // integer: how many there are, 0 for 2^64
  uint32_t last = 0;     // chance: the last word that counts as true
  bool possible = true;  // chance: whether any word does
};

}  // namespace vt

namespace vt::rng {

#define VT_RANDOM [[gnu::always_inline]] VT_HOST_DEVICE inline

VT_RANDOM uint64_t join(uint32_t high, uint32_t low) noexcept { return static_cast<uint64_t>(high) << 32 | low; }

// The `digits` first binary digits of a word as a number in [0, 1).
VT_RANDOM float unit(uint32_t word, int digits) noexcept {
  // Through int32_t, for which every instruction set has a conversion.
  return static_cast<float>(static_cast<int32_t>(word >> (32 - digits))) * (1.0f / static_cast<float>(1u << digits));
}
// The 53 first digits of two words.
VT_RANDOM double unit_of_two(uint32_t high, uint32_t low) noexcept {
  return static_cast<double>(static_cast<int64_t>(join(high, low) >> 11)) * 0x1p-53;
}

// u in [0, 1) stretched to [from, to): what rounds up to `to` starts over at `from`.
template <class T>
VT_RANDOM T between(T u, T from, T to) noexcept {
  const T value = from + u * (to - from);
  return value < to ? value : from;
}

// In (0, 1], with the resolution of all the digits near 0.
VT_RANDOM float positive_unit(uint32_t word) noexcept { return static_cast<float>(word) * 0x1p-32f + 0x1p-33f; }
VT_RANDOM double positive_unit(uint32_t high, uint32_t low) noexcept {
  return static_cast<double>(static_cast<int64_t>(join(high, low) >> 11)) * 0x1p-53 + 0x1p-54;
}

template <class T>
struct Pair {
  T first;
  T second;
};

// Cosine and sine of 2 pi t for t = turn / 2^(bits of turn), by the Taylor series about the nearest quarter.
template <class T, class Turn>
VT_RANDOM Pair<T> cos_sin_of_turn(Turn turn) noexcept {
  using Signed = std::make_signed_t<Turn>;
  constexpr int kBits = 8 * static_cast<int>(sizeof(Turn));
  constexpr Turn kEighth = Turn{1} << (kBits - 3);
  const Turn quarter = static_cast<Turn>(turn + kEighth) >> (kBits - 2);
  const auto rest = static_cast<Signed>(turn - (quarter << (kBits - 2)));
  constexpr T kScale = T{1.5707963267948966} / static_cast<T>(Turn{1} << (kBits - 2));
  const T x = static_cast<T>(rest) * kScale;
  const T z = x * x;
  T sine, cosine;
  if constexpr (sizeof(T) == 4) {
    sine = math::detail::polynomial(z, 1.0f, -1.0f / 6, 1.0f / 120, -1.0f / 5040, 1.0f / 362880);
    cosine = math::detail::polynomial(z, 1.0f, -1.0f / 2, 1.0f / 24, -1.0f / 720, 1.0f / 40320);
  } else {
    sine = math::detail::polynomial(z, 1.0, -1.0 / 6, 1.0 / 120, -1.0 / 5040, 1.0 / 362880, -1.0 / 39916800,
                                    1.0 / 6227020800, -1.0 / 1307674368000);
    cosine = math::detail::polynomial(z, 1.0, -1.0 / 2, 1.0 / 24, -1.0 / 720, 1.0 / 40320, -1.0 / 3628800,
                                      1.0 / 479001600, -1.0 / 87178291200, 1.0 / 20922789888000);
  }
  sine = x * sine;
  const bool odd = (quarter & 1) != 0;
  const T c = odd ? sine : cosine;
  const T s = odd ? cosine : sine;
  const bool negative_cosine = ((quarter + 1) & 2) != 0;
  const bool negative_sine = (quarter & 2) != 0;
  return {negative_cosine ? -c : c, negative_sine ? -s : s};
}

// Two standard normal numbers from a length u in (0, 1] and a turn. Reference: Box and Muller, "A note on the generation of
// random normal deviates", Annals of Mathematical Statistics 29 (1958).
template <class T, class Turn>
VT_RANDOM Pair<T> normal_pair(T u, Turn turn) noexcept {
  const T radius_squared = T{-2} * math::log(u);
  T radius;
#if defined(__CUDA_ARCH__)
  if constexpr (sizeof(T) == 4) {
    radius = __fsqrt_rn(radius_squared);
  } else {
    radius = __dsqrt_rn(radius_squared);
  }
#else
  if constexpr (sizeof(T) == 4) {
    radius = __builtin_sqrtf(radius_squared);
  } else {
    radius = __builtin_sqrt(radius_squared);
  }
#endif
  const Pair<T> direction = cos_sin_of_turn<T>(turn);
  return {radius * direction.first, radius * direction.second};
}
VT_RANDOM Pair<float> normal_pair(const uint32_t* words) noexcept {
  return normal_pair(positive_unit(words[0]), words[1]);
}
VT_RANDOM Pair<double> normal_pair_of_double(const uint32_t* words) noexcept {
  return normal_pair(positive_unit(words[0], words[1]), join(words[2], words[3]));
}

// Exponential with mean 1, never 0: u keeps a distance from 1.
VT_RANDOM float exponential(uint32_t word) noexcept {
  const float u = positive_unit(word);
  return -math::log(u < 0x1.fffffep-1f ? u : 0x1.fffffep-1f);
}
VT_RANDOM double exponential(uint32_t high, uint32_t low) noexcept {
  const double u = positive_unit(high, low);
  return -math::log(u < 0x1.fffffffffffffp-1 ? u : 0x1.fffffffffffffp-1);
}

// The high half of a product of 64-bit numbers.
VT_RANDOM uint64_t high_product(uint64_t a, uint64_t b) noexcept {
  const uint64_t a_low = a & 0xffffffff, a_high = a >> 32;
  const uint64_t b_low = b & 0xffffffff, b_high = b >> 32;
  const uint64_t middle = a_high * b_low + (a_low * b_low >> 32);
  return a_high * b_high + (middle >> 32) + ((a_low * b_high + (middle & 0xffffffff)) >> 32);
}

// One of `range` integers from `low` on, 2^64 of them for range 0: floor(x range / 2^64) for the 64-bit number x of two
// words. No integer is more likely than another by more than range / 2^64 of its chance. Reference: Lemire, "Fast random
// integer generation in an interval", ACM TOMACS 29 (2019), without its rejection.
VT_RANDOM int64_t integer(uint32_t high, uint32_t low_word, uint64_t low, uint64_t range) noexcept {
  const uint64_t x = join(high, low_word);
  return static_cast<int64_t>(low + (range == 0 ? x : high_product(x, range)));
}

// True with the chance that `Chance` (random_rules.hpp) was made for.
VT_RANDOM bool happens(uint32_t word, uint32_t last, bool possible) noexcept { return possible & (word <= last); }
// True with chance p, to 2^-32.
VT_RANDOM bool happens(uint32_t word, double p) noexcept { return static_cast<double>(word) * 0x1p-32 < p; }

#undef VT_RANDOM

}  // namespace vt::rng
