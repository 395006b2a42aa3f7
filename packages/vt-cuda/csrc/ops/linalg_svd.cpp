// SPDX-License-Identifier: Apache-2.0
// Singular values and vectors on CUDA devices, by cuSOLVER.
#include <algorithm>
#include <string_view>

#include "../solver/solver.hpp"
#include "linalg.hpp"

// Note [Singular values on CUDA]
// By default Jacobi's method is used, which keeps a device busy, and QR iteration for the whole batch where it did not converge for some
// matrix. `driver` names one of them, or a method for many matrices that have far more rows than columns, or the other way round.
namespace vt::cuda::linalg {
namespace {

constexpr char kOp[] = "linalg_svd";

enum class SvdDriver { kDefault, kGesvd, kGesvdj, kGesvda };

SvdDriver svd_driver(const VtValue& value) {
  if (is_none(value)) return SvdDriver::kDefault;
  const std::string_view name = value.as.string;
  if (name == "gesvd") return SvdDriver::kGesvd;
  if (name == "gesvdj") return SvdDriver::kGesvdj;
  if (name == "gesvda") return SvdDriver::kGesvda;
  vt::fail(VT_ERROR_RUNTIME, std::string(kOp) + ": unknown driver: got '" + std::string(name) +
                                 "', expected 'gesvd', 'gesvdj' or 'gesvda'");
}

// The factors of the matrices of a batch, m by n.
struct Factors {
  Factors(VtTensor* self, bool full_matrices, bool wants_vectors)
      : m(rows_of(self)),
        n(columns_of(self)),
        k(std::min(m, n)),
        num(num_matrices(batch_of(self))),
        full(full_matrices),
        vectors(wants_vectors),
        batch(batch_of(self).begin(), batch_of(self).end()),
        dtype(self->dl.dtype),
        device(self->dl.device),
        u(vectors ? columns(m, full ? m : k) : no_elements(self, dtype)),
        s(Tensor::empty(with(batch, {k}), real_of(dtype), device)),
        vh(vectors ? columns(full ? n : k, n) : no_elements(self, dtype)) {}

  Tensor columns(int64_t rows, int64_t num_columns) const {
    return empty_columns(with(batch, {rows, num_columns}), dtype, device);
  }

