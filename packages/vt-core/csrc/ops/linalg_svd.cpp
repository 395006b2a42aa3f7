// SPDX-License-Identifier: Apache-2.0
// Singular values and vectors, and what follows from them: ranks, condition numbers, pseudo-inverses.
#include <array>
#include <cmath>
#include <limits>

#include "ops/linalg.hpp"

namespace vt::core {

namespace {

using namespace linalg;

void check_driver(const char* op, const VtValue& driver, const VtTensor* self) {
  if (!is_none(driver) && !is_meta(self->dl.device))
    fail(VT_ERROR_RUNTIME, std::string(op) + ": keyword argument `driver=` is only supported on CUDA inputs: got '" +
                               driver.as.string + "'");
}

// _linalg_svd(self, full_matrices, compute_uv, driver) -> (U, S, Vh)
void svd_factors(const VtValue* args, VtValue* result) {
  constexpr char kOp[] = "linalg_svd";
  VtTensor* self = args[0].as.tensor;
  const bool full = args[1].as.i != 0;
  const bool vectors = args[2].as.i != 0;
  check_matrices(kOp, "A", self);
  check_dtype(kOp, self);
  check_driver(kOp, args[3], self);
  const lapack::Int m = size(kOp, rows_of(self));
  const lapack::Int n = size(kOp, columns_of(self));
  const lapack::Int k = std::min(m, n);
  const DLDataType dtype = self->dl.dtype;
  const DLDevice device = self->dl.device;
  const lapack::Int columns = full ? m : k;  // of U
  const lapack::Int rows = full ? n : k;     // of Vh
  Tensor u =
      vectors ? empty_columns(with(batch_of(self), {m, columns}), dtype, device) : empty_plain({0}, dtype, device);
  Tensor s = empty_plain(with(batch_of(self), {k}), real_of(dtype), device);
  Tensor vh = vectors ? empty_columns(with(batch_of(self), {rows, n}), dtype, device) : empty_plain({0}, dtype, device);
  if (computes(self)) {
    lapack::require(kOp);
    static const Op zeros("zeros");
    const Tensor info = zeros(batch_of(self), kInt32, device);
    const Tensor a = columns_copy(self);
    visit_type(dtype, [&]<class T>() {
      for_each_matrix(info.numel(), 10.0 * m * n * k, [&](int64_t i) {
        T unused{};
        if (!all_finite(a.data<T>() + i * m * n, static_cast<int64_t>(m) * n)) {
          info.data<int32_t>()[i] = -1;
          return;
        }
        info.data<int32_t>()[i] =
            lapack::gesdd(!vectors ? 'N'
                          : full   ? 'A'
                                   : 'S',
                          m, n, a.data<T>() + i * m * n, leading(m), s.data<Real<T>>() + i * k,
                          vectors ? u.data<T>() + i * m * columns : &unused, leading(m),
                          vectors ? vh.data<T>() + i * rows * n : &unused, leading(vectors ? rows : 1));
      });
    });
    check_info(kOp, info, no_singular_values);
  } else if (!is_meta(device) && vectors) {
    // Without singular values the vectors are those of the identity.
    for (const Tensor& factor : {u, vh})
      if (factor.numel() > 0) {
        const Tensor identity = eye_like(factor, rows_of(factor.get()), columns_of(factor.get()));
        copy_tensor(factor.get(), identity.get(), false);
      }
  }
  deliver(kOp, std::move(u), result[0]);
  deliver(kOp, std::move(s), result[1]);
  deliver(kOp, std::move(vh), result[2]);
}

std::array<Tensor, 3> decompose(const VtValue& self, bool full_matrices, bool vectors, const VtValue& driver = none()) {
  static const Op op("_linalg_svd");
  return op.results<3>(self, full_matrices, vectors, driver);
}

// linalg_svd(self, full_matrices, *, driver) -> (U, S, Vh)
void linalg_svd(const VtValue* args, VtValue* result) {
  auto parts = decompose(args[0], args[1].as.i != 0, true, args[2]);
  for (size_t i = 0; i < 3; ++i) calls::give("linalg_svd", std::move(parts[i]), result[i]);
}

// linalg_svdvals(self, *, driver): derivatives need the vectors.
void linalg_svdvals(const VtValue* args, VtValue* result) {
  auto parts = decompose(args[0], false, calls::is_recorded(args[0].as.tensor), args[1]);
  calls::give("linalg_svdvals", std::move(parts[1]), result[0]);
}

// svd(self, some, compute_uv) -> (U, S, V)
void svd(const VtValue* args, VtValue* result) {
  static const Op zeros("zeros");
  const Tensor self = calls::shared(args[0]);
  check_matrices("svd", "input", self.get());
  const bool vectors = args[2].as.i != 0;
  auto [u, s, vh] = decompose(args[0], args[1].as.i == 0, vectors || calls::is_recorded(self.get()));
  Tensor v;
  if (vectors) {
    v = calls::adjoint(vh);
  } else {
    const int64_t m = rows_of(self.get());
    const int64_t n = columns_of(self.get());
    u = zeros(calls::span_of(with(batch_of(self.get()), {m, m})), self.dtype(), self.device());
    v = zeros(calls::span_of(with(batch_of(self.get()), {n, n})), self.dtype(), self.device());
  }
  calls::give("svd", std::move(u), result[0]);
  calls::give("svd", std::move(s), result[1]);
  calls::give("svd", std::move(v), result[2]);
}

double epsilon_of(DLDataType dtype) noexcept {
  return same_dtype(real_of(dtype), kFloat32) ? static_cast<double>(std::numeric_limits<float>::epsilon())
                                              : std::numeric_limits<double>::epsilon();
}

// The singular values below which the rank of (..., m, n) does not count: the larger of atol and rtol times the largest. As in
// PyTorch rtol is max(m, n) epsilon by default, and 0 where only a positive atol is given.
class Cutoff {
 public:
  Cutoff(const char* op, const Tensor& a, const VtValue& atol, const VtValue& rtol) : atol_(atol), rtol_(rtol) {
    for (const VtValue* tolerance : {&atol, &rtol})
      if (is_tensor(*tolerance) && calls::is_complex(calls::shared(*tolerance)))
        fail(VT_ERROR_RUNTIME, std::string(op) + ": tolerances must not be complex");
    default_rtol_ = static_cast<double>(std::max(rows_of(a.get()), columns_of(a.get()))) * epsilon_of(a.dtype());
  }

