// SPDX-License-Identifier: Apache-2.0
// Matrix products on the CPU.
#include <vt/cpp/iter/matmul_rules.hpp>
#include <vt/cpp/op.hpp>

#include "ops/gemm.hpp"
#include "ops/loops/gemm.hpp"
#include "ops/ops.hpp"

namespace vt::core {

namespace {

constexpr Number kOne{Category::kInteger, false, 1, 1, 0};

GemmFactor factor_of(const Number& number) noexcept {
  return {number.real, number.category <= Category::kInteger ? number.bits : truncate_to_int(number.real), number.imag};
}

VtTensor* output_for(const char* op, const MatmulPlan& p, const VtValue& destination) {
  if (destination.tag != VT_TENSOR) return empty(p.sizes, p.dtype, p.operands[MatmulPlan::kA].tensor->dl.device);
  VtTensor* out = destination.as.tensor;
  check_matmul_output(op, out, p);
  if (!same_sizes(sizes_of(out), p.sizes)) resize(impl(out), p.sizes);
  retain(out);
  return out;
}

void multiply(const char* op, MatmulPlan& p, VtValue* result, const Number& alpha = kOne, const Number& beta = kOne) {
  if (!has_gemm(p.dtype))
    fail(VT_ERROR_NOT_IMPLEMENTED, std::string(op) + ": not implemented for " + std::string(dtype_name(p.dtype)) +
                                       " on cpu; convert to float32 first");
  Owned out(output_for(op, p, result[0]));
  plan_output(out.get(), p);
  if (!is_meta(out.get()->dl.device)) {
    merge_batch(p);
    const auto& [a, b, c, d] = p.operands;
    GemmProblem problem;
    problem.m = p.m;
    problem.n = p.n;
    problem.k = p.k;
    problem.a = a.tensor->dl.data;
    problem.a_row = a.row;
    problem.a_col = a.col;
    problem.b = b.tensor->dl.data;
    problem.b_row = b.row;
    problem.b_col = b.col;
    problem.c = c.tensor->dl.data;
    problem.c_row = c.row;
    problem.c_col = c.col;
    if (d.tensor && !is_zero(beta)) {
      problem.d = d.tensor->dl.data;
      problem.d_row = d.row;
      problem.d_col = d.col;
    }
    problem.alpha = factor_of(alpha);
    problem.beta = factor_of(beta);
    if (p.batch.size() == 0) {
      gemm(p.dtype, problem);
    } else {
      gemm_batched(p.dtype, problem, {p.batch, a.batch.data(), b.batch.data(), c.batch.data(), d.batch.data()});
    }
  }
  result[0] = value_of(out.take());
}

using PlanProduct = void (*)(const char* op, VtTensor* a, VtTensor* b, MatmulPlan& p);

// mm, bmm, mv, dot, matmul: (self, other)
template <PlanProduct kPlan>
void product(const char* op, const VtValue* args, VtValue* result) {
  MatmulPlan p;
  kPlan(op, args[0].as.tensor, args[1].as.tensor, p);
  multiply(op, p, result);
}

// addmm, addmv, baddbmm: (self, mat1, mat2, *, beta, alpha)
template <PlanProduct kPlan>
void added_product(const char* op, const VtValue* args, VtValue* result) {
  MatmulPlan p;
  kPlan(op, args[1].as.tensor, args[2].as.tensor, p);
  const Number beta = checked_factor(op, "beta", args[3], p.dtype);
  const Number alpha = checked_factor(op, "alpha", args[4], p.dtype);
  plan_addend(op, "self", args[0].as.tensor, p);
  multiply(op, p, result, alpha, beta);
}

void mm(const VtValue* args, VtValue* result) { product<plan_mm>("mm", args, result); }
void bmm(const VtValue* args, VtValue* result) { product<plan_bmm>("bmm", args, result); }
void mv(const VtValue* args, VtValue* result) { product<plan_mv>("mv", args, result); }
// Strided vectors are made dense first: dots of these cost less.
void dot(const VtValue* args, VtValue* result) {
  static const Op contiguous("contiguous");
  const VtTensor* a = args[0].as.tensor;
  const VtTensor* b = args[1].as.tensor;
  const bool same =
      a->dl.ndim == 1 && b->dl.ndim == 1 && a->numel == b->numel && a->numel > 1 && is_cpu(a) && is_cpu(b);
  if (!same || (a->flags & b->flags & VT_TENSOR_CONTIGUOUS)) return product<plan_dot>("dot", args, result);
  const Tensor first = contiguous(args[0]);
  const Tensor second = a == b ? first : contiguous(args[1]);
  const VtValue dense[] = {value_of(first.get()), value_of(second.get())};
  product<plan_dot>("dot", dense, result);
}
void matmul(const VtValue* args, VtValue* result) { product<plan_broadcast_matmul>("matmul", args, result); }
void addmm(const VtValue* args, VtValue* result) { added_product<plan_mm>("addmm", args, result); }
void addmv(const VtValue* args, VtValue* result) { added_product<plan_mv>("addmv", args, result); }
void baddbmm(const VtValue* args, VtValue* result) { added_product<plan_bmm>("baddbmm", args, result); }

// (self, mat1, mat2, *, beta, alpha, use_gelu)
void addmm_activation(const VtValue* args, VtValue* result) {
  static const Op relu("relu");
  static const Op gelu("gelu");
  check_activated("_addmm_activation", args[1].as.tensor->dl.dtype);
  added_product<plan_mm>("_addmm_activation", args, result);
  const Tensor out = Tensor::steal(result[0].as.tensor);
  result[0] = value_of((args[5].as.i != 0 ? gelu.into(out, out, value_of("tanh")) : relu.into(out, out)).release());
}

void linear(const VtValue* args, VtValue* result) {
  VtTensor* bias = is_tensor(args[2]) ? args[2].as.tensor : nullptr;
  check_bias("linear", args[1].as.tensor, bias);
  MatmulPlan p;
  plan_linear("linear", args[0].as.tensor, args[1].as.tensor, p);
  if (bias) plan_addend("linear", "bias", bias, p);
  multiply("linear", p, result);
}

void linear_relu(const VtValue* args, VtValue* result) {
  static const Op relu("relu");
  linear(args, result);
  const Tensor out = Tensor::steal(result[0].as.tensor);
  result[0] = value_of(relu.into(out, out).release());
}

constexpr char kMatmulDoc[] =
    R"(Multiplies matrices: the last two dimensions of both operands, broadcasting those before.

Parameters
----------
self : Tensor
    Of sizes (..., m, k), or a row (k,). Any dtype but bool and float8; integers wrap.
other : Tensor
    Of sizes (..., k, n), or a column (k,), and of the same dtype.

Returns
-------
Tensor
    Of sizes (..., m, n), without the dimension that a one-dimensional operand lacks, and of the same dtype. Half types are
    summed in float32 and rounded once. Operands of any strides are read in place: no transposed or repeated matrix is copied.

Raises
------
ShapeError
    If the inner sizes differ, or the other dimensions cannot be broadcast.
RuntimeError
    If the dtypes differ, or `out` shares elements with a factor.

Notes
-----
Unlike PyTorch, uint16, uint32 and uint64 are supported.)";

constexpr char kMmDoc[] =
    R"(Multiplies two matrices: `matmul` of sizes (m, k) and (k, n) alone, without broadcasting.)";

constexpr char kBmmDoc[] =
    R"(Multiplies batches of matrices: `matmul` of sizes (b, m, k) and (b, k, n) alone, without broadcasting.)";

constexpr char kMvDoc[] = R"(Multiplies a matrix of sizes (m, k) by a vector (k,): `matmul` without broadcasting.)";

constexpr char kDotDoc[] =
    R"(The dot product of two vectors of the same length and dtype, as a 0-dim tensor. Nothing is conjugated: see `vdot`.)";

constexpr char kAddmmDoc[] = R"(Adds to `beta * self` the product `alpha * mat1 @ mat2`, in one pass over the result.

Parameters
----------
self : Tensor
    Broadcastable to the product; not read when `beta` is 0.
mat1, mat2 : Tensor
    Of sizes (m, k) and (k, n), and of the dtype of `self`.
beta, alpha : Scalar
    Factors; integers for integral dtypes.

Returns
-------
Tensor
    Of sizes (m, n). Half types are computed in float32 and rounded once.

Raises
------
ShapeError
    If the matrices cannot be multiplied, or `self` cannot be broadcast to the product.
RuntimeError
    If the dtypes differ, a factor is of a higher category, or `out` shares elements with a matrix.)";

