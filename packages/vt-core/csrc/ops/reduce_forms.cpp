// SPDX-License-Identifier: Apache-2.0
// Reductions that are composed of others: both extremes, counts, those that leave NaN out, and older signatures of the spread.
#include <vt/cpp/iter/reduce_requests.hpp>

#include "ops/calls.hpp"
#include "ops/reduce_plan.hpp"

namespace vt::core {

namespace {

using calls::give;
using calls::shared;

// aminmax(self, *, dim, keepdim) -> (min, max)
void aminmax(const VtValue* args, VtValue* results) {
  static const Op smallest[] = {Op("min"), Op("amin")};
  static const Op largest[] = {Op("max"), Op("amax")};
  const VtTensor* self = args[0].as.tensor;
  vt::detail::check_ordered("aminmax", self->dl.dtype);
  const bool over_all = is_none(args[1]);
  const int64_t dims[] = {over_all ? 0 : wrap_dim("aminmax", args[1].as.i, self->dl.ndim)};
  vt::detail::check_not_empty(
      "aminmax", self, over_all ? ReducedDims(self->dl.ndim, true) : reduced_dim("aminmax", dims[0], self->dl.ndim),
      over_all, VT_ERROR_RUNTIME);
  // All dimensions are named where they are kept.
  Sizes every;
  every.resize(static_cast<size_t>(self->dl.ndim));
  for (size_t d = 0; d < every.size(); ++d) every[d] = static_cast<int64_t>(d);
  const bool keepdim = args[2].as.i != 0;
  const std::span<const int64_t> named = over_all ? std::span<const int64_t>(every) : std::span<const int64_t>(dims);
  const auto pick = [&](const Op* ops) {
    return over_all && !keepdim ? ops[0](args[0]) : ops[1](args[0], named, keepdim);
  };
  Tensor low = pick(smallest);
  Tensor high = pick(largest);
  give("aminmax", std::move(low), results[0]);
  give("aminmax", std::move(high), results[1]);
}

Tensor is_not_zero(const VtValue& self) {
  static const Op ne("ne");
  return ne(self, int64_t{0});
}

// count_nonzero(self, dim)
void count_nonzero(const VtValue* args, VtValue* result) {
  static const Op sum("sum");
  static const Op sum_dims("sum.dims");
  const int64_t dims[] = {is_none(args[1]) ? 0 : args[1].as.i};
  const Tensor counted = is_not_zero(args[0]);
  give("count_nonzero", is_none(args[1]) ? sum(counted) : sum_dims(counted, std::span<const int64_t>(dims)), result[0]);
}

// count_nonzero.dims(self, dim)
void count_nonzero_dims(const VtValue* args, VtValue* result) {
  static const Op sum_dims("sum.dims");
  give("count_nonzero", sum_dims(is_not_zero(args[0]), args[1]), result[0]);
}

bool is_floating(const VtTensor* t) {
  return dtype_info(known_dtype_index(t->dl.dtype)).category == Category::kFloating;
}

// `self` with zeros for NaN.
Tensor without_nan(const VtValue& self) {
  static const Op isnan("isnan");
  static const Op masked_fill("masked_fill");
  return is_floating(self.as.tensor) ? masked_fill(self, isnan(self), int64_t{0}) : shared(self);
}

// Whether no layer would see the parts that an op of `t` is composed of, so that it may be computed at once.
bool is_bare(const VtTensor* t) noexcept {
  return !(t->flags & VT_TENSOR_LAYER_MASK) && thread_state().layers.include == 0;
}

// nansum(self, dim, keepdim, *, dtype)
void nansum(const VtValue* args, VtValue* result) {
  static const Op sum("sum.dims");
  vt::detail::check_ordered("nansum", args[0].as.tensor->dl.dtype);
  if (is_cpu(args[0].as.tensor) && is_none(args[3]) && is_none(result[0]) && is_bare(args[0].as.tensor))
    return sum_without_nan(args, result);
  const VtTensor* out = is_tensor(result[0]) ? result[0].as.tensor : nullptr;
  const VtValue dtype = is_none(args[3]) && out ? value_of(out->dl.dtype) : args[3];
  give("nansum", sum(without_nan(args[0]), args[1], args[2], dtype), result[0]);
}

// nanmean(self, dim, keepdim, *, dtype)
void nanmean(const VtValue* args, VtValue* result) {
  static const Op sum("sum.dims");
  static const Op isnan("isnan");
  static const Op logical_not("logical_not");
  static const Op div("div");
  const VtTensor* self = args[0].as.tensor;
  vt::detail::check_ordered("nanmean", self->dl.dtype);
  if (!is_floating(self))
    fail(VT_ERROR_NOT_IMPLEMENTED,
         vt::detail::unsupported("nanmean", "the input must be floating point", self->dl.dtype) + "; convert it first");
  if (!is_none(args[3]) && dtype_info(known_dtype_index(args[3].as.dtype)).category <= Category::kInteger)
    fail(VT_ERROR_RUNTIME,
         vt::detail::unsupported("nanmean", "dtype must be floating point or complex", args[3].as.dtype));
  if (!is_none(args[3])) check_destination_dtype("nanmean", result[0], args[3].as.dtype);
  const Tensor total = sum(without_nan(args[0]), args[1], args[2], args[3]);
  give("nanmean", div(total, sum(logical_not(isnan(args[0])), args[1], args[2])), result[0]);
}

// The older signatures of var, std and their kin: unbiased stands for a correction of 1, else of 0.
void call_spread(const VtOp* op, int32_t num_results, const VtValue& self, const VtValue& dim, bool unbiased,
                 const VtValue& keepdim, VtValue* results) {
  const VtValue values[] = {self, dim, value_of(int64_t{unbiased}), keepdim};
  VtValue out[2] = {results[0], num_results > 1 ? results[1] : none()};
  check(tables().dispatch->call_boxed(op, values, 4, out));
  for (int32_t i = 0; i < num_results; ++i) results[i] = out[i];
}
struct VarName {
  static constexpr const char* kName = "var";
  static constexpr int32_t kNumResults = 1;
};
struct StdName {
  static constexpr const char* kName = "std";
  static constexpr int32_t kNumResults = 1;
};
struct VarMeanName {
  static constexpr const char* kName = "var_mean";
  static constexpr int32_t kNumResults = 2;
};
struct StdMeanName {
  static constexpr const char* kName = "std_mean";
  static constexpr int32_t kNumResults = 2;
};

// var.dim(self, dim, unbiased, keepdim)
template <class Name>
void spread_dim(const VtValue* args, VtValue* results) {
  static const Op op(Name::kName);
  call_spread(op.get(), Name::kNumResults, args[0], args[1], args[2].as.i != 0, args[3], results);
}
// var.unbiased(self, unbiased)
template <class Name>
void spread_all(const VtValue* args, VtValue* results) {
  static const Op op(Name::kName);
  call_spread(op.get(), Name::kNumResults, args[0], none(), args[1].as.i != 0, value_of(false), results);
}

constexpr char kAminmaxDoc[] = R"(The smallest and the largest element of `self`, of all or along one dimension.

Parameters
----------
self : Tensor
    Any dtype but float8 and complex.
dim : int, optional
keepdim : bool
    Keep the reduced dimensions with size one.

Returns
-------
min, max : Tensor
    NaN where there is one.

Raises
------
IndexError
    If the dimension is out of range or has no elements.
RuntimeError
    If there are no elements at all.)";

constexpr char kCountNonzeroDoc[] = R"(How many elements of `self` are not zero, over all or some dimensions.

Parameters
----------
self : Tensor
dim : int or sequence of int, optional
    The dimensions to count over; all when absent or empty.

Returns
-------
Tensor
    int64. NaN is not zero.)";

