// SPDX-License-Identifier: Apache-2.0
// im2col and col2im: windows of an image as columns of a matrix, and back, over views and their derivatives on any device.
#include <vt/cpp/rows.hpp>

#include "ops/calls.hpp"
#include "ops/loops/binary.hpp"
#include "ops/runs.hpp"
#include "runtime/thread_state.hpp"

// Note [Columns]
// A column holds what one window sees, channel by channel; columns are in the order of windows. A window that reaches over
// dilation * (kernel - 1) + 1 positions is a view of the padded image, of which every dilation-th position is kept. col2im
// adds up what im2col repeats: it is built of the derivatives of the same views; where no layer looks on, the CPU adds rows to the
// image at once.
namespace vt::core {

namespace {

using calls::Ints;
using calls::span_of;

// Two numbers each.
struct Windows {
  Ints kernel;
  Ints dilation;
  Ints padding;
  Ints stride;

  int64_t reach(size_t d) const noexcept { return dilation[d] * (kernel[d] - 1) + 1; }
  // The number of windows along a dimension, less than one where none fits.
  int64_t count(int64_t size, size_t d) const noexcept {
    const int64_t room = size + 2 * padding[d] - reach(d);
    return room < 0 ? -((-room + stride[d] - 1) / stride[d]) + 1 : room / stride[d] + 1;
  }
};

constexpr int64_t kLargest = INT32_MAX;

Ints two_of(const std::string& op, const char* name, const VtValue& v, const char* rule, int64_t lowest) {
  const auto given = ints_of(v);
  if (given.size() != 1 && given.size() != 2)
    fail(VT_ERROR_RUNTIME,
         op + ": It is expected " + name + " equals to 2, but got size " + std::to_string(given.size()));
  const Ints values{given.front(), given.back()};
  for (const int64_t value : values)
    if (value < lowest || value > kLargest)
      fail(VT_ERROR_RUNTIME, op + ": " + name + " should be " + (value < lowest ? rule : "at most 2147483647") +
                                 ", but got " + format_sizes(values));
  return values;
}

// (kernel_size, dilation, padding, stride) from `args` on.
Windows windows_of(const std::string& op, const VtValue* args) {
  return {two_of(op, "kernel_size", args[0], "greater than zero", 1),
          two_of(op, "dilation", args[1], "greater than zero", 1), two_of(op, "padding", args[2], "non-negative", 0),
          two_of(op, "stride", args[3], "greater than zero", 1)};
}

void check_dtype(const char* op, const VtTensor* t) {
  const Category category = dtype_info(t->dl.dtype).category;
  const bool is_bool = category == Category::kBool;
  const bool is_float = category == Category::kFloating && itemsize_of(t->dl.dtype) > 1;
  if (!is_bool && !is_float && category != Category::kComplex)
    fail(VT_ERROR_NOT_IMPLEMENTED, std::string(op) + ": not implemented for " + std::string(dtype_name(t->dl.dtype)) +
                                       ", expected a floating, complex or bool dtype");
}

Tensor dilated(const Tensor& t, int64_t dim, int64_t step) {
  static const Op slice("slice");
  return step == 1 ? t : slice(t, dim, none(), none(), step);
}

// im2col(self, kernel_size, dilation, padding, stride)
void im2col(const VtValue* args, VtValue* result) {
  static const Op pad("constant_pad_nd");
  static const Op unfold("unfold");
  static const Op clone("clone");
  const Windows w = windows_of("im2col", args + 1);
  Tensor t = calls::shared(args[0]);
  check_dtype("im2col", t.get());
  const auto sizes = t.sizes();
  const bool has_batch = t.ndim() == 4;
  if ((t.ndim() != 3 && !has_batch) ||
      std::any_of(sizes.begin() + (has_batch ? 1 : 0), sizes.end(), [](int64_t size) { return size == 0; }))
    fail(VT_ERROR_SHAPE,
         "im2col: Expected 3D or 4D (batch mode) tensor with possibly 0 batch size and other non-zero dimensions for "
         "input, but got: " +
             format_sizes(sizes));
  if (!has_batch) t = calls::unsqueeze(t, 0);
  const int64_t batch = t.sizes()[0];
  const int64_t rows = t.sizes()[1] * w.kernel[0] * w.kernel[1];
  const int64_t down = w.count(t.sizes()[2], 0);
  const int64_t across = w.count(t.sizes()[3], 1);
  if (down < 1 || across < 1) {
    const int64_t spatial[] = {t.sizes()[2], t.sizes()[3]};
    const int64_t blocks[] = {down, across};
    fail(VT_ERROR_SHAPE, "im2col: Given input with spatial size " + format_sizes(spatial) +
                             ", kernel_size=" + format_sizes(w.kernel) + ", dilation=" + format_sizes(w.dilation) +
                             ", padding=" + format_sizes(w.padding) +
                             ", calculated shape of the array of sliding blocks as " + format_sizes(blocks) +
                             ", but its components must be at least one.");
  }
  if (w.padding[0] + w.padding[1] > 0)
    t = pad(t, span_of({w.padding[1], w.padding[1], w.padding[0], w.padding[0]}), int64_t{0});
  t = unfold(unfold(t, int64_t{2}, w.reach(0), w.stride[0]), int64_t{3}, w.reach(1), w.stride[1]);
  t = dilated(dilated(t, 4, w.dilation[0]), 5, w.dilation[1]);
  t = calls::reshape(clone(calls::permute(t, {0, 1, 4, 5, 2, 3}), static_cast<int64_t>(MemoryFormat::kContiguous)),
                     {batch, rows, down * across});
  calls::give("im2col", has_batch ? std::move(t) : calls::squeeze(t, 0), result[0]);
}

Tensor undilated(const Tensor& t, int64_t dim, int64_t size, int64_t step) {
  static const Op slice_backward("slice_backward");
  if (step == 1) return t;
  Ints sizes = calls::ints(t.sizes());
  sizes[static_cast<size_t>(dim)] = size;
  return slice_backward(t, span_of(sizes), dim, none(), none(), step);
}

// (batch, channels * kernel, blocks) added up in an image of `size`.
Tensor added_up(const Tensor& columns, const Ints& size, const Windows& w) {
  static const Op unfold_backward("unfold_backward");
  static const Op contiguous("contiguous");
  const int64_t batch = columns.sizes()[0];
  const int64_t channels = columns.sizes()[1] / (w.kernel[0] * w.kernel[1]);
  const int64_t down = w.count(size[0], 0);
  const int64_t across = w.count(size[1], 1);
  const int64_t padded[] = {size[0] + 2 * w.padding[0], size[1] + 2 * w.padding[1]};
  Tensor t = calls::permute(calls::reshape(columns, {batch, channels, w.kernel[0], w.kernel[1], down, across}),
                            {0, 1, 4, 5, 2, 3});
  t = undilated(undilated(t, 4, w.reach(0), w.dilation[0]), 5, w.reach(1), w.dilation[1]);
  t = unfold_backward(t, span_of({batch, channels, down, padded[1], w.reach(0)}), int64_t{3}, w.reach(1), w.stride[1]);
  t = unfold_backward(t, span_of({batch, channels, padded[0], padded[1]}), int64_t{2}, w.reach(0), w.stride[0]);
  if (w.padding[0] > 0) t = calls::slice(t, 2, w.padding[0], w.padding[0] + size[0]);
  if (w.padding[1] > 0) t = calls::slice(t, 3, w.padding[1], w.padding[1] + size[1]);
  return contiguous(t);
}

// The same of dense columns on the CPU, row by row of a window's place in it.
Tensor added_by_rows(const Tensor& columns, const Ints& size, const Windows& w) {
  static const Op zeros("zeros");
  const int64_t area = w.kernel[0] * w.kernel[1];
  const int64_t planes = columns->dl.shape[0] * (columns->dl.shape[1] / area);
  const int64_t down = w.count(size[0], 0);
  const int64_t across = w.count(size[1], 1);
  const int64_t sizes[] = {columns->dl.shape[0], columns->dl.shape[1] / area, size[0], size[1]};
  Tensor out = zeros(std::span<const int64_t>(sizes), columns.dtype(), columns.device());
  const int64_t itemsize = itemsize_of(columns.dtype());
  const BinaryLoop add = loops<BinaryLoops>().by_kind[kAdd][static_cast<size_t>(dtype_index(columns.dtype()))];
  const int64_t strides[] = {w.stride[1] * itemsize, w.stride[1] * itemsize, itemsize};
  const int64_t plane_bytes = size[0] * size[1] * itemsize;
  parallel_for(0, planes, rows_per_grain(area * down * across), [&](int64_t begin, int64_t end) {
    for (int64_t row = begin * area; row < end * area; ++row) {
      const char* from = columns.data<const char>() + row * down * across * itemsize;
      const int64_t top = row % area / w.kernel[1] * w.dilation[0] - w.padding[0];
      const int64_t left = row % w.kernel[1] * w.dilation[1] - w.padding[1];
      const int64_t first = left < 0 ? (-left + w.stride[1] - 1) / w.stride[1] : 0;
      const int64_t behind = left < size[1] ? std::min(across, (size[1] - 1 - left) / w.stride[1] + 1) : 0;
      for (int64_t y = 0; y < down && first < behind; ++y) {
        const int64_t at = top + y * w.stride[0];
        if (at < 0 || at >= size[0]) continue;
        char* to = out.data<char>() + row / area * plane_bytes + (at * size[1] + left + first * w.stride[1]) * itemsize;
        add(to, to, from + (y * across + first) * itemsize, behind - first, strides, nullptr);
      }
    }
  });
  return out;
}

void check_columns(std::span<const int64_t> sizes, const Ints& size, const Windows& w) {
  const bool has_batch = sizes.size() == 3;
  const std::string op = "col2im: ";
  if ((sizes.size() != 2 && !has_batch) ||
      std::any_of(sizes.begin() + (has_batch ? 1 : 0), sizes.end(), [](int64_t n) { return n == 0; }))
    fail(VT_ERROR_SHAPE, op +
                             "Expected 2D or 3D (batch mode) tensor for input with possibly 0 batch size and non-zero "
                             "dimensions for input, but got: " +
                             format_sizes(sizes));
  const size_t rows = has_batch ? 1 : 0;
  if (sizes[rows] % (w.kernel[0] * w.kernel[1]) != 0)
    fail(VT_ERROR_SHAPE, op + "Expected size of input's dimension " + std::to_string(rows) +
                             " to be divisible by the product of kernel_size, but got input.size(" +
                             std::to_string(rows) + ")=" + std::to_string(sizes[rows]) +
                             " and kernel_size=" + format_sizes(w.kernel) + ".");
  const int64_t down = w.count(size[0], 0);
  const int64_t across = w.count(size[1], 1);
  if (down < 1 || across < 1 || sizes[rows + 1] != down * across)
    fail(VT_ERROR_SHAPE, op + "Given output_size=" + format_sizes(size) + ", kernel_size=" + format_sizes(w.kernel) +
                             ", dilation=" + format_sizes(w.dilation) + ", padding=" + format_sizes(w.padding) +
                             ", stride=" + format_sizes(w.stride) + ", expected size of input's dimension " +
                             std::to_string(rows + 1) + " to match the calculated number of sliding blocks " +
                             std::to_string(down) + " * " + std::to_string(across) + " = " +
                             std::to_string(down * across) + ", but got " + std::to_string(sizes[rows + 1]) + ".");
}

// col2im(self, output_size, kernel_size, dilation, padding, stride)
void col2im(const VtValue* args, VtValue* result) {
  static const Op to("to.dtype");
  const Ints size = two_of("col2im", "output_size", args[1], "non-negative", 0);
  const Windows w = windows_of("col2im", args + 2);
  Tensor t = calls::shared(args[0]);
  check_dtype("col2im", t.get());
  check_columns(t.sizes(), size, w);
  const bool has_batch = t.ndim() == 3;
  const DLDataType dtype = t.dtype();
  // Half types are added in float32, and bools, where any is enough, in integers.
  const DLDataType wide = same_dtype(dtype, kBool) ? kInt32 : rows::compute_dtype(dtype);
  if (!same_dtype(dtype, wide)) t = to(t, wide);
  if (!has_batch) t = calls::unsqueeze(t, 0);
  const bool watched = (args[0].as.tensor->flags & VT_TENSOR_LAYER_MASK) || thread_state().layers.include != 0;
  if (is_cpu(t.get()) && !watched) {
    static const Op contiguous("contiguous");
    t = added_by_rows(contiguous(t), size, w);
  } else {
    t = added_up(t, size, w);
  }
  if (!same_dtype(dtype, wide)) t = to(t, dtype);
  calls::give("col2im", has_batch ? std::move(t) : calls::squeeze(t, 0), result[0]);
}

constexpr char kColumnsDoc[] = R"(What each window of an image sees, as a column: `nn.functional.unfold`.

Parameters
----------
self : Tensor
    (N, C, H, W) or (C, H, W); a floating, complex or bool dtype.
kernel_size, dilation, padding, stride : int[2]
    Of the windows, as in a convolution.

Returns
-------
Tensor
    (N, C * kernel, windows), row-major.

Raises
------
RuntimeError
    If no window fits, or a number is out of range.)";

constexpr char kImageDoc[] = R"(Adds columns up where their windows lie: `nn.functional.fold`, the gradient of `im2col`.

Parameters
----------
self : Tensor
    (N, C * kernel, windows) or (C * kernel, windows); a floating, complex or bool dtype. Half types are added in float32.
output_size : int[2]
    Of the image.
kernel_size, dilation, padding, stride : int[2]
    Of the windows, as in a convolution.

Returns
-------
Tensor
    (N, C, *output_size), row-major.

Raises
------
RuntimeError
    If there are not as many columns as windows, or a number is out of range.)";

}  // namespace

void register_columns(VtPlugin* plugin) {
  constexpr uint32_t kComposite = VT_OP_FUNCTION | VT_OP_COMPOSITE | VT_OP_OUT;
  const OpRow ops[] = {
      {"im2col(Tensor self, int[2] kernel_size, int[2] dilation, int[2] padding, int[2] stride) -> Tensor", kComposite,
       kColumnsDoc},
      {"col2im(Tensor self, int[2] output_size, int[2] kernel_size, int[2] dilation, int[2] padding, int[2] stride) -> "
       "Tensor",
       kComposite, kImageDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow composites[] = {{"im2col", boxed<im2col>}, {"col2im", boxed<col2im>}};
  register_kernels(plugin, kEveryDevice, composites);
}

}  // namespace vt::core
