// SPDX-License-Identifier: Apache-2.0
// Differences and integrals of samples along a dimension, and how observations vary together: diff, trapezoid, cov.
#include <algorithm>

#include "ops/calls.hpp"

namespace vt::core {

namespace {

using calls::Ints;

bool is_bool(const Tensor& t) noexcept { return dtype_info(t.dtype()).category == Category::kBool; }

int64_t size_of(const Tensor& t, int64_t dim) noexcept { return t.sizes()[static_cast<size_t>(dim)]; }

// Neighbours' differences; booleans differ or do not.
Tensor differences(const Tensor& t, int64_t dim) {
  static const Op differ("logical_xor");
  const int64_t size = size_of(t, dim);
  const Tensor after = calls::slice(t, dim, std::min<int64_t>(1, size), size);
  const Tensor before = calls::slice(t, dim, 0, std::max<int64_t>(size - 1, 0));
  return is_bool(t) ? differ(after, before) : calls::sub(after, before);
}

// diff(self, n, dim, prepend, append)
void diff(const VtValue* args, VtValue* result) {
  static const Op cat("cat");
  static const Op clone("clone");
  Tensor t = calls::shared(args[0]);
  const int64_t n = args[1].as.i;
  if (t.ndim() == 0) fail(VT_ERROR_RUNTIME, "diff: expected at least one dimension, got a 0-dim tensor");
  if (n < 0) fail(VT_ERROR_RUNTIME, "diff: the order must not be negative: got " + std::to_string(n));
  const int64_t dim = wrap_dim("diff", args[2].as.i, t.ndim());
  std::vector<VtTensor*> parts;
  if (is_tensor(args[3])) parts.push_back(args[3].as.tensor);
  parts.push_back(t.get());
  if (is_tensor(args[4])) parts.push_back(args[4].as.tensor);
  for (const VtTensor* part : parts)
    if (part->dl.ndim != t.ndim())
      fail(VT_ERROR_RUNTIME, "diff: what is prepended and appended must have as many dimensions as self: got " +
                                 std::to_string(part->dl.ndim) + ", expected " + std::to_string(t.ndim()));
  if (parts.size() > 1) t = cat(std::span<VtTensor* const>(parts), dim);
  if (n == 0) t = clone(t);
  for (int64_t i = 0; i < n; ++i) {
    t = differences(t, dim);
    if (size_of(t, dim) == 0) break;  // what an order above the size leaves
  }
  calls::give("diff", std::move(t), result[0]);
}

// The distances between the samples' places, to be multiplied with what lies between them along `dim`.
Tensor spacing(const char* op, const Tensor& x, const Tensor& y, int64_t dim) {
  if (x.ndim() == 1 && size_of(x, 0) != size_of(y, dim))
    fail(VT_ERROR_RUNTIME, std::string(op) + ": there must be as many places as samples: got " +
                               std::to_string(size_of(x, 0)) + " and " + std::to_string(size_of(y, dim)));
  if (x.ndim() == 0)
    fail(VT_ERROR_RUNTIME, std::string(op) + ": x must have at least one dimension, got a 0-dim tensor");
  Ints sizes;
  if (x.ndim() == 1) {
    sizes.assign(static_cast<size_t>(y.ndim()), 1);
    sizes[static_cast<size_t>(dim)] = size_of(x, 0);
  } else if (x.ndim() < y.ndim()) {
    sizes.assign(static_cast<size_t>(y.ndim() - x.ndim()), 1);
    sizes.insert(sizes.end(), x.sizes().begin(), x.sizes().end());
  }
  const Tensor seen = sizes.empty() ? x : calls::reshape(x, sizes);
  const int64_t along = seen.ndim() - (y.ndim() - dim);
  return differences(seen, along);
}

// The areas between neighbouring samples, twice as large; `dx` is a tensor, a number or None.
Tensor areas(const char* op, const Tensor& y, const VtValue& x, const VtValue& dx, int64_t dim) {
  const int64_t size = size_of(y, dim);
  const Tensor ends = calls::add(calls::slice(y, dim, std::min<int64_t>(1, size), size),
                                 calls::slice(y, dim, 0, std::max<int64_t>(size - 1, 0)));
  if (is_tensor(x)) return calls::mul(ends, spacing(op, calls::shared(x), y, dim));
  return calls::is_one(dx) ? ends : calls::mul(ends, dx);
}

struct Integrand {
  Tensor y;
  VtValue x = none();
  VtValue dx = none();
  int64_t dim = 0;
};

// trapezoid(y, *, dx, dim) or trapezoid.x(y, x, *, dim)
Integrand integrand(const char* op, const VtValue* args, bool has_x) {
  Integrand given;
  given.y = calls::shared(args[0]);
  if (given.y.ndim() == 0) fail(VT_ERROR_RUNTIME, std::string(op) + ": y must have at least one dimension");
  if (is_bool(given.y)) fail(VT_ERROR_NOT_IMPLEMENTED, std::string(op) + ": not implemented for bool");
  (has_x ? given.x : given.dx) = args[1];
  given.dim = wrap_dim(op, args[2].as.i, given.y.ndim());
  return given;
}

Tensor halved(const Tensor& t) {
  static const Op div("div");
  return div(t, 2.0);
}

template <bool kHasX>
void trapezoid(const VtValue* args, VtValue* result) {
  const Integrand i = integrand("trapezoid", args, kHasX);
  const Tensor twice = areas("trapezoid", i.y, i.x, i.dx, i.dim);
  const int64_t along = twice.ndim() - (i.y.ndim() - i.dim);
  result[0] = value_of(halved(calls::sum(twice, {along})).release());
}

template <bool kHasX>
void cumulative_trapezoid(const VtValue* args, VtValue* result) {
  static const Op cumsum("cumsum");
  const Integrand i = integrand("cumulative_trapezoid", args, kHasX);
  const Tensor twice = areas("cumulative_trapezoid", i.y, i.x, i.dx, i.dim);
  result[0] = value_of(halved(cumsum(twice, twice.ndim() - (i.y.ndim() - i.dim))).release());
}

// One weight per observation; an empty tensor where none are given.
Tensor weights(const VtValue& given, const char* name, int64_t observations, bool integral) {
  const Tensor w = calls::shared(given);
  if (!w) return w;
  if (w.ndim() > 1 || w->numel != observations)
    fail(VT_ERROR_RUNTIME, std::string("cov: ") + name + " must have one weight per observation: got " +
                               format_sizes(w.sizes()) + ", expected (" + std::to_string(observations) + ",)");
  if (integral ? !calls::is_integral(w) || is_bool(w) : dtype_info(w.dtype()).category != Category::kFloating)
    fail(VT_ERROR_RUNTIME, std::string("cov: ") + name + " must be " + (integral ? "integers" : "floating-point") +
                               ": got " + std::string(dtype_name(w.dtype())));
  return w;
}

// The result for the caller: in the dtype of `self` where that is floating, 0-dim for one variable.
VtValue given_back(const Tensor& self, Tensor c) {
  static const Op to("to.dtype");
  if (c->numel == 1) c = calls::reshape(c, {});
  if (!calls::is_integral(self)) c = to(c, self.dtype());
  return value_of(c.release());
}

// cov(self, *, correction, fweights, aweights): rows are variables, columns observations.
Tensor covariance(const VtValue* args) {
  static const Op div("div");
  static const Op at_least("clamp_min");
  static const Op sub("sub");
  static const Op to("to.dtype");
  const Tensor self = calls::shared(args[0]);
  if (self.ndim() > 2) fail(VT_ERROR_RUNTIME, "cov: expected at most 2 dimensions, got " + std::to_string(self.ndim()));
  if (is_bool(self) || is_float8(known_dtype_index(self.dtype())))
    fail(VT_ERROR_NOT_IMPLEMENTED, "cov: not implemented for " + std::string(dtype_name(self.dtype())));
  Tensor x = self.ndim() < 2 ? calls::reshape(self, {1, -1}) : self;
  if (calls::is_integral(x) || is_small_float(x.dtype())) x = to(x, kFloat32);
  const int64_t observations = x.sizes()[1];
  const double correction = static_cast<double>(args[1].as.i);
  const Tensor frequencies = weights(args[2], "fweights", observations, true);
  const Tensor importances = weights(args[3], "aweights", observations, false);
  Tensor w = frequencies ? frequencies : importances;
  if (frequencies && importances) w = calls::mul(frequencies, importances);
  if (!w) {
    static const Op mean("mean.dims");
    const Ints rows{1};
    const Tensor centred = calls::sub(x, mean(x, calls::span_of(rows), true));
    const double freedom = std::max(static_cast<double>(observations) - correction, 0.0);
    return div(calls::matmul(centred, calls::adjoint(centred)), freedom);
  }
  w = calls::reshape(w, {-1});
  const Tensor total = calls::sum(w, {0});
  const Tensor centred = calls::sub(x, div(calls::sum(calls::mul(x, w), {1}, true), total));
  Tensor taken = importances ? div(calls::sum(calls::mul(w, importances), {0}), total) : Tensor();
  const Tensor freedom = taken ? calls::sub(total, calls::mul(taken, args[1])) : sub(total, args[1]);
  return div(calls::matmul(centred, calls::adjoint(calls::mul(centred, w))), at_least(freedom, int64_t{0}));
}

void cov(const VtValue* args, VtValue* result) { result[0] = given_back(calls::shared(args[0]), covariance(args)); }

// corrcoef(self): covariances over both deviations, held within [-1, 1].
void corrcoef(const VtValue* args, VtValue* result) {
  static const Op diagonal("diagonal");
  static const Op div("div");
  static const Op root("sqrt");
  static const Op clamp("clamp");
  static const Op real("real");
  static const Op complex("complex");
  static const Op imag("imag");
  const VtValue plain[] = {args[0], value_of(int64_t{1}), none(), none()};
  Tensor c = covariance(plain);
  const Tensor self = calls::shared(args[0]);
  if (c->numel == 1) {
    result[0] = given_back(self, div(c, c));
    return;
  }
  Tensor variances = diagonal(c);
  if (calls::is_complex(c)) variances = real(variances);
  const Tensor deviations = root(variances);
  c = div(div(c, calls::unsqueeze(deviations, 1)), calls::unsqueeze(deviations, 0));
  const auto held = [&](const Tensor& t) { return clamp(t, int64_t{-1}, int64_t{1}); };
  result[0] = given_back(self, calls::is_complex(c) ? complex(held(real(c)), held(imag(c))) : held(c));
}

constexpr char kDiffDoc[] = R"(The differences of neighbours along a dimension, taken `n` times.

Parameters
----------
self : Tensor
    Of 1 dimension or more; booleans are compared.
n : int
dim : int
prepend, append : Tensor, optional
    Joined to `self` along `dim` before.

Returns
-------
Tensor
    With `n` elements fewer along `dim`.

Raises
------
RuntimeError
    If `self` has no dimensions, `n` is negative or the numbers of dimensions differ.)";
constexpr char kTrapezoidDoc[] = R"(Integrates along a dimension by the trapezoidal rule.

Parameters
----------
y : Tensor
    Samples; of 1 dimension or more.
x : Tensor, optional
    Their places: a vector, or of as many dimensions as `y`.
dx : number
    The distance between samples when no places are given.
dim : int

Returns
-------
Tensor
    Without `dim`.

Raises
------
RuntimeError
    If sizes do not fit together.)";
