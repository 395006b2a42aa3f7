// SPDX-License-Identifier: Apache-2.0
// Pooling under PyTorch's names, one per number of dimensions, over the inner ops: on any device.
#include <vt/cpp/spatial/pool.hpp>

#include "ops/pool.hpp"
#include "runtime/thread_state.hpp"

namespace vt::core {

namespace {

using Ints = std::vector<int64_t>;
std::span<const int64_t> span_of(const Ints& ints) noexcept { return ints; }

template <size_t kRank>
std::string named(const char* family) {
  return family + std::to_string(kRank) + "d";
}

// A list of one number or kRank as one of kRank.
template <size_t kRank>
Ints spread(const char* family, const char* name, const VtValue& v) {
  const auto values = ints_of(v);
  if (values.size() != 1 && values.size() != kRank) pool::spread(named<kRank>(family).c_str(), name, values, kRank);
  return values.size() == 1 ? Ints(kRank, values[0]) : Ints(values.begin(), values.end());
}

// Whether a call on `t` is recorded for a gradient, or has a tangent to compute: the layer before autograd's is forward mode's.
bool is_recorded(const VtTensor* t) noexcept {
  return (t->flags & ~thread_state().layers.exclude & 3u << (VT_LAYER_AUTOGRAD - 1)) != 0;
}

// max_pool(input, kernel_size, stride, padding, dilation, ceil_mode)
template <size_t kRank>
std::array<Tensor, 2> max_of(const VtValue* args, bool with_indices) {
  static const Op native("native_max_pool");
  const Ints kernel = spread<kRank>("max_pool", "kernel_size", args[1]);
  return native.results<2>(args[0], span_of(kernel), args[2], args[3], args[4], args[5], with_indices);
}
template <size_t kRank>
void max_pool(const VtValue* args, VtValue* result) {
  result[0] = rows::owned(std::move(max_of<kRank>(args, is_recorded(args[0].as.tensor))[0]));
}
template <size_t kRank>
void max_pool_with_indices(const VtValue* args, VtValue* result) {
  auto both = max_of<kRank>(args, true);
  result[0] = rows::owned(std::move(both[0]));
  result[1] = rows::owned(std::move(both[1]));
}

// adaptive_max_pool(input, output_size)
template <size_t kRank>
void adaptive_max_pool(const VtValue* args, VtValue* result) {
  static const Op native("native_adaptive_max_pool");
  const Ints output = spread<kRank>("adaptive_max_pool", "output_size", args[1]);
  auto both = native.results<2>(args[0], span_of(output));
  result[0] = rows::owned(std::move(both[0]));
  result[1] = rows::owned(std::move(both[1]));
}

// As PyTorch, which looks at a dimension that is not there.
template <size_t kRank>
void check_has_planes(const char* family, const VtTensor* t) {
  if (kRank > 1 && t->dl.ndim <= static_cast<int32_t>(kRank))
    fail(VT_ERROR_INDEX, named<kRank>(family) + ": expected " + std::to_string(kRank) +
                             " dimensions after channels and an optional batch: got " + format_sizes(sizes_of(t)));
}

// fractional_max_pool(input, kernel_size, output_size, random_samples)
template <size_t kRank>
void fractional_max_pool(const VtValue* args, VtValue* result) {
  static const Op native("native_fractional_max_pool");
  check_has_planes<kRank>("fractional_max_pool", args[0].as.tensor);
  const Ints kernel = spread<kRank>("fractional_max_pool", "kernel_size", args[1]);
  const Ints output = spread<kRank>("fractional_max_pool", "output_size", args[2]);
  auto both = native.results<2>(args[0], span_of(kernel), span_of(output), args[3]);
  result[0] = rows::owned(std::move(both[0]));
  result[1] = rows::owned(std::move(both[1]));
}

// max_unpool(input, indices, output_size)
template <size_t kRank>
void max_unpool(const VtValue* args, VtValue* result) {
  static const Op native("native_max_unpool");
  const Ints output = spread<kRank>("max_unpool", "output_size", args[2]);
  result[0] = rows::owned(native(args[0], args[1], span_of(output)));
}

template <size_t kRank>
Tensor mean_of(const VtValue& input, const VtValue& kernel_size, const VtValue& stride, const VtValue& padding,
               const VtValue& ceil_mode, const VtValue& include_pad, const VtValue& divisor) {
  static const Op native("native_avg_pool");
  check_has_planes<kRank>("avg_pool", input.as.tensor);
  const Ints kernel = spread<kRank>("avg_pool", "kernel_size", kernel_size);
  return native(input, span_of(kernel), stride, padding, ceil_mode, include_pad, divisor);
}

// avg_pool(input, kernel_size, stride, padding, ceil_mode, count_include_pad[, divisor_override])
template <size_t kRank>
void avg_pool(const VtValue* args, VtValue* result) {
  result[0] =
      rows::owned(mean_of<kRank>(args[0], args[1], args[2], args[3], args[4], args[5], kRank == 1 ? none() : args[6]));
}

// adaptive_avg_pool(input, output_size): a single window is a mean.
template <size_t kRank>
void adaptive_avg_pool(const VtValue* args, VtValue* result) {
  static const Op native("native_adaptive_avg_pool");
  static const Op mean("mean.dims");
  const Ints output = spread<kRank>("adaptive_avg_pool", "output_size", args[1]);
  if (output != Ints(kRank, 1)) {
    result[0] = rows::owned(native(args[0], span_of(output)));
    return;
  }
  pool::adaptive_shape(named<kRank>("adaptive_avg_pool").c_str(), sizes_of(args[0].as.tensor), output, true);
  Ints dims;
  for (size_t d = 1; d <= kRank; ++d) dims.push_back(-static_cast<int64_t>(d));
  result[0] = rows::owned(mean(args[0], span_of(dims), true));
}

// lp_pool(input, norm_type, kernel_size, stride, ceil_mode): sums are means times the size of a whole window, so that one
// which leaves the input counts as if it were whole, as in PyTorch.
template <size_t kRank>
void lp_pool(const VtValue* args, VtValue* result) {
  static const Op power("pow");
  static const Op sign("sign");
  static const Op abs("abs");
  static const Op mul("mul");
  constexpr int64_t kNoPadding[] = {0};
  const Tensor powers = power(args[0], args[1]);
  const Tensor means = mean_of<kRank>(value_of(powers.get()), args[2], args[3],
                                      value_of(std::span<const int64_t>(kNoPadding)), args[4], value_of(true), none());
  int64_t window = 1;
  for (const int64_t size : spread<kRank>("lp_pool", "kernel_size", args[2])) window *= size;
  result[0] = rows::owned(power(mul(mul(sign(means), abs(means)), window), 1 / number_of(args[1]).real));
}

constexpr char kMaxDoc[] = R"(The greatest element of each window.

Parameters
----------
input : Tensor
    (N, C, ...) or (C, ...) with the pooled dimensions last; uint8, int8 to int64, float16, bfloat16, float32 or float64.
kernel_size : int[]
    Sizes of the window; one for all dimensions or one each, as all that follows.
stride : int[], optional
    From window to window; `kernel_size` by default.
padding : int[]
    Positions before and after the input, which hold nothing; at most half of `kernel_size`.
dilation : int[]
    From position to position within a window.
ceil_mode : bool
    Whether windows may begin within the input and leave it.

Returns
-------
Tensor
    Of size floor((in + 2 padding - dilation (kernel_size - 1) - 1) / stride) + 1, with ceil under `ceil_mode`. NaN where a
    window holds one.

Raises
------
RuntimeError
    If no window fits, or a number is out of range.)";
constexpr char kMaxIndicesDoc[] = R"(The greatest element of each window, and where it stood.

Parameters
----------
input : Tensor
kernel_size : int[]
stride : int[], optional
padding : int[]
dilation : int[]
ceil_mode : bool
    As in `max_pool2d`.

Returns
-------
out : Tensor
indices : Tensor
    int64: the element's number within the pooled dimensions, row by row. The first of equal ones, the last NaN.)";
constexpr char kAdaptiveMaxDoc[] = R"(The greatest element of each of `output_size` windows, and where it stood.

Window o has the positions from floor(o in / out) to ceil((o + 1) in / out).

Parameters
----------
input : Tensor
    (N, C, ...) or (C, ...) with the pooled dimensions last; float16, bfloat16, float32 or float64.
output_size : int[]
    Windows in each dimension, or one number for all.

Returns
-------
out : Tensor
indices : Tensor
    int64: the element's number within the pooled dimensions, row by row.)";
constexpr char kFractionalMaxDoc[] =
    R"(The greatest element of each window, windows at steps that vary, and where it stood.

Parameters
----------
input : Tensor
    (N, C, ...) or (C, ...) with the pooled dimensions last; float16, bfloat16, float32 or float64.
kernel_size : int[]
    Sizes of the window.
output_size : int[]
    Windows in each dimension.
random_samples : Tensor
    (N, C, dimensions), N = 1 without a batch, of the dtype of `input` and from [0, 1): where in its step each plane begins.
    Of two dimensions the last has its sample first, as in PyTorch.

Returns
-------
out : Tensor
indices : Tensor
    int64: the element's number within the pooled dimensions, row by row.

References
----------
Graham, Fractional Max-Pooling, arXiv:1412.6071. Half types compute where windows lie in float32.)";
constexpr char kUnpoolDoc[] = R"(Zeros with values at the indices that pooling returned.

