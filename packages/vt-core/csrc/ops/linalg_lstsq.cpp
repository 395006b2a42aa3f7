// SPDX-License-Identifier: Apache-2.0
// Least squares.
#include "ops/linalg.hpp"

namespace vt::core {

namespace {

using namespace linalg;

// One problem; a and b are overwritten, x lies in the first n rows of b.
template <class T>
lapack::Int solve(LeastSquares driver, lapack::Int m, lapack::Int n, lapack::Int k, T* a, T* b, lapack::Int ldb,
                  Real<T> rcond, Real<T>* s, lapack::Int* rank) {
  switch (driver) {
    case LeastSquares::kGels: return lapack::gels(m, n, k, a, leading(m), b, ldb);
    case LeastSquares::kGelsy: return lapack::gelsy(m, n, k, a, leading(m), b, ldb, rcond, rank);
    case LeastSquares::kGelsd: return lapack::gelsd(m, n, k, a, leading(m), b, ldb, s, rcond, rank);
    default: return lapack::gelss(m, n, k, a, leading(m), b, ldb, s, rcond, rank);
  }
}

// linalg_lstsq(self, B, rcond, *, driver) -> (solution, residuals, rank, singular_values)
void linalg_lstsq(const VtValue* args, VtValue* result) {
  constexpr char kOp[] = "linalg_lstsq";
  VtTensor* self = args[0].as.tensor;
  const LeastSquares driver = least_squares_driver(args[3], LeastSquares::kGelsy);
  const RightSides sides(kOp, self, args[1].as.tensor);
  const Tensor& other = sides.columns;
  const Ints& batch = sides.batch;
  const lapack::Int m = size(kOp, rows_of(self));
  const lapack::Int n = size(kOp, columns_of(self));
  const lapack::Int k = size(kOp, columns_of(other.get()));
  const lapack::Int ldb = leading(std::max(m, n));
  const DLDataType dtype = self->dl.dtype;
  const DLDevice device = self->dl.device;
  const double rcond = least_squares_cutoff(args[2], self);

  static const Op zeros("zeros");
  const auto filled = [&](const Ints& sizes, DLDataType of) { return zeros(calls::span_of(sizes), of, device); };
  // The right hand sides, with rows for solutions that are longer; behind them residuals stay.
  Tensor b = empty_columns(with(batch, {ldb, k}), dtype, device);
  Tensor rank = driver == LeastSquares::kGels ? filled({0}, kInt64) : filled(batch, kInt64);
  Tensor values =
      finds_values(driver) ? filled(with(batch, {std::min(m, n)}), real_of(dtype)) : filled({0}, real_of(dtype));
  if (!is_meta(device)) {
    const Tensor no_rows = filled(calls::ints(b.sizes()), dtype);
    copy_tensor(b.get(), no_rows.get(), false);
    if (m > 0) {
      const Tensor top = calls::slice(b, -2, 0, m);
      copy_tensor(top.get(), other.get(), false);
    }
  }
  if (computes(b.get()) && m > 0 && n > 0) {
    lapack::require(kOp);
    const Tensor a = columns_copy(self, batch);
    const Tensor info = filled(batch, kInt32);
    visit_type(dtype, [&]<class T>() {
      for_each_matrix(num_matrices(batch), 4.0 * m * n * std::max(n, k), [&](int64_t i) {
        T* matrix = a.data<T>() + i * m * n;
        T* right = b.data<T>() + i * ldb * k;
        if (!all_finite(matrix, static_cast<int64_t>(m) * n) || !all_finite(right, static_cast<int64_t>(ldb) * k)) {
          info.data<int32_t>()[i] = -1;
          return;
        }
        lapack::Int found = 0;
        Real<T>* own = finds_values(driver) ? values.data<Real<T>>() + i * std::min(m, n) : nullptr;
        info.data<int32_t>()[i] = solve(driver, m, n, k, matrix, right, ldb, static_cast<Real<T>>(rcond), own, &found);
        if (driver != LeastSquares::kGels) rank.data<int64_t>()[i] = found;
      });
    });
    check_info(kOp, info, no_least_squares);
  }
  Tensor solution = calls::slice(b, -2, 0, n);
  if (sides.are_vectors) solution = calls::squeeze(solution, -1);

  // As in PyTorch: where there are more rows than columns and every matrix is known to have full rank.
  bool has_residuals = m > n && driver != LeastSquares::kGelsy && !is_meta(device);
  if (has_residuals && finds_values(driver))
    for (int64_t i = 0; i < rank.numel(); ++i) has_residuals &= rank.data<int64_t>()[i] == n;
  Tensor residuals = filled({0}, real_of(dtype));
  if (has_residuals) {
    static const Op abs("abs");
    static const Op square("square");
    residuals = calls::sum(square(abs(calls::slice(b, -2, n, m))), {-2});
  }
  static const Op clone("clone");
  deliver(kOp, clone(solution), result[0]);
  deliver(kOp, std::move(residuals), result[1]);
  deliver(kOp, std::move(rank), result[2]);
  deliver(kOp, std::move(values), result[3]);
}

constexpr char kDoc[] = R"(The X that make the sums of the squares of ``A @ X - B`` least, and of those the shortest.

Parameters
----------
self : Tensor
    A, of sizes (..., m, n). float32, float64 or complex.
B : Tensor
    Of sizes (..., m, k), or vectors of sizes (m,) or (..., m); of the same dtype. Batches are broadcast.
rcond : float, optional
    Singular values, or pivots, below `rcond` times the largest count as zero; by default max(m, n) times the dtype's epsilon.
driver : str, optional
    "gels", the default on CUDA: QR factors, for matrices of full rank. "gelsy", the default on the CPU: with column pivoting.
    "gelsd", "gelss", and on CUDA "gelsy": singular values.

Returns
-------
solution : Tensor
    Of sizes (..., n, k), or (..., n).
residuals : Tensor
    The sums of squares (..., k) where m > n, the driver is not "gelsy" and all matrices have full rank; else without elements.
rank : Tensor
    int64 of sizes (...); without elements for "gels".
singular_values : Tensor
    Of sizes (..., min(m, n)) for "gelsd" and "gelss"; else without elements.

Raises
------
LinAlgError
    If the driver fails or the input holds numbers that are not finite.
NotImplementedError
    If no LAPACK library is installed.)";

}  // namespace

void register_linalg_lstsq(VtPlugin* plugin) {
  const OpRow ops[] = {
      {"linalg_lstsq(Tensor self, Tensor B, float? rcond=None, *, str? driver=None) -> (Tensor solution, Tensor residuals, "
       "Tensor rank, Tensor singular_values)",
       VT_OP_FUNCTION | VT_OP_OUT, kDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {{"linalg_lstsq", boxed<linalg_lstsq>}};
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
}

}  // namespace vt::core