constexpr char kCumulativeDoc[] = R"(The integrals from the first sample to each other one, by the trapezoidal rule.

Parameters
----------
y : Tensor
    Samples; of 1 dimension or more.
x : Tensor, optional
    Their places: a vector, or of as many dimensions as `y`.
dx : number
    The distance between samples when no places are given.
dim : int

Returns
-------
Tensor
    With one element fewer along `dim`.

Raises
------
RuntimeError
    If sizes do not fit together.)";
constexpr char kCovDoc[] = R"(The covariances of variables, of which every row holds the observations.

Parameters
----------
self : Tensor
    (variables, observations), or a vector for a single variable.
correction : int
    Subtracted from the number of observations, 1 for the unbiased estimate.
fweights : Tensor, optional
    (observations,) integers: how often each was made.
aweights : Tensor, optional
    (observations,) floating-point: how much each counts.

Returns
-------
Tensor
    (variables, variables); 0-dim for one variable.

Raises
------
RuntimeError
    If `self` has more than 2 dimensions or weights do not fit.)";
constexpr char kCorrcoefDoc[] = R"(The correlation coefficients of variables, of which every row holds the observations.

Parameters
----------
self : Tensor
    (variables, observations), or a vector for a single variable.

Returns
-------
Tensor
    (variables, variables), within [-1, 1]; 0-dim for one variable.

