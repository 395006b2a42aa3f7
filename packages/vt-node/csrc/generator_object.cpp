// SPDX-License-Identifier: Apache-2.0
// The JavaScript class Generator: owns one count of a native generator of random numbers.
#include "generator_object.hpp"

#include "convert.hpp"
#include "instance.hpp"

namespace vt::node {
namespace {

constexpr napi_type_tag kGeneratorTag{0x51c0a7f39b2e4d86, 0xa94e6b1f0d7c8233};

// A seed: an integer of at least 0, as a number or a bigint of up to 64 bits.
uint64_t seed_from(napi_env env, napi_value value) {
  uint64_t seed = 0;
  bool exact = false;
  if (type_of(env, value) == napi_bigint) {
    js(env, napi_get_value_bigint_uint64(env, value, &seed, &exact));
  } else {
    int64_t integer = 0;
    const Fit fit = integer_from(env, value, integer);
    if (fit == Fit::kWrongType) fail_type("Generator: seed must be an integer: got " + describe_value(env, value));
    exact = fit == Fit::kYes && integer >= 0;
    seed = static_cast<uint64_t>(integer);
  }
  if (!exact)
    fail(VT_ERROR_VALUE, "Generator: seed must be an integer from 0 to 2^64 - 1: got " + describe_value(env, value));
  return seed;
}

napi_value construct(napi_env env, napi_callback_info info) {
  const Arguments<2> args(env, info);
  const uint64_t seed = seed_from(env, args[0]);
  DLDevice device{kDLCPU, 0};
  if (type_of(env, args[1]) != napi_undefined) {
    if (type_of(env, args[1]) != napi_string)
      fail_type("Generator: device must be a string: got " + describe_value(env, args[1]));
    device = device_from_text(string_of(env, args[1]));
  }
  VtGenerator* made = nullptr;
  check(tables().rng->create(device, seed, &made));
  GeneratorHandle generator(made);
  js(env, napi_type_tag_object(env, args.self, &kGeneratorTag));
  auto finalize = [](napi_env, void* data, void*) { GeneratorHandle(static_cast<VtGenerator*>(data)); };
  js(env, napi_wrap(env, args.self, generator.get(), finalize, nullptr, nullptr));
  generator.release();
  return args.self;
}

}  // namespace

napi_value define_generator_class(napi_env env) {
  napi_value out = nullptr;
  js(env, napi_define_class(env, "Generator", NAPI_AUTO_LENGTH, guarded<construct>, nullptr, 0, nullptr, &out));
  return out;
}

GeneratorHandle generator_of(napi_env env, napi_value value) {
  bool tagged = false;
  if (type_of(env, value) == napi_object) js(env, napi_check_object_type_tag(env, value, &kGeneratorTag, &tagged));
  if (!tagged) return nullptr;
  void* data = nullptr;
  js(env, napi_unwrap(env, value, &data));
  tables().rng->retain(static_cast<VtGenerator*>(data));
  return GeneratorHandle(static_cast<VtGenerator*>(data));
}

}  // namespace vt::node
