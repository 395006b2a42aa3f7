// SPDX-License-Identifier: Apache-2.0
// Loops of the random family.
#include <vt/cpp/random.hpp>

#include <immintrin.h>

#include <utility>

#include "ops/loops/gemm_lanes.hpp"
#include "ops/loops/random.hpp"

namespace vt::core::VT_ISA {

namespace {

using Words = Lanes<uint64_t>;

// The products of the lower halves of lanes.
[[gnu::always_inline]] inline Words low_products(Words a, Words b) noexcept {
#if defined(__AVX512F__)
  return Words(_mm512_maskz_mul_epu32(static_cast<__mmask8>(-1), __m512i(a), __m512i(b)));
#elif defined(__AVX2__)
  return Words(_mm256_mul_epu32(__m256i(a), __m256i(b)));
#else
  return Words(_mm_mul_epu32(__m128i(a), __m128i(b)));
#endif
}

// Outputs side by side, a word in the lower half of each lane: what is left in the upper halves is never looked at.
void philox_words(uint64_t seed, uint64_t first, int64_t count, uint32_t* words) {
  constexpr int kLanes = kNumLanes<uint64_t>;
  constexpr uint64_t kMultiplier0 = 0xD2511F53;
  constexpr uint64_t kMultiplier1 = 0xCD9E8D57;
  constexpr auto kAll = std::make_integer_sequence<int, kLanes>();
  // Interleaving takes even lanes to the first half of the outputs and odd ones to the second.
  const Words order = []<int... l>(std::integer_sequence<int, l...>) {
    return Words{static_cast<uint64_t>(l / 2 + l % 2 * (kLanes / 2))...};
  }(kAll);
  PhiloxKey keys[kPhiloxRounds] = {philox_key(seed)};
  for (int round = 1; round < kPhiloxRounds; ++round) keys[round] = next_key(keys[round - 1]);
  for (int64_t k = 0; k < count; k += kLanes) {
    Words w0 = splat(first + static_cast<uint64_t>(k)) + order;
    Words w1 = w0 >> 32;
    Words w2{}, w3{};
    unrolled<kPhiloxRounds>([&](auto round) __attribute__((always_inline)) {
      const Words product0 = low_products(w0, splat(kMultiplier0));
      const Words product1 = low_products(w2, splat(kMultiplier1));
      w0 = (product1 >> 32) ^ w1 ^ splat(uint64_t{keys[round].low});
      w1 = product1;
      w2 = (product0 >> 32) ^ w3 ^ splat(uint64_t{keys[round].high});
      w3 = product0;
    });
    const Words front = (w0 & 0xffffffff) | w1 << 32;
    const Words back = (w2 & 0xffffffff) | w3 << 32;
    Words outputs[2];
    []<int... l>(std::integer_sequence<int, l...>, Words a, Words b, Words* to) {
      to[0] = __builtin_shufflevector(a, b, (l / 2 * 2 + l % 2 * kLanes)...);
      to[1] = __builtin_shufflevector(a, b, (l / 2 * 2 + 1 + l % 2 * kLanes)...);
    }(kAll, front, back, outputs);
    if (count - k >= kLanes) {
      __builtin_memcpy(words + 4 * k, outputs, sizeof outputs);
    } else {
      __builtin_memcpy(words + 4 * k, outputs, static_cast<size_t>(count - k) * 16);
    }
  }
}

// Binary digits of a uniform number: no more than the dtype holds, so that 1 is never reached by rounding.
template <class T>
inline constexpr int kUnitDigits = std::is_same_v<T, Half>     ? 11
                                   : std::is_same_v<T, BFloat> ? 8
                                                               : 24;

template <class T>
void uniform(const uint32_t* words, char* out, int64_t n, const Distribution& d) {
  auto* to = reinterpret_cast<T*>(out);
  if constexpr (std::is_same_v<T, double>) {
    VT_INDEPENDENT_LOOP
    for (int64_t i = 0; i < n; ++i) to[i] = rng::between(rng::unit_of_two(words[2 * i], words[2 * i + 1]), d.a, d.b);
  } else {
    const auto a = static_cast<float>(d.a);
    const auto b = static_cast<float>(d.b);
    [[maybe_unused]] const T start = narrow<T>(a);
    VT_INDEPENDENT_LOOP
    for (int64_t i = 0; i < n; ++i) {
      const T value = narrow<T>(rng::between(rng::unit(words[i], kUnitDigits<T>), a, b));
      if constexpr (std::is_same_v<T, float>) {
        to[i] = value;
      } else {
        to[i].bits = widen(value) < b ? value.bits : start.bits;
      }
    }
  }
}

template <class T>
void normal(const uint32_t* words, char* out, int64_t n, const Distribution& d) {
  auto* to = reinterpret_cast<T*>(out);
  using Wide = std::conditional_t<std::is_same_v<T, double>, double, float>;
  const auto mean = static_cast<Wide>(d.a);
  const auto deviation = static_cast<Wide>(d.b);
  const auto pair = [&](int64_t k) {
    if constexpr (std::is_same_v<T, double>) {
      return rng::normal_pair_of_double(words + 4 * k);
    } else {
      return rng::normal_pair(words + 2 * k);
    }
  };
  VT_INDEPENDENT_LOOP
  for (int64_t k = 0; k < n / 2; ++k) {
    const rng::Pair<Wide> z = pair(k);
    to[2 * k] = narrow<T>(z.first * deviation + mean);
    to[2 * k + 1] = narrow<T>(z.second * deviation + mean);
  }
  if (n % 2) to[n - 1] = narrow<T>(pair(n / 2).first * deviation + mean);
}

template <class T>
void exponential(const uint32_t* words, char* out, int64_t n, const Distribution& d) {
  auto* to = reinterpret_cast<T*>(out);
  if constexpr (std::is_same_v<T, double>) {
    VT_INDEPENDENT_LOOP
    for (int64_t i = 0; i < n; ++i) to[i] = rng::exponential(words[2 * i], words[2 * i + 1]) / d.a;
  } else {
    const auto rate = static_cast<float>(d.a);
    VT_INDEPENDENT_LOOP
    for (int64_t i = 0; i < n; ++i) to[i] = narrow<T>(rng::exponential(words[i]) / rate);
  }
}

template <class T>
void integers(const uint32_t* words, char* out, int64_t n, const Distribution& d) {
  auto* to = reinterpret_cast<T*>(out);
  for (int64_t i = 0; i < n; ++i)
    to[i] = convert_element<T>(rng::integer(words[2 * i], words[2 * i + 1], d.low, d.range));
}

// An unsigned integer of the size of T, so that a selection of elements is one of integers, which vectorises.
template <class T>
using BitsOf = std::conditional_t<
    sizeof(T) == 1, uint8_t,
    std::conditional_t<sizeof(T) == 2, uint16_t, std::conditional_t<sizeof(T) == 4, uint32_t, uint64_t>>>;

template <class T>
void chances(const uint32_t* words, char* out, int64_t n, const Distribution& d) {
  const auto one = std::bit_cast<BitsOf<T>>(convert_element<T>(uint8_t{1}));
  const uint32_t last = d.last;
  const bool possible = d.possible;
  auto* to = reinterpret_cast<BitsOf<T>*>(out);
  VT_INDEPENDENT_LOOP
  for (int64_t i = 0; i < n; ++i) to[i] = rng::happens(words[i], last, possible) ? one : BitsOf<T>{0};
}

template <class T>
void bernoulli(const uint32_t* words, const char* p, char* out, int64_t n) {
  const auto* chance = reinterpret_cast<const T*>(p);
  auto* to = reinterpret_cast<T*>(out);
  for (int64_t i = 0; i < n; ++i)
    to[i] = convert_element<T>(static_cast<uint8_t>(rng::happens(words[i], static_cast<double>(widen(chance[i])))));
}

template <class T>
bool probabilities(const char* p, int64_t n) {
  const auto* chance = reinterpret_cast<const T*>(p);
  int outside = 0;
  for (int64_t i = 0; i < n; ++i) {
    const auto value = widen(chance[i]);
    outside |= static_cast<int>(!(value >= 0 && value <= 1));
  }
  return outside == 0;
}

template <class T>
void masked_scale(const char* in, const uint8_t* mask, char* out, int64_t n, double scale) {
  using Wide = decltype(widen(T{}));
  const auto* from = reinterpret_cast<const T*>(in);
  auto* to = reinterpret_cast<T*>(out);
  const auto factor = static_cast<Wide>(scale);
  VT_INDEPENDENT_LOOP
  for (int64_t i = 0; i < n; ++i) to[i] = narrow<T>(widen(from[i]) * (mask[i] ? factor : Wide{0}));
}

template <class T>
void dropout(const uint32_t* words, const char* in, char* out, uint8_t* mask, int64_t n, const Distribution& d,
             double scale) {
  const uint32_t last = d.last;
  const bool possible = d.possible;
  VT_INDEPENDENT_LOOP
  for (int64_t i = 0; i < n; ++i) mask[i] = rng::happens(words[i], last, possible);
  masked_scale<T>(in, mask, out, n, scale);
}

}  // namespace

void fill_random() {
  RandomLoops& loops = chosen_loops<RandomLoops>;
  loops.philox = &philox_words;
  for_each_dtype([&]<class T, size_t Index>() {
    const auto draw = [&](RandomKind kind) -> RandomLoop& { return loops.draw[static_cast<size_t>(kind)][Index]; };
    constexpr bool kIsReal = !kIsComplex<T> && !std::is_same_v<T, E4M3> && !std::is_same_v<T, E5M2>;
    if constexpr (kIsReal) {
      draw(RandomKind::kInteger) = &integers<T>;
      draw(RandomKind::kChance) = &chances<T>;
    }
    if constexpr (kIsReal && (kIsSmallFloat<T> || std::is_floating_point_v<T>)) {
      draw(RandomKind::kUniform) = &uniform<T>;
      draw(RandomKind::kNormal) = &normal<T>;
      draw(RandomKind::kExponential) = &exponential<T>;
      loops.bernoulli[Index] = &bernoulli<T>;
      loops.probabilities[Index] = &probabilities<T>;
      loops.dropout[Index] = &dropout<T>;
      loops.masked_scale[Index] = &masked_scale<T>;
    }
  });
}

}  // namespace vt::core::VT_ISA