constexpr char kAddmmActivationDoc[] = R"(`addmm`, then relu or gelu by tanh, in one pass where the device has one.

Parameters
----------
self : Tensor
    Broadcastable to the product; not read when `beta` is 0.
mat1, mat2 : Tensor
    Of sizes (m, k) and (k, n), and of the dtype of `self`, a real floating one.
beta, alpha : Scalar
use_gelu : bool
    Whether gelu is applied in place of relu.

Returns
-------
Tensor
    Of sizes (m, n).

Notes
-----
A backward of gelu makes the product anew, as what comes before the activation is not kept. Where PyTorch has gelu by erf on some
devices and by tanh on others, this is by tanh everywhere.)";

constexpr char kAddmvDoc[] =
    R"(Adds to `beta * self` the product `alpha * mat @ vec` of a matrix (m, k) and a vector (k,): `addmm` on one column.)";

constexpr char kBaddbmmDoc[] =
    R"(Adds to `beta * self` the products `alpha * batch1 @ batch2` of sizes (b, m, k) and (b, k, n): `addmm` on batches.)";

constexpr char kLinearDoc[] = R"(Applies a linear map to the last dimension: `input @ weight.T + bias`.

Parameters
----------
input : Tensor
    Of sizes (..., in).
weight : Tensor
    Of sizes (out, in), or (in,) for an output of sizes (...,), and of the same dtype.
