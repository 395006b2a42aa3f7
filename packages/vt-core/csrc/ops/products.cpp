// SPDX-License-Identifier: Apache-2.0
// Products of vectors, matrices and tensors that are composed of matrix products and multiplications.
#include <vt/cpp/iter/matmul_rules.hpp>
#include <vt/cpp/iter/reduce_rules.hpp>

#include <algorithm>

#include "ops/calls.hpp"

namespace vt::core {

namespace {

using calls::Ints;
using calls::shared;

void check_same_dtype(const char* op, const Tensor& a, const Tensor& b) {
  if (!same_dtype(a.dtype(), b.dtype()))
    fail(VT_ERROR_DTYPE, std::string(op) + ": expected both operands to have the same dtype: got " +
                             std::string(dtype_name(a.dtype())) + " and " + std::string(dtype_name(b.dtype())) +
                             "; convert one of them");
}

Tensor outer_product(const char* op, const VtValue& a, const char* a_name, const VtValue& b, const char* b_name) {
  check_ndim(op, a_name, a.as.tensor, 1);
  check_ndim(op, b_name, b.as.tensor, 1);
  return calls::mul(calls::unsqueeze(shared(a), 1), shared(b));
}

void outer(const VtValue* args, VtValue* result) {
  calls::give("outer", outer_product("outer", args[0], "self", args[1], "vec2"), result[0]);
}

// beta * self + alpha * product, where an integral product takes integers only and self is not read when beta is 0.
Tensor added(const char* op, const Tensor& self, Tensor product, const VtValue& beta, const VtValue& alpha) {
  const Number by_beta = checked_factor(op, "beta", beta, product.dtype());
  checked_factor(op, "alpha", alpha, product.dtype());
  if (!calls::is_one(alpha)) product = calls::mul(product, alpha);
  if (is_zero(by_beta)) return calls::expand(product, calls::ints(product.sizes()));
  return calls::add(calls::is_one(beta) ? self : calls::mul(self, beta), product);
}

void check_broadcast(const char* op, const Tensor& self, std::span<const int64_t> sizes) {
  Sizes shape;
  shape.assign(sizes);
  if (!broadcast_into(shape, self.sizes()) || !same_sizes(shape, sizes))
    fail(VT_ERROR_SHAPE, std::string(op) + ": self cannot be broadcast to the product: got " +
                             format_sizes(self.sizes()) + ", expected " + format_sizes(sizes));
}

// addr(self, vec1, vec2, *, beta, alpha)
void addr(const VtValue* args, VtValue* result) {
  const Tensor self = shared(args[0]);
  Tensor product = outer_product("addr", args[1], "vec1", args[2], "vec2");
  check_broadcast("addr", self, product.sizes());
  calls::give("addr", added("addr", self, std::move(product), args[3], args[4]), result[0], self.get());
}

// addbmm(self, batch1, batch2, *, beta, alpha): the sum over the batch is a part of the products' own sum.
void addbmm(const VtValue* args, VtValue* result) {
  static const Op addmm("addmm");
  const Tensor a = shared(args[1]);
  const Tensor b = shared(args[2]);
  MatmulPlan plan;
  plan_bmm("addbmm", a.get(), b.get(), plan);
  const Tensor rows = calls::reshape(calls::transpose(a, 0, 1), {a.sizes()[1], a.sizes()[0] * a.sizes()[2]});
  const Tensor columns = calls::reshape(b, {b.sizes()[0] * b.sizes()[1], b.sizes()[2]});
  const int64_t sizes[] = {rows.sizes()[0], columns.sizes()[1]};
  check_broadcast("addbmm", shared(args[0]), sizes);
  calls::give("addbmm", addmm(args[0], rows, columns, args[3], args[4]), result[0], args[0].as.tensor);
}

void vdot(const VtValue* args, VtValue* result) {
  static const Op dot("dot");
  MatmulPlan plan;
  plan_dot("vdot", args[0].as.tensor, args[1].as.tensor, plan);
  calls::give("vdot", dot(calls::conj(shared(args[0])), args[1]), result[0]);
}

// (..., n) as (rows, n).
Tensor as_rows(const Tensor& t) {
  int64_t rows = 1;
  for (const int64_t size : t.sizes().first(t.sizes().size() - 1)) rows *= size;
  return calls::reshape(t, {rows, t.sizes().back()});
}

// The products of all vectors along the last dimensions.
void inner(const VtValue* args, VtValue* result) {
  const Tensor self = shared(args[0]);
  const Tensor other = shared(args[1]);
  Tensor product;
  if (self.ndim() == 0 || other.ndim() == 0) {
    product = calls::mul(self, other);
  } else {
    if (self.sizes().back() != other.sizes().back())
      fail(VT_ERROR_SHAPE,
           "inner: the last dimensions must match: " + vt::detail::operand_sizes(self.get(), other.get()));
    Ints sizes = calls::ints(self.sizes().first(self.sizes().size() - 1));
    const auto more = other.sizes().first(other.sizes().size() - 1);
    sizes.insert(sizes.end(), more.begin(), more.end());
    product = calls::reshape(calls::matmul(as_rows(self), calls::transpose(as_rows(other))), sizes);
  }
  calls::give("inner", std::move(product), result[0]);
}

// Dimensions of `t` that are not in `dims`, in order.
Ints other_dims(const Ints& dims, int32_t ndim) {
  Ints others;
  for (int64_t d = 0; d < ndim; ++d)
    if (std::find(dims.begin(), dims.end(), d) == dims.end()) others.push_back(d);
  return others;
}

Ints wrapped_dims(const char* op, std::span<const int64_t> dims, int32_t ndim) {
  Ints wrapped;
  for (const int64_t dim : dims) {
    wrapped.push_back(wrap_dim(op, dim, ndim));
    if (std::count(wrapped.begin(), wrapped.end(), wrapped.back()) > 1)
      fail(VT_ERROR_RUNTIME, std::string(op) + ": a dimension appears twice in " + format_sizes(dims));
  }
  return wrapped;
}

int64_t numel_of(const Tensor& t, const Ints& dims) {
  int64_t numel = 1;
  for (const int64_t d : dims) numel *= t.sizes()[static_cast<size_t>(d)];
  return numel;
}

// tensordot(self, other, dims_self, dims_other)
void tensordot(const VtValue* args, VtValue* result) {
  Tensor a = shared(args[0]);
  Tensor b = shared(args[1]);
  check_same_dtype("tensordot", a, b);
  const Ints a_dims = wrapped_dims("tensordot", ints_of(args[2]), a.ndim());
  const Ints b_dims = wrapped_dims("tensordot", ints_of(args[3]), b.ndim());
  if (a_dims.size() != b_dims.size())
    fail(VT_ERROR_RUNTIME, "tensordot: both dimension lists should have same length: got " +
                               std::to_string(a_dims.size()) + " and " + std::to_string(b_dims.size()));
  for (size_t i = 0; i < a_dims.size(); ++i) {
    const int64_t a_size = a.sizes()[static_cast<size_t>(a_dims[i])];
    const int64_t b_size = b.sizes()[static_cast<size_t>(b_dims[i])];
    if (a_size == b_size) continue;
    if (a_size != 1 && b_size != 1)
      fail(VT_ERROR_RUNTIME, "tensordot: contracted dimensions need to match, but first has size " +
                                 std::to_string(a_size) + " in dim " + std::to_string(a_dims[i]) +
                                 " and second has size " + std::to_string(b_size) + " in dim " +
                                 std::to_string(b_dims[i]));
    // An element beside a longer dimension is repeated: the sum goes over the other alone.
    static const Op sum("sum.dims");
    Tensor& longer = a_size == 1 ? b : a;
    const int64_t dim[] = {a_size == 1 ? b_dims[i] : a_dims[i]};
    longer = sum(longer, std::span<const int64_t>(dim), true, longer.dtype());
  }
  const Ints rows = other_dims(a_dims, a.ndim());
  const Ints columns = other_dims(b_dims, b.ndim());
  Ints sizes;
  for (const int64_t d : rows) sizes.push_back(a.sizes()[static_cast<size_t>(d)]);
  for (const int64_t d : columns) sizes.push_back(b.sizes()[static_cast<size_t>(d)]);
  if (sizes.size() > static_cast<size_t>(kMaxDims))
    fail(VT_ERROR_VALUE, "tensordot: the product has more than " + std::to_string(kMaxDims) + " dimensions");
  Ints a_order = rows;
  a_order.insert(a_order.end(), a_dims.begin(), a_dims.end());
  Ints b_order = b_dims;
  b_order.insert(b_order.end(), columns.begin(), columns.end());
  const int64_t inner_size = numel_of(a, a_dims);
  const Tensor left = calls::reshape(calls::permute(a, a_order), {numel_of(a, rows), inner_size});
  const Tensor right = calls::reshape(calls::permute(b, b_order), {inner_size, numel_of(b, columns)});
  calls::give("tensordot", calls::reshape(calls::matmul(left, right), sizes), result[0]);
}

// Every element of `self` times all of `other`: with dimensions (a0, 1, a1, 1) and (1, b0, 1, b1) a broadcast product.
void kron(const VtValue* args, VtValue* result) {
  const Tensor self = shared(args[0]);
  const Tensor other = shared(args[1]);
  const auto ndim = static_cast<size_t>(std::max(self.ndim(), other.ndim()));
  if (2 * ndim > static_cast<size_t>(kMaxDims))
    fail(VT_ERROR_VALUE, "kron: expected at most 32 dimensions, got " + std::to_string(ndim));
  Ints left, right, sizes;
  for (size_t d = 0; d < ndim; ++d) {
    const auto size_in = [&](const Tensor& t) {
      const size_t lead = ndim - t.sizes().size();
      return d < lead ? 1 : t.sizes()[d - lead];
    };
    left.insert(left.end(), {size_in(self), 1});
    right.insert(right.end(), {1, size_in(other)});
    sizes.push_back(0);
    if (__builtin_mul_overflow(size_in(self), size_in(other), &sizes.back()))
      fail(VT_ERROR_OVERFLOW, "kron: a size of the result does not fit in 64 bits");
  }
  checked_numel("kron", sizes);
  const Tensor product = calls::mul(calls::reshape(self, left), calls::reshape(other, right));
  calls::give("kron", calls::reshape(product, sizes), result[0]);
}

// The order of a chain of matrix products that needs the fewest multiplications, by dynamic programming: split[i][j] is where the
// product of the matrices i .. j is split last (Cormen et al., "Introduction to Algorithms", 15.2).
class Chain {
 public:
  explicit Chain(std::vector<Tensor> matrices) : matrices_(std::move(matrices)) {
    const size_t n = matrices_.size();
    std::vector<double> sizes;
    for (const Tensor& m : matrices_) sizes.push_back(static_cast<double>(m.sizes()[0]));
    sizes.push_back(static_cast<double>(matrices_.back().sizes()[1]));
    std::vector<std::vector<double>> cost(n, std::vector<double>(n, 0));
    split_.assign(n, std::vector<size_t>(n, 0));
    for (size_t length = 1; length < n; ++length)
      for (size_t i = 0; i + length < n; ++i) {
        const size_t j = i + length;
        for (size_t k = i; k < j; ++k) {
          const double total = cost[i][k] + cost[k + 1][j] + sizes[i] * sizes[k + 1] * sizes[j + 1];
          if (k > i && total >= cost[i][j]) continue;
          cost[i][j] = total;
          split_[i][j] = k;
        }
      }
  }
  Tensor product() const { return product(0, matrices_.size() - 1); }