constexpr char kNansumDoc[] = R"(The sum of the elements of `self` that are not NaN, over all or some dimensions.

Parameters
----------
self : Tensor
    Any dtype but float8 and complex.
dim : int or sequence of int, optional
    The dimensions to sum over; all when absent or empty.
keepdim : bool
    Keep the summed dimensions with size one.
dtype : dtype, optional
    As in `sum`.

Returns
-------
Tensor
    Zero where every element is NaN.)";

constexpr char kNanmeanDoc[] = R"(The mean of the elements of `self` that are not NaN, over all or some dimensions.

Parameters
----------
self : Tensor
    A floating dtype but float8.
dim : int or sequence of int, optional
    The dimensions to average over; all when absent or empty.
keepdim : bool
    Keep the reduced dimensions with size one.
dtype : dtype, optional
    Elements are cast to it first.

Returns
-------
Tensor
    NaN where every element is.)";

constexpr char kUnbiasedDoc[] = R"(The same with Bessel's correction asked for by a bool.

Parameters
----------
self : Tensor
unbiased : bool
    Divide by one less than the number of elements.)";

}  // namespace

void register_reduce_forms(VtPlugin* plugin) {
  constexpr uint32_t kComposed = VT_OP_COMPOSITE | VT_OP_OUT | kFunctionAndMethod;
  constexpr uint32_t kFunction = VT_OP_COMPOSITE | VT_OP_FUNCTION;
  const OpRow ops[] = {
      {"aminmax(Tensor self, *, int? dim=None, bool keepdim=False) -> (Tensor min, Tensor max)", kComposed,
       kAminmaxDoc},
      {"count_nonzero(Tensor self, int? dim=None) -> Tensor", kComposed | VT_OP_NOT_DIFFERENTIABLE, kCountNonzeroDoc},
      {"count_nonzero.dims(Tensor self, int[] dim) -> Tensor", kComposed | VT_OP_NOT_DIFFERENTIABLE, kCountNonzeroDoc},
      {"nansum(Tensor self, int[]? dim=None, bool keepdim=False, *, dtype? dtype=None) -> Tensor", kComposed,
       kNansumDoc},
      {"nanmean(Tensor self, int[]? dim=None, bool keepdim=False, *, dtype? dtype=None) -> Tensor", kComposed,
       kNanmeanDoc},
      {"var.dim(Tensor self, int[]? dim, bool unbiased=True, bool keepdim=False) -> Tensor", kComposed, kUnbiasedDoc},
      {"var.unbiased(Tensor self, bool unbiased) -> Tensor", VT_OP_COMPOSITE | kFunctionAndMethod, kUnbiasedDoc},
      {"std.dim(Tensor self, int[]? dim, bool unbiased=True, bool keepdim=False) -> Tensor", kComposed, kUnbiasedDoc},
      {"std.unbiased(Tensor self, bool unbiased) -> Tensor", VT_OP_COMPOSITE | kFunctionAndMethod, kUnbiasedDoc},
      {"var_mean.dim(Tensor self, int[]? dim, bool unbiased=True, bool keepdim=False) -> (Tensor var, Tensor mean)",
       kFunction, kUnbiasedDoc},
      {"var_mean.unbiased(Tensor self, bool unbiased) -> (Tensor var, Tensor mean)", kFunction, kUnbiasedDoc},
      {"std_mean.dim(Tensor self, int[]? dim, bool unbiased=True, bool keepdim=False) -> (Tensor std, Tensor mean)",
       kFunction, kUnbiasedDoc},
      {"std_mean.unbiased(Tensor self, bool unbiased) -> (Tensor std, Tensor mean)", kFunction, kUnbiasedDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {{"aminmax", boxed<aminmax>},
                                   {"count_nonzero", boxed<count_nonzero>},
                                   {"count_nonzero.dims", boxed<count_nonzero_dims>},
                                   {"nansum", boxed<nansum>},
                                   {"nanmean", boxed<nanmean>},
                                   {"var.dim", boxed<spread_dim<VarName>>},
                                   {"var.unbiased", boxed<spread_all<VarName>>},
                                   {"std.dim", boxed<spread_dim<StdName>>},
                                   {"std.unbiased", boxed<spread_all<StdName>>},
                                   {"var_mean.dim", boxed<spread_dim<VarMeanName>>},
                                   {"var_mean.unbiased", boxed<spread_all<VarMeanName>>},
                                   {"std_mean.dim", boxed<spread_dim<StdMeanName>>},
                                   {"std_mean.unbiased", boxed<spread_all<StdMeanName>>}};
  register_kernels(plugin, kEveryDevice, kernels);
}

}  // namespace vt::core
