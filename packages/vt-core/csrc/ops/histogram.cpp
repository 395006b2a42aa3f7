// SPDX-License-Identifier: Apache-2.0
// How often numbers occur: bincount, histc and histogram, composed of sums at indices.
#include <vt/cpp/iter/reduce_requests.hpp>

#include <cmath>

#include "ops/calls.hpp"

namespace vt::core {

namespace {

using calls::give;
using calls::reshape;
using calls::shared;
using calls::slice;

// A tensor of one element as a number; waits for its device.
double number_in(const Tensor& t) {
  static const Op to_device("to.device");
  static const Op to("to.dtype");
  return *to(to_device(t, DLDevice{kDLCPU, 0}), kFloat64).data<const double>();
}
int64_t integer_in(const Tensor& t) {
  static const Op to_device("to.device");
  static const Op to("to.dtype");
  return *to(to_device(t, DLDevice{kDLCPU, 0}), kInt64).data<const int64_t>();
}

// The sums of `weights` at `places`, of one dimension; by default how often each occurs.
Tensor sums_at(const Tensor& places, const Tensor& weights, int64_t num, DLDataType dtype) {
  static const Op zeros("zeros");
  static const Op scatter_add("scatter_add");
  static const Op full("full");
  static const Op expand("expand");
  static const Op to("to.dtype");
  const int64_t sizes[] = {num};
  const Tensor none = zeros(std::span<const int64_t>(sizes), weights ? dtype : kInt64, places.device());
  const Tensor one = full(std::span<const int64_t>(), int64_t{1}, kInt64, places.device());
  const Tensor added = weights ? to(weights, dtype) : expand(one, places.sizes());
  return to(scatter_add(none, int64_t{0}, places, added), dtype);
}

// bincount(self, weights, minlength)
void bincount(const VtValue* args, VtValue* result) {
  constexpr const char* kOp = "bincount";
  static const Op aminmax("aminmax");
  static const Op to("to.dtype");
  const Tensor self = shared(args[0]);
  const Tensor weights = shared(args[1]);
  const int64_t minlength = args[2].as.i;
  if (minlength < 0)
    fail(VT_ERROR_RUNTIME, std::string(kOp) + ": minlength must not be negative: got " + std::to_string(minlength));
  if (dtype_info(known_dtype_index(self.dtype())).category != Category::kInteger)
    fail(VT_ERROR_NOT_IMPLEMENTED, vt::detail::unsupported(kOp, "not implemented for this dtype", self.dtype()));
  const bool is_empty = self.numel() == 0 && self.ndim() == 1;
  if (self.ndim() != 1)
    fail(VT_ERROR_RUNTIME,
         std::string(kOp) + ": only 1-d non-negative integral inputs: got sizes " + format_sizes(self.sizes()));
  if (weights && !same_sizes(weights.sizes(), self.sizes()))
    fail(VT_ERROR_RUNTIME, std::string(kOp) + ": weights should be 1-d and have the same length as input: got sizes " +
                               format_sizes(weights.sizes()) + ", expected " + format_sizes(self.sizes()));
  const DLDataType dtype = !weights ? kInt64 : same_dtype(weights.dtype(), kFloat32) ? kFloat32 : kFloat64;
  int64_t num = minlength;
  if (!is_empty) {
    const Tensor wide = to(self, kInt64);
    const auto extremes = aminmax.results<2>(wide);
    if (integer_in(extremes[0]) < 0)
      fail(VT_ERROR_RUNTIME, std::string(kOp) + ": only 1-d non-negative integral inputs: got " +
                                 std::to_string(integer_in(extremes[0])));
    num = std::max(num, integer_in(extremes[1]) + 1);
    result[0] = value_of(sums_at(wide, weights, num, dtype).release());
    return;
  }
  static const Op zeros("zeros");
  const int64_t sizes[] = {num};
  result[0] = value_of(zeros(std::span<const int64_t>(sizes), kInt64, self.device()).release());
}

struct Range {
  double low;
  double high;
};

// The range given, else that of the elements; one without extent is widened by `margin`.
Range checked_range(const char* op, const Tensor& self, Range given, bool is_given, double margin) {
  static const Op aminmax("aminmax");
  Range range = given;
  if (!is_given) {
    range = {0, 1};
    if (self.numel() > 0) {
      const auto extremes = aminmax.results<2>(self);
      range = {number_in(extremes[0]), number_in(extremes[1])};
    }
  }
  if (!std::isfinite(range.low) || !std::isfinite(range.high))
    fail(VT_ERROR_RUNTIME, std::string(op) + ": range of [" + std::to_string(range.low) + ", " +
                               std::to_string(range.high) + "] is not finite");
  if (range.low > range.high)
    fail(VT_ERROR_RUNTIME, std::string(op) + ": max must be larger than min: got [" + std::to_string(range.low) + ", " +
                               std::to_string(range.high) + "]");
  if (range.low == range.high) {
    range.low -= margin;
    range.high += margin;
  }
  return range;
}

void check_num_bins(const char* op, int64_t bins) {
  if (bins <= 0) fail(VT_ERROR_RUNTIME, std::string(op) + ": bins must be > 0: got " + std::to_string(bins));
}

// histc(self, bins, min, max)
void histc(const VtValue* args, VtValue* result) {
  constexpr const char* kOp = "histc";
  static const Op sub("sub");
  static const Op div("div");
  static const Op ge("ge");
  static const Op le("le");
  static const Op logical_and("logical_and");
  static const Op masked_select("masked_select");
  static const Op to("to.dtype");
  static const Op clamp("clamp");
  const Tensor self = shared(args[0]);
  vt::detail::check_real_floating(kOp, self.dtype());
  const int64_t bins = args[1].as.i;
  check_num_bins(kOp, bins);
  check_destination_dtype(kOp, result[0], self.dtype());
  const Range given = {number_of(args[2]).real, number_of(args[3]).real};
  const Range range = checked_range(kOp, self, given, given.low != given.high || self.numel() == 0, 1);
  const Tensor flat = reshape(self, {-1});
  const Tensor inside = masked_select(flat, logical_and(ge(flat, range.low), le(flat, range.high)));
  // In PyTorch's order, so that elements between two bins are counted in the same one.
  const Tensor scaled = calls::mul(sub(inside, range.low), value_of(static_cast<double>(bins)));
  const Tensor places = clamp(to(div(scaled, range.high - range.low), kInt64), none(), bins - 1);
  give(kOp, sums_at(places, Tensor(), bins, self.dtype()), result[0]);
}

void check_histogram(const char* op, const Tensor& self, const Tensor& weight) {
  if (!same_dtype(self.dtype(), kFloat32) && !same_dtype(self.dtype(), kFloat64))
    fail(VT_ERROR_NOT_IMPLEMENTED, vt::detail::unsupported(op, "the input must be float32 or float64", self.dtype()));
  if (!weight) return;
  if (weight.numel() != self.numel())
    fail(VT_ERROR_RUNTIME, std::string(op) + ": weight must have as many elements as the input: got " +
                               format_sizes(weight.sizes()) + ", expected " + format_sizes(self.sizes()));
  if (!same_dtype(weight.dtype(), self.dtype()))
    fail(VT_ERROR_DTYPE, std::string(op) + ": weight must have the dtype of the input: got " +
                             std::string(dtype_name(weight.dtype())) + ", expected " +
                             std::string(dtype_name(self.dtype())));
}

// (hist, bin_edges) with given edges.
void give_histogram(const Tensor& self, const Tensor& edges, const Tensor& weight, bool density, VtValue* results) {
  constexpr const char* kOp = "histogram";
  static const Op bucketize("bucketize");
  static const Op ge("ge");
  static const Op le("le");
  static const Op logical_and("logical_and");
  static const Op masked_select("masked_select");
  static const Op clamp("clamp");
  static const Op sub("sub");
  static const Op div("div");
  static const Op sum("sum");
  static const Op contiguous("contiguous");
  const int64_t bins = edges.numel() - 1;
  const Tensor flat = reshape(self, {-1});
  const Tensor is_inside = logical_and(ge(flat, slice(edges, 0, 0, 1)), le(flat, slice(edges, 0, bins, bins + 1)));
  const Tensor inside = masked_select(flat, is_inside);
  const Tensor weights = weight ? masked_select(reshape(weight, {-1}), is_inside) : Tensor();
  // The last bin holds its upper edge too.
  const Tensor places = clamp(sub(bucketize(inside, contiguous(edges), false, true), int64_t{1}), none(), bins - 1);
  Tensor hist = sums_at(places, weights, bins, self.dtype());
  if (density) hist = div(hist, calls::mul(sum(hist), sub(slice(edges, 0, 1, bins + 1), slice(edges, 0, 0, bins))));
  give(kOp, std::move(hist), results[0]);
  give(kOp, edges, results[1]);
}

// histogram(self, bins, *, weight, density)
void histogram(const VtValue* args, VtValue* results) {
  static const Op clone("clone");
  const Tensor self = shared(args[0]);
  const Tensor edges = shared(args[1]);
  const Tensor weight = shared(args[2]);
  check_histogram("histogram", self, weight);
  if (edges.ndim() != 1 || edges.numel() < 2)
    fail(VT_ERROR_RUNTIME, "histogram: bins tensor should have one dimension of at least two edges: got sizes " +
                               format_sizes(edges.sizes()));
  if (!same_dtype(edges.dtype(), self.dtype()))
    fail(VT_ERROR_DTYPE, "histogram: bins must have the dtype of the input: got " +
                             std::string(dtype_name(edges.dtype())) + ", expected " +
                             std::string(dtype_name(self.dtype())));
  give_histogram(self, clone(edges), weight, args[3].as.i != 0, results);
}

// histogram.count(self, bins, *, range, weight, density)
void histogram_count(const VtValue* args, VtValue* results) {
  static const Op linspace("linspace");
  const Tensor self = shared(args[0]);
  const Tensor weight = shared(args[3]);
  check_histogram("histogram", self, weight);
  const int64_t bins = args[1].as.i;
  check_num_bins("histogram", bins);
  const bool is_given = !is_none(args[2]);
  if (is_given && args[2].count != 2)
    fail(VT_ERROR_RUNTIME, "histogram: range must have 2 elements: got " + std::to_string(args[2].count));
  const Range given = is_given ? Range{args[2].as.floats[0], args[2].as.floats[1]} : Range{};
  const Range range = checked_range("histogram", self, given, is_given, 0.5);
  const Tensor edges = linspace(range.low, range.high, bins + 1, self.dtype(), self.device());
  give_histogram(self, edges, weight, args[4].as.i != 0, results);
}

constexpr char kBincountDoc[] = R"(How often each number occurs among integers that are not negative.

Parameters
----------
self : Tensor
    Of one dimension; integers.
weights : Tensor, optional
    Like `self`: what each element counts.
minlength : int
    The least number of results.

Returns
-------
Tensor
    The counts of 0, 1, ... up to the largest element: int64, with weights float64, or float32 if these are.

Raises
------
RuntimeError
    If an element is negative or the sizes do not fit.

Notes
-----
Waits for the device, since the size depends on the elements.)";

constexpr char kHistcDoc[] = R"(How many elements of `self` lie in each of `bins` equal parts of a range.

Parameters
----------
self : Tensor
    A floating dtype but float8.
bins : int
min, max : Scalar
    The range; that of the elements when both are equal. Elements outside are left out, and NaN.

Returns
-------
Tensor
    Of one dimension and the dtype of `self`. The last part holds its upper end.

Raises
------
RuntimeError
    If `bins` is not positive or the range is not finite.)";