Raises
------
RuntimeError
    If `self` has more than 2 dimensions.)";

}  // namespace

void register_differences(VtPlugin* plugin) {
  constexpr uint32_t kFlags = kFunctionAndMethod | VT_OP_COMPOSITE;
  constexpr uint32_t kFunction = VT_OP_FUNCTION | VT_OP_COMPOSITE;
  const OpRow ops[] = {
      {"diff(Tensor self, int n=1, int dim=-1, Tensor? prepend=None, Tensor? append=None) -> Tensor",
       kFlags | VT_OP_OUT, kDiffDoc},
      {"trapezoid(Tensor y, *, Scalar dx=1, int dim=-1) -> Tensor", kFunction, kTrapezoidDoc},
      {"trapezoid.x(Tensor y, Tensor x, *, int dim=-1) -> Tensor", kFunction, kTrapezoidDoc},
      {"cumulative_trapezoid(Tensor y, *, Scalar dx=1, int dim=-1) -> Tensor", kFunction, kCumulativeDoc},
      {"cumulative_trapezoid.x(Tensor y, Tensor x, *, int dim=-1) -> Tensor", kFunction, kCumulativeDoc},
      {"cov(Tensor self, *, int correction=1, Tensor? fweights=None, Tensor? aweights=None) -> Tensor", kFlags,
       kCovDoc},
      {"corrcoef(Tensor self) -> Tensor", kFlags, kCorrcoefDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow composites[] = {{"diff", boxed<diff>},
                                      {"trapezoid", boxed<trapezoid<false>>},
                                      {"trapezoid.x", boxed<trapezoid<true>>},
                                      {"cumulative_trapezoid", boxed<cumulative_trapezoid<false>>},
                                      {"cumulative_trapezoid.x", boxed<cumulative_trapezoid<true>>},
                                      {"cov", boxed<cov>},
                                      {"corrcoef", boxed<corrcoef>}};
  register_kernels(plugin, kEveryDevice, composites);
}

}  // namespace vt::core
