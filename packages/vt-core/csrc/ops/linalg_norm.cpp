// SPDX-License-Identifier: Apache-2.0
// Norms of matrices, and condition numbers.
#include <cmath>
#include <string_view>

#include "ops/linalg.hpp"

namespace vt::core {

namespace {

using namespace linalg;

// The two dimensions of matrices.
struct Plane {
  int64_t rows;
  int64_t columns;
};

Plane plane_of(const char* op, const Tensor& t, std::span<const int64_t> dims) {
  if (t.ndim() < 2)
    fail(VT_ERROR_SHAPE,
         std::string(op) + ": the input tensor A must have at least 2 dimensions: got " + format_sizes(t.sizes()));
  if (dims.size() != 2) fail(VT_ERROR_RUNTIME, std::string(op) + ": dim must be a 2-tuple: got " + format_sizes(dims));
  const Plane plane{wrap_dim(op, dims[0], t.ndim()), wrap_dim(op, dims[1], t.ndim())};
  if (plane.rows == plane.columns)
    fail(VT_ERROR_RUNTIME, std::string(op) + ": dims must be different: got " + format_sizes(dims));
  return plane;
}

// Of complex numbers the norm of the magnitudes.
Tensor vector_norm(const Tensor& t, const VtValue& ord, const VtValue& dims, bool keepdim, const VtValue& dtype) {
  static const Op op("linalg_vector_norm");
  static const Op abs("abs");
  if (!calls::is_complex(t)) return op(t, ord, dims, keepdim, dtype);
  return op(abs(t), ord, dims, keepdim, is_none(dtype) ? dtype : value_of(real_of(dtype.as.dtype)));
}
Tensor extreme(const Tensor& t, int64_t dim, bool keepdim, bool largest) {
  static const Op amax("amax");
  static const Op amin("amin");
  const int64_t dims[] = {dim};
  return (largest ? amax : amin)(t, std::span<const int64_t>(dims), keepdim);
}

// The singular values of the matrices, last; with dimensions of size one where the matrices had theirs if `keepdim`.
Tensor of_singular_values(const Tensor& t, const Plane& plane, bool keepdim, Tensor (*reduce)(const Tensor& values)) {
  static const Op movedim("movedim");
  static const Op svdvals("linalg_svdvals");
  const int64_t from[] = {plane.rows, plane.columns};
  const int64_t to[] = {-2, -1};
  // A view might have a gradient, for which the vectors are made too.
  const bool are_last = plane.rows == t.ndim() - 2 && plane.columns == t.ndim() - 1;
  Tensor out =
      reduce(svdvals(are_last ? Tensor(t) : movedim(t, std::span<const int64_t>(from), std::span<const int64_t>(to))));
  if (keepdim) {
    out = calls::unsqueeze(out, std::min(plane.rows, plane.columns));
    out = calls::unsqueeze(out, std::max(plane.rows, plane.columns));
  }
  return out;
}
Tensor sum_of(const Tensor& values) { return calls::sum(values, {-1}); }
Tensor largest_of(const Tensor& values) { return extreme(values, -1, false, true); }
Tensor least_of(const Tensor& values) { return extreme(values, -1, false, false); }

Tensor in_dtype(const Tensor& t, const VtValue& dtype) {
  static const Op to("to.dtype");
  return is_none(dtype) ? t : to(t, dtype);
}

[[noreturn]] void fail_order(const char* op, const std::string& order) {
  fail(VT_ERROR_RUNTIME,
       std::string(op) + ": Order " + order + " not supported: expected 'fro', 'nuc', inf, -inf, 1, -1, 2 or -2");
}

Tensor matrix_norm(const char* op, const Tensor& self, const VtValue& ord, std::span<const int64_t> dims, bool keepdim,
                   const VtValue& dtype) {
  const Plane plane = plane_of(op, self, dims);
  if (calls::is_integral(self))
    fail(VT_ERROR_NOT_IMPLEMENTED, std::string(op) + ": not implemented for " + std::string(dtype_name(self.dtype())) +
                                       ", expected a floating point or complex dtype");
  if (ord.tag == VT_STRING) {
    const std::string_view name = ord.as.string;
    if (name == "fro") return vector_norm(self, value_of(2.0), value_of(dims), keepdim, dtype);
    if (name == "nuc") return of_singular_values(in_dtype(self, dtype), plane, keepdim, sum_of);
    fail_order(op, std::string(name));
  }
  const Number number = number_of(ord);
  const double order = number.real;
  const double size = std::fabs(order);
  if (number.category == Category::kComplex || (size != 1 && size != 2 && !std::isinf(order)))
    fail_order(op, std::to_string(order));
  if (size == 2) return of_singular_values(in_dtype(self, dtype), plane, keepdim, order > 0 ? largest_of : least_of);
  const int64_t summed = size == 1 ? plane.rows : plane.columns;
  int64_t other = size == 1 ? plane.columns : plane.rows;
  if (!keepdim && other > summed) --other;
  static const Op abs("abs");
  const Tensor sums = calls::sum(abs(in_dtype(self, dtype)), {summed}, keepdim);
  return extreme(sums, other, keepdim, order > 0);
}

// linalg_matrix_norm(self, ord, dim, keepdim, *, dtype)
void linalg_matrix_norm(const VtValue* args, VtValue* result) {
  constexpr char kOp[] = "linalg_matrix_norm";
  calls::give(kOp, matrix_norm(kOp, calls::shared(args[0]), args[1], ints_of(args[2]), args[3].as.i != 0, args[4]),
              result[0]);
}

// linalg_norm(self, ord, dim, keepdim, *, dtype)
void linalg_norm(const VtValue* args, VtValue* result) {
  constexpr char kOp[] = "linalg_norm";
  const Tensor self = calls::shared(args[0]);
  const VtValue& ord = args[1];
  const bool has_dims = !is_none(args[2]);
  const bool keepdim = args[3].as.i != 0;
  if (has_dims && args[2].count != 1 && args[2].count != 2)
    fail(VT_ERROR_RUNTIME, std::string(kOp) + ": If dim is specified, it must be of length 1 or 2: got " +
                               format_sizes(ints_of(args[2])));
  if (!has_dims && !is_none(ord) && self.ndim() != 1 && self.ndim() != 2)
    fail(VT_ERROR_RUNTIME, std::string(kOp) + ": If dim is not specified but ord is, the input must be 1D or 2D: got " +
                               std::to_string(self.ndim()) + "D");
  const bool of_matrix = has_dims ? args[2].count == 2 : self.ndim() == 2;
  Tensor norm;
  if (!is_none(ord) && (of_matrix || ord.tag == VT_STRING)) {
    constexpr int64_t kLast[] = {-2, -1};
    norm = matrix_norm("linalg_matrix_norm", self, ord, has_dims ? ints_of(args[2]) : std::span<const int64_t>(kLast),
                       keepdim, args[4]);
  } else {
    norm = vector_norm(self, is_none(ord) ? value_of(2.0) : ord, args[2], keepdim, args[4]);
  }
  calls::give(kOp, std::move(norm), result[0]);
}

// nuclear_norm(self, keepdim) and nuclear_norm.dim(self, dim, keepdim)
void nuclear_norm(const VtValue* args, VtValue* result) {
  constexpr int64_t kBoth[] = {-2, -1};
  const Tensor self = calls::shared(args[0]);
  calls::give("nuclear_norm", matrix_norm("nuclear_norm", self, value_of("nuc"), kBoth, args[1].as.i != 0, none()),
              result[0]);
}
void nuclear_norm_dim(const VtValue* args, VtValue* result) {
  calls::give(
      "nuclear_norm",
      matrix_norm("nuclear_norm", calls::shared(args[0]), value_of("nuc"), ints_of(args[1]), args[2].as.i != 0, none()),
      result[0]);
}

// The ratio of the largest and the least singular value, or the other way round.
Tensor ratio_of_values(const Tensor& self, bool inverse) {
  static const Op svdvals("linalg_svdvals");
  static const Op select("select");
  static const Op div("div");
  const Tensor values = svdvals(self);
  const Tensor largest = select(values, int64_t{-1}, int64_t{0});
  const Tensor least = select(values, int64_t{-1}, int64_t{-1});
  return inverse ? div(least, largest) : div(largest, least);
}

// linalg_cond(self, p)
void linalg_cond(const VtValue* args, VtValue* result) {
  constexpr char kOp[] = "linalg_cond";
  static const Op zeros("zeros");
  const Tensor self = calls::shared(args[0]);
  const VtValue& p = args[1];
  check_matrices(kOp, "A", self.get());
  check_dtype(kOp, self.get());
  const bool by_values = is_none(p) || (p.tag != VT_STRING && std::fabs(number_of(p).real) == 2);
  if (p.tag == VT_STRING && std::string_view(p.as.string) != "fro" && std::string_view(p.as.string) != "nuc")
    fail(VT_ERROR_RUNTIME, std::string(kOp) + ": got an invalid norm type: '" + p.as.string + "'");
  if (p.tag != VT_STRING && !is_none(p)) {
    const double order = std::fabs(number_of(p).real);
    if (order != 1 && order != 2 && !std::isinf(order))
      fail(VT_ERROR_RUNTIME, std::string(kOp) + ": got an invalid norm type: " + std::to_string(number_of(p).real) +
                                 ", expected 'fro', 'nuc', 1, -1, 2, -2, inf or -inf");
  }
  if (!by_values) check_square(kOp, "A", self.get());
  if (self.numel() == 0) {
    calls::give(kOp, zeros(batch_of(self.get()), real_of(self.dtype()), self.device()), result[0]);
    return;
  }
  if (by_values) {
    calls::give(kOp, ratio_of_values(self, !is_none(p) && number_of(p).real < 0), result[0]);
    return;
  }
  static const Op inv("linalg_inv_ex");
  static const Op ne("ne");
  static const Op masked_fill("masked_fill");
  constexpr int64_t kLast[] = {-2, -1};
  const auto norm = [&](const Tensor& t) { return matrix_norm(kOp, t, p, kLast, false, none()); };
  auto [inverse, info] = inv.results<2>(self);
  const Tensor singular = ne(info, int64_t{0});
  // Nothing is taken from the inverse of a singular matrix, whose norms may not exist.
  const Tensor safe = masked_fill(inverse, calls::unsqueeze(calls::unsqueeze(singular, -1), -1), 0.0);
  const Tensor product = calls::mul(norm(self), norm(safe));
  calls::give(kOp, masked_fill(product, singular, std::numeric_limits<double>::infinity()), result[0]);
}

constexpr char kMatrixNormDoc[] = R"(Norms of matrices.

Parameters
----------
self : Tensor
    Of at least two dimensions, floating or complex.
ord : str or float
    'fro': the root of the sum of squares. 'nuc': the sum of the singular values. 2, -2: the largest, least singular value.
    1, -1: the largest, least sum of magnitudes of a column. inf, -inf: of a row.
dim : (int, int)
    The dimensions of rows and columns.
keepdim : bool
    Keep them, with size 1.
dtype : dtype, optional
    Compute in this dtype.

Returns
-------
Tensor
    Real.

Raises
------
RuntimeError
    For another order.
NotImplementedError
    If singular values are needed and no LAPACK library is installed.)";
constexpr char kNormDoc[] = R"(Norms of vectors or matrices.

With `dim` of one dimension, or a tensor of one dimension, it is `linalg_vector_norm`; with two, `linalg_matrix_norm`. Without
`ord` it is the root of the sum of squares over `dim`, by default over all dimensions.)";
constexpr char kNuclearDoc[] = R"(The sum of the singular values of a matrix, or of the matrices of two dimensions.)";
constexpr char kCondDoc[] = R"(The condition numbers of matrices with respect to inversion.