constexpr char kHistogramDoc[] = R"(How many elements of `self` lie between neighbours of `bins`.

Parameters
----------
self : Tensor
    float32 or float64.
bins : Tensor or int
    The edges in increasing order, or the number of equal parts of the range.
range : float[], optional
    Both ends; by default those of the elements.
weight : Tensor, optional
    Like `self`: what each element counts.
density : bool
    Divide by the sum and by the widths.

Returns
-------
hist : Tensor
    Of one dimension and the dtype of `self`. Elements outside are left out; the last bin holds its upper edge.
bin_edges : Tensor

Raises
------
RuntimeError
    If `bins` or `range` does not make bins, or sizes or dtypes differ.)";

}  // namespace

void register_histogram(VtPlugin* plugin) {
  constexpr uint32_t kFlags = kFunctionAndMethod | VT_OP_COMPOSITE | VT_OP_NOT_DIFFERENTIABLE;
  const OpRow ops[] = {
      {"bincount(Tensor self, Tensor? weights=None, int minlength=0) -> Tensor", kFlags, kBincountDoc},
      {"histc(Tensor self, int bins=100, Scalar min=0, Scalar max=0) -> Tensor", kFlags | VT_OP_OUT, kHistcDoc},
      {"histogram(Tensor self, Tensor bins, *, Tensor? weight=None, bool density=False) -> (Tensor hist, Tensor bin_edges)",
       kFlags | VT_OP_OUT, kHistogramDoc},
      {"histogram.count(Tensor self, int bins=100, *, float[]? range=None, Tensor? weight=None, bool density=False) -> "
       "(Tensor hist, Tensor bin_edges)",
       kFlags | VT_OP_OUT, kHistogramDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {{"bincount", boxed<bincount>},
                                   {"histc", boxed<histc>},
                                   {"histogram", boxed<histogram>},
                                   {"histogram.count", boxed<histogram_count>}};
  register_kernels(plugin, kEveryDevice, kernels);
}

}  // namespace vt::core
