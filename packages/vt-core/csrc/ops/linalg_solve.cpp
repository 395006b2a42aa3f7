// SPDX-License-Identifier: Apache-2.0
// Systems of linear equations, inverses and determinants, by LU factors.
#include "ops/linalg.hpp"

namespace vt::core {

namespace {

using namespace linalg;

struct LuFactors {
  explicit LuFactors(const VtValue& a) {
    static const Op factor("linalg_lu_factor_ex");
    auto parts = factor.results<3>(a, true, false);
    lu = std::move(parts[0]);
    pivots = std::move(parts[1]);
    info = std::move(parts[2]);
  }
  Tensor lu, pivots, info;
};

// As in PyTorch, B is a batch of vectors if it has one dimension, or the sizes of A without the last.
bool is_vectors(const VtTensor* a, const VtTensor* b) noexcept {
  return b->dl.ndim == 1 || (b->dl.ndim == a->dl.ndim - 1 && same_sizes(sizes_of(b), batch_of(a, 1)));
}

std::string singular_system(int32_t) { return "The solver failed because the input matrix is singular."; }
std::string singular_inverse(int32_t i) {
  return "The diagonal element " + std::to_string(i) +
         " is zero, the inversion could not be completed because the input matrix is singular.";
}

// _linalg_solve_ex(self, B, *, left, check_errors) -> (result, LU, pivots, info)
void solve_with_factors(const VtValue* args, VtValue* result) {
  constexpr char kOp[] = "linalg_solve_ex";
  static const Op solve("linalg_lu_solve");
  const Tensor a = calls::shared(args[0]);
  const Tensor b = calls::shared(args[1]);
  const bool left = args[2].as.i != 0;
  check_same_dtype(kOp, a.get(), b.get());
  check_square(kOp, "A", a.get());
  check_dtype(kOp, a.get());
  if (b.ndim() == 0) fail(VT_ERROR_SHAPE, std::string(kOp) + ": B must have at least one dimension: got ()");
  const bool vectors = is_vectors(a.get(), b.get());
  if (vectors && !left)
    fail(VT_ERROR_RUNTIME, std::string(kOp) + ": vector broadcasting of B is not supported for left=False: got " +
                               format_sizes(a.sizes()) + " and " + format_sizes(b.sizes()));
  const Tensor matrices = vectors ? calls::unsqueeze(b, -1) : b;
  const int64_t n = rows_of(a.get());
  if ((left ? rows_of(matrices.get()) : columns_of(matrices.get())) != n)
    fail(VT_ERROR_SHAPE, std::string(kOp) + ": Incompatible shapes of A and B for the equation " +
                             (left ? "AX = B" : "XA = B") + ": got " + format_sizes(a.sizes()) + " and " +
                             format_sizes(b.sizes()));
  broadcast_batch(kOp, a.get(), batch_of(a.get()), matrices.get(), batch_of(matrices.get()));
  LuFactors f(args[0]);
  if (args[3].as.i != 0) check_info(kOp, f.info, singular_system);
  Tensor x = solve(f.lu, f.pivots, matrices, left);
  deliver(kOp, vectors ? calls::squeeze(x, -1) : x, result[0]);
  deliver(kOp, std::move(f.lu), result[1]);
  deliver(kOp, std::move(f.pivots), result[2]);
  deliver(kOp, std::move(f.info), result[3]);
}

// linalg_solve_ex(self, B, *, left, check_errors) -> (result, info)
void linalg_solve_ex(const VtValue* args, VtValue* result) {
  static const Op solve("_linalg_solve_ex");
  auto parts = solve.results<4>(args[0], args[1], args[2], args[3]);
  calls::give("linalg_solve_ex", std::move(parts[0]), result[0]);
  calls::give("linalg_solve_ex", std::move(parts[3]), result[1]);
}

// linalg_solve(self, B, *, left)
void linalg_solve(const VtValue* args, VtValue* result) {
  static const Op solve("_linalg_solve_ex");
  auto parts = solve.results<4>(args[0], args[1], args[2], false);
  check_info("linalg_solve", parts[3], singular_system);
  calls::give("linalg_solve", std::move(parts[0]), result[0]);
}

// The inverses and LAPACK's numbers.
std::array<Tensor, 2> inverse(const char* op, const VtValue& self) {
  static const Op solve("_linalg_solve_ex");
  const Tensor a = calls::shared(self);
  check_square(op, "A", a.get());
  check_dtype(op, a.get());
  // In all dimensions of A: otherwise the identity could be taken for vectors.
  const Tensor identity = calls::expand(eye_like(a, rows_of(a.get()), rows_of(a.get())), calls::ints(a.sizes()));
  auto parts = solve.results<4>(self, identity, true, false);
  return {std::move(parts[0]), std::move(parts[3])};
}

// linalg_inv_ex(self, *, check_errors) -> (inverse, info)
void linalg_inv_ex(const VtValue* args, VtValue* result) {
  auto [inverted, info] = inverse("linalg_inv_ex", args[0]);
  if (args[1].as.i != 0) check_info("linalg_inv_ex", info, singular_inverse);
  calls::give("linalg_inv_ex", std::move(inverted), result[0]);
  calls::give("linalg_inv_ex", std::move(info), result[1]);
}

void linalg_inv(const VtValue* args, VtValue* result) {
  auto [inverted, info] = inverse("linalg_inv", args[0]);
  check_info("linalg_inv", info, singular_inverse);
  calls::give("linalg_inv", std::move(inverted), result[0]);
}

// 1 or -1 by the number of rows that were exchanged, in the dtype of the matrices.
Tensor sign_of(const LuFactors& f) {
  static const Op arange("arange.start");
  static const Op ne("ne");
  static const Op remainder("remainder");
  static const Op to("to.dtype");
  const int64_t k = f.pivots.sizes().back();
  const Tensor exchanged = ne(f.pivots, arange(int64_t{1}, k + 1, int64_t{1}, kInt32, f.pivots.device()));
  const Tensor odd = remainder(calls::sum(exchanged, {-1}), int64_t{2});
  static const Op rsub("rsub");
  return to(rsub(calls::mul(odd, value_of(int64_t{2})), int64_t{1}), f.lu.dtype());
}

Tensor product(const Tensor& t, int64_t dim) {
  static const Op op("prod.dim");
  return op(t, dim);
}

// _linalg_det(self) -> (result, LU, pivots)
void det_with_factors(const VtValue* args, VtValue* result) {
  check_square("linalg_det", "A", args[0].as.tensor);
  check_dtype("linalg_det", args[0].as.tensor);
  LuFactors f(args[0]);
  deliver("linalg_det", calls::mul(product(diagonal(f.lu), -1), sign_of(f)), result[0]);
  deliver("linalg_det", std::move(f.lu), result[1]);
  deliver("linalg_det", std::move(f.pivots), result[2]);
}

void linalg_det(const VtValue* args, VtValue* result) {
  static const Op det("_linalg_det");
  calls::give("linalg_det", std::move(det.results<3>(args[0])[0]), result[0]);
}

// _linalg_slogdet(self) -> (sign, logabsdet, LU, pivots)
void slogdet_with_factors(const VtValue* args, VtValue* result) {
  static const Op sign("sign");
  static const Op abs("abs");
  static const Op div("div");
  static const Op log("log");
  check_square("linalg_slogdet", "A", args[0].as.tensor);
  check_dtype("linalg_slogdet", args[0].as.tensor);
  LuFactors f(args[0]);
  const Tensor entries = diagonal(f.lu);
  const Tensor signs = calls::is_complex(entries) ? div(entries, abs(entries)) : sign(entries);
  deliver("linalg_slogdet", calls::mul(product(signs, -1), sign_of(f)), result[0]);
  deliver("linalg_slogdet", calls::sum(log(abs(entries)), {-1}), result[1]);
  deliver("linalg_slogdet", std::move(f.lu), result[2]);
  deliver("linalg_slogdet", std::move(f.pivots), result[3]);
}

std::array<Tensor, 2> sign_and_log(const VtValue& self) {
  static const Op op("_linalg_slogdet");
  auto parts = op.results<4>(self);
  return {std::move(parts[0]), std::move(parts[1])};
}

void linalg_slogdet(const VtValue* args, VtValue* result) {
  auto [sign, log] = sign_and_log(args[0]);
  calls::give("linalg_slogdet", std::move(sign), result[0]);
  calls::give("linalg_slogdet", std::move(log), result[1]);
}

// The logarithm of the determinant: NaN where that is negative.
void logdet(const VtValue* args, VtValue* result) {
  static const Op log_of("log");
  static const Op eq("eq");
  static const Op masked_fill("masked_fill");
  auto [sign, log] = sign_and_log(args[0]);
  if (calls::is_complex(sign)) {
    calls::give("logdet", calls::add(log_of(sign), log), result[0]);
  } else {
    calls::give("logdet", masked_fill(log, eq(sign, int64_t{-1}), std::numeric_limits<double>::quiet_NaN()), result[0]);
  }
}

// linalg_tensorinv(self, ind): the inverse of the matrix that the first `ind` dimensions and the others make.
void linalg_tensorinv(const VtValue* args, VtValue* result) {
  const Tensor self = calls::shared(args[0]);
  const int64_t ind = args[1].as.i;
  if (ind <= 0)
    fail(VT_ERROR_RUNTIME,
         "linalg_tensorinv: expected a strictly positive integer for 'ind': got " + std::to_string(ind));
  const auto split = static_cast<size_t>(std::min<int64_t>(ind, self.ndim()));
  const auto first = self.sizes().first(split);
  const auto last = self.sizes().subspan(split);
  const int64_t rows = num_matrices(first);
  if (rows != num_matrices(last))
    fail(VT_ERROR_RUNTIME,
         "linalg_tensorinv: expected self to satisfy prod(self.shape[ind:]) == prod(self.shape[:ind]): got " +
             std::to_string(num_matrices(last)) + " != " + std::to_string(rows));
  static const Op inv("linalg_inv");
  Ints sizes = calls::ints(last);
  sizes.insert(sizes.end(), first.begin(), first.end());
  calls::give("linalg_tensorinv", calls::reshape(inv(calls::reshape(self, {rows, rows})), sizes), result[0]);
}

// linalg_tensorsolve(self, other, dims): x with tensordot(self, x, x.ndim) == other.
void linalg_tensorsolve(const VtValue* args, VtValue* result) {
  static const Op solve("linalg_solve");
  Tensor self = calls::shared(args[0]);
  const Tensor other = calls::shared(args[1]);
  if (!is_none(args[2])) {  // to the end, in order
    static const Op movedim("movedim");
    const auto dims = ints_of(args[2]);
    Ints places;
    for (size_t i = 0; i < dims.size(); ++i)
      places.push_back(static_cast<int64_t>(i) - static_cast<int64_t>(dims.size()));
    self = movedim(self, dims, calls::span_of(places));
  }
  const auto lead = static_cast<size_t>(std::min(other.ndim(), self.ndim()));
  const Ints sizes = calls::ints(self.sizes().subspan(lead));
  const int64_t columns = num_matrices(sizes);
  if (columns != other.numel() || columns * columns != self.numel())
    fail(VT_ERROR_RUNTIME,
         "linalg_tensorsolve: expected self to satisfy prod(self.shape[other.ndim:]) == "
         "prod(self.shape[:other.ndim]): got " +
             format_sizes(self.sizes()) + " and " + format_sizes(other.sizes()));
  const Tensor x = solve(calls::reshape(self, {columns, columns}), calls::reshape(other, {columns}));
  calls::give("linalg_tensorsolve", calls::reshape(x, sizes), result[0]);
}

constexpr char kSolveExInnerDoc[] =
    R"(Solves A X = B as `linalg_solve_ex` does, and returns the LU factors and pivots of A as well.)";
constexpr char kSolveExDoc[] = R"(Solves A X = B, or X A = B, and tells which A are singular.

Parameters
----------
self : Tensor
    A, of sizes (..., n, n). float32, float64 or complex.
B : Tensor
    Of the same dtype and of sizes (..., n, k), or (..., k, n) where A stands at the right; or vectors, of sizes (n,) or those of
    A without the last. Batches are broadcast.
left : bool
    Whether A stands at the left of X.
check_errors : bool
    Raise LinAlgError instead of returning numbers other than zero.

Returns
-------
result : Tensor
    X, of the sizes of B with its batch broadcast.
info : Tensor
    int32 of sizes (...), of A: 0, or the number of the first zero on the diagonal of U.

Raises
------
NotImplementedError
    If no LAPACK library is installed.)";
constexpr char kSolveDoc[] = R"(Solves A X = B, or X A = B: see `linalg_solve_ex`.

Raises
------
LinAlgError
    If a matrix is singular.)";