 private:
  Tensor product(size_t i, size_t j) const {
    if (i == j) return matrices_[i];
    return calls::matmul(product(i, split_[i][j]), product(split_[i][j] + 1, j));
  }

  std::vector<Tensor> matrices_;
  std::vector<std::vector<size_t>> split_;
};

// Checks a chain and returns its product; vectors may stand at the ends.
Tensor chain_product(const char* op, std::span<VtTensor* const> tensors) {
  std::vector<Tensor> matrices;
  for (VtTensor* t : tensors) matrices.push_back(Tensor::share(t));
  const bool from_row = matrices.front().ndim() == 1;
  const bool to_column = matrices.back().ndim() == 1;
  if (from_row) matrices.front() = calls::unsqueeze(matrices.front(), 0);
  if (to_column) matrices.back() = calls::unsqueeze(matrices.back(), 1);
  for (size_t i = 0; i < matrices.size(); ++i) {
    check_same_dtype(op, matrices[0], matrices[i]);
    if (matrices[i].ndim() != 2)
      fail(VT_ERROR_RUNTIME, std::string(op) + ": tensor " + std::to_string(i) + " must be " +
                                 (i == 0 || i + 1 == matrices.size() ? "1D or 2D" : "2D") + " but got " +
                                 std::to_string(tensors[i]->dl.ndim) + "D");
    if (i > 0 && matrices[i - 1].sizes()[1] != matrices[i].sizes()[0])
      fail(VT_ERROR_SHAPE, std::string(op) + ": tensors " + std::to_string(i - 1) + " and " + std::to_string(i) +
                               " with shapes " + format_sizes(sizes_of(tensors[i - 1])) + " and " +
                               format_sizes(sizes_of(tensors[i])) + " cannot be multiplied");
  }
  Tensor product = Chain(std::move(matrices)).product();
  if (from_row) product = calls::squeeze(product, 0);
  if (to_column) product = calls::squeeze(product, -1);
  return product;
}

void linalg_multi_dot(const VtValue* args, VtValue* result) {
  const std::span<VtTensor* const> tensors(args[0].as.tensors, args[0].count);
  if (tensors.size() < 2)
    fail(VT_ERROR_RUNTIME, "linalg_multi_dot: expected at least 2 tensors but got " + std::to_string(tensors.size()));
  check_destination_dtype("linalg_multi_dot", result[0], tensors[0]->dl.dtype);
  calls::give("linalg_multi_dot", chain_product("linalg_multi_dot", tensors), result[0]);
}

void chain_matmul(const VtValue* args, VtValue* result) {
  const std::span<VtTensor* const> matrices(args[0].as.tensors, args[0].count);
  if (matrices.empty()) fail(VT_ERROR_RUNTIME, "chain_matmul: expected one or more matrices");
  for (const VtTensor* matrix : matrices) check_ndim("chain_matmul", "every matrix", matrix, 2);
  calls::give("chain_matmul",
              matrices.size() == 1 ? Tensor::share(matrices[0]) : chain_product("chain_matmul", matrices), result[0]);
}

// a[1] b[2] - a[2] b[1] and so on round, with the three places along `dim` rolled.
Tensor cross_product(const Tensor& a, const Tensor& b, int64_t dim) {
  const auto rolled = [dim](const Tensor& t, int64_t by) {
    static const Op roll("roll");
    const int64_t shifts[] = {by};
    const int64_t dims[] = {dim};
    return roll(t, std::span<const int64_t>(shifts), std::span<const int64_t>(dims));
  };
  return calls::sub(calls::mul(rolled(a, -1), rolled(b, 1)), calls::mul(rolled(a, 1), rolled(b, -1)));
}

void linalg_cross(const VtValue* args, VtValue* result) {
  const Tensor self = shared(args[0]);
  const Tensor other = shared(args[1]);
  if (self.ndim() != other.ndim())
    fail(VT_ERROR_RUNTIME, "linalg_cross: inputs must have the same number of dimensions: got " +
                               std::to_string(self.ndim()) + " and " + std::to_string(other.ndim()));
  const auto dim = static_cast<size_t>(wrap_dim("linalg_cross", args[2].as.i, self.ndim()));
  if (self.ndim() == 0 || self.sizes()[dim] != 3 || other.sizes()[dim] != 3)
    fail(VT_ERROR_RUNTIME, "linalg_cross: inputs dimension " + std::to_string(args[2].as.i) +
                               " must have length 3: " + vt::detail::operand_sizes(self.get(), other.get()));
  calls::give("linalg_cross", cross_product(self, other, static_cast<int64_t>(dim)), result[0]);
}

// cross(self, other, dim): by default along the first dimension of size 3.
void cross(const VtValue* args, VtValue* result) {
  static const Op op("linalg_cross");
  int64_t dim = args[2].as.i;
  if (is_none(args[2])) {
    const auto sizes = sizes_of(args[0].as.tensor);
    const auto found = std::find(sizes.begin(), sizes.end(), 3);
    if (found == sizes.end())
      fail(VT_ERROR_RUNTIME, "cross: no dimension of size 3 in input: got " + format_sizes(sizes));
    dim = found - sizes.begin();
  }
  calls::give("cross", op(args[0], args[1], dim), result[0]);
}

// linalg_vecdot(x, y, *, dim)
void linalg_vecdot(const VtValue* args, VtValue* result) {
  const Tensor x = shared(args[0]);
  const Tensor y = shared(args[1]);
  check_same_dtype("linalg_vecdot", x, y);
  if (calls::is_integral(x))
    fail(VT_ERROR_NOT_IMPLEMENTED, "linalg_vecdot: not implemented for " + std::string(dtype_name(x.dtype())) +
                                       ", expected a floating point or complex dtype");
  check_destination_dtype("linalg_vecdot", result[0], x.dtype());
  const int64_t dim = args[2].as.i;
  Tensor product;
  if (x.ndim() == 1 && y.ndim() == 1) {
    static const Op op("vdot");
    wrap_dim("linalg_vecdot", dim, 1);
    product = op(x, y);
  } else if (dim == -1 && x.ndim() > 0 && y.ndim() > 0 && x.sizes().back() == y.sizes().back()) {
    product = calls::matmul(calls::unsqueeze(calls::conj(x), -2), calls::unsqueeze(y, -1));
    product = calls::squeeze(calls::squeeze(product, -1), -1);
  } else {
    product = calls::sum(calls::mul(calls::conj(x), y), {dim});
  }
  calls::give("linalg_vecdot", std::move(product), result[0]);
}

// bilinear(input1, input2, weight, bias): out[.., o] = input1 @ weight[o] @ input2, where each of the first products is made once.
void bilinear(const VtValue* args, VtValue* result) {
  const Tensor x1 = shared(args[0]);
  const Tensor x2 = shared(args[1]);
  const Tensor weight = shared(args[2]);
  const Tensor bias = shared(args[3]);
  const auto refuse = [](const std::string& what) { fail(VT_ERROR_RUNTIME, "bilinear: " + what); };
  if (x1.ndim() != x2.ndim() || x1.ndim() == 0)
    refuse("input dimensions do not match: got " + std::to_string(x1.ndim()) + " and " + std::to_string(x2.ndim()));
  const auto lead = x1.sizes().first(x1.sizes().size() - 1);
  if (!same_sizes(lead, x2.sizes().first(lead.size())))
    refuse("input batch dimensions do not match: " + vt::detail::operand_sizes(x1.get(), x2.get()));
  check_ndim("bilinear", "weight", weight.get(), 3);
  const auto w = weight.sizes();
  if (x1.sizes().back() != w[1])
    refuse("input1 size does not match weight size: got " + std::to_string(x1.sizes().back()) + " but expected " +
           std::to_string(w[1]));
  if (x2.sizes().back() != w[2])
    refuse("input2 size does not match weight size: got " + std::to_string(x2.sizes().back()) + " but expected " +
           std::to_string(w[2]));
  if (bias && (bias.ndim() != 1 || bias.sizes()[0] != w[0]))
    refuse("bias must have one element per output: got " + format_sizes(bias.sizes()) + ", expected (" +
           std::to_string(w[0]) + ",)");
  const Tensor left = as_rows(x1);
  const int64_t rows = left.sizes()[0];
  const Tensor spread = calls::reshape(calls::transpose(weight, 0, 1), {w[1], w[0] * w[2]});
  const Tensor first = calls::reshape(calls::matmul(left, spread), {rows, w[0], w[2]});
  Tensor out = calls::squeeze(calls::matmul(first, calls::reshape(x2, {rows, w[2], 1})), -1);
  if (bias) out = calls::add(out, bias);
  Ints sizes = calls::ints(lead);
  sizes.push_back(w[0]);
  result[0] = value_of(calls::reshape(out, sizes).release());
}

constexpr char kOuterDoc[] =
    R"(The outer product of two vectors: `result[i, j] = self[i] * vec2[j]`, promoted as `mul`.)";
constexpr char kAddrDoc[] = R"(Adds to `beta * self` the outer product `alpha * vec1 * vec2`, promoted as `add`.

`self` is broadcast to (n, m) for vectors of n and m elements, and not read when `beta` is 0. Factors of integers are integers.)";
constexpr char kAddbmmDoc[] =
    R"(Adds to `beta * self` the sum over the batch of the products `alpha * batch1 @ batch2`: of (b, n, k) and (b, k, m) a matrix (n, m).

`self` is broadcast and not read when `beta` is 0.)";
constexpr char kVdotDoc[] = R"(The dot product of two vectors, the first of them conjugated, as a 0-dim tensor.)";
constexpr char kInnerDoc[] =
    R"(The dot products of the vectors along the last dimensions of both: of (..., k) and (---, k) a tensor (..., ---).

