// SPDX-License-Identifier: Apache-2.0
// The table vt.core.rng.
#include <vt/cpp/error.hpp>
#include <vt/cpp/philox.hpp>

#include "abi/tables.hpp"
#include "runtime/device.hpp"
#include "runtime/rng.hpp"

namespace vt::core {
namespace {

int create(DLDevice device, uint64_t seed, VtGenerator** out) {
  return guard([&] {
    check_device(device);
    *out = new VtGenerator(device, seed);
  });
}

void retain(VtGenerator* generator) {
  if (generator) generator->retain();
}

void release(VtGenerator* generator) {
  if (generator && generator->release()) delete generator;
}

VtGenerator* default_of(DLDevice device) {
  VtGenerator* out = nullptr;
  guard([&] {
    check_device(device);
    out = default_generator(device);
  });
  return out;
}

void seed(VtGenerator* generator, uint64_t seed) { generator->set_state({seed, 0}); }

void get_state(const VtGenerator* generator, VtGeneratorState* out) { *out = generator->state(); }

void set_state(VtGenerator* generator, const VtGeneratorState* state) { generator->set_state(*state); }

void reserve(VtGenerator* generator, uint64_t count, VtGeneratorState* out) { *out = generator->reserve(count); }

void philox_words(uint64_t seed, uint64_t index, uint32_t out[4]) {
  const PhiloxWords words = philox(seed, index);
  for (int i = 0; i < 4; ++i) out[i] = words.word[i];
}

int seed_every_default(uint64_t seed) {
  return guard([&] { seed_all(seed); });
}

}  // namespace

const VtRngApi* rng_api() {
  static constexpr VtRngApi kTable = {table_header<VtRngApi>(VT_RNG_API_MINOR),
                                      create,
                                      retain,
                                      release,
                                      default_of,
                                      seed,
                                      get_state,
                                      set_state,
                                      reserve,
                                      philox_words,
                                      seed_every_default};
  return &kTable;
}

}  // namespace vt::core