constexpr char kInvExDoc[] = R"(The inverses of matrices (..., n, n), and which are singular.

Returns
-------
inverse : Tensor
info : Tensor
    int32 of sizes (...): 0, or the number of the first zero on the diagonal of U of the LU factors.)";
constexpr char kInvDoc[] = R"(The inverses of matrices (..., n, n).

Raises
------
LinAlgError
    If a matrix is singular.)";
constexpr char kDetInnerDoc[] = R"(The determinants of matrices (..., n, n), with their LU factors and pivots.)";
constexpr char kDetDoc[] = R"(The determinants of matrices (..., n, n): of sizes (...).)";
constexpr char kSlogdetInnerDoc[] =
    R"(What `linalg_slogdet` returns for matrices (..., n, n), with their LU factors and pivots.)";
constexpr char kSlogdetDoc[] = R"(The determinants of matrices (..., n, n) as ``sign * exp(logabsdet)``.

Returns
-------
sign : Tensor
    -1, 0 or 1, or of magnitude 1 where complex.
logabsdet : Tensor
    Real: the logarithm of the magnitude, -inf for a singular matrix.)";
constexpr char kLogdetDoc[] = R"(The logarithms of determinants: NaN where one is negative, -inf where it is zero.)";
constexpr char kTensorinvDoc[] =
    R"(The inverse of the map that `tensordot` applies with a tensor: of the matrix whose rows are its first `ind` dimensions.

