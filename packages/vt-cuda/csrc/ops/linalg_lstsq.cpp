// SPDX-License-Identifier: Apache-2.0
// Least squares on CUDA devices, of QR factors or of singular values.
#include "linalg.hpp"

// Note [Least squares on CUDA]
// "gels", the default as in PyTorch, takes matrices of full rank: by the QR factors of A, or where it has fewer rows than columns of
// its adjoint. The other drivers take any rank, all by singular values: pivots of columns are not searched for.
namespace vt::cuda::linalg {
namespace {

constexpr char kOp[] = "linalg_lstsq";

Tensor matmul(const Tensor& a, const Tensor& b) {
  static const Op op("matmul");
  return op(a, b);
}
Tensor triangular(const Tensor& a, const Tensor& b, bool upper) {
  static const Op op("linalg_solve_triangular");
  return op(a, b, upper);
}
Tensor any_of(const Tensor& t) {
  static const Op op("any.dims");
  const int64_t dims[] = {-1};
  return op(t, std::span<const int64_t>(dims));
}

struct Problem {
  Tensor a;  // of the whole batch, as `b`
  Tensor b;
  Tensor notes;  // of matrices and right hand sides that hold numbers which are not finite
};

struct Solution {
  Tensor x;
  Tensor rank;    // none for "gels"
  Tensor values;  // none unless they are found
};

// Raises where R has a zero on its diagonal: the matrix has not full rank.
void check_rank(const Problem& problem, const Tensor& r) {
  static const Op diagonal("diagonal");
  static const Op eq("eq");
  static const Op where("where");
  static const Op lt("lt");
  static const Op to("to.dtype");
  const Tensor is_short = any_of(eq(diagonal(r, int64_t{0}, int64_t{-2}, int64_t{-1}), 0.0));
  check_info(kOp, where(lt(problem.notes, int64_t{0}), problem.notes, to(is_short, kInt32)), no_least_squares);
}

Solution by_qr(const Problem& problem) {
  static const Op qr("linalg_qr");
  const bool is_wide = rows_of(problem.a.get()) < columns_of(problem.a.get());
  auto [q, r] = qr.results<2>(is_wide ? adjoint(problem.a) : problem.a, "reduced");
  check_rank(problem, r);
  // A = Q R, or A = R^H Q^H, whose shortest solution lies in the columns of Q.
  return {is_wide ? matmul(q, triangular(adjoint(r), problem.b, false))
                  : triangular(r, matmul(adjoint(q), problem.b), true),
          {},
          {}};
}

Solution by_values(const Problem& problem, double cutoff) {
  static const Op svd("_linalg_svd");
  static const Op amax("amax");
  static const Op mul("mul");
  static const Op gt("gt");
  static const Op where("where");
  static const Op reciprocal("reciprocal");
  static const Op sum("sum.dims");
  static const Op unsqueeze("unsqueeze");
  const int64_t last[] = {-1};
  check_info(kOp, problem.notes, no_least_squares);
  auto [u, s, vh] = svd.results<3>(problem.a, false, true);
  const Tensor counts = gt(s, mul(amax(s, std::span<const int64_t>(last), true), cutoff));
  const Tensor inverse = where(counts, reciprocal(s), 0.0);
  const Tensor x = matmul(adjoint(vh), mul(unsqueeze(inverse, int64_t{-1}), matmul(adjoint(u), problem.b)));
  return {x, sum(counts, std::span<const int64_t>(last)), s};
}

// The sums of squares of A X - B, one for each column.
Tensor residuals_of(const Problem& problem, const Tensor& x) {
  static const Op sub("sub");
  static const Op abs("abs");
  static const Op square("square");
  static const Op sum("sum.dims");
  const int64_t rows[] = {-2};
  return sum(square(abs(sub(matmul(problem.a, x), problem.b))), std::span<const int64_t>(rows));
}

bool all_equal(const Tensor& t, int64_t value) {
  static const Op eq("eq");
  static const Op all("all");
  static const Op to_device("to.device");
  const Tensor host = to_device(all(eq(t, value)), DLDevice{kDLCPU, 0});
  return *host.data<const uint8_t>() != 0;
}

// linalg_lstsq(self, B, rcond, *, driver) -> (solution, residuals, rank, singular_values)
void linalg_lstsq(const VtValue* args, VtValue* result) {
  static const Op squeeze("squeeze.dim");
  VtTensor* self = args[0].as.tensor;
  const LeastSquares driver = least_squares_driver(args[3], LeastSquares::kGels);
  const RightSides sides(kOp, self, args[1].as.tensor);
  const int64_t m = rows_of(self);
  const int64_t n = columns_of(self);
  const int64_t k = columns_of(sides.columns.get());
  const DLDataType dtype = self->dl.dtype;
  const DLDevice device = self->dl.device;
  const DLDataType real = real_of(dtype);
  const bool is_gels = driver == LeastSquares::kGels;

  Tensor x = empty_columns(with(sides.batch, {n, k}), dtype, device);
  Tensor residuals = no_elements(self, real);
  Tensor rank = is_gels ? no_elements(self, kInt64) : zeros(sides.batch, kInt64, device);
  Tensor values =
      finds_values(driver) ? zeros(with(sides.batch, {std::min(m, n)}), real, device) : no_elements(self, real);
  bool has_full_rank = is_gels;
  Problem problem{columns_copy(self, sides.batch), columns_copy(sides.columns.get(), sides.batch),
                  zeros(sides.batch, kInt32, device)};
  if (m > 0 && x.numel() > 0) {
    const Screened screened{problem.notes};
    screened.note(kOp, problem.a);
    screened.note(kOp, problem.b);
    const double cutoff = least_squares_cutoff(args[2], self);
    Solution solution = is_gels ? by_qr(problem) : by_values(problem, cutoff < 0 ? rows::epsilon(real) : cutoff);
    copy_within(x.get(), solution.x.get());
    if (!is_gels) rank = std::move(solution.rank);
    if (finds_values(driver)) values = std::move(solution.values);
  } else if (x.numel() > 0) {
    x = zeros(x.sizes(), dtype, device);
  }
  // As in PyTorch: where there are more rows than columns and every matrix is known to have full rank.
  if (m > n && finds_values(driver)) has_full_rank = all_equal(rank, n);
  if (m > n && has_full_rank) residuals = residuals_of(problem, x);
  if (sides.are_vectors) {
    const int64_t last[] = {-1};
    x = squeeze(x, std::span<const int64_t>(last));
  }
  deliver(kOp, std::move(x), result[0]);
  deliver(kOp, std::move(residuals), result[1]);
  deliver(kOp, std::move(rank), result[2]);
  deliver(kOp, std::move(values), result[3]);
}

}  // namespace

void register_lstsq(VtPlugin* plugin) {
  const KernelRow rows[] = {{"linalg_lstsq", kernel<linalg_lstsq>}};
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda::linalg