Parameters
----------
input : Tensor
    (N, C, ...) or (C, ...); float16, bfloat16, float32 or float64.
indices : Tensor
    int64, of the same sizes: numbers within the dimensions of the result, row by row. Of equal ones the last counts.
output_size : int[]
    The last sizes of the result.

Raises
------
RuntimeError
    If an index is out of range, on the CPU. On CUDA the next call that waits raises an IndexError.)";
constexpr char kMeanDoc[] = R"(The mean of each window.

Parameters
----------
input : Tensor
    (N, C, ...) or (C, ...) with the pooled dimensions last; float16, bfloat16, float32, float64, or int64, whose quotients
    are truncated.
kernel_size : int[]
    Sizes of the window; one for all dimensions or one each, as all that follows.
stride : int[], optional
    From window to window; `kernel_size` by default.
padding : int[]
    Zeros before and after the input; at most half of `kernel_size`.
ceil_mode : bool
    Whether windows may begin within the input and leave it.
count_include_pad : bool
    Whether the zeros count.
divisor_override : int, optional
    What sums are divided by instead of the number of positions.

Returns
-------
Tensor
    Of size floor((in + 2 padding - kernel_size) / stride) + 1, with ceil under `ceil_mode`.)";
constexpr char kAdaptiveMeanDoc[] = R"(The mean of each of `output_size` windows.