bias : Tensor, optional
    Of sizes (out,), or () with a weight of one dimension, and of the same dtype.

Returns
-------
Tensor
    Of sizes (..., out). The bias is added before half types are rounded.

Raises
------
ShapeError
    If the sizes do not fit together.
RuntimeError
    If the dtypes differ.)";

constexpr char kLinearReluDoc[] = R"(`relu` of `linear`, bit by bit, with one gradient for both.

Parameters
----------
input, weight : Tensor
bias : Tensor, optional
    As of `linear`, of a dtype that is not complex.

Notes
-----
On CUDA devices small maps are one launch, and so are their gradients.)";

}  // namespace

void register_matmul(VtPlugin* plugin) {
  constexpr uint32_t kFlags = VT_OP_OUT | kFunctionAndMethod;
  constexpr uint32_t kAdded = VT_OP_INPLACE | kFlags;
  const OpRow ops[] = {
      {"matmul(Tensor self, Tensor other) -> Tensor", kFlags, kMatmulDoc},
      {"mm(Tensor self, Tensor mat2) -> Tensor", kFlags, kMmDoc},
      {"bmm(Tensor self, Tensor mat2) -> Tensor", kFlags, kBmmDoc},
      {"mv(Tensor self, Tensor vec) -> Tensor", kFlags, kMvDoc},
      {"dot(Tensor self, Tensor tensor) -> Tensor", kFlags, kDotDoc},
      {"addmm(Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1) -> Tensor", kAdded, kAddmmDoc},
      {"_addmm_activation(Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1, bool use_gelu=False) "
       "-> Tensor",
       VT_OP_OUT | VT_OP_FUNCTION, kAddmmActivationDoc},
      {"addmv(Tensor self, Tensor mat, Tensor vec, *, Scalar beta=1, Scalar alpha=1) -> Tensor", kAdded, kAddmvDoc},
      {"baddbmm(Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor", kAdded,
       kBaddbmmDoc},
      {"linear(Tensor input, Tensor weight, Tensor? bias=None) -> Tensor", VT_OP_FUNCTION, kLinearDoc},
      {"_linear_relu(Tensor input, Tensor weight, Tensor? bias=None) -> Tensor", VT_OP_FUNCTION, kLinearReluDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {
      {"matmul", boxed<matmul>},
      {"mm", boxed<mm>},
      {"bmm", boxed<bmm>},
      {"mv", boxed<mv>},
      {"dot", boxed<dot>},
      {"addmm", boxed<addmm>},
      {"addmv", boxed<addmv>},
      {"baddbmm", boxed<baddbmm>},
      {"linear", boxed<linear>},
      {"_addmm_activation", boxed<addmm_activation>},
      {"_linear_relu", boxed<linear_relu>},
  };
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
}

}  // namespace vt::core