With a 0-dim operand it is the product. Nothing is conjugated.)";
constexpr char kTensordotDoc[] =
    R"(Sums products over `dims_self` of `self` and as many `dims_other` of `other`, pair by pair.

Parameters
----------
dims_self, dims_other : sequence of int
    Dimensions of equal sizes, or of size 1.

Returns
-------
Tensor
    With the other dimensions of `self`, then those of `other`.

Raises
------
RuntimeError
    If the lists differ in length or the sizes do not match.)";
constexpr char kKronDoc[] = R"(The Kronecker product: blocks of `other`, each times an element of `self`.

The operand of fewer dimensions gets leading ones; the sizes of the result are the products of sizes. Promoted as `mul`.)";
constexpr char kMultiDotDoc[] =
    R"(The product of a chain of matrices, in the order that needs the fewest multiplications.

Parameters
----------
tensors : sequence of Tensor
    At least two matrices of one dtype; the first may be a row (k,), the last a column (k,), whose dimension the result lacks.

Raises
------
RuntimeError
    If neighbours cannot be multiplied or a tensor has other dimensions.)";
constexpr char kChainDoc[] =
    R"(The product of one or more matrices, in the order that needs the fewest multiplications.)";
constexpr char kLinalgCrossDoc[] =
    R"(The cross products of vectors of three elements along `dim`; other dimensions are broadcast.

