// SPDX-License-Identifier: Apache-2.0
// Eigenvalues and eigenvectors: of symmetric or Hermitian matrices, and of any square ones.
#include <limits>

#include "ops/linalg.hpp"

namespace vt::core {

namespace {

using namespace linalg;

// _linalg_eigh(self, UPLO, compute_v) -> (eigenvalues, eigenvectors)
void eigh(const VtValue* args, VtValue* result) {
  constexpr char kOp[] = "linalg_eigh";
  VtTensor* self = args[0].as.tensor;
  const char triangle = reads_upper(kOp, args[1].as.string) ? 'U' : 'L';
  const bool vectors = args[2].as.i != 0;
  check_square(kOp, "A", self);
  check_dtype(kOp, self);
  const lapack::Int n = size(kOp, rows_of(self));
  Tensor values = empty_plain(with(batch_of(self), {n}), real_of(self->dl.dtype), self->dl.device);
  Tensor a = columns_copy(self);
  if (computes(a.get())) {
    lapack::require(kOp);
    static const Op zeros("zeros");
    const Tensor info = zeros(batch_of(self), kInt32, self->dl.device);
    visit_type(self->dl.dtype, [&]<class T>() {
      for_each_matrix(info.numel(), 9 * cube(n), [&](int64_t i) {
        T* matrix = a.data<T>() + i * n * n;
        Real<T>* own = values.data<Real<T>>() + i * n;
        if (all_finite(matrix, static_cast<int64_t>(n) * n)) {
          info.data<int32_t>()[i] = lapack::syevd(vectors ? 'V' : 'N', triangle, n, matrix, leading(n), own);
        } else {
          std::fill(own, own + n, std::numeric_limits<Real<T>>::quiet_NaN());
          std::fill(matrix, matrix + static_cast<int64_t>(n) * n, T(std::numeric_limits<Real<T>>::quiet_NaN()));
        }
      });
    });
    check_info(kOp, info, no_eigenvalues);
  }
  deliver(kOp, std::move(values), result[0]);
  deliver(kOp, vectors ? std::move(a) : empty_plain({0}, self->dl.dtype, self->dl.device), result[1]);
}

void linalg_eigh(const VtValue* args, VtValue* result) {
  static const Op op("_linalg_eigh");
  auto [values, vectors] = op.results<2>(args[0], args[1], true);
  calls::give("linalg_eigh", std::move(values), result[0]);
  calls::give("linalg_eigh", std::move(vectors), result[1]);
}

// Derivatives need the vectors.
void linalg_eigvalsh(const VtValue* args, VtValue* result) {
  static const Op op("_linalg_eigh");
  const bool vectors = calls::is_recorded(args[0].as.tensor);
  calls::give("linalg_eigvalsh", std::move(op.results<2>(args[0], args[1], vectors)[0]), result[0]);
}

// Of a real matrix: eigenvalues and vectors as complex numbers, from the pairs in which LAPACK returns them.
template <class R>
void unpack_pairs(int64_t n, const R* packed, const R* columns, std::complex<R>* values, std::complex<R>* vectors) {
  for (int64_t j = 0; j < n; ++j) values[j] = {packed[j], packed[n + j]};
  if (!vectors) return;
  for (int64_t j = 0; j < n; ++j) {
    const bool is_pair = packed[n + j] != 0 && j + 1 < n;
    for (int64_t i = 0; i < n; ++i) {
      const R real = columns[j * n + i];
      const R imag = is_pair ? columns[(j + 1) * n + i] : R{0};
      vectors[j * n + i] = {real, imag};
      if (is_pair) vectors[(j + 1) * n + i] = {real, -imag};
    }
    j += is_pair;
  }
}

// Eigenvalues and, unless null, vectors of one matrix, which is overwritten.
template <class T>
lapack::Int eigen(lapack::Int n, T* matrix, std::complex<Real<T>>* values, std::complex<Real<T>>* vectors) {
  const auto size = static_cast<int64_t>(n);
  if (!all_finite(matrix, size * size)) return -1;
  if constexpr (lapack::kIsComplex<T>) {
    return lapack::geev(n, matrix, leading(n), values, vectors, leading(n));
  } else {
    std::vector<T> packed(2 * static_cast<size_t>(n));
    std::vector<T> columns(vectors ? static_cast<size_t>(size * size) : 0);
    const lapack::Int info =
        lapack::geev(n, matrix, leading(n), packed.data(), vectors ? columns.data() : nullptr, leading(n));
    unpack_pairs(size, packed.data(), columns.data(), values, vectors);
    return info;
  }
}

// _linalg_eig(self, compute_v) -> (eigenvalues, eigenvectors)
void eig(const VtValue* args, VtValue* result) {
  constexpr char kOp[] = "linalg_eig";
  VtTensor* self = args[0].as.tensor;
  const bool wants_vectors = args[1].as.i != 0;
  check_square(kOp, "A", self);
  check_dtype(kOp, self);
  const lapack::Int n = size(kOp, rows_of(self));
  const DLDataType dtype = complex_of(self->dl.dtype);
  Tensor values = empty_plain(with(batch_of(self), {n}), dtype, self->dl.device);
  Tensor vectors = wants_vectors ? empty_columns(with(batch_of(self), {n, n}), dtype, self->dl.device)
                                 : empty_plain({0}, dtype, self->dl.device);
  if (computes(self)) {
    lapack::require(kOp);
    static const Op zeros("zeros");
    const Tensor info = zeros(batch_of(self), kInt32, self->dl.device);
    const Tensor a = columns_copy(self);
    visit_type(self->dl.dtype, [&]<class T>() {
      using C = std::complex<Real<T>>;
      for_each_matrix(info.numel(), 25 * cube(n), [&](int64_t i) {
        info.data<int32_t>()[i] = eigen(n, a.data<T>() + i * n * n, values.data<C>() + i * n,
                                        wants_vectors ? vectors.data<C>() + i * n * n : nullptr);
      });
    });
    check_info(kOp, info, no_eigenvalues);
  }
  deliver(kOp, std::move(values), result[0]);
  deliver(kOp, std::move(vectors), result[1]);
}

void linalg_eig(const VtValue* args, VtValue* result) {
  static const Op op("_linalg_eig");
  auto [values, vectors] = op.results<2>(args[0], true);
  calls::give("linalg_eig", std::move(values), result[0]);
  calls::give("linalg_eig", std::move(vectors), result[1]);
}

void linalg_eigvals(const VtValue* args, VtValue* result) {
  static const Op op("_linalg_eig");
  const bool vectors = calls::is_recorded(args[0].as.tensor);
  calls::give("linalg_eigvals", std::move(op.results<2>(args[0], vectors)[0]), result[0]);
}

constexpr char kEighInnerDoc[] =
    R"(What `linalg_eigh` returns; without elements in place of eigenvectors unless `compute_v`.)";
constexpr char kEighDoc[] = R"(The eigenvalues and eigenvectors of symmetric, or Hermitian, matrices.

Parameters
----------
self : Tensor
    Of sizes (..., n, n), of which one triangle is read. float32, float64 or complex.
UPLO : str
    Which triangle: "L" or "U".

Returns
-------
eigenvalues : Tensor
    Real, of sizes (..., n), in ascending order.
eigenvectors : Tensor
    Orthonormal columns, of sizes (..., n, n): ``A @ V = V * eigenvalues``. Each is known up to its sign, or phase.

Raises
------
LinAlgError
    If LAPACK does not converge. From numbers that are not finite come NaN.
NotImplementedError
    If no LAPACK library is installed.)";
constexpr char kEigvalshDoc[] =
    R"(The eigenvalues of symmetric, or Hermitian, matrices in ascending order: see `linalg_eigh`.)";
constexpr char kEigInnerDoc[] =
    R"(What `linalg_eig` returns; without elements in place of eigenvectors unless `compute_v`.)";
constexpr char kEigDoc[] = R"(The eigenvalues and eigenvectors of square matrices, as complex numbers.

Returns
-------
eigenvalues : Tensor
    Of sizes (..., n), in no order.
eigenvectors : Tensor
    Columns of length 1, of sizes (..., n, n): ``A @ V = V * eigenvalues``. Each is known up to its phase.

Raises
------
LinAlgError
    If LAPACK does not converge, or the input holds numbers that are not finite.
NotImplementedError
    If no LAPACK library is installed.)";
