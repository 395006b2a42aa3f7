// SPDX-License-Identifier: Apache-2.0
// How near two tensors are: isclose, allclose, equal and dist, composed of other ops.
#include <vt/cpp/iter/binary_rules.hpp>
#include <vt/cpp/op.hpp>

#include "ops/ops.hpp"

namespace vt::core {

namespace {

// rtol, atol and equal_nan as they follow the two tensors.
struct Tolerances {
  explicit Tolerances(const VtValue* args)
      : rtol(number_of(args[0]).real), atol(number_of(args[1]).real), equal_nan(args[2].as.i != 0) {}
  double rtol;
  double atol;
  bool equal_nan;
};

void check_tolerance(const char* op, const char* name, double value) {
  if (!(value >= 0))
    fail(VT_ERROR_RUNTIME, std::string(op) + ": " + name + " must not be negative: got " + std::to_string(value));
}

// Where |a - b| <= atol + |rtol b|. Infinities are close to themselves alone, integers are compared as floats.
Tensor close_elements(const char* op, const VtValue* args) {
  static const Op eq("eq");
  static const Op isnan("isnan");
  static const Op logical_and("logical_and");
  static const Op logical_or("logical_or");
  static const Op to("to.dtype");
  static const Op mul("mul");
  static const Op add("add");
  static const Op sub("sub");
  static const Op abs("abs");
  static const Op isfinite("isfinite");
  static const Op le("le");
  const DLDataType dtype = args[0].as.tensor->dl.dtype;
  check_same_dtype(op, args);
  const Category category = dtype_info(known_dtype_index(dtype)).category;
  if (is_float8(known_dtype_index(dtype)))
    fail(VT_ERROR_NOT_IMPLEMENTED, std::string(op) + ": not implemented for " + std::string(dtype_name(dtype)) +
                                       "; convert to another dtype first");
  const Tolerances given(args + 2);
  check_tolerance(op, "rtol", given.rtol);
  check_tolerance(op, "atol", given.atol);
  Tensor close = eq(args[0], args[1]);
  if (given.equal_nan) close = logical_or(close, logical_and(isnan(args[0]), isnan(args[1])));
  if (given.rtol == 0 && given.atol == 0) return close;
  const bool is_integral = category <= Category::kInteger;
  const Tensor a = is_integral ? to(args[0], floating_dtype(dtype)) : Tensor::share(args[0].as.tensor);
  const Tensor b = is_integral ? to(args[1], floating_dtype(dtype)) : Tensor::share(args[1].as.tensor);
  const Tensor allowed = add(abs(mul(b, given.rtol)), given.atol);
  const Tensor distance = abs(sub(a, b));
  return logical_or(close, logical_and(isfinite(distance), le(distance, allowed)));
}

// Whether every element of a boolean tensor is set; waits for its device.
bool holds(const char* op, const Tensor& flags) {
  static const Op all("all");
  static const Op to("to.device");
  if (is_meta(flags->dl.device))
    fail(VT_ERROR_NOT_IMPLEMENTED, std::string(op) + ": a meta tensor has no elements to compare");
  const Tensor on_host = to(all(flags), DLDevice{kDLCPU, 0});
  return *static_cast<const uint8_t*>(on_host->dl.data) != 0;
}

void isclose(const VtValue* args, VtValue* result) { result[0] = value_of(close_elements("isclose", args).release()); }

void allclose(const VtValue* args, VtValue* result) {
  result[0] = value_of(holds("allclose", close_elements("allclose", args)));
}

void equal(const VtValue* args, VtValue* result) {
  static const Op eq("eq");
  const bool fits = same_sizes(sizes_of(args[0].as.tensor), sizes_of(args[1].as.tensor));
  result[0] = value_of(fits && holds("equal", eq(args[0], args[1])));
}

void dist(const VtValue* args, VtValue* result) {
  static const Op sub("sub");
  static const Op norm("linalg_vector_norm");
  result[0] = value_of(norm(sub(args[0], args[1]), args[2]).release());
}

constexpr char kIscloseDoc[] =
    R"(Whether ``|self - other| <= atol + |rtol * other|``, element by element, with broadcasting.

Parameters
----------
self : Tensor
    Any shape; any real dtype but float8. Integers are compared in the default dtype.
other : Tensor
    Of the same dtype, broadcastable with `self`.
rtol, atol : float
    What is allowed in parts of `other` and absolutely; not negative.
equal_nan : bool
    Whether NaN is close to NaN.

Returns
-------
Tensor
    Of the broadcast shape; bool. Infinities are close to themselves alone.

Raises
------
RuntimeError
    If the dtypes differ or a tolerance is negative.)";

constexpr char kAllcloseDoc[] =
    R"(Whether all elements are close, as `isclose` has it.

Returns
-------
bool
    True for tensors without elements.

Notes
-----
Waits for the device.)";

constexpr char kEqualDoc[] =
    R"(Whether both tensors have the same sizes and equal elements.

Parameters
----------
self, other : Tensor
    On one device; any shape and dtype.

Returns
-------
bool
    False where a NaN is, which equals nothing; True for tensors of the same sizes without elements.

Notes
-----
Waits for the device unless the sizes differ.)";

constexpr char kDistDoc[] =
    R"(The norm of ``self - other``.

Parameters
----------
self : Tensor
    Any shape; floats but float8.
other : Tensor
    Broadcastable with `self`.
p : Scalar
    The order of the norm, as in `linalg_vector_norm`.

Returns
-------
Tensor
    Without dimensions.)";

}  // namespace

void register_closeness(VtPlugin* plugin) {
  constexpr uint32_t kPredicate = kFunctionAndMethod | VT_OP_COMPOSITE | VT_OP_NOT_DIFFERENTIABLE;
  const OpRow ops[] = {
      {"isclose(Tensor self, Tensor other, float rtol=1e-05, float atol=1e-08, bool equal_nan=False) -> Tensor",
       kPredicate, kIscloseDoc},
      {"allclose(Tensor self, Tensor other, float rtol=1e-05, float atol=1e-08, bool equal_nan=False) -> bool",
       kPredicate, kAllcloseDoc},
      {"equal(Tensor self, Tensor other) -> bool", kPredicate, kEqualDoc},
      {"dist(Tensor self, Tensor other, Scalar p=2) -> Tensor", kFunctionAndMethod | VT_OP_COMPOSITE, kDistDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow everywhere[] = {
      {"isclose", boxed<isclose>}, {"allclose", boxed<allclose>}, {"equal", boxed<equal>}, {"dist", boxed<dist>}};
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
