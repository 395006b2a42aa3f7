// SPDX-License-Identifier: Apache-2.0
// Arguments, shapes and results of pooling, the same on every device; a device brings the loops.
#pragma once

#include <vt/cpp/iter/promote.hpp>
#include <vt/cpp/rows.hpp>
#include <vt/cpp/spatial/window.hpp>

#include <vector>

// Note [Pooling]
// The inner ops serve one to three dimensions, as many as `kernel_size` or `output_size` has numbers; those that PyTorch
// names by their rank call them. A tensor is (planes, in...), with one or two dimensions before the pooled ones. The index
// that a maximum comes with counts elements of its plane; the first of equal ones is taken, or the last NaN. A gradient
// of maxima goes to the elements at these indices, so whatever chose them, its derivative is a gather.
namespace vt::pool {

struct Shape {
  size_t rank;
  int64_t planes;
  std::vector<int64_t> out_sizes;  // of the result
  Axis axes[3];                    // outermost first; the first 3 - rank are of one position

  int64_t in_volume() const noexcept { return axes[0].in * axes[1].in * axes[2].in; }
  int64_t out_volume() const noexcept { return axes[0].out * axes[1].out * axes[2].out; }
};

inline constexpr Axis kWhole{Kind::kRegular, 1, 1, 1, 1, 0, 1};
// Windows reach no further than this, so that positions fit in 64 bits.
inline constexpr int64_t kLargest = INT32_MAX;
inline constexpr int64_t kLongest = int64_t{1} << 61;

inline std::string list_text(std::span<const int64_t> values) { return format_sizes(values); }

// The numbers of a list of one or `rank`.
inline std::vector<int64_t> spread(const char* op, const char* name, std::span<const int64_t> values, size_t rank) {
  if (values.size() == 1) return std::vector<int64_t>(rank, values[0]);
  if (values.size() != rank)
    fail(VT_ERROR_RUNTIME,
         std::string(op) + ": " + name + " must be one int or " + std::to_string(rank) + ": got " + list_text(values));
  return {values.begin(), values.end()};
}

inline void check_range(const char* op, const char* name, std::span<const int64_t> values, int64_t least) {
  for (const int64_t value : values)
    if (value < least || value > kLargest)
      fail(VT_ERROR_RUNTIME, std::string(op) + ": " + name + " must be from " + std::to_string(least) +
                                 " to 2147483647: got " + list_text(values));
}

// One to three dimensions by the length of the list that says so.
inline size_t rank_of(const char* op, const char* name, std::span<const int64_t> values) {
  if (values.empty() || values.size() > 3)
    fail(VT_ERROR_RUNTIME, std::string(op) + ": " + name + " must have one to three numbers: got " + list_text(values));
  return values.size();
}

// The planes of a tensor of `sizes`. Only a batch may be empty, the channels where `channels_may_be`, and the first dimension,
// whatever it is, where `first_may_be`.
inline Shape planes_of(const char* op, std::span<const int64_t> sizes, size_t rank, bool channels_may_be,
                       bool first_may_be = false) {
  const bool batched = sizes.size() == rank + 2;
  checked_numel(op, sizes);
  bool fits = batched || sizes.size() == rank + 1;
  for (size_t d = 0; fits && d < sizes.size(); ++d) {
    const bool may_be = d + rank < sizes.size() && ((d == 0 && (batched || first_may_be)) || channels_may_be);
    fits = (sizes[d] > 0 && sizes[d] <= kLongest) || (may_be && sizes[d] == 0);
  }
  if (!fits)
    fail(VT_ERROR_SHAPE, std::string(op) + ": expected " + std::to_string(rank) +
                             " dimensions after channels and an optional batch, none but the batch empty: got " +
                             format_sizes(sizes));
  Shape shape{rank, 1, {}, {kWhole, kWhole, kWhole}};
  for (size_t d = 0; d < sizes.size() - rank; ++d) {
    shape.planes *= sizes[d];
    shape.out_sizes.push_back(sizes[d]);
  }
  for (size_t d = 0; d < rank; ++d) shape.axes[3 - rank + d].in = sizes[sizes.size() - rank + d];
  return shape;
}

inline void finish(const char* op, Shape& shape) {
  for (size_t d = 3 - shape.rank; d < 3; ++d) shape.out_sizes.push_back(shape.axes[d].out);
  checked_numel(op, shape.out_sizes);
}

// Kernels, strides (the kernel's by default), paddings and dilations of regular windows.
struct Window {
  std::vector<int64_t> kernel;
  std::vector<int64_t> stride;
  std::vector<int64_t> padding;
  std::vector<int64_t> dilation;
};

inline Window window_args(const char* op, size_t rank, const VtValue& kernel, const VtValue& stride,
                          const VtValue& padding, std::span<const int64_t> dilation) {
  Window w{spread(op, "kernel_size", ints_of(kernel), rank),
           {},
           spread(op, "padding", ints_of(padding), rank),
           spread(op, "dilation", dilation, rank)};
  const bool has_stride = !is_none(stride) && stride.count > 0;
  w.stride = has_stride ? spread(op, "stride", ints_of(stride), rank) : w.kernel;
  check_range(op, "kernel_size", w.kernel, 1);
  check_range(op, "stride", w.stride, 1);
  check_range(op, "padding", w.padding, 0);
  check_range(op, "dilation", w.dilation, 1);
  for (size_t d = 0; d < rank; ++d)
    if (w.padding[d] > w.kernel[d] / 2)
      fail(VT_ERROR_RUNTIME, std::string(op) + ": padding must be at most half of kernel_size: got " +
                                 list_text(w.padding) + " for kernel_size " + list_text(w.kernel));
  return w;
}

inline Shape regular_shape(const char* op, std::span<const int64_t> sizes, const Window& w, bool ceil_mode) {
  const size_t rank = w.kernel.size();
  Shape shape = planes_of(op, sizes, rank, false);
  for (size_t d = 0; d < rank; ++d) {
    Axis& a = shape.axes[3 - rank + d];
    a = {Kind::kRegular, a.in, 0, w.kernel[d], w.stride[d], w.padding[d], w.dilation[d]};
    const int64_t room = a.in + 2 * a.padding - (a.dilation * (a.kernel - 1) + 1);
    if (room >= 0 || (ceil_mode && room + a.stride - 1 >= 0)) {
      a.out = (room + (ceil_mode ? a.stride - 1 : 0)) / a.stride + 1;
      // The last window begins in the input or in the padding before it.
      if (ceil_mode && (a.out - 1) * a.stride >= a.in + a.padding) --a.out;
    }
    if (a.out < 1)
      fail(VT_ERROR_SHAPE, std::string(op) + ": no window fits: got kernel_size " + list_text(w.kernel) + ", padding " +
                               list_text(w.padding) + " and dilation " + list_text(w.dilation) + " for sizes " +
                               format_sizes(sizes));
  }
  finish(op, shape);
  return shape;
}

inline Shape adaptive_shape(const char* op, std::span<const int64_t> sizes, std::span<const int64_t> output,
                            bool channels_may_be) {
  const size_t rank = rank_of(op, "output_size", output);
  check_range(op, "output_size", output, 0);
  Shape shape = planes_of(op, sizes, rank, channels_may_be, true);
  for (size_t d = 0; d < rank; ++d) {
    Axis& a = shape.axes[3 - rank + d];
    a = {Kind::kAdaptive, a.in, output[d], 1, 1, 0, 1};
    // Windows of one size next to each other are regular ones.
    if (a.out > 0 && a.in % a.out == 0) a = {Kind::kRegular, a.in, a.out, a.in / a.out, a.in / a.out, 0, 1};
  }
  finish(op, shape);
  return shape;
}

inline Shape fractional_shape(const char* op, std::span<const int64_t> sizes, std::span<const int64_t> kernel,
                              std::span<const int64_t> output) {
  const size_t rank = rank_of(op, "kernel_size", kernel);
  if (output.size() != rank)
    fail(VT_ERROR_RUNTIME, std::string(op) + ": output_size must have as many numbers as kernel_size: got " +
                               list_text(output) + " for " + list_text(kernel));
  check_range(op, "kernel_size", kernel, 1);
  check_range(op, "output_size", output, 0);
  Shape shape = planes_of(op, sizes, rank, false);
  for (size_t d = 0; d < rank; ++d) {
    Axis& a = shape.axes[3 - rank + d];
    a = {Kind::kFractional, a.in, output[d], kernel[d], 1, 0, 1};
    if (a.out + a.kernel - 1 > a.in)
      fail(VT_ERROR_RUNTIME, std::string(op) + ": kernel_size " + list_text(kernel) + " and output_size " +
                                 list_text(output) + " are too large for sizes " + format_sizes(sizes));
  }
  finish(op, shape);
  return shape;
}

inline void check_pooled_dtype(const char* op, DLDataType dtype, bool integers) {
  const DtypeIndex index = known_dtype_index(dtype);
  const bool is_integer =
      integers && (index == DtypeIndex::kUInt8 || (index >= DtypeIndex::kInt8 && index <= DtypeIndex::kInt64));
  if (!is_integer && !rows::is_row_dtype(dtype))
    fail(VT_ERROR_NOT_IMPLEMENTED,
         std::string(op) + ": not implemented for " + std::string(dtype_name(dtype)) + "; convert to float32 first");
}

// run(shape, input, samples, out, indices): `samples` is empty but for fractional windows, indices where not wanted.
template <class Run>
void pool_max(const Shape& shape, VtTensor* self, const Tensor& samples, bool indexed, VtValue* result, Run&& run) {
  Tensor out = Tensor::empty(shape.out_sizes, self->dl.dtype, self->dl.device);
  Tensor indices = indexed ? Tensor::empty(shape.out_sizes, kInt64, self->dl.device) : Tensor();
  if (!rows::is_meta(self) && out.numel() > 0) run(shape, rows::dense(self), samples, out, indices);
  result[0] = rows::owned(std::move(out));
  result[1] = rows::owned(std::move(indices));
}

// native_max_pool(self, kernel_size, stride, padding, dilation, ceil_mode, with_indices)
template <class Run>
void max_forward(const VtValue* args, VtValue* result, Run&& run) {
  const char* op = "max_pool";
  VtTensor* self = args[0].as.tensor;
  const size_t rank = rank_of(op, "kernel_size", ints_of(args[1]));
  const Window w = window_args(op, rank, args[1], args[2], args[3], ints_of(args[4]));
  const Shape shape = regular_shape(op, sizes_of(self), w, args[5].as.i != 0);
  check_pooled_dtype(op, self->dl.dtype, true);
  pool_max(shape, self, Tensor(), args[6].as.i != 0, result, run);
}

// native_adaptive_max_pool(self, output_size)
template <class Run>
void adaptive_max_forward(const VtValue* args, VtValue* result, Run&& run) {
  const char* op = "adaptive_max_pool";
  VtTensor* self = args[0].as.tensor;
  const Shape shape = adaptive_shape(op, sizes_of(self), ints_of(args[1]), false);
  check_pooled_dtype(op, self->dl.dtype, false);
  pool_max(shape, self, Tensor(), true, result, run);
}

// Samples of a fractional pooling, (batch, channels, rank), dense and in the compute dtype.
inline Tensor check_samples(const char* op, VtTensor* samples, const VtTensor* self, const Shape& shape,
                            std::span<const int64_t> sizes) {
  const bool batched = sizes.size() == shape.rank + 2;
  const int64_t expected[] = {batched ? sizes[0] : 1, sizes[batched ? 1 : 0], static_cast<int64_t>(shape.rank)};
  if (!same_dtype(samples->dl.dtype, self->dl.dtype))
    fail(VT_ERROR_DTYPE, std::string(op) + ": random_samples must have the dtype of the input: got " +
                             std::string(dtype_name(samples->dl.dtype)) + ", expected " +
                             std::string(dtype_name(self->dl.dtype)));
  if (!same_sizes(sizes_of(samples), expected))
    fail(VT_ERROR_SHAPE, std::string(op) + ": random_samples must be (batch, channels, dimensions): got " +
                             format_sizes(sizes_of(samples)) + ", expected " + format_sizes(expected));
  return rows::dense(rows::cast(samples, rows::compute_dtype(self->dl.dtype)).get());
}

// native_fractional_max_pool(self, kernel_size, output_size, random_samples)
template <class Run>
void fractional_max_forward(const VtValue* args, VtValue* result, Run&& run) {
  const char* op = "fractional_max_pool";
  VtTensor* self = args[0].as.tensor;
  const Shape shape = fractional_shape(op, sizes_of(self), ints_of(args[1]), ints_of(args[2]));
  check_pooled_dtype(op, self->dl.dtype, false);
  const Tensor samples = check_samples(op, args[3].as.tensor, self, shape, sizes_of(self));
  pool_max(shape, self, samples, true, result, run);
}

inline void check_gradient(const char* op, const VtTensor* grad, const Shape& shape) {
  rows::check_dtype(op, grad);
  if (!same_sizes(sizes_of(grad), shape.out_sizes))
    fail(VT_ERROR_SHAPE, std::string(op) + ": grad must have the sizes of the pooled input: got " +
                             format_sizes(sizes_of(grad)) + ", expected " + format_sizes(shape.out_sizes));
}

// `t` must hold int64 indices of the sizes of `like`.
inline void check_indices(const char* op, const VtTensor* t, const VtTensor* like) {
  if (!same_dtype(t->dl.dtype, kInt64))
    fail(VT_ERROR_DTYPE, std::string(op) + ": indices must be int64: got " + std::string(dtype_name(t->dl.dtype)));
  if (!same_sizes(sizes_of(t), sizes_of(like)))
    fail(VT_ERROR_SHAPE, std::string(op) + ": indices must have the sizes of the values: got " +
                             format_sizes(sizes_of(t)) + ", expected " + format_sizes(sizes_of(like)));
}

// run(shape, gradient, indices, samples, gradient of the input)
template <class Run>
void scatter_gradient(const char* op, const Shape& shape, const VtValue* args, const Tensor& samples, VtValue* result,
                      Run&& run) {
  VtTensor* grad = args[0].as.tensor;
  check_gradient(op, grad, shape);
  check_indices(op, args[1].as.tensor, grad);
  Tensor out = Tensor::empty(ints_of(args[2]), grad->dl.dtype, grad->dl.device);
  if (!rows::is_meta(grad) && out.numel() > 0)
    run(shape, rows::dense(grad), rows::dense(args[1].as.tensor), samples, out);
  result[0] = rows::owned(std::move(out));
}

// native_max_pool_backward(grad, indices, input_size, kernel_size, stride, padding, dilation, ceil_mode)
template <class Run>
void max_backward(const VtValue* args, VtValue* result, Run&& run) {
  const char* op = "native_max_pool_backward";
  const size_t rank = rank_of(op, "kernel_size", ints_of(args[3]));
  const Window w = window_args(op, rank, args[3], args[4], args[5], ints_of(args[6]));
  scatter_gradient(op, regular_shape(op, ints_of(args[2]), w, args[7].as.i != 0), args, Tensor(), result, run);
}

// native_adaptive_max_pool_backward(grad, indices, input_size, output_size)
template <class Run>
void adaptive_max_backward(const VtValue* args, VtValue* result, Run&& run) {
  const char* op = "native_adaptive_max_pool_backward";
  scatter_gradient(op, adaptive_shape(op, ints_of(args[2]), ints_of(args[3]), false), args, Tensor(), result, run);
}

// native_fractional_max_pool_backward(grad, indices, input_size, kernel_size, output_size, random_samples)
template <class Run>
void fractional_max_backward(const VtValue* args, VtValue* result, Run&& run) {
  const char* op = "native_fractional_max_pool_backward";
  const Shape shape = fractional_shape(op, ints_of(args[2]), ints_of(args[3]), ints_of(args[4]));
  check_gradient(op, args[0].as.tensor, shape);
  const Tensor samples = check_samples(op, args[5].as.tensor, args[0].as.tensor, shape, ints_of(args[2]));
  scatter_gradient(op, shape, args, samples, result, run);
}

// What the sum over a window is divided by.
struct Divisor {
  bool with_padding;
  int64_t fixed;  // 0 for the number of positions
};

inline Divisor divisor_of(const char* op, const VtValue& with_padding, const VtValue& fixed) {
  if (!is_none(fixed) && fixed.as.i == 0) fail(VT_ERROR_RUNTIME, std::string(op) + ": divisor_override must not be 0");
  return {with_padding.as.i != 0, is_none(fixed) ? 0 : fixed.as.i};
}

constexpr int64_t kOne = 1;
inline std::span<const int64_t> undilated() noexcept { return {&kOne, 1}; }

// run(shape, divisor, input, out)
template <class Run>
void pool_mean(const Shape& shape, Divisor divisor, VtTensor* self, std::span<const int64_t> sizes, VtValue* result,
               Run&& run) {
  Tensor out = Tensor::empty(sizes, self->dl.dtype, self->dl.device);
  if (!rows::is_meta(self) && out.numel() > 0) run(shape, divisor, rows::dense(self), out);
  result[0] = rows::owned(std::move(out));
}

// native_avg_pool(self, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override)
template <class Run>
void mean_forward(const VtValue* args, VtValue* result, Run&& run) {
  const char* op = "avg_pool";
  VtTensor* self = args[0].as.tensor;
  const size_t rank = rank_of(op, "kernel_size", ints_of(args[1]));
  const Window w = window_args(op, rank, args[1], args[2], args[3], undilated());
  const Divisor divisor = divisor_of(op, args[5], args[6]);
  const Shape shape = regular_shape(op, sizes_of(self), w, args[4].as.i != 0);
  if (!same_dtype(self->dl.dtype, kInt64)) check_pooled_dtype(op, self->dl.dtype, false);
  pool_mean(shape, divisor, self, shape.out_sizes, result, run);
}

// native_avg_pool_backward(grad, input_size, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override)
template <class Run>
void mean_backward(const VtValue* args, VtValue* result, Run&& run) {
  const char* op = "native_avg_pool_backward";
  const size_t rank = rank_of(op, "kernel_size", ints_of(args[2]));
  const Window w = window_args(op, rank, args[2], args[3], args[4], undilated());
  const Divisor divisor = divisor_of(op, args[6], args[7]);
  const Shape shape = regular_shape(op, ints_of(args[1]), w, args[5].as.i != 0);
  check_gradient(op, args[0].as.tensor, shape);
  pool_mean(shape, divisor, args[0].as.tensor, ints_of(args[1]), result, run);
}

// native_adaptive_avg_pool(self, output_size)
template <class Run>
void adaptive_mean_forward(const VtValue* args, VtValue* result, Run&& run) {
  const char* op = "adaptive_avg_pool";
  VtTensor* self = args[0].as.tensor;
  const Shape shape = adaptive_shape(op, sizes_of(self), ints_of(args[1]), true);
  check_pooled_dtype(op, self->dl.dtype, false);
  pool_mean(shape, {false, 0}, self, shape.out_sizes, result, run);
}

// native_adaptive_avg_pool_backward(grad, input_size, output_size)
template <class Run>
void adaptive_mean_backward(const VtValue* args, VtValue* result, Run&& run) {
  const char* op = "native_adaptive_avg_pool_backward";
  const Shape shape = adaptive_shape(op, ints_of(args[1]), ints_of(args[2]), true);
  check_gradient(op, args[0].as.tensor, shape);
  pool_mean(shape, {false, 0}, args[0].as.tensor, ints_of(args[1]), result, run);
}

// native_max_unpool(self, indices, output_size): run(planes, values, indices, out).
template <class Run>
void unpool(const VtValue* args, VtValue* result, Run&& run) {
  const char* op = "max_unpool";
  VtTensor* self = args[0].as.tensor;
  const auto output = ints_of(args[2]);
  const size_t rank = rank_of(op, "output_size", output);
  check_range(op, "output_size", output, 0);
  check_pooled_dtype(op, self->dl.dtype, false);
  Shape shape = planes_of(op, sizes_of(self), rank, false);
  check_indices(op, args[1].as.tensor, self);
  for (size_t d = 0; d < rank; ++d) shape.axes[3 - rank + d].out = output[d];
  finish(op, shape);
  Tensor out = Tensor::empty(shape.out_sizes, self->dl.dtype, self->dl.device);
  if (!rows::is_meta(self) && self->numel > 0) run(shape, rows::dense(self), rows::dense(args[1].as.tensor), out);
  result[0] = rows::owned(std::move(out));
}

}  // namespace vt::pool
