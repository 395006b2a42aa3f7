// SPDX-License-Identifier: Apache-2.0
// Arguments, shapes and results of convolutions, the same on every device; a device brings the products.
#pragma once

#include <vt/cpp/iter/promote.hpp>
#include <vt/cpp/memory_format.hpp>
#include <vt/cpp/rows.hpp>

#include <vector>

// Note [Convolutions]
// A convolution relates a large tensor (batch, groups * large channels, large...) and a small one (batch, groups * small
// channels, small...) by a weight (groups * small channels, large channels, kernel...):
//   correlate: small[m, o] = sum over c, j of weight[m, c, j] large[c, o stride + j dilation - padding]
//   spread:    large[c, i] = sum over m, j and the o with i = o stride + j dilation - padding of weight[m, c, j] small[m, o]
//   weigh:     weight[m, c, j] = sum over batch, o of small[m, o] large[c, o stride + j dilation - padding]
// These are each other's derivatives. The plain convolution correlates its input with the weight and the transposed one spreads
// it, so the gradient of the input spreads or correlates that of the result, and the gradient of the weight weighs both.
namespace vt::convolution {

struct Axis {
  int64_t large;
  int64_t small;
  int64_t kernel;
  int64_t stride;
  int64_t padding;
  int64_t dilation;
};

inline constexpr Axis kWhole{1, 1, 1, 1, 0, 1};

struct Shape {
  size_t rank;
  bool transposed;
  int64_t batch;
  int64_t groups;
  int64_t large_channels;  // of a group
  int64_t small_channels;
  Axis axes[3];                    // outermost first; the first 3 - rank are of one position
  std::vector<int64_t> out_sizes;  // of the result