  // For values (..., k) whose largest is `largest`, (..., 1).
  Tensor of(const Tensor& largest) const {
    static const Op maximum("maximum");
    static const Op full_like("full_like");
    const auto tensor_of = [&](const VtValue& tolerance) {
      static const Op to("to.dtype");
      if (is_tensor(tolerance)) return calls::unsqueeze(to(calls::shared(tolerance), largest.dtype()), -1);
      return full_like(largest, is_none(tolerance) ? value_of(0.0) : tolerance);
    };
    Tensor relative;
    if (!is_none(rtol_)) {
      relative = tensor_of(rtol_);
    } else if (is_tensor(atol_)) {
      static const Op where("where");
      static const Op gt("gt");
      const Tensor absolute = tensor_of(atol_);
      relative = where(gt(absolute, 0.0), value_of(0.0), value_of(default_rtol_));
      static const Op to("to.dtype");
      relative = to(relative, largest.dtype());
    } else {
      const bool only_absolute = !is_none(atol_) && number_of(atol_).real > 0;
      relative = full_like(largest, only_absolute ? 0.0 : default_rtol_);
    }
    return maximum(tensor_of(atol_), calls::mul(relative, largest));
  }

 private:
  VtValue atol_;
  VtValue rtol_;
  double default_rtol_;
};

Tensor magnitude(const Tensor& t) {
  static const Op op("abs");
  return op(t);
}
Tensor largest(const Tensor& values) {
  static const Op amax("amax");
  const int64_t dims[] = {-1};
  return amax(values, std::span<const int64_t>(dims), true);
}

// linalg_matrix_rank(self, *, atol, rtol, hermitian)
void linalg_matrix_rank(const VtValue* args, VtValue* result) {
  constexpr char kOp[] = "linalg_matrix_rank";
  static const Op detach("detach");
  static const Op gt("gt");
  static const Op zeros("zeros");
  const Tensor self = detach(args[0]);
  check_matrices(kOp, "A", self.get());
  check_dtype(kOp, self.get());
  const bool hermitian = args[3].as.i != 0;
  if (hermitian) check_square(kOp, "A", self.get());
  if (rows_of(self.get()) == 0 || columns_of(self.get()) == 0) {
    calls::give(kOp, zeros(batch_of(self.get()), kInt64, self.device()), result[0]);
    return;
  }
  static const Op eigvalsh("linalg_eigvalsh");
  static const Op svdvals("linalg_svdvals");
  const Tensor values = hermitian ? magnitude(eigvalsh(self)) : svdvals(self);
  const Cutoff cutoff(kOp, self, args[1], args[2]);
  calls::give(kOp, calls::sum(gt(values, cutoff.of(largest(values))), {-1}), result[0]);
}

// linalg_pinv(self, *, atol, rtol, hermitian)
void linalg_pinv(const VtValue* args, VtValue* result) {
  constexpr char kOp[] = "linalg_pinv";
  static const Op where("where");
  static const Op gt("gt");
  static const Op reciprocal("reciprocal");
  static const Op zeros("zeros");
  const Tensor self = calls::shared(args[0]);
  check_matrices(kOp, "A", self.get());
  check_dtype(kOp, self.get());
  const bool hermitian = args[3].as.i != 0;
  if (hermitian) check_square(kOp, "A", self.get());
  if (self.numel() == 0) {
    const Ints sizes = with(batch_of(self.get()), {columns_of(self.get()), rows_of(self.get())});
    deliver(kOp, zeros(calls::span_of(sizes), self.dtype(), self.device()), result[0]);
    return;
  }
  const Cutoff cutoff(kOp, self, args[1], args[2]);
  const auto inverted = [&](const Tensor& values, const Tensor& sizes) {
    return calls::unsqueeze(where(gt(sizes, cutoff.of(largest(sizes))), reciprocal(values), value_of(0.0)), -2);
  };
  Tensor inverse;
  if (hermitian) {
    static const Op eigh("linalg_eigh");
    auto [values, vectors] = eigh.results<2>(args[0]);
    inverse = calls::matmul(calls::mul(vectors, inverted(values, magnitude(values))), calls::adjoint(vectors));
  } else {
    auto [u, s, vh] = decompose(args[0], false, true);
    inverse = calls::matmul(calls::mul(calls::adjoint(vh), inverted(s, s)), calls::adjoint(u));
  }
  deliver(kOp, std::move(inverse), result[0]);
}

// linalg_matrix_rank.tol(self, tol, hermitian): nothing is relative to the largest.
void linalg_matrix_rank_tol(const VtValue* args, VtValue* result) {
  static const Op op("linalg_matrix_rank");
  result[0] = value_of(op.into(result[0], args[0], args[1], 0.0, args[2]).release());
}

// linalg_pinv.rcond(self, rcond, hermitian)
void linalg_pinv_rcond(const VtValue* args, VtValue* result) {
  static const Op op("linalg_pinv");
  result[0] = value_of(op.into(result[0], args[0], 0.0, args[1], args[2]).release());
}

// pinverse(self, rcond)
void pinverse(const VtValue* args, VtValue* result) {
  static const Op op("linalg_pinv");
  result[0] = value_of(op(args[0], 0.0, args[1], false).release());
}

constexpr char kInnerDoc[] =
    R"(What `linalg_svd` returns, `full_matrices` or reduced; without elements in place of vectors unless `compute_uv`.)";
constexpr char kSvdDoc[] = R"(The singular values and vectors of matrices: ``A = U @ diag(S) @ Vh``.

Parameters
----------
self : Tensor
    Of sizes (..., m, n). float32, float64 or complex.
full_matrices : bool
    Return U of (m, m) and Vh of (n, n); otherwise (m, k) and (k, n) with k = min(m, n).
driver : str, optional
    Only for CUDA: "gesvdj", Jacobi's method, or "gesvd", QR iteration. By default the first, and the second where that
    does not converge. "gesvda" takes many matrices at once that are far from square, and is exact where their singular
    values are not far apart.

Returns
-------
U : Tensor
    Orthonormal columns. With Vh it is known up to the signs, or phases, of pairs of vectors.
S : Tensor
    Real, of sizes (..., k), in descending order.
Vh : Tensor
    Orthonormal rows.

Raises
------
LinAlgError
    If the method does not converge, or the input holds numbers that are not finite.
NotImplementedError
    If no LAPACK library is installed, or on CUDA no cuSOLVER.)";
constexpr char kSvdvalsDoc[] = R"(The singular values of matrices, in descending order: see `linalg_svd`.)";
constexpr char kOldSvdDoc[] =
    R"(The singular values and vectors of matrices: ``A = U @ diag(S) @ V.mH``, reduced where `some`.

Without `compute_uv` U and V are zeros of (m, m) and (n, n).)";
constexpr char kRankDoc[] = R"(The numbers of singular values of matrices that are larger than a tolerance.