Raises
------
RuntimeError
    If the numbers of dimensions differ or `dim` is not of size 3.)";
constexpr char kCrossDoc[] =
    R"(The cross products of vectors of three elements along `dim`, by default the first dimension of size 3: see `linalg_cross`.)";
constexpr char kVecdotDoc[] =
    R"(The dot products of vectors along `dim`, those of `x` conjugated; the other dimensions are broadcast.

Floating or complex dtypes. `dim` must be the same dimension of both after broadcasting.)";
constexpr char kBilinearDoc[] = R"(For every pair of rows: `input1 @ weight[o] @ input2 + bias[o]`.

Parameters
----------
input1, input2 : Tensor
    Of sizes (..., in1) and (..., in2), the same before the last.
weight : Tensor
    Of sizes (out, in1, in2).
bias : Tensor, optional
    Of sizes (out,).

Returns
-------
Tensor
    Of sizes (..., out).)";

}  // namespace

void register_products(VtPlugin* plugin) {
  constexpr uint32_t kFunction = VT_OP_COMPOSITE | VT_OP_OUT | VT_OP_FUNCTION;
  constexpr uint32_t kFlags = kFunction | VT_OP_METHOD;
  constexpr uint32_t kAdded = kFlags | VT_OP_INPLACE;
  const OpRow ops[] = {
      {"outer(Tensor self, Tensor vec2) -> Tensor", kFlags, kOuterDoc},
      {"addr(Tensor self, Tensor vec1, Tensor vec2, *, Scalar beta=1, Scalar alpha=1) -> Tensor", kAdded, kAddrDoc},
      {"addbmm(Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor", kAdded,
       kAddbmmDoc},
      {"vdot(Tensor self, Tensor other) -> Tensor", kFlags, kVdotDoc},
      {"inner(Tensor self, Tensor other) -> Tensor", kFlags, kInnerDoc},
      {"tensordot(Tensor self, Tensor other, int[] dims_self, int[] dims_other) -> Tensor", kFunction, kTensordotDoc},
      {"kron(Tensor self, Tensor other) -> Tensor", kFlags, kKronDoc},
      {"linalg_multi_dot(Tensor[] tensors) -> Tensor", kFunction, kMultiDotDoc},
      {"chain_matmul(Tensor[] matrices) -> Tensor", kFunction, kChainDoc},
      {"linalg_cross(Tensor self, Tensor other, *, int dim=-1) -> Tensor", kFunction, kLinalgCrossDoc},
      {"cross(Tensor self, Tensor other, int? dim=None) -> Tensor", kFlags, kCrossDoc},
      {"linalg_vecdot(Tensor x, Tensor y, *, int dim=-1) -> Tensor", kFunction, kVecdotDoc},
      {"bilinear(Tensor input1, Tensor input2, Tensor weight, Tensor? bias=None) -> Tensor",
       VT_OP_COMPOSITE | VT_OP_FUNCTION, kBilinearDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow everywhere[] = {
      {"outer", boxed<outer>},
      {"addr", boxed<addr>},
      {"addbmm", boxed<addbmm>},
      {"vdot", boxed<vdot>},
      {"inner", boxed<inner>},
      {"tensordot", boxed<tensordot>},
      {"kron", boxed<kron>},
      {"linalg_multi_dot", boxed<linalg_multi_dot>},
      {"chain_matmul", boxed<chain_matmul>},
      {"linalg_cross", boxed<linalg_cross>},
      {"cross", boxed<cross>},
      {"linalg_vecdot", boxed<linalg_vecdot>},
      {"bilinear", boxed<bilinear>},
  };
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