Window o has the positions from floor(o in / out) to ceil((o + 1) in / out).

Parameters
----------
input : Tensor
    (N, C, ...) or (C, ...) with the pooled dimensions last; float16, bfloat16, float32 or float64.
output_size : int[]
    Windows in each dimension, or one number for all.)";
constexpr char kLpDoc[] = R"(The power mean without its division: ``sum(x ** p) ** (1 / p)`` of each window.

Parameters
----------
input : Tensor
norm_type : float
    p.
kernel_size : int[]
stride : int[], optional
ceil_mode : bool
    As in `avg_pool2d`.)";

}  // namespace

void register_pool_forms(VtPlugin* plugin) {
  const auto define = [&](const std::string& family, const std::string& rest, const char* doc, size_t first_rank,
                          std::initializer_list<VtBoxedFn> kernels, const char* suffix = "") {
    for (size_t rank = first_rank; rank < first_rank + kernels.size(); ++rank) {
      const std::string name = family + std::to_string(rank) + "d" + suffix;
      const std::string schema = name + rest;
      const OpRow op[] = {{schema.c_str(), VT_OP_FUNCTION | VT_OP_COMPOSITE, doc}};
      define_ops(plugin, op);
      const vt::KernelRow kernel[] = {{name.c_str(), kernels.begin()[rank - first_rank]}};
      register_kernels(plugin, kEveryDevice, kernel);
    }
  };
  const std::string max_args =
      "(Tensor input, int[] kernel_size, int[]? stride=None, int[] padding=0, int[] dilation=1, bool ceil_mode=False) -> ";
  define("max_pool", max_args + "Tensor", kMaxDoc, 1, {boxed<max_pool<1>>, boxed<max_pool<2>>, boxed<max_pool<3>>});
  define("max_pool", max_args + "(Tensor out, Tensor indices)", kMaxIndicesDoc, 1,
         {boxed<max_pool_with_indices<1>>, boxed<max_pool_with_indices<2>>, boxed<max_pool_with_indices<3>>},
         "_with_indices");
  define("adaptive_max_pool", "(Tensor input, int[] output_size) -> (Tensor out, Tensor indices)", kAdaptiveMaxDoc, 1,
         {boxed<adaptive_max_pool<1>>, boxed<adaptive_max_pool<2>>, boxed<adaptive_max_pool<3>>});
  define("fractional_max_pool",
         "(Tensor input, int[] kernel_size, int[] output_size, Tensor random_samples) -> (Tensor out, Tensor indices)",
         kFractionalMaxDoc, 2, {boxed<fractional_max_pool<2>>, boxed<fractional_max_pool<3>>});
  define("max_unpool", "(Tensor input, Tensor indices, int[] output_size) -> Tensor", kUnpoolDoc, 1,
         {boxed<max_unpool<1>>, boxed<max_unpool<2>>, boxed<max_unpool<3>>});
  const std::string mean_args =
      "(Tensor input, int[] kernel_size, int[]? stride=None, int[] padding=0, bool ceil_mode=False, bool "
      "count_include_pad=True";
  define("avg_pool", mean_args + ") -> Tensor", kMeanDoc, 1, {boxed<avg_pool<1>>});
  define("avg_pool", mean_args + ", int? divisor_override=None) -> Tensor", kMeanDoc, 2,
         {boxed<avg_pool<2>>, boxed<avg_pool<3>>});
  define("adaptive_avg_pool", "(Tensor input, int[] output_size) -> Tensor", kAdaptiveMeanDoc, 1,
         {boxed<adaptive_avg_pool<1>>, boxed<adaptive_avg_pool<2>>, boxed<adaptive_avg_pool<3>>});
  define("lp_pool",
         "(Tensor input, Scalar norm_type, int[] kernel_size, int[]? stride=None, bool ceil_mode=False) -> Tensor",
         kLpDoc, 1, {boxed<lp_pool<1>>, boxed<lp_pool<2>>, boxed<lp_pool<3>>});
}

}  // namespace vt::core
