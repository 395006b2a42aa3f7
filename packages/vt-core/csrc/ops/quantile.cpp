// SPDX-License-Identifier: Apache-2.0
// quantile and nanquantile, and the sort along the first dimension: composed of sort and gather.
#include <vt/cpp/iter/reduce_requests.hpp>

#include <string_view>

#include "ops/calls.hpp"

namespace vt::core {

namespace {

using calls::give;
using calls::Ints;
using calls::shared;
using calls::span_of;

enum class Between : uint8_t { kLinear, kLower, kHigher, kMidpoint, kNearest };

Between between_of(const char* op, const VtValue& name) {
  const std::string_view text = name.as.string;
  if (text == "linear") return Between::kLinear;
  if (text == "lower") return Between::kLower;
  if (text == "higher") return Between::kHigher;
  if (text == "midpoint") return Between::kMidpoint;
  if (text == "nearest") return Between::kNearest;
  fail(VT_ERROR_RUNTIME, std::string(op) +
                             ": interpolation must be one of linear, lower, higher, midpoint or nearest: got " +
                             std::string(text));
}

bool is_wide_float(DLDataType dtype) { return same_dtype(dtype, kFloat32) || same_dtype(dtype, kFloat64); }

void check_quantile(const char* op, const VtTensor* self, const VtTensor* q) {
  if (!is_wide_float(self->dl.dtype))
    fail(VT_ERROR_NOT_IMPLEMENTED, vt::detail::unsupported(op, "the input must be float32 or float64", self->dl.dtype));
  if (self->numel == 0)
    fail(VT_ERROR_RUNTIME,
         std::string(op) + ": the input must not be empty: got sizes " + format_sizes(sizes_of(self)));
  if (!q) return;
  if (q->dl.ndim > 1)
    fail(VT_ERROR_RUNTIME,
         std::string(op) + ": q must be a scalar or have one dimension: got sizes " + format_sizes(sizes_of(q)));
  if (!same_dtype(q->dl.dtype, self->dl.dtype))
    fail(VT_ERROR_RUNTIME, std::string(op) + ": q must have the dtype of the input: got " +
                               std::string(dtype_name(q->dl.dtype)) + ", expected " +
                               std::string(dtype_name(self->dl.dtype)));
}

// Every q lies in [0, 1]; known without a look on the host alone.
void check_range(const char* op, const VtValue& q) {
  static const Op all("all");
  static const Op logical_and("logical_and");
  static const Op ge("ge");
  static const Op le("le");
  if (!is_tensor(q)) {
    if (!(q.as.f >= 0 && q.as.f <= 1))
      fail(VT_ERROR_RUNTIME, std::string(op) + ": q must be in the range [0, 1]: got " + std::to_string(q.as.f));
    return;
  }
  if (!is_cpu(q.as.tensor)) return;
  const Tensor inside = all(logical_and(ge(q, int64_t{0}), le(q, int64_t{1})));
  if (*inside.data<const uint8_t>() == 0)
    fail(VT_ERROR_RUNTIME, std::string(op) + ": q values must be in the range [0, 1]");
}

// The ranks of `q` in lines of sorted elements, along the last dimension. Where a line has NaN at its end they count as
// elements, of which every rank finds one, or are left out.
Tensor ranks_of(const Tensor& sorted, const Tensor& q, bool ignores_nan) {
  static const Op isnan("isnan");
  static const Op logical_not("logical_not");
  static const Op sum("sum.dims");
  static const Op any("any.dim");
  static const Op to("to.dtype");
  static const Op masked_fill("masked_fill");
  static const Op clamp("clamp");
  static const Op sub("sub");
  const int64_t size = sorted.sizes().back();
  const Tensor nans = isnan(sorted);
  if (ignores_nan) {
    const int64_t last[] = {-1};
    const Tensor count = to(sum(logical_not(nans), std::span<const int64_t>(last), true), sorted.dtype());
    return clamp(calls::mul(q, sub(count, int64_t{1})), int64_t{0}, none());
  }
  Ints sizes = calls::ints(sorted.sizes());
  sizes.back() = q.numel();
  const Tensor ranks = calls::expand(calls::mul(q, value_of(static_cast<double>(size - 1))), sizes);
  return masked_fill(ranks, any(nans, int64_t{-1}, true), static_cast<double>(size - 1));
}

// Values at ranks, between elements as asked.
Tensor at_ranks(const Tensor& sorted, const Tensor& ranks, Between between) {
  static const Op gather("gather");
  static const Op floor("floor");
  static const Op ceil("ceil");
  static const Op round("round");
  static const Op to("to.dtype");
  static const Op lerp("lerp");
  static const Op sub("sub");
  const auto at = [&](const Tensor& places) { return gather(sorted, int64_t{-1}, to(places, kInt64)); };
  switch (between) {
    case Between::kLower: return at(floor(ranks));
    case Between::kHigher: return at(ceil(ranks));
    case Between::kNearest: return at(round(ranks));
    case Between::kMidpoint: return lerp(at(floor(ranks)), at(ceil(ranks)), 0.5);
    case Between::kLinear: break;
  }
  const Tensor below = floor(ranks);
  return lerp(at(below), at(ceil(ranks)), sub(ranks, below));
}

// quantile(self, q, dim, keepdim, *, interpolation); nanquantile. `q` is a tensor or a number.
template <bool kIgnoresNan>
void quantile(const VtValue* args, VtValue* result) {
  constexpr const char* kOp = kIgnoresNan ? "nanquantile" : "quantile";
  static const Op full("full");
  static const Op sort("sort");
  static const Op movedim("movedim");
  const VtTensor* given = args[0].as.tensor;
  check_quantile(kOp, given, is_tensor(args[1]) ? args[1].as.tensor : nullptr);
  check_range(kOp, args[1]);
  const Between between = between_of(kOp, args[4]);
  const bool over_all = is_none(args[2]);
  const int32_t ndim = given->dl.ndim;
  const int64_t dim = over_all ? 0 : wrap_dim(kOp, args[2].as.i, ndim);
  const bool keepdim = args[3].as.i != 0;
  const Tensor self = shared(args[0]);
  // The lines last, the quantiles of each where they were.
  const Tensor lines = over_all || ndim == 0 ? calls::reshape(self, {-1})
                       : dim == ndim - 1     ? self
                                             : calls::transpose(calls::unsqueeze(self, -1), dim, -1);
  const bool has_q_dim = is_tensor(args[1]) && args[1].as.tensor->dl.ndim == 1;
  const int64_t one[] = {1};
  const Tensor q = is_tensor(args[1]) ? calls::reshape(shared(args[1]), {-1})
                                      : full(std::span<const int64_t>(one), args[1], given->dl.dtype, given->dl.device);
  const Tensor sorted = std::move(sort.results<2>(lines, int64_t{-1}, false)[0]);
  Tensor out = at_ranks(sorted, ranks_of(sorted, q, kIgnoresNan), between);
  // Sizes of one quantile.
  Sizes sizes;
  reduced_sizes(sizes_of(given), over_all ? ReducedDims(ndim, true) : reduced_dim(kOp, dim, ndim), keepdim, sizes);
  Ints shape = calls::ints(std::span<const int64_t>(sizes));
  shape.push_back(q.numel());
  out = calls::reshape(out, shape);
  if (has_q_dim) {
    const int64_t from[] = {-1};
    const int64_t to[] = {0};
    out = movedim(out, std::span<const int64_t>(from), std::span<const int64_t>(to));
  } else {
    out = calls::squeeze(out, -1);
  }
  give(kOp, std::move(out), result[0]);
}

// msort(self)
void msort(const VtValue* args, VtValue* result) {
  static const Op sort("sort");
  give("msort", std::move(sort.results<2>(args[0], int64_t{0}, false)[0]), result[0]);
}

constexpr char kQuantileDoc[] = R"(The quantiles of `self`, of all elements or along one dimension.

Parameters
----------
self : Tensor
    float32 or float64.
q : float or Tensor
    In [0, 1]; a tensor has the dtype of `self` and at most one dimension. On CUDA its range is not checked.
dim : int, optional
    All elements when absent.
keepdim : bool
    Keep the reduced dimensions with size one.
interpolation : str
    Of two neighbours: "linear", "lower", "higher", "midpoint" or "nearest".

Returns
-------
Tensor
    The dimension of `q`, if it has one, comes first. NaN where there is one.

Raises
------
RuntimeError
    If `self` is empty, or `q` is out of range or of another dtype.
IndexError
    If the dimension is out of range.)";

constexpr char kNanquantileDoc[] =
    R"(The quantiles of the elements of `self` that are no NaN; NaN where all are. Otherwise as `quantile`.)";

constexpr char kMsortDoc[] = R"(The elements of `self` in order along the first dimension.)";

}  // namespace

