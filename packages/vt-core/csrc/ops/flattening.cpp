// SPDX-License-Identifier: Apache-2.0
// Tensors flattened and repeated, ravel, broadcast_to, broadcast_tensors; and the powers of a vector as columns, vander.
#include <vt/cpp/iter/matmul_rules.hpp>

#include <algorithm>

#include "ops/calls.hpp"
#include "ops/lists.hpp"

namespace vt::core {

namespace {

using calls::Ints;

Tensor flipped(const Tensor& t, const Ints& dims) {
  static const Op flip("flip");
  return flip(t, calls::span_of(dims));
}

void ravel(const VtValue* args, VtValue* result) {
  static const Op contiguous("contiguous");
  result[0] = value_of(calls::reshape(contiguous(args[0]), {-1}).release());
}

void broadcast_to(const VtValue* args, VtValue* result) {
  result[0] = value_of(calls::expand(calls::shared(args[0]), calls::ints(ints_of(args[1]))).release());
}

// broadcast_tensors(tensors)
void broadcast_tensors(const VtValue* args, VtValue* result) {
  const auto given = tensors_of(args[0]);
  Sizes shape;
  for (const VtTensor* t : given)
    if (!broadcast_into(shape, sizes_of(t))) {
      std::string all;
      for (const VtTensor* each : given) all += (all.empty() ? "" : ", ") + format_sizes(sizes_of(each));
      fail(VT_ERROR_SHAPE, "broadcast_tensors: cannot broadcast " + all);
    }
  std::vector<Tensor> seen;
  for (VtTensor* t : given) seen.push_back(calls::expand(Tensor::share(t), calls::ints(shape)));
  result[0] = list_value(seen);
}

// vander(x, N, increasing)
void vander(const VtValue* args, VtValue* result) {
  static const Op powers("linalg_vander");
  static const Op ones("ones");
  check_ndim("vander", "x", args[0].as.tensor, 1);
  if (!is_none(args[1]) && args[1].as.i < 0)
    fail(VT_ERROR_RUNTIME, "vander: N must not be negative: got " + std::to_string(args[1].as.i));
  const int64_t columns = is_none(args[1]) ? args[0].as.tensor->numel : args[1].as.i;
  const VtTensor* x = args[0].as.tensor;
  if (columns < 2) {  // which depends on no element
    const int64_t sizes[] = {x->numel, columns};
    const bool is_integral = category_of(known_dtype_index(x->dl.dtype)) <= Category::kInteger;
    const DLDataType dtype = is_integral ? kInt64 : x->dl.dtype;
    result[0] = value_of(ones(std::span<const int64_t>(sizes), dtype, x->dl.device).release());
    return;
  }
  static const Op to("to.dtype");
  const bool is_bool = same_dtype(x->dl.dtype, kBool);
  Tensor made = is_bool ? powers(to(args[0], kInt64), columns) : powers(args[0], columns);
  if (args[2].as.i == 0) made = flipped(made, {1});
  result[0] = value_of(made.release());
}

constexpr char kRavelDoc[] = "The elements as one dimension: a view of a contiguous tensor, else a copy.";
constexpr char kBroadcastDoc[] =
    "As `Tensor.expand`: a view in which dimensions of size 1 are repeated to the sizes given.";
constexpr char kTensorsDoc[] = R"(Views of the tensors in the sizes that all of them broadcast to.

Parameters
----------
tensors : Tensor, any number

Raises
------
ShapeError
    If they do not broadcast.)";
constexpr char kVanderDoc[] = R"(The powers of the elements of a vector as columns.

Parameters
----------
x : Tensor
    1-dim.
N : int, optional
    The number of columns; as many as there are elements by default.
increasing : bool
    Whether the powers rise from 0 to N - 1 or, by default, fall.

Raises
------
RuntimeError
    If `x` is not a vector or `N` is negative.)";

}  // namespace

void register_flattening(VtPlugin* plugin) {
  constexpr uint32_t kFlags = kFunctionAndMethod | VT_OP_COMPOSITE;
  const OpRow ops[] = {
      {"ravel(Tensor self) -> Tensor", kFlags, kRavelDoc},
      {"broadcast_to(Tensor self, int[] size) -> Tensor", kFlags, kBroadcastDoc},
      {"broadcast_tensors(Tensor[*] tensors) -> Tensor[]", VT_OP_FUNCTION | VT_OP_COMPOSITE, kTensorsDoc},
      {"vander(Tensor x, int? N=None, bool increasing=False) -> Tensor", VT_OP_FUNCTION | VT_OP_COMPOSITE, kVanderDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow composites[] = {{"ravel", boxed<ravel>},
                                      {"broadcast_to", boxed<broadcast_to>},
                                      {"broadcast_tensors", boxed<broadcast_tensors>},
                                      {"vander", boxed<vander>}};
  register_kernels(plugin, kEveryDevice, composites);
}

}  // namespace vt::core
