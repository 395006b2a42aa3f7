// SPDX-License-Identifier: Apache-2.0
// Differences and integrals of samples along a dimension, and how observations vary together: diff, trapezoid, cov.
#include <vt/cpp/rows.hpp>

#include <algorithm>

#include "ops/calls.hpp"

namespace vt::core {

namespace {

using calls::Ints;

bool is_bool(const Tensor& t) noexcept { return dtype_info(t.dtype()).category == Category::kBool; }

int64_t size_of(const Tensor& t, int64_t dim) noexcept { return t.sizes()[static_cast<size_t>(dim)]; }

// The samples of a dimension but the first, or but the last; none of none.
Tensor but_first(const Tensor& t, int64_t dim) {
  const int64_t size = size_of(t, dim);
  return calls::slice(t, dim, std::min<int64_t>(1, size), size);
}
Tensor but_last(const Tensor& t, int64_t dim) {
  return calls::slice(t, dim, 0, std::max<int64_t>(size_of(t, dim) - 1, 0));
}

// Neighbours' differences; booleans differ or do not.
Tensor differences(const Tensor& t, int64_t dim) {
  static const Op differ("logical_xor");
  const Tensor after = but_first(t, dim);
  const Tensor before = but_last(t, dim);
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
  if (n == 0)
    t = clone(t);  // of self alone, whatever is joined to it
  else if (parts.size() > 1)
    t = cat(std::span<VtTensor* const>(parts), dim);
  for (int64_t i = 0; i < n; ++i) {
    t = differences(t, dim);
    if (size_of(t, dim) == 0) break;  // what an order above the size leaves
  }
  calls::give("diff", std::move(t), result[0]);
}

// Note [Integrals]
// By PyTorch's formulas, which give other infinities and dtypes than their equals do. With places: the sum of (y[i] + y[i + 1])
// (x[i + 1] - x[i]) / 2; with even distances: (sum y - (y[0] + y[n - 1]) / 2) dx. Places of fewer dimensions than the samples
// stand in the last ones, a vector in `dim`; those of more are stepped through along their own dimension `dim`. Of no samples
// the integral is zero, in the dtype of the samples.
struct Integrand {
  Tensor y;
  Tensor x;  // differences of places, or empty
  VtValue dx = none();
  int64_t dim = 0;
};

// The distances between the samples' places, to be multiplied with what lies between them along `dim`.
Tensor spacing(const char* op, const Tensor& x, const Tensor& y, int64_t dim) {
  Ints sizes;
  if (x.ndim() == 1) {
    if (size_of(x, 0) != size_of(y, dim))
      fail(VT_ERROR_RUNTIME, std::string(op) + ": there must be as many places as samples: got " +
                                 std::to_string(size_of(x, 0)) + " and " + std::to_string(size_of(y, dim)));
    sizes.assign(static_cast<size_t>(y.ndim()), 1);
    sizes[static_cast<size_t>(dim)] = size_of(x, 0);
  } else if (x.ndim() < y.ndim()) {
    sizes.assign(static_cast<size_t>(y.ndim() - x.ndim()), 1);
    sizes.insert(sizes.end(), x.sizes().begin(), x.sizes().end());
  }
  const Tensor seen = sizes.empty() ? x : calls::reshape(x, sizes);
  return calls::sub(but_first(seen, dim), but_last(seen, dim));
}

// trapezoid(y, *, dx, dim) or trapezoid.x(y, x, *, dim); `is_sum`: of no samples there is nothing to check.
Integrand integrand(const char* op, const VtValue* args, bool has_x, bool is_sum) {
  Integrand given;
  given.y = calls::shared(args[0]);
  if (given.y.ndim() == 0)
    fail(VT_ERROR_INDEX, std::string(op) + ": y must have at least one dimension, got a 0-dim tensor");
  given.dim = wrap_dim(op, args[2].as.i, given.y.ndim());
  if (is_sum && size_of(given.y, given.dim) == 0) return given;
  if (is_bool(given.y) || (has_x && is_bool(calls::shared(args[1]))))
    fail(VT_ERROR_NOT_IMPLEMENTED, std::string(op) + ": not implemented for bool; convert x and y first");
  if (!has_x && (args[1].tag == VT_BOOL || args[1].tag == VT_COMPLEX))
    fail(VT_ERROR_RUNTIME, std::string(op) + ": dx must be a real number: got " +
                               (args[1].tag == VT_BOOL ? "a bool" : "a complex number"));
  if (has_x)
    given.x = spacing(op, calls::shared(args[1]), given.y, given.dim);
  else
    given.dx = value_of(number_of(args[1]).real);
  return given;
}

Tensor halved(const Tensor& t) {
  static const Op div("div");
  return div(t, 2.0);
}

template <bool kHasX>
void trapezoid(const VtValue* args, VtValue* result) {
  static const Op zeros("zeros");
  static const Op select("select");
  const Integrand i = integrand("trapezoid", args, kHasX, true);
  const int64_t size = size_of(i.y, i.dim);
  if (size == 0) {
    Ints sizes = calls::ints(i.y.sizes());
    sizes.erase(sizes.begin() + i.dim);
    result[0] = value_of(zeros(calls::span_of(sizes), i.y.dtype(), i.y.device()).release());
    return;
  }
  if (kHasX) {
    const Tensor twice = calls::mul(calls::add(but_last(i.y, i.dim), but_first(i.y, i.dim)), i.x);
    result[0] = value_of(halved(calls::sum(twice, {i.dim})).release());
    return;
  }
  const Tensor ends = calls::add(select(i.y, i.dim, int64_t{0}), select(i.y, i.dim, size - 1));
  const Tensor inner = calls::sub(calls::sum(i.y, {i.dim}), calls::mul(ends, value_of(0.5)));
  result[0] = value_of(calls::mul(inner, i.dx).release());
}

template <bool kHasX>
void cumulative_trapezoid(const VtValue* args, VtValue* result) {
  static const Op cumsum("cumsum");
  const Integrand i = integrand("cumulative_trapezoid", args, kHasX, false);
  const Tensor ends = calls::add(but_first(i.y, i.dim), but_last(i.y, i.dim));
  result[0] = value_of(
      (kHasX ? halved(cumsum(calls::mul(i.x, ends), i.dim)) : cumsum(calls::mul(ends, value_of(i.dx.as.f / 2)), i.dim))
          .release());
}

// The least element as a number; waits for its device.
double least_of(const Tensor& t) {
  static const Op amin("amin");
  static const Op to("to");
  return *to(amin(t), kFloat64, DLDevice{kDLCPU, 0}).data<const double>();
}

// One weight per observation, none below zero; an empty tensor where none are given.
Tensor weights(const VtValue& given, const char* name, int64_t observations, bool integral) {
  const Tensor w = calls::shared(given);
  if (!w) return w;
  if (w.ndim() > 1 || w->numel != observations)
    fail(VT_ERROR_RUNTIME, std::string("cov: ") + name + " must have one weight per observation: got " +
                               format_sizes(w.sizes()) + ", expected (" + std::to_string(observations) + ",)");
  if (integral ? !calls::is_integral(w) || is_bool(w) : dtype_info(w.dtype()).category != Category::kFloating)
    fail(VT_ERROR_RUNTIME, std::string("cov: ") + name + " must be " + (integral ? "integers" : "floating-point") +
                               ": got " + std::string(dtype_name(w.dtype())));
  if (w->numel > 0 && !is_meta(w.device()) && least_of(w) < 0)
    fail(VT_ERROR_RUNTIME, std::string("cov: ") + name + " cannot be negative: got " + std::to_string(least_of(w)));
  return w;
}

// The dtype of covariances: that of `self`, or the common one with weights of a finer dtype; the default for integers alone.
DLDataType covariance_dtype(const Tensor& self, const Tensor& importances) {
  Promotion promotion("cov");
  promotion.add_tensor(self.dtype(), 1);
  if (importances) promotion.add_tensor(importances.dtype(), importances.ndim());
  return floating_dtype(dtype_info(promotion.result()).dtype);
}

// The result for the caller: 0-dim for one variable.
VtValue given_back(const Tensor& self, Tensor c, const Tensor& importances = Tensor()) {
  static const Op to("to.dtype");
  if (c->numel == 1) c = calls::reshape(c, {});
  c = to(c, covariance_dtype(self, importances));
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
  const int64_t observations = x.sizes()[1];
  const double correction = static_cast<double>(args[1].as.i);
  const Tensor frequencies = weights(args[2], "fweights", observations, true);
  const Tensor importances = weights(args[3], "aweights", observations, false);
  const DLDataType dtype = calls::is_integral(x) ? covariance_dtype(x, importances) : x.dtype();
  if (const DLDataType wide = rows::compute_dtype(dtype); !same_dtype(wide, x.dtype())) x = to(x, wide);
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
  if (observations > 0 && !is_meta(w.device()) && least_of(total) == 0)
    fail(VT_ERROR_RUNTIME, "cov: weights sum to zero, can't be normalized");
  const Tensor centred = calls::sub(x, div(calls::sum(calls::mul(x, w), {1}, true), total));
  Tensor taken = importances ? div(calls::sum(calls::mul(w, importances), {0}), total) : Tensor();
  const Tensor freedom = taken ? calls::sub(total, calls::mul(taken, args[1])) : sub(total, args[1]);
  return div(calls::matmul(centred, calls::adjoint(calls::mul(centred, w))), at_least(freedom, int64_t{0}));
}

void cov(const VtValue* args, VtValue* result) {
  result[0] = given_back(calls::shared(args[0]), covariance(args), calls::shared(args[3]));
}

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
    Their places: a vector, or of sizes that broadcast with those of `y`.
dx : number
    The distance between samples when no places are given.
dim : int

Returns
-------
Tensor
    Without `dim`.

Raises
------
IndexError
    If `y` has no dimensions, or `dim` is out of range.
RuntimeError
    If sizes do not fit together, or `dx` is no real number.
NotImplementedError
    For bool.)";
constexpr char kCumulativeDoc[] = R"(The integrals from the first sample to each other one, by the trapezoidal rule.

Parameters
----------
y : Tensor
    Samples; of 1 dimension or more.
x : Tensor, optional
    Their places: a vector, or of sizes that broadcast with those of `y`.
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
