// SPDX-License-Identifier: Apache-2.0
// The entry of vt.cuda that takes random numbers for a launch.
#include "../ops/draw.hpp"
#include "border.hpp"
#include "runtime_api.hpp"

namespace vt::cuda {

int draw(const char* op, int32_t device, VtStream stream, VtGenerator* generator, uint64_t count, VtCudaRandom* out) {
  return border([&] {
    DeviceContext& context = Backend::instance().context(device);
    if (op == nullptr || generator == nullptr)
      throw Error(ErrorKind::kValue, "draw: got null, expected the name of an operator and a generator");
    VtGeneratorState state{};
    tables().rng->reserve(generator, count, &state);
    const RandomNumbers numbers = numbers_of(op, generator, state, context, context.stream(stream));
    *out = VtCudaRandom{numbers.seed, numbers.offset, numbers.replayed};
  });
}

}  // namespace vt::cuda