Parameters
----------
self : Tensor
    Of sizes (..., m, n).
atol, rtol : Tensor or float, optional
    The tolerance is the larger of `atol`, by default 0, and `rtol` times the largest singular value. By default `rtol` is
    max(m, n) times the dtype's epsilon, or 0 where a positive `atol` is given. Tensors are broadcast to (...).
hermitian : bool
    Take the magnitudes of the eigenvalues of Hermitian matrices.

Returns
-------
Tensor
    int64, of sizes (...).)";
constexpr char kPinvDoc[] =
    R"(The pseudo-inverses of Moore and Penrose: from singular values that are larger than a tolerance.

Parameters and tolerance are those of `linalg_matrix_rank`. Of sizes (..., n, m). Differentiable where the rank does not change
(Golub and Pereyra, "The Differentiation of Pseudo-Inverses", 1973).)";
constexpr char kRankTolDoc[] =
    R"(The numbers of singular values of matrices that are larger than `tol`: see `linalg_matrix_rank`.)";
constexpr char kPinvRcondDoc[] =
    R"(The pseudo-inverses of matrices, with singular values larger than `rcond` times the largest: see `linalg_pinv`.)";
constexpr char kPinverseDoc[] =
    R"(The pseudo-inverses of matrices, with singular values larger than `rcond` times the largest.)";

}  // namespace

