// SPDX-License-Identifier: Apache-2.0
// The vt.forward table.
#include "forward/api.hpp"

#include "engine/gradient.hpp"
#include "forward/dual.hpp"

namespace vt::autograd {

namespace {

int make_dual_entry(VtTensor* primal, VtTensor* tangent, VtTensor** out) {
  return guard([&] { *out = make_dual(Tensor::share(primal), Tensor::share(tangent)).release(); });
}

int unpack_dual_entry(VtTensor* dual, VtTensor** primal, VtTensor** tangent) {
  return guard([&] {
    Tensor found = dual_of(dual).tangent;
    *primal = primal_of(Tensor::share(dual)).release();
    *tangent = found.release();
  });
}

int set_tangent_entry(VtTensor* tensor, VtTensor* tangent) {
  return guard([&] {
    if (!dual_level()) fail(VT_ERROR_RUNTIME, "set_tangent: no dual level was entered");
    if (!fits(tangent, meta_of(tensor)))
      fail(VT_ERROR_RUNTIME, "set_tangent: got " + describe(tangent) + ", expected " + describe(tensor));
    const ForwardOff off;
    set_tangent(tensor, Tensor::share(tangent), dual_level());
  });
}

const VtForwardApi kTable = {
    .header = {sizeof(VtForwardApi), VT_FORWARD_API_MAJOR, VT_FORWARD_API_MINOR, 0, nullptr},
    .enter_level = [] { return guard([] { enter_dual_level(); }); },
    .exit_level = [] { return guard([] { exit_dual_level(); }); },
    .has_level = []() -> int32_t { return dual_level() != nullptr; },
    .make_dual = make_dual_entry,
    .unpack_dual = unpack_dual_entry,
    .set_tangent = set_tangent_entry,
};

}  // namespace

const VtForwardApi* forward_api() noexcept { return &kTable; }

}  // namespace vt::autograd
