// SPDX-License-Identifier: Apache-2.0
// Matrix products on CUDA devices: floating dtypes by cuBLASLt where it is installed, everything else by a kernel of our own.
#include <vt/cpp/iter/matmul_rules.hpp>
#include <vt/cpp/op.hpp>

#include "../blas/matmul.hpp"
#include "../kernels/matmul.hpp"
#include "../kernels/small_product.hpp"
#include "launch.hpp"
#include "ops.hpp"

// Note [Products by a library]
// The library is given one batch dimension; those before it are a call each. Operands whose strides it cannot take (neither rows nor
// columns dense) are copied once. What it has no algorithm for runs on our kernel, with the same result up to the order of sums; small
// products (Note [Small products]) run on a kernel of theirs.
namespace vt::cuda {
namespace {

constexpr vt::Number kOne{Category::kInteger, false, 1, 1, 0};

// One product as its op describes it, so that it can be planned again with other tensors.
struct Product {
  using Plan = void (*)(const char* op, VtTensor* a, VtTensor* b, MatmulPlan& p);

  const char* op;
  Plan plan_factors;
  Tensor a;
  Tensor b;
  Tensor d;  // may be null
  const char* d_name = "";
  vt::Number alpha = kOne;
  vt::Number beta = kOne;
  Activation activation = Activation::kNone;
  bool is_exact = false;  // the activation is that of its op, bit by bit, which the library's is not

