// SPDX-License-Identifier: Apache-2.0
// renorm: slices of a tensor shortened to a norm.
#include "ops/calls.hpp"

namespace vt::core {

namespace {

using calls::Ints;

// renorm(self, p, dim, maxnorm)
void renorm(const VtValue* args, VtValue* result) {
  static const Op vector_norm("linalg_vector_norm");
  static const Op where("where");
  static const Op add("add");
  static const Op above("gt");
  static const Op ones("ones_like");
  static const Op to("to.dtype");
  // In place the factor's derivative still reads what is overwritten.
  static const Op clone("clone");
  const bool in_place = is_tensor(result[0]) && result[0].as.tensor == args[0].as.tensor;
  const Tensor self = in_place ? clone(args[0]) : calls::shared(args[0]);
  for (const auto& [name, value] : {std::pair("p", args[1]), std::pair("maxnorm", args[3])})
    if (value.tag == VT_COMPLEX)
      fail(VT_ERROR_RUNTIME, std::string("renorm: ") + name + " must be real-valued: got a complex number");
  const double p = number_of(args[1]).real;
  const double most = number_of(args[3]).real;
  if (calls::is_integral(self) || is_float8(known_dtype_index(self.dtype())))
    fail(VT_ERROR_NOT_IMPLEMENTED, "renorm: not implemented for " + std::string(dtype_name(self.dtype())));
  if (!(p > 0)) fail(VT_ERROR_RUNTIME, "renorm: the order p must be positive: got " + std::to_string(p));
  if (most < 0) fail(VT_ERROR_RUNTIME, "renorm: maxnorm must not be negative: got " + std::to_string(most));
  if (self.ndim() < 2)
    fail(VT_ERROR_RUNTIME, "renorm: expected at least 2 dimensions, got " + std::to_string(self.ndim()));
  const int64_t dim = wrap_dim("renorm", args[2].as.i, self.ndim());
  Ints others;
  for (int64_t d = 0; d < self.ndim(); ++d)
    if (d != dim) others.push_back(d);
  const bool is_half =
      dtype_info(self.dtype()).category == Category::kFloating && dtype_info(self.dtype()).itemsize < 4;
  const VtValue dtype = is_half ? value_of(kFloat32) : none();
  const Tensor norms = vector_norm(self, p, calls::span_of(others), true, dtype);
  // As PyTorch: a little less than maxnorm / norm, so that no norm exceeds it after rounding.
  static const Op reciprocal("reciprocal");
  const Tensor shorter = calls::mul(reciprocal(add(norms, 1e-7)), value_of(most));
  Tensor factor = where(above(norms, most), shorter, ones(norms));
  if (is_half) factor = to(factor, self.dtype());
  calls::give("renorm", calls::mul(self, factor), result[0], args[0].as.tensor);
}

constexpr char kRenormDoc[] = R"(Shortens the slices along a dimension whose p-norm exceeds a limit.

Parameters
----------
self : Tensor
    Of 2 dimensions or more.
p : number
    The order of the norm, positive.
dim : int
    Each of whose entries is a slice.
maxnorm : number
    The limit.

Raises
------
RuntimeError
    If `p` is not positive, `maxnorm` is negative or `self` has fewer than 2 dimensions.)";

}  // namespace

void register_renorm(VtPlugin* plugin) {
  const OpRow ops[] = {
      {"renorm(Tensor self, Scalar p, int dim, Scalar maxnorm) -> Tensor",
       kFunctionAndMethod | VT_OP_COMPOSITE | VT_OP_OUT | VT_OP_INPLACE, kRenormDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow composites[] = {{"renorm", boxed<renorm>}};
  register_kernels(plugin, kEveryDevice, composites);
}

}  // namespace vt::core