The result has the other dimensions first.

Raises
------
RuntimeError
    If the products of the first sizes and of the others differ.
LinAlgError
    If the matrix is singular.)";
constexpr char kTensorsolveDoc[] =
    R"(The tensor x with ``tensordot(self, x, x.ndim) == other``; `dims` of `self` are moved to its end before.)";

}  // namespace

void register_linalg_solve(VtPlugin* plugin) {
  constexpr uint32_t kComposite = VT_OP_COMPOSITE | VT_OP_FUNCTION | VT_OP_OUT;
  const OpRow ops[] = {
      {"_linalg_solve_ex(Tensor self, Tensor B, *, bool left=True, bool check_errors=False) -> (Tensor result, Tensor LU, "
       "Tensor pivots, Tensor info)",
       0, kSolveExInnerDoc},
      {"linalg_solve_ex(Tensor self, Tensor B, *, bool left=True, bool check_errors=False) -> (Tensor result, Tensor info)",
       kComposite, kSolveExDoc},
      {"linalg_solve(Tensor self, Tensor B, *, bool left=True) -> Tensor", kComposite, kSolveDoc},
      {"linalg_inv_ex(Tensor self, *, bool check_errors=False) -> (Tensor inverse, Tensor info)", kComposite,
       kInvExDoc},
      {"linalg_inv(Tensor self) -> Tensor", kComposite, kInvDoc},
      {"inverse(Tensor self) -> Tensor", kComposite | VT_OP_METHOD, kInvDoc},
      {"_linalg_det(Tensor self) -> (Tensor result, Tensor LU, Tensor pivots)", 0, kDetInnerDoc},
      {"linalg_det(Tensor self) -> Tensor", kComposite, kDetDoc},
      {"det(Tensor self) -> Tensor", VT_OP_COMPOSITE | kFunctionAndMethod, kDetDoc},
      {"_linalg_slogdet(Tensor self) -> (Tensor sign, Tensor logabsdet, Tensor LU, Tensor pivots)", 0,
       kSlogdetInnerDoc},
      {"linalg_slogdet(Tensor self) -> (Tensor sign, Tensor logabsdet)", kComposite, kSlogdetDoc},
      {"slogdet(Tensor self) -> (Tensor sign, Tensor logabsdet)", kComposite | VT_OP_METHOD, kSlogdetDoc},
      {"logdet(Tensor self) -> Tensor", VT_OP_COMPOSITE | kFunctionAndMethod, kLogdetDoc},
      {"linalg_tensorinv(Tensor self, int ind=2) -> Tensor", kComposite, kTensorinvDoc},
      {"linalg_tensorsolve(Tensor self, Tensor other, int[]? dims=None) -> Tensor", kComposite, kTensorsolveDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow everywhere[] = {
      {"_linalg_solve_ex", boxed<solve_with_factors>},
      {"linalg_solve_ex", boxed<linalg_solve_ex>},
      {"linalg_solve", boxed<linalg_solve>},
      {"linalg_inv_ex", boxed<linalg_inv_ex>},
      {"linalg_inv", boxed<linalg_inv>},
      {"inverse", boxed<linalg_inv>},
      {"_linalg_det", boxed<det_with_factors>},
      {"linalg_det", boxed<linalg_det>},
      {"det", boxed<linalg_det>},
      {"_linalg_slogdet", boxed<slogdet_with_factors>},
      {"linalg_slogdet", boxed<linalg_slogdet>},
      {"slogdet", boxed<linalg_slogdet>},
      {"logdet", boxed<logdet>},
      {"linalg_tensorinv", boxed<linalg_tensorinv>},
      {"linalg_tensorsolve", boxed<linalg_tensorsolve>},
  };
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