  int64_t taps() const noexcept { return axes[0].kernel * axes[1].kernel * axes[2].kernel; }
  int64_t large_volume() const noexcept { return axes[0].large * axes[1].large * axes[2].large; }
  int64_t small_volume() const noexcept { return axes[0].small * axes[1].small * axes[2].small; }
};

// Positions and steps are no larger, so that their products fit in 64 bits.
inline constexpr int64_t kLargest = INT32_MAX;

inline void check_dtype(const char* op, DLDataType dtype) {
  const DtypeIndex index = known_dtype_index(dtype);
  const bool is_integer = index == DtypeIndex::kUInt8 || (index >= DtypeIndex::kInt8 && index <= DtypeIndex::kInt64);
  if (!is_integer && !rows::is_row_dtype(dtype) && dtype_info(dtype).category != Category::kComplex)
    fail(VT_ERROR_NOT_IMPLEMENTED,
         std::string(op) + ": not implemented for " + std::string(dtype_name(dtype)) + "; convert to float32 first");
}

// One number per dimension from a list of one or `rank`.
inline std::vector<int64_t> spread(const char* op, const char* name, const VtValue& v, size_t rank) {
  const auto values = ints_of(v);
  if (values.size() == 1) return std::vector<int64_t>(rank, values[0]);
  if (values.size() != rank)
    fail(VT_ERROR_RUNTIME, std::string(op) + ": expected " + name + " to be a single integer value or a list of " +
                               std::to_string(rank) + " values to match the convolution dimensions, but got " + name +
                               "=" + format_sizes(values));
  return {values.begin(), values.end()};
}

inline void check_range(const char* op, const char* what, std::span<const int64_t> values, int64_t least) {
  for (const int64_t value : values)
    if (value < least || value > kLargest)
      fail(VT_ERROR_RUNTIME, std::string(op) + ": " + (value < least ? what : "a size above 2147483647") +
                                 " is not supported: got " + format_sizes(values));
}

// The arguments after the tensors.
struct Window {
  std::vector<int64_t> stride;
  std::vector<int64_t> padding;
  std::vector<int64_t> dilation;
  bool transposed;
  std::vector<int64_t> output_padding;
  int64_t groups;
};

// (stride, padding, dilation, transposed, output_padding, groups) from `args` on.
inline Window window_of(const char* op, const VtTensor* weight, const VtValue* args) {
  if (weight->dl.ndim < 3)
    fail(VT_ERROR_SHAPE,
         std::string(op) + ": weight should have at least three dimensions: got " + format_sizes(sizes_of(weight)));
  if (weight->dl.ndim > 5)
    fail(VT_ERROR_SHAPE, std::string(op) + ": one to three dimensions are convolved: got a weight of size " +
                             format_sizes(sizes_of(weight)));
  const auto rank = static_cast<size_t>(weight->dl.ndim - 2);
  Window w{spread(op, "stride", args[0], rank),         spread(op, "padding", args[1], rank),
           spread(op, "dilation", args[2], rank),       args[3].as.i != 0,
           spread(op, "output_padding", args[4], rank), args[5].as.i};
  check_range(op, "negative padding", w.padding, 0);
  check_range(op, "negative output_padding", w.output_padding, 0);
  check_range(op, "non-positive stride", w.stride, 1);
  check_range(op, "non-positive dilation", w.dilation, 1);
  if (w.groups <= 0)
    fail(VT_ERROR_RUNTIME, std::string(op) + ": non-positive groups is not supported: got " + std::to_string(w.groups));
  return w;
}

// "Given ..., weight of size ...": how PyTorch begins what it says of a weight.
inline std::string given(const char* op, const Window& w, const VtTensor* weight) {
  return std::string(op) + ": Given " +
         (w.transposed ? std::string("transposed=1") : "groups=" + std::to_string(w.groups)) + ", weight of size " +
         format_sizes(sizes_of(weight));
}

inline void check_channels(const char* op, const Window& w, std::span<const int64_t> input, const VtTensor* weight) {
  const auto sizes = sizes_of(weight);
  const std::string groups = std::string(op) + ": Given groups=" + std::to_string(w.groups);
  if (sizes[0] < w.groups)
    fail(VT_ERROR_SHAPE, groups + ", expected weight to be at least " + std::to_string(w.groups) +
                             " at dimension 0, but got weight of size " + format_sizes(sizes) + " instead");
  if (sizes[0] % w.groups != 0)
    fail(VT_ERROR_SHAPE, groups + ", expected weight to be divisible by " + std::to_string(w.groups) +
                             " at dimension 0, but got weight of size " + format_sizes(sizes) + " instead");
  const int64_t expected = w.transposed ? sizes[0] : sizes[1] * w.groups;
  if (input[1] != expected)
    fail(VT_ERROR_SHAPE, given(op, w, weight) + ", expected input" + format_sizes(input) + " to have " +
                             std::to_string(expected) + " channels, but got " + std::to_string(input[1]) +
                             " channels instead");
}

// The size of the result along a dimension of `in` positions.
inline int64_t result_size(const char* op, const Window& w, size_t d, int64_t in, int64_t kernel) {
  const int64_t reach = w.dilation[d] * (kernel - 1) + 1;
  if (w.transposed) {
    const int64_t out = (in - 1) * w.stride[d] - 2 * w.padding[d] + reach + w.output_padding[d];
    if (w.output_padding[d] >= w.stride[d] && w.output_padding[d] >= w.dilation[d])
      fail(VT_ERROR_RUNTIME,
           std::string(op) +
               ": output padding must be smaller than either stride or dilation, but got output_padding " +
               format_sizes(w.output_padding) + ", stride " + format_sizes(w.stride) + ", dilation " +
               format_sizes(w.dilation));
    if (out < 0)
      fail(VT_ERROR_SHAPE, std::string(op) + ": nothing is left of the result: got an input of size " +
                               std::to_string(in) + ", kernel size " + std::to_string(kernel) + " and padding " +
                               std::to_string(w.padding[d]));
    return out;
  }
  const int64_t room = in + 2 * w.padding[d] - reach;
  if (room < 0)
    fail(VT_ERROR_SHAPE,
         std::string(op) + ": Calculated padded input size per channel: " + std::to_string(in + 2 * w.padding[d]) +
             ". Kernel size: " + std::to_string(reach) + ". Kernel size can't be greater than actual input size");
  return room / w.stride[d] + 1;
}

inline Shape shape_of(const char* op, std::span<const int64_t> input, const VtTensor* weight, const Window& w) {
  const size_t rank = w.stride.size();
  const auto kernel = sizes_of(weight).subspan(2);
  if (input.size() != rank + 2)
    fail(VT_ERROR_SHAPE, std::string(op) + ": Expected " + std::to_string(rank + 2) + "-dimensional input for " +
                             std::to_string(rank + 2) + "-dimensional weight " + format_sizes(sizes_of(weight)) +
                             ", but got " + std::to_string(input.size()) + "-dimensional input of size " +
                             format_sizes(input) + " instead");
  check_channels(op, w, input, weight);
  check_range(op, "a kernel without elements", kernel, 1);
  check_range(op, "a negative size", input.subspan(2), 0);
  const int64_t of_group = sizes_of(weight)[0] / w.groups;
  Shape shape{rank, w.transposed, input[0], w.groups, sizes_of(weight)[1], of_group, {kWhole, kWhole, kWhole}, {}};
  shape.out_sizes = {input[0], w.transposed ? shape.large_channels * w.groups : sizes_of(weight)[0]};
  for (size_t d = 0; d < rank; ++d) {
    const int64_t out = result_size(op, w, d, input[2 + d], kernel[d]);
    if (input[2 + d] == 0 && input[0] != 0 && input[1] != 0)
      fail(VT_ERROR_SHAPE,
           std::string(op) +
               ": Only zero batch or zero channel inputs are supported, but got input shape: " + format_sizes(input));
    shape.axes[3 - rank + d] = {w.transposed ? out : input[2 + d],
                                w.transposed ? input[2 + d] : out,
                                kernel[d],
                                w.stride[d],
                                w.padding[d],
                                w.dilation[d]};
    shape.out_sizes.push_back(out);
  }
  checked_numel(op, shape.out_sizes);
  return shape;
}

inline void check_same_dtype(const char* op, const char* name, const VtTensor* t, const VtTensor* input) {
  if (same_dtype(t->dl.dtype, input->dl.dtype)) return;
  fail(VT_ERROR_DTYPE, std::string(op) + ": Input type (" + std::string(dtype_name(input->dl.dtype)) + ") and " + name +
                           " type (" + std::string(dtype_name(t->dl.dtype)) + ") should be the same");
}

inline void check_bias(const char* op, const Shape& shape, std::span<const int64_t> bias, const Window& w,
                       const VtTensor* weight) {
  if (bias.size() != 1 || bias[0] != shape.out_sizes[1])
    fail(VT_ERROR_SHAPE, given(op, w, weight) + ", expected bias to be 1-dimensional with " +
                             std::to_string(shape.out_sizes[1]) + " elements, but got bias of size " +
                             format_sizes(bias) + " instead");
}

// A result of the sizes in the order of channels that the tensors have.
inline Tensor result_like(std::span<const int64_t> sizes, const VtTensor* input, const VtTensor* weight) {
  static const Op empty_strided("empty_strided");
  for (const VtTensor* t : {input, weight}) {
    const MemoryFormat format = format_suggested_by(t);
    if (format == MemoryFormat::kContiguous || ndim_of(format) != sizes.size()) continue;
    Sizes strides;
    strides_in("convolution", sizes, format, strides);
    return empty_strided(sizes, std::span<const int64_t>(strides.data(), strides.size()), input->dl.dtype,
                         input->dl.device);
  }
  return Tensor::empty(sizes, input->dl.dtype, input->dl.device);
}

// convolution(input, weight, bias, stride, padding, dilation, transposed, output_padding, groups): run(shape, input, weight,
// bias, out), with the bias dense.
template <class Run>
void forward(const VtValue* args, VtValue* result, Run&& run) {
  const char* op = "convolution";
  VtTensor* input = args[0].as.tensor;
  VtTensor* weight = args[1].as.tensor;
  const Window w = window_of(op, weight, args + 3);
  const Shape shape = shape_of(op, sizes_of(input), weight, w);
  if (is_tensor(args[2])) check_bias(op, shape, sizes_of(args[2].as.tensor), w, weight);
  check_dtype(op, input->dl.dtype);
  check_same_dtype(op, "weight", weight, input);
  if (is_tensor(args[2])) check_same_dtype(op, "bias", args[2].as.tensor, input);
  Tensor out = result_like(shape.out_sizes, input, weight);
  if (!rows::is_meta(input) && out.numel() > 0)
    run(shape, Tensor::share(input), Tensor::share(weight), rows::dense_as(args[2], input->dl.dtype), out);
  result[0] = rows::owned(std::move(out));
}

// convolution_backward(grad_output, input, weight, bias_sizes, stride, padding, dilation, transposed, output_padding, groups,
// output_mask): run(shape, grad, input, weight, input_grad, weight_grad) with gradients that are empty where not asked for, and
// without the weight where that of the input is.
template <class Run>
void backward(const VtValue* args, VtValue* result, Run&& run) {
  const char* op = "convolution_backward";
  static const Op sum("sum.dims");
  VtTensor* grad = args[0].as.tensor;
  VtTensor* input = args[1].as.tensor;
  VtTensor* weight = args[2].as.tensor;
  const Window w = window_of(op, weight, args + 4);
  const Shape shape = shape_of(op, sizes_of(input), weight, w);
  if (!is_none(args[3])) check_bias(op, shape, ints_of(args[3]), w, weight);
  if (args[10].count != 3)
    fail(VT_ERROR_RUNTIME,
         std::string(op) + ": output_mask must have three entries: got " + std::to_string(args[10].count));
  if (!same_sizes(sizes_of(grad), shape.out_sizes))
    fail(VT_ERROR_SHAPE, std::string(op) + ": grad_output must have the sizes of the result: got " +
                             format_sizes(sizes_of(grad)) + ", expected " + format_sizes(shape.out_sizes));
  check_dtype(op, input->dl.dtype);
  check_same_dtype(op, "weight", weight, input);
  check_same_dtype(op, "grad_output", grad, input);
  const uint8_t* mask = args[10].as.bools;
  Tensor input_grad;
  Tensor weight_grad;
  if (mask[0]) input_grad = result_like(sizes_of(input), input, weight);
  if (mask[1]) weight_grad = Tensor::empty(sizes_of(weight), weight->dl.dtype, weight->dl.device);
  if (!rows::is_meta(input) && (mask[0] || mask[1]))
    run(shape, Tensor::share(grad), Tensor::share(input), mask[0] ? Tensor::share(weight) : Tensor(), input_grad,
        weight_grad);
  result[0] = mask[0] ? rows::owned(std::move(input_grad)) : none();
  result[1] = mask[1] ? rows::owned(std::move(weight_grad)) : none();
  result[2] = none();
  if (!mask[2]) return;
  std::vector<int64_t> over{0};
  for (int64_t d = 2; d < grad->dl.ndim; ++d) over.push_back(d);
  result[2] = rows::owned(sum(args[0], std::span<const int64_t>(over), false, grad->dl.dtype));
}

}  // namespace vt::convolution