  int64_t m, n, k, num;
  bool full, vectors;
  Ints batch;
  DLDataType dtype;
  DLDevice device;
  Tensor u, s, vh;
};

void copy_adjoint(const Tensor& to, const Tensor& from) {
  static const Op conj("conj_physical");
  if (is_complex(to.dtype())) {
    const Tensor written = conj.into(to, transposed(from));
  } else {
    copy_within(to.get(), transposed(from).get());
  }
}

// `a` is overwritten, `info` written.
void by_jacobi(const Factors& f, const Tensor& a, const Tensor& info) {
  const bool batched = f.num > 1 && std::max(f.m, f.n) <= Solver::kMostBatchedRows;
  const bool reduced = !f.full && !batched;
  const int64_t columns_of_u = reduced ? f.k : f.m;
  const int64_t columns_of_v = reduced ? f.k : f.n;
  // Memory for vectors is needed even where they are not wanted.
  const bool is_direct = f.vectors && columns_of(f.u.get()) == columns_of_u;
  const Tensor u = is_direct ? f.u : f.columns(f.m, columns_of_u);
  const Tensor v = f.columns(f.n, columns_of_v);
  const Matrices matrices{a->dl.data, f.num, f.m, f.n};
  const SingularVectors vectors{u->dl.data, v->dl.data};
  {
    const Solver solver(kOp, f.device, f.dtype);
    if (batched) {
      solver.gesvdj_batched(f.vectors, matrices, f.s->dl.data, vectors, info.data<int32_t>());
    } else {
      solver.gesvdj(f.vectors, reduced, matrices, f.s->dl.data, vectors, info.data<int32_t>());
    }
  }
  if (!f.vectors) return;
  if (!is_direct) copy_within(f.u.get(), first_of(u, -1, columns_of(f.u.get())).get());
  copy_adjoint(f.vh, first_of(v, -1, rows_of(f.vh.get())));
}

// What is computed of matrices with at least as many rows as columns, of others of their adjoints: A = U S V^H is A^H = V S U^H.
struct Tall {
  Tall(const Factors& f, const Tensor& a) : turned(f.m < f.n), a(turned ? f.columns(f.n, f.m) : a) {
    if (turned) copy_adjoint(this->a, a);
  }
  bool turned;
  Tensor a;
};

// `a` is overwritten, as by all of these.
void by_qr_iteration(const Factors& f, const Tensor& a, const Tensor& info) {
  const Tall tall(f, a);
  SingularVectors vectors{};
  Tensor left = f.u;
  Tensor right = f.vh;
  if (f.vectors && tall.turned) {
    left = f.columns(f.n, f.full ? f.n : f.k);
    right = f.columns(f.m, f.m);
  }
  if (f.vectors) vectors = {left->dl.data, right->dl.data};
  Solver(kOp, f.device, f.dtype)
      .gesvd(!f.full, {tall.a->dl.data, f.num, std::max(f.m, f.n), f.k}, f.s->dl.data, vectors, info.data<int32_t>());
  if (!f.vectors || !tall.turned) return;
  copy_adjoint(f.u, right);
  copy_adjoint(f.vh, left);
}

void by_squares(const Factors& f, const Tensor& a, const Tensor& info) {
  if (f.full && f.m != f.n)
    vt::fail(VT_ERROR_RUNTIME, std::string(kOp) +
                                   ": driver 'gesvda' has reduced factors alone: got full_matrices=True for " +
                                   std::to_string(f.m) + " by " + std::to_string(f.n) + " matrices; use 'gesvdj'");
  const Tall tall(f, a);
  const int64_t rows = std::max(f.m, f.n);
  const Tensor left = f.vectors && !tall.turned ? f.u : f.columns(rows, f.k);
  const Tensor right = f.vectors && tall.turned ? f.u : f.columns(f.k, f.k);
  Solver(kOp, f.device, f.dtype)
      .gesvda(f.vectors, {tall.a->dl.data, f.num, rows, f.k}, f.s->dl.data, {left->dl.data, right->dl.data},
              info.data<int32_t>());
  if (f.vectors) copy_adjoint(f.vh, tall.turned ? left : right);
}

Tensor on_host(const Tensor& t) {
  static const Op to_device("to.device");
  return to_device(t, DLDevice{kDLCPU, 0});
}

bool has_failed(const Tensor& info) {
  const auto* numbers = info.data<int32_t>();
  return std::any_of(numbers, numbers + info.numel(), [](int32_t number) { return number > 0; });
}

void decompose(const Factors& f, VtTensor* self, SvdDriver driver) {
  const Screened screened{zeros(f.batch, kInt32, f.device)};
  const Tensor info = zeros(f.batch, kInt32, f.device);
  const Tensor a = columns_copy(self);
  screened.note(kOp, a);
  screened.refill(kOp, a, 0);
  switch (driver) {
    case SvdDriver::kGesvd: by_qr_iteration(f, a, info); break;
    case SvdDriver::kGesvda: by_squares(f, a, info); break;
    default: by_jacobi(f, a, info);
  }
  Tensor numbers = on_host(add(info, screened.notes));
  if (driver == SvdDriver::kDefault && has_failed(numbers)) {
    const Tensor again = columns_copy(self);
    screened.refill(kOp, again, 0);
    by_qr_iteration(f, again, info);
    numbers = on_host(add(info, screened.notes));
  }
  check_info(kOp, numbers, no_singular_values);
}

// _linalg_svd(self, full_matrices, compute_uv, driver) -> (U, S, Vh)
void svd(const VtValue* args, VtValue* result) {
  VtTensor* self = args[0].as.tensor;
  check_matrices(kOp, "A", self);
  check_dtype(kOp, self);
  const SvdDriver driver = svd_driver(args[3]);
  Factors factors(self, args[1].as.i != 0, args[2].as.i != 0);
  if (self->numel > 0) {
    decompose(factors, self, driver);
  } else if (factors.vectors) {
    // Without singular values the vectors are those of the identity.
    fill_identity(factors.u);
    fill_identity(factors.vh);
  }
  deliver(kOp, std::move(factors.u), result[0]);
  deliver(kOp, std::move(factors.s), result[1]);
  deliver(kOp, std::move(factors.vh), result[2]);
}

}  // namespace

void register_svd(VtPlugin* plugin) {
  const KernelRow rows[] = {{"_linalg_svd", kernel<svd>}};
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda::linalg
