// SPDX-License-Identifier: Apache-2.0
// Walks the elements of a random op on the CPU, with the words that each is made of.
#pragma once

#include <vt/cpp/random_rules.hpp>

#include <initializer_list>

#include "ops/loops/random.hpp"
#include "ops/ops.hpp"
#include "runtime/thread_pool.hpp"

namespace vt::core {

// Parts of register_random (multinomial.cpp, permutation.cpp).
void register_multinomial(VtPlugin* plugin);
void randperm(const VtValue* args, VtValue* result);

// A new tensor, handed over, filled in place by the op of its device.
VtValue filled(VtTensor* made, const char* op, std::initializer_list<VtValue> parameters);

// Elements per part of a parallel loop and per step, whose words stay in the first-level cache.
inline constexpr int64_t kRandomGrain = 32768;
inline constexpr int64_t kRandomStep = 512;

// Calls body(words, first, n) for steps of n elements from `first` on, in parallel (Note [Random numbers]).
template <class Body>
void for_each_random_step(const VtGeneratorState& state, int64_t numel, int words_per_element, Body&& body) {
  parallel_for(0, numel, kRandomGrain, [&](int64_t begin, int64_t end) {
    alignas(64) uint32_t words[2 * kRandomStep];
    for (int64_t i = begin; i < end; i += kRandomStep) {
      const int64_t n = std::min(kRandomStep, end - i);
      const int64_t outputs = (n * words_per_element + 3) / 4;
      loops<RandomLoops>().philox(state.seed, state.offset + static_cast<uint64_t>(i * words_per_element / 4), outputs,
                                  words);
      body(words, i, n);
    }
  });
}

}  // namespace vt::core
