// SPDX-License-Identifier: Apache-2.0
// The loops of the random family.
#pragma once

#include <cstddef>
#include <cstdint>

namespace vt {
struct Distribution;
}

namespace vt::core {

// words[0 .. 4 * count) = outputs first, first + 1, ... of the Philox sequence `seed`.
using PhiloxLoop = void (*)(uint64_t seed, uint64_t first, int64_t count, uint32_t* words);

// Makes n dense elements of words (Note [Random numbers] in vt/cpp/random.hpp), which are there for a whole output beyond
// the last element.
using RandomLoop = void (*)(const uint32_t* words, char* out, int64_t n, const Distribution& d);

// out[i] = whether an event of chance p[i] happens, p of the same dtype.
using BernoulliLoop = void (*)(const uint32_t* words, const char* p, char* out, int64_t n);

// Whether n dense elements are all in [0, 1].
using ProbabilitiesLoop = bool (*)(const char* p, int64_t n);

// mask[i] = whether the chance `d` comes true; out[i] = in[i] * scale where it does, in[i] * 0 elsewhere.
using DropoutLoop = void (*)(const uint32_t* words, const char* in, char* out, uint8_t* mask, int64_t n,
                             const Distribution& d, double scale);
// out[i] = in[i] * scale where mask[i] holds, in[i] * 0 elsewhere.
using MaskedScaleLoop = void (*)(const char* in, const uint8_t* mask, char* out, int64_t n, double scale);

inline constexpr size_t kNumRandomKinds = 5;

struct RandomLoops {
  PhiloxLoop philox;
  RandomLoop draw[kNumRandomKinds][18];  // [RandomKind][DtypeIndex]
  BernoulliLoop bernoulli[18];
  ProbabilitiesLoop probabilities[18];
  DropoutLoop dropout[18];
  MaskedScaleLoop masked_scale[18];
};

}  // namespace vt::core
