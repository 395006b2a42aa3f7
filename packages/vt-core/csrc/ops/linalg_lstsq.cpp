// SPDX-License-Identifier: Apache-2.0
// Least squares.
#include <limits>
#include <string_view>

#include "ops/linalg.hpp"

namespace vt::core {

namespace {

using namespace linalg;

enum class Driver { kGels, kGelsy, kGelsd, kGelss };

Driver driver_of(const VtValue& value) {
  if (is_none(value)) return Driver::kGelsy;
  const std::string_view name = value.as.string;
  if (name == "gels") return Driver::kGels;
  if (name == "gelsy") return Driver::kGelsy;
  if (name == "gelsd") return Driver::kGelsd;
  if (name == "gelss") return Driver::kGelss;
  fail(VT_ERROR_RUNTIME, "linalg_lstsq: parameter `driver` should be one of (gels, gelsy, gelsd, gelss): got '" +
                             std::string(name) + "'");
}

bool finds_values(Driver driver) noexcept { return driver == Driver::kGelsd || driver == Driver::kGelss; }

// One problem; a and b are overwritten, x lies in the first n rows of b.
template <class T>
lapack::Int solve(Driver driver, lapack::Int m, lapack::Int n, lapack::Int k, T* a, T* b, lapack::Int ldb,
                  Real<T> rcond, Real<T>* s, lapack::Int* rank) {
  switch (driver) {
    case Driver::kGels: return lapack::gels(m, n, k, a, leading(m), b, ldb);
    case Driver::kGelsy: return lapack::gelsy(m, n, k, a, leading(m), b, ldb, rcond, rank);
    case Driver::kGelsd: return lapack::gelsd(m, n, k, a, leading(m), b, ldb, s, rcond, rank);
    default: return lapack::gelss(m, n, k, a, leading(m), b, ldb, s, rcond, rank);
  }
}

std::string failed(int32_t) {
  return "The least squares solution could not be computed because the input matrix does not have full rank or the "
         "algorithm did not converge.";
}

double default_rcond(DLDataType dtype, int64_t m, int64_t n) {
  const double epsilon = same_dtype(real_of(dtype), kFloat32)
                             ? static_cast<double>(std::numeric_limits<float>::epsilon())
                             : std::numeric_limits<double>::epsilon();
  return epsilon * static_cast<double>(std::max(m, n));
}

// linalg_lstsq(self, B, rcond, *, driver) -> (solution, residuals, rank, singular_values)
void linalg_lstsq(const VtValue* args, VtValue* result) {
  constexpr char kOp[] = "linalg_lstsq";
  VtTensor* self = args[0].as.tensor;
  Tensor other = calls::shared(args[1]);
  const Driver driver = driver_of(args[3]);
  check_matrices(kOp, "input", self);
  check_dtype(kOp, self);
  check_same_dtype(kOp, self, other.get());
  if (other.ndim() == 0) fail(VT_ERROR_SHAPE, std::string(kOp) + ": other must have at least 1 dimension: got ()");
  const bool vectors =
      other.ndim() == 1 || (other.ndim() == self->dl.ndim - 1 && same_sizes(other.sizes(), batch_of(self, 1)));
  if (vectors) other = calls::unsqueeze(other, -1);
  if (rows_of(self) != rows_of(other.get()))
    fail(VT_ERROR_SHAPE, std::string(kOp) + ": input.size(-2) should match other.size(-2): got " +
                             format_sizes(sizes_of(self)) + " and " + format_sizes(sizes_of(args[1].as.tensor)));
  const Ints batch = broadcast_batch(kOp, self, batch_of(self), other.get(), batch_of(other.get()));
  const lapack::Int m = size(kOp, rows_of(self));
  const lapack::Int n = size(kOp, columns_of(self));
  const lapack::Int k = size(kOp, columns_of(other.get()));
  const lapack::Int ldb = leading(std::max(m, n));
  const DLDataType dtype = self->dl.dtype;
  const DLDevice device = self->dl.device;
  const double rcond = is_none(args[2]) ? default_rcond(dtype, m, n) : args[2].as.f;

  static const Op zeros("zeros");
  const auto filled = [&](const Ints& sizes, DLDataType of) { return zeros(calls::span_of(sizes), of, device); };
  // The right hand sides, with rows for solutions that are longer; behind them residuals stay.
  Tensor b = empty_columns(with(batch, {ldb, k}), dtype, device);
  Tensor rank = driver == Driver::kGels ? filled({0}, kInt64) : filled(batch, kInt64);
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
        if (driver != Driver::kGels) rank.data<int64_t>()[i] = found;
      });
    });
    check_info(kOp, info, failed);
  }
  Tensor solution = calls::slice(b, -2, 0, n);
  if (vectors) solution = calls::squeeze(solution, -1);

  // As in PyTorch: where there are more rows than columns and every matrix is known to have full rank.
  bool has_residuals = m > n && driver != Driver::kGelsy && !is_meta(device);
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
    "gels": QR factors, for matrices of full rank. "gelsy", the default: with column pivoting. "gelsd", "gelss": singular values.

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