void register_quantile(VtPlugin* plugin) {
  constexpr uint32_t kFlags = VT_OP_COMPOSITE | VT_OP_OUT | kFunctionAndMethod;
  const OpRow ops[] = {
      {"quantile(Tensor self, Tensor q, int? dim=None, bool keepdim=False, *, str interpolation='linear') -> Tensor",
       kFlags, kQuantileDoc},
      {"quantile.scalar(Tensor self, float q, int? dim=None, bool keepdim=False, *, str interpolation='linear') -> "
       "Tensor",
       kFlags, kQuantileDoc},
      {"nanquantile(Tensor self, Tensor q, int? dim=None, bool keepdim=False, *, str interpolation='linear') -> Tensor",
       kFlags, kNanquantileDoc},
      {"nanquantile.scalar(Tensor self, float q, int? dim=None, bool keepdim=False, *, str interpolation='linear') -> "
       "Tensor",
       kFlags, kNanquantileDoc},
      {"msort(Tensor self) -> Tensor", kFlags, kMsortDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {{"quantile", boxed<quantile<false>>},
                                   {"quantile.scalar", boxed<quantile<false>>},
                                   {"nanquantile", boxed<quantile<true>>},
                                   {"nanquantile.scalar", boxed<quantile<true>>},
                                   {"msort", boxed<msort>}};
  register_kernels(plugin, kEveryDevice, kernels);
}

}  // namespace vt::core