Parameters
----------
self : Tensor
    Of sizes (..., m, n); square unless `p` is None, 2 or -2.
p : None, float or str
    None or 2: the ratio of the largest to the least singular value; -2: its inverse. Otherwise the norm of the matrix times that
    of its inverse, with the orders of `linalg_matrix_norm`; infinite for a singular matrix.

Returns
-------
Tensor
    Real, of sizes (...).)";

}  // namespace

void register_linalg_norm(VtPlugin* plugin) {
  constexpr uint32_t kComposite = VT_OP_COMPOSITE | VT_OP_FUNCTION | VT_OP_OUT;
  const OpRow ops[] = {
      {"linalg_matrix_norm(Tensor self, Scalar|str ord='fro', int[] dim=[-2,-1], bool keepdim=False, *, dtype? "
       "dtype=None) -> Tensor",
       kComposite, kMatrixNormDoc},
      {"linalg_norm(Tensor self, Scalar|str? ord=None, int[]? dim=None, bool keepdim=False, *, dtype? dtype=None) -> "
       "Tensor",
       kComposite, kNormDoc},
      {"nuclear_norm(Tensor self, bool keepdim=False) -> Tensor", kComposite, kNuclearDoc},
      {"nuclear_norm.dim(Tensor self, int[] dim, bool keepdim=False) -> Tensor", kComposite, kNuclearDoc},
      {"linalg_cond(Tensor self, Scalar|str? p=None) -> Tensor", kComposite, kCondDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow everywhere[] = {
      {"linalg_matrix_norm", boxed<linalg_matrix_norm>},
      {"linalg_norm", boxed<linalg_norm>},
      {"nuclear_norm", boxed<nuclear_norm>},
      {"nuclear_norm.dim", boxed<nuclear_norm_dim>},
      {"linalg_cond", boxed<linalg_cond>},
  };
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