void register_linalg_svd(VtPlugin* plugin) {
  constexpr uint32_t kFunction = VT_OP_FUNCTION | VT_OP_OUT;
  constexpr uint32_t kComposite = VT_OP_COMPOSITE | kFunction;
  const OpRow ops[] = {
      {"_linalg_svd(Tensor self, bool full_matrices=False, bool compute_uv=True, *, str? driver=None) -> (Tensor U, "
       "Tensor S, Tensor Vh)",
       0, kInnerDoc},
      {"linalg_svd(Tensor self, bool full_matrices=True, *, str? driver=None) -> (Tensor U, Tensor S, Tensor Vh)",
       kComposite, kSvdDoc},
      {"linalg_svdvals(Tensor self, *, str? driver=None) -> Tensor", kComposite, kSvdvalsDoc},
      {"svd(Tensor self, bool some=True, bool compute_uv=True) -> (Tensor U, Tensor S, Tensor V)",
       kComposite | VT_OP_METHOD, kOldSvdDoc},
      {"linalg_matrix_rank(Tensor self, *, Tensor|Scalar? atol=None, Tensor|Scalar? rtol=None, bool hermitian=False) -> "
       "Tensor",
       kComposite | VT_OP_NOT_DIFFERENTIABLE, kRankDoc},
      {"linalg_matrix_rank.tol(Tensor self, Tensor|Scalar tol, bool hermitian=False) -> Tensor",
       kComposite | VT_OP_NOT_DIFFERENTIABLE, kRankTolDoc},
      {"linalg_pinv(Tensor self, *, Tensor|Scalar? atol=None, Tensor|Scalar? rtol=None, bool hermitian=False) -> Tensor",
       kFunction, kPinvDoc},
      {"linalg_pinv.rcond(Tensor self, Tensor|Scalar rcond, bool hermitian=False) -> Tensor", kComposite,
       kPinvRcondDoc},
      {"pinverse(Tensor self, float rcond=1e-15) -> Tensor", VT_OP_COMPOSITE | kFunctionAndMethod, kPinverseDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {{"_linalg_svd", boxed<svd_factors>}};
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
  const vt::KernelRow everywhere[] = {
      {"linalg_svd", boxed<linalg_svd>},
      {"linalg_svdvals", boxed<linalg_svdvals>},
      {"svd", boxed<svd>},
      {"linalg_matrix_rank", boxed<linalg_matrix_rank>},
      {"linalg_matrix_rank.tol", boxed<linalg_matrix_rank_tol>},
      {"linalg_pinv", boxed<linalg_pinv>},
      {"linalg_pinv.rcond", boxed<linalg_pinv_rcond>},
      {"pinverse", boxed<pinverse>},
  };
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