constexpr char kEigvalsDoc[] =
    R"(The eigenvalues of square matrices, as complex numbers in no order: see `linalg_eig`.)";

}  // namespace

void register_linalg_eig(VtPlugin* plugin) {
  constexpr uint32_t kComposite = VT_OP_COMPOSITE | VT_OP_FUNCTION | VT_OP_OUT;
  const OpRow ops[] = {
      {"_linalg_eigh(Tensor self, str UPLO='L', bool compute_v=True) -> (Tensor eigenvalues, Tensor eigenvectors)", 0,
       kEighInnerDoc},
      {"linalg_eigh(Tensor self, str UPLO='L') -> (Tensor eigenvalues, Tensor eigenvectors)", kComposite, kEighDoc},
      {"linalg_eigvalsh(Tensor self, str UPLO='L') -> Tensor", kComposite, kEigvalshDoc},
      {"_linalg_eig(Tensor self, bool compute_v=True) -> (Tensor eigenvalues, Tensor eigenvectors)", 0, kEigInnerDoc},
      {"linalg_eig(Tensor self) -> (Tensor eigenvalues, Tensor eigenvectors)", kComposite, kEigDoc},
      {"linalg_eigvals(Tensor self) -> Tensor", kComposite, kEigvalsDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {{"_linalg_eigh", boxed<eigh>}, {"_linalg_eig", boxed<eig>}};
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
  const vt::KernelRow everywhere[] = {
      {"linalg_eigh", boxed<linalg_eigh>},
      {"linalg_eigvalsh", boxed<linalg_eigvalsh>},
      {"linalg_eig", boxed<linalg_eig>},
      {"linalg_eigvals", boxed<linalg_eigvals>},
  };
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
