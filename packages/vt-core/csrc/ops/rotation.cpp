// SPDX-License-Identifier: Apache-2.0
// Quarter turns and mirror images: composed of flip and transpose.
#include "ops/calls.hpp"

namespace vt::core {

namespace {

using calls::Ints;
using calls::span_of;

Tensor flipped(const Tensor& t, const Ints& dims) {
  static const Op flip("flip");
  return flip(t, span_of(dims));
}

void rot90(const VtValue* args, VtValue* result) {
  static const Op clone("clone");
  const Tensor self = Tensor::share(args[0].as.tensor);
  const auto dims = ints_of(args[2]);
  if (dims.size() != 2)
    fail(VT_ERROR_RUNTIME, "rot90: expected the two dimensions of a plane: got " + format_sizes(dims));
  if (self.ndim() < 2)
    fail(VT_ERROR_RUNTIME, "rot90: expected at least 2 dimensions: got " + std::to_string(self.ndim()));
  const int64_t from = wrap_dim("rot90", dims[0], self.ndim());
  const int64_t to = wrap_dim("rot90", dims[1], self.ndim());
  if (from == to)
    fail(VT_ERROR_RUNTIME, "rot90: the dimensions of the plane must differ: got " + std::to_string(dims[0]) + " and " +
                               std::to_string(dims[1]));
  const int64_t turns = (args[1].as.i % 4 + 4) % 4;
  Tensor out;
  switch (turns) {
    case 0: out = clone(self); break;
    case 1: out = calls::transpose(flipped(self, {to}), from, to); break;
    case 2: out = flipped(self, {from, to}); break;
    default: out = calls::transpose(flipped(self, {from}), from, to); break;
  }
  result[0] = value_of(out.release());
}

void fliplr(const VtValue* args, VtValue* result) {
  const Tensor self = Tensor::share(args[0].as.tensor);
  if (self.ndim() < 2)
    fail(VT_ERROR_RUNTIME, "fliplr: expected at least 2 dimensions: got " + std::to_string(self.ndim()));
  result[0] = value_of(flipped(self, {1}).release());
}

void flipud(const VtValue* args, VtValue* result) {
  const Tensor self = Tensor::share(args[0].as.tensor);
  if (self.ndim() < 1) fail(VT_ERROR_RUNTIME, "flipud: expected at least 1 dimension: got 0");
  result[0] = value_of(flipped(self, {0}).release());
}

constexpr char kRot90Doc[] = R"(A copy turned `k` times by a quarter in the plane of two dimensions.

Parameters
----------
self : Tensor
    At least two dimensions.
k : int
    Turns from the first of the dimensions to the second; negative ones turn back.
dims : sequence of int
    The two dimensions of the plane.

Raises
------
RuntimeError
    If there are fewer dimensions, or `dims` are not two different ones.)";
constexpr char kFliplrDoc[] = R"(A copy with the order of columns, dimension 1, reversed.

Raises
------
RuntimeError
    If there are fewer than two dimensions.)";
constexpr char kFlipudDoc[] = R"(A copy with the order of rows, dimension 0, reversed.

Raises
------
RuntimeError
    If there are no dimensions.)";

}  // namespace

void register_rotation(VtPlugin* plugin) {
  constexpr uint32_t kFlags = kFunctionAndMethod | VT_OP_COMPOSITE;
  const OpRow ops[] = {
      {"rot90(Tensor self, int k=1, int[] dims=[0, 1]) -> Tensor", kFlags, kRot90Doc},
      {"fliplr(Tensor self) -> Tensor", kFlags, kFliplrDoc},
      {"flipud(Tensor self) -> Tensor", kFlags, kFlipudDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow everywhere[] = {{"rot90", boxed<rot90>}, {"fliplr", boxed<fliplr>}, {"flipud", boxed<flipud>}};
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