  void plan(MatmulPlan& p) const {
    plan_factors(op, a.get(), b.get(), p);
    if (d) plan_addend(op, d_name, d.get(), p);
  }
};

Tensor output_for(const char* op, const MatmulPlan& p, const VtValue& destination) {
  if (destination.tag != VT_TENSOR)
    return Tensor::empty(p.sizes, p.dtype, p.operands[MatmulPlan::kA].tensor->dl.device);
  VtTensor* out = destination.as.tensor;
  check_matmul_output(op, out, p);
  if (!same_sizes(sizes_of(out), p.sizes)) TableIterAllocator{}.resize(out, p.sizes);
  return Tensor::share(out);
}

Tensor dense_copy(const Tensor& t) {
  Tensor copy = Tensor::empty(t.sizes(), t.dtype(), t.device());
  copy_within(copy.get(), t.get());
  return copy;
}

const char* data_of(const MatmulPlan& p, size_t operand) noexcept {
  const VtTensor* t = p.operands[operand].tensor;
  return t ? static_cast<const char*>(t->dl.data) : nullptr;
}

void launch(const Product& product, const MatmulPlan& p) {
  const int64_t itemsize = itemsize_of(p.dtype);
  const bool adds = product.d && !is_zero(product.beta);
  MatmulParams params{};
  params.a = data_of(p, MatmulPlan::kA);
  params.b = data_of(p, MatmulPlan::kB);
  params.c = const_cast<char*>(data_of(p, MatmulPlan::kC));
  params.d = adds ? data_of(p, MatmulPlan::kD) : nullptr;
  params.m = p.m;
  params.n = p.n;
  params.k = p.k;
  const auto& [a, b, c, d] = p.operands;
  params.a_row = a.row;
  params.a_col = a.col;
  params.b_row = b.row;
  params.b_col = b.col;
  params.c_row = c.row;
  params.c_col = c.col;
  params.d_row = d.row;
  params.d_col = d.col;
  params.tiles_across = ceil_divide(p.n, kMatmulTile);
  params.tiles = params.tiles_across * ceil_divide(p.m, kMatmulTile);
  params.alpha = product.alpha.real;
  params.beta = product.beta.real;
  params.alpha_imag = product.alpha.imag;
  params.beta_imag = product.beta.imag;
  params.alpha_integer = product.alpha.bits;
  params.beta_integer = product.beta.bits;
  int64_t num = params.tiles;
  const size_t ndim = p.batch.size();
  params.batch.ndim = static_cast<int32_t>(ndim);
  for (size_t i = 0; i < ndim; ++i) {
    const size_t dim = ndim - 1 - i;
    num *= p.batch[dim];
    params.batch.sizes[i] = Extent<int64_t>::make(p.batch[dim]);
    for (size_t k = 0; k < 4; ++k)
      params.batch.strides[i][k] = p.operands[k].tensor ? p.operands[k].batch[dim] * itemsize : 0;
  }
  const Queue queue(c.tensor->dl.device);
  queue.launch(product.op, matmul_kernel(index_of(p.dtype)), num, 1, params);
}

bool is_small(const MatmulPlan& p) noexcept {
  return p.batch.size() == 0 && is_small_product(p.m, p.n, p.k) && small_product_kernel(index_of(p.dtype)) != nullptr;
}

void launch_small(const Product& product, const MatmulPlan& p) {
  const auto& [a, b, c, d] = p.operands;
  const bool adds = product.d && !is_zero(product.beta);
  SmallProductParams params{data_of(p, MatmulPlan::kA),
                            data_of(p, MatmulPlan::kB),
                            const_cast<char*>(data_of(p, MatmulPlan::kC)),
                            adds ? data_of(p, MatmulPlan::kD) : nullptr,
                            p.m,
                            p.n,
                            p.k,
                            a.row,
                            a.col,
                            b.row,
                            b.col,
                            c.row,
                            c.col,
                            d.row,
                            d.col,
                            product.alpha.real,
                            product.beta.real,
                            product.activation};
  const Queue queue(c.tensor->dl.device);
  queue.launch(product.op, small_product_kernel(index_of(p.dtype)), small_tiles(p.m, p.n), 1, params);
}

// Number of calls that the batch takes: the library is given its innermost dimension.
int64_t num_calls(const MatmulPlan& p) noexcept {
  int64_t num = 1;
  for (size_t dim = 0; dim + 1 < p.batch.size(); ++dim) num *= p.batch[dim];
  return num;
}

StridedProduct strided_product(const Product& product, const MatmulPlan& p, int64_t call) noexcept {
  const size_t ndim = p.batch.size();
  StridedProduct s;
  s.m = p.m;
  s.n = p.n;
  s.k = p.k;
  if (ndim > 0) s.batch = p.batch[ndim - 1];
  StridedMatrix* matrices[] = {&s.a, &s.b, &s.c, &s.d};
  for (size_t i = 0; i < 4; ++i) {
    const MatmulPlan::Matrix& m = p.operands[i];
    if (!m.tensor || (i == MatmulPlan::kD && is_zero(product.beta))) continue;
    int64_t offset = 0;
    int64_t rest = call;
    for (size_t dim = ndim; dim-- > 1;) {
      offset += rest % p.batch[dim - 1] * m.batch[dim - 1];
      rest /= p.batch[dim - 1];
    }
    *matrices[i] = {data_of(p, i) + offset * itemsize_of(p.dtype), m.row, m.col, ndim > 0 ? m.batch[ndim - 1] : 0};
  }
  return s;
}

bool is_one(const vt::Number& number) noexcept { return number.real == 1 && number.imag == 0; }

bool allows_bias(const Product& product, DtypeIndex dtype) noexcept {
  return is_one(product.alpha) && is_one(product.beta) && dtype != DtypeIndex::kFloat64;
}

// False when the library has no algorithm; what was enqueued by then has only written the result.
bool enqueue(const Product& product, const MatmulPlan& p) {
  const DtypeIndex dtype = index_of(p.dtype);
  const double beta = product.d && !is_zero(product.beta) ? product.beta.real : 0;
  const DLDevice device = p.operands[MatmulPlan::kC].tensor->dl.device;
  BlasObstacles none;
  for (int64_t i = 0; i < num_calls(p); ++i) {
    BlasProduct call = *as_blas_product(strided_product(product, p, i), allows_bias(product, dtype), none);
    call.activation = product.activation;
    if (blas_matmul(product.op, device, dtype, call, product.alpha.real, call.bias ? 0 : beta)) continue;
    if (i > 0 && call.d.data == call.c.data)
      vt::fail(VT_ERROR_NOT_IMPLEMENTED,
               std::string(product.op) + ": the BLAS library takes some matrices of the batch only; copy them first");
    return false;
  }
  return true;
}

bool multiply_by_library(const Product& product, const MatmulPlan& p, const Tensor& destination) {
  const bool bias = allows_bias(product, index_of(p.dtype));
  BlasObstacles obstacles;
  if (as_blas_product(strided_product(product, p, 0), bias, obstacles)) return enqueue(product, p);
  Product copied = product;
  Tensor out = destination;
  MatmulPlan dense;
  do {
    if (obstacles.a) copied.a = dense_copy(copied.a);
    if (obstacles.b) copied.b = dense_copy(copied.b);
    if (obstacles.c) out = Tensor::empty(out.sizes(), out.dtype(), out.device());
    if (obstacles.d) {
      copy_within(out.get(), copied.d.get());
      copied.d = out;
    }
    copied.plan(dense);
    plan_output(out.get(), dense);
    merge_batch(dense);
  } while (!as_blas_product(strided_product(copied, dense, 0), bias, obstacles));
  if (!enqueue(copied, dense)) return false;
  if (out.get() != destination.get()) copy_within(destination.get(), out.get());
  return true;
}

void activate(Activation activation, const Tensor& out) {
  static const Op relu("relu");
  static const Op gelu("gelu");
  if (activation == Activation::kRelu) relu.into(out, out);
  if (activation == Activation::kGeluTanh) gelu.into(out, out, value_of("tanh"));
}

// In one call of the library where it has an algorithm for both.
bool multiply_activated(const Product& product, const MatmulPlan& p, const Tensor& out) {
  if (product.activation == Activation::kNone) return multiply_by_library(product, p, out);
  // A summand that is the destination must not be written before it is certain that an algorithm is there.
  const bool adds_out = product.d && product.d.get() == out.get();
  if (!product.is_exact && !same_dtype(p.dtype, kFloat64) && !adds_out && multiply_by_library(product, p, out))
    return true;
  Product plain = product;
  plain.activation = Activation::kNone;
  if (!multiply_by_library(plain, p, out)) return false;
  activate(product.activation, out);
  return true;
}

void multiply(const Product& product, VtValue* result) {
  MatmulPlan p;
  product.plan(p);
  if (!matmul_kernel(index_of(p.dtype)))
    vt::fail(VT_ERROR_NOT_IMPLEMENTED, std::string(product.op) + ": not implemented for " +
                                           std::string(dtype_name(p.dtype)) + " on cuda; convert to float32 first");
  Tensor out = output_for(product.op, p, result[0]);
  plan_output(out.get(), p);
  merge_batch(p);
  if (out.numel() > 0) {
    if (is_small(p)) {
      launch_small(product, p);
    } else if (p.k == 0 || !blas_serves(index_of(p.dtype)) || !multiply_activated(product, p, out)) {
      launch(product, p);
      activate(product.activation, out);
    }
  }
  result[0] = value_of(out.release());
}

Tensor shared(const VtValue& v) noexcept { return is_tensor(v) ? Tensor::share(v.as.tensor) : Tensor(); }

// mm, bmm, mv, dot, matmul: (self, other)
template <Product::Plan kPlan>
void plain_product(const char* op, const VtValue* args, VtValue* result) {
  multiply({op, kPlan, shared(args[0]), shared(args[1]), Tensor()}, result);
}

// addmm, addmv, baddbmm: (self, mat1, mat2, *, beta, alpha)
template <Product::Plan kPlan>
void added_product(const char* op, const VtValue* args, VtValue* result) {
  const DLDataType dtype = args[1].as.tensor->dl.dtype;
  multiply({op, kPlan, shared(args[1]), shared(args[2]), shared(args[0]), "self",
            checked_factor(op, "alpha", args[4], dtype), checked_factor(op, "beta", args[3], dtype)},
           result);
}

// _addmm_activation(self, mat1, mat2, *, beta, alpha, use_gelu)
void addmm_activation(const VtValue* args, VtValue* result) {
  const char* op = "_addmm_activation";
  const DLDataType dtype = args[1].as.tensor->dl.dtype;
  check_activated(op, dtype);
  multiply({op, plan_mm, shared(args[1]), shared(args[2]), shared(args[0]), "self",
            checked_factor(op, "alpha", args[4], dtype), checked_factor(op, "beta", args[3], dtype),
            args[5].as.i != 0 ? Activation::kGeluTanh : Activation::kRelu},
           result);
}

void mm(const VtValue* args, VtValue* result) { plain_product<plan_mm>("mm", args, result); }
void bmm(const VtValue* args, VtValue* result) { plain_product<plan_bmm>("bmm", args, result); }
void mv(const VtValue* args, VtValue* result) { plain_product<plan_mv>("mv", args, result); }
void dot(const VtValue* args, VtValue* result) { plain_product<plan_dot>("dot", args, result); }
void matmul(const VtValue* args, VtValue* result) { plain_product<plan_broadcast_matmul>("matmul", args, result); }
void addmm(const VtValue* args, VtValue* result) { added_product<plan_mm>("addmm", args, result); }
void addmv(const VtValue* args, VtValue* result) { added_product<plan_mv>("addmv", args, result); }
void baddbmm(const VtValue* args, VtValue* result) { added_product<plan_bmm>("baddbmm", args, result); }

// linear(input, weight, bias)
void linear(const VtValue* args, VtValue* result) {
  check_bias("linear", args[1].as.tensor, is_tensor(args[2]) ? args[2].as.tensor : nullptr);
  multiply({"linear", plan_linear, shared(args[0]), shared(args[1]), shared(args[2]), "bias"}, result);
}

// _linear_relu(input, weight, bias)
void linear_relu(const VtValue* args, VtValue* result) {
  const char* op = "linear";
  check_bias(op, args[1].as.tensor, is_tensor(args[2]) ? args[2].as.tensor : nullptr);
  multiply(
      {op, plan_linear, shared(args[0]), shared(args[1]), shared(args[2]), "bias", kOne, kOne, Activation::kRelu, true},
      result);
}

}  // namespace

void register_matmul(VtPlugin* plugin) {
  const KernelRow rows[] = {
      {"matmul", kernel<matmul>},
      {"mm", kernel<mm>},
      {"bmm", kernel<bmm>},
      {"mv", kernel<mv>},
      {"dot", kernel<dot>},
      {"addmm", kernel<addmm>},
      {"addmv", kernel<addmv>},
      {"baddbmm", kernel<baddbmm>},
      {"linear", kernel<linear>},
      {"_addmm_activation", kernel<addmm_activation>},
      {"_linear_relu", kernel<linear_relu>},
  };
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
