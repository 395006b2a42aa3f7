// SPDX-License-Identifier: Apache-2.0
// The JavaScript class Generator: owns one count of a native generator of random numbers.
#pragma once

#include <memory>

#include "napi.hpp"

namespace vt::node {

struct ReleaseGenerator {
  void operator()(VtGenerator* generator) const noexcept { tables().rng->release(generator); }
};
using GeneratorHandle = std::unique_ptr<VtGenerator, ReleaseGenerator>;

// Defines the class, constructed as new Generator(seed, device).
napi_value define_generator_class(napi_env env);
// A count of the generator behind a value; empty when it is no generator.
GeneratorHandle generator_of(napi_env env, napi_value value);

}  // namespace vt::node
